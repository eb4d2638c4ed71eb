/** Where the file of secrets stands and what the logs are called, when they are not where they stand by themselves. */
export const signingOf = (
  env: Readonly<Record<string, string | undefined>>,
): { readonly secrets?: string; readonly origin?: string } => ({
  ...(env['HUIYIN_SECRETS'] ? { secrets: env['HUIYIN_SECRETS'] } : {}),
  ...(env['HUIYIN_ORIGIN'] ? { origin: env['HUIYIN_ORIGIN'] } : {}),
});
