/**
 * Who is signed in. The browser holds an opaque token of 256 bits, the store its SHA-256; sessions end after 12 idle hours
 * or 7 days, on sign-out, and all at once when the password changes. Five wrong passwords rest the login for 15 minutes.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Office } from '#core/log';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Ask, SignedIn } from './context.ts';
import { checkPassword } from './passwords.ts';
import { officesHeld } from './permissions.ts';
import type { Desk, Person } from './ports.ts';
import type { Hall } from './state.ts';
import { dateText } from './view/times.ts';

const HOUR = 3_600_000;
const IDLE = 12 * HOUR;
const ABSOLUTE = 7 * 24 * HOUR;
export const TRIES = 5;
export const REST_MINUTES = 15;
/** A session is written again only after this long, so that reading pages does not write. */
const TOUCH = 60_000;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const token = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

/** Whether the browser will take a cookie marked Secure: over TLS, or on this machine itself. */
export function isSafe(c: Ask): boolean {
  const url = new URL(c.req.url);
  const host = (c.req.header('host') ?? url.host).replace(/:\d+$/, '');
  return (
    url.protocol === 'https:' ||
    host === 'localhost' ||
    host === '127.0.0.1' ||
    host === '[::1]' ||
    host.endsWith('.localhost')
  );
}
const cookieName = (c: Ask): string => (isSafe(c) ? '__Host-huiyin' : 'huiyin');
/** A second token for forms that are sent before anybody is signed in. */
const doorName = (c: Ask): string => (isSafe(c) ? '__Host-huiyin-door' : 'huiyin-door');
const cookieOptions = (c: Ask) => ({ httpOnly: true, sameSite: 'Lax' as const, path: '/', secure: isSafe(c) });

export async function readSession(desk: Desk, c: Ask, hall: Hall | undefined): Promise<SignedIn | undefined> {
  const held = getCookie(c, cookieName(c));
  if (!held || held.length > 100) return undefined;
  const tokenHash = digestOf(held);
  const session = await desk.sessions.byHash(tokenHash);
  if (!session) return undefined;
  const now = desk.now();
  if (now - session.seenAt > IDLE || now - session.createdAt > ABSOLUTE) {
    await desk.sessions.end(tokenHash);
    return undefined;
  }
  const person = await desk.people.byCode(session.code);
  if (!person?.active) return undefined;
  if (now - session.seenAt > TOUCH) await desk.sessions.touch(tokenHash, now);
  const offices: Office[] = hall
    ? officesHeld(hall, dateText(now))
        .filter(o => o.holder === person.code)
        .map(({ unit, role }) => ({ unit, role }))
    : [];
  const office = offices.find(o => `${o.unit}/${o.role}` === session.office) ?? offices[0];
  return { person, session, offices, ...(office ? { office } : {}) };
}

export async function openSession(desk: Desk, c: Ask, person: Person): Promise<void> {
  const value = token();
  const now = desk.now();
  await desk.sessions.open({
    tokenHash: digestOf(value),
    code: person.code,
    csrf: token(),
    createdAt: now,
    seenAt: now,
  });
  setCookie(c, cookieName(c), value, { ...cookieOptions(c), maxAge: ABSOLUTE / 1000 });
}
export async function endSession(desk: Desk, c: Ask): Promise<void> {
  const held = getCookie(c, cookieName(c));
  if (held) await desk.sessions.end(digestOf(held));
  deleteCookie(c, cookieName(c), { path: '/', secure: isSafe(c) });
}

/** The token for the sign-in form: in a cookie and in the form, compared when it comes back. */
export function doorToken(c: Ask): string {
  const known = getCookie(c, doorName(c));
  if (known && known.length < 100) return known;
  const value = token();
  setCookie(c, doorName(c), value, { ...cookieOptions(c), maxAge: 24 * 3600 });
  return value;
}
export function sameToken(expected: string | undefined, given: unknown): boolean {
  if (expected === undefined || typeof given !== 'string') return false;
  const a = Buffer.from(digestOf(expected));
  const b = Buffer.from(digestOf(given));
  return timingSafeEqual(a, b);
}
export const doorCookie = (c: Ask): string | undefined => getCookie(c, doorName(c));

export type SignInResult =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly locked: boolean };
export async function trySignIn(desk: Desk, login: string, password: string): Promise<SignInResult> {
  const person = await desk.people.byLogin(login.trim().toLowerCase());
  const now = desk.now();
  if (person?.lockedUntil && person.lockedUntil > now) {
    // The same work as for a right password, so that a resting login cannot be told by its speed.
    await checkPassword(undefined, password);
    return { ok: false, locked: true };
  }
  const good = await checkPassword(person?.active ? person.passwordHash : undefined, password);
  if (!person) return { ok: false, locked: false };
  if (good) {
    if (person.failed > 0 || person.lockedUntil !== null)
      await desk.people.save({ ...person, failed: 0, lockedUntil: null });
    return { ok: true, person };
  }
  const failed = person.failed + 1;
  const locked = failed >= TRIES;
  await desk.people.save({
    ...person,
    failed: locked ? 0 : failed,
    lockedUntil: locked ? now + REST_MINUTES * 60_000 : null,
  });
  return { ok: false, locked };
}
