/** Addresses as items carry them: absolute, http or https, or none. */
export function absoluteUrl(address: string | null | undefined, base: string): string | undefined {
  const written = address?.trim() ?? '';
  if (written === '' || /^(?:javascript|mailto|tel|data):/i.test(written)) return undefined;
  try {
    const url = new URL(written, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
export function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
