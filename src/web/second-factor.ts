/** A second factor as authenticator apps know it: RFC 6238 with SHA-1, six digits, half a minute; and codes for its loss. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { oneTimePassword } from './passwords.ts';
import { digestOf } from './session.ts';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after now that still count: clocks differ, fingers are slow. */
const DRIFT = 1;
export const RECOVERY_CODES = 8;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 without padding, as apps take it by hand. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map(five => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
export const newSecret = (): Uint8Array => crypto.getRandomValues(new Uint8Array(20));

export function codeAt(secret: Uint8Array, step: number, digits: number = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}
export const stepOf = (now: number): number => Math.floor(now / 1000 / STEP_SECONDS);

/** The step whose code this is, or nothing. */
export function stepOfCode(secret: Uint8Array, code: string, now: number): number | undefined {
  const given = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(given)) return undefined;
  let found: number | undefined;
  for (let step = stepOf(now) - DRIFT; step <= stepOf(now) + DRIFT; step++)
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(given))) found = step;
  return found;
}

/** The link a phone opens with its authenticator. */
export const setupLink = (secret: Uint8Array, login: string, institution: string): string =>
  `otpauth://totp/${encodeURIComponent(`${institution}:${login}`)}?secret=${base32(secret)}&issuer=${encodeURIComponent(institution)}`;

export const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, oneTimePassword);
/** As typed: without the dashes and in any case. */
export const recoveryHash = (code: string): string => digestOf(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
/** A key as it was shown; nothing for what never was one of ours. */
export function fromBase32(text: string): Uint8Array | undefined {
  if (!/^[A-Z2-7]{32}$/.test(text)) return undefined;
  const bits = [...text].map(c => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], byte => Number.parseInt(byte, 2));
}
