/** Passwords: Argon2id, and one-time passwords that can be read aloud. */
import { hash, verify } from '@node-rs/argon2';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

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
/** Guesses a password must withstand, as its power of ten: a hundred million (Wheeler, "zxcvbn", USENIX Security 2016: score 3). */
const LEAST_SCORE = 3;
const JUDGED_LENGTH = 100;
/** Made when first asked: the list takes a moment and a few megabytes. */
let guesser: ZxcvbnFactory | undefined;
/** Whether it stands among the common passwords, or is put together from such, from keys side by side, years, or these words. */
function easilyGuessed(password: string, words: readonly string[]): boolean {
  guesser ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const known = words.flatMap(w => [w, ...w.split(/[^\p{L}\p{N}]+/u)]).filter(w => w.length > 2);
  return guesser.check(password.slice(0, JUDGED_LENGTH), known).score < LEAST_SCORE;
}

export type PasswordFault = 'short' | 'same' | 'common' | 'differ';
/** `words`: names of the person and of the house, which an attacker tries first. */
export function judgePassword(
  who: { readonly login: string; readonly words: readonly string[] },
  given: { readonly old: string; readonly wanted: string; readonly again: string },
): PasswordFault | undefined {
  const { old, wanted, again } = given;
  if ([...wanted].length < MIN_LENGTH) return 'short';
  if (wanted === old || wanted.toLowerCase() === who.login.toLowerCase()) return 'same';
  if (easilyGuessed(wanted, [who.login, 'huiyin', ...who.words])) return 'common';
  return wanted === again ? undefined : 'differ';
}
