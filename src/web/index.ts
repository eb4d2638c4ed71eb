/** The pages, as one application over a desk. */
export { makeApp, type AppOptions } from './app.tsx';
export { checkPassword, hashPassword, oneTimePassword } from './passwords.ts';
export type * from './ports.ts';
