/** Passwords: Argon2id, and one-time passwords that can be read aloud. */
import { hash, verify } from '@node-rs/argon2';

/** OWASP's second choice of parameters: 19 MiB, two passes; about 50 ms. Argon2id is the library's default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST);

let dummy: Promise<string> | undefined;
/** The same work for a login that does not exist, so that its absence cannot be timed. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('nobody has this password');
  const good = await verify(stored ?? (await dummy), password.normalize('NFKC')).catch(() => false);
  return stored !== undefined && good;
}

/** No letters or digits that look alike. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Sixteen characters in groups of four: 79 bits. */
export function oneTimePassword(): string {
  const out: string[] = [];
  while (out.length < 16)
    for (const byte of crypto.getRandomValues(new Uint8Array(32)))
      if (byte < 248 && out.length < 16) out.push(ALPHABET[byte % 31] ?? 'a');
  return out.join('').replaceAll(/(.{4})(?=.)/g, '$1-');
}

export const MIN_LENGTH = 10;
export type PasswordFault = 'short' | 'same' | 'differ';
export function judgePassword(login: string, old: string, wanted: string, again: string): PasswordFault | undefined {
  if ([...wanted].length < MIN_LENGTH) return 'short';
  if (wanted === old || wanted.toLowerCase() === login.toLowerCase()) return 'same';
  return wanted === again ? undefined : 'differ';
}
