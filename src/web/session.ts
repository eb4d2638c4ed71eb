/**
 * Who is signed in. The browser holds an opaque token of 256 bits, the store its SHA-256; sessions end after 12 idle hours
 * or 7 days, on sign-out, and all at once when the password changes. Tries are counted by login and by address before they
 * are judged: five in 15 minutes for a login, a hundred for an address.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Office } from '#core/log';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Ask, SignedIn } from './context.ts';
import { checkPassword } from './passwords.ts';
import { officesHeld } from './permissions.ts';
import type { Desk, Person, SessionRow } from './ports.ts';
import type { Hall } from './state.ts';
import { dateText } from './view/times.ts';

const HOUR = 3_600_000;
const IDLE = 12 * HOUR;
const ABSOLUTE = 7 * 24 * HOUR;
/** Tries for one login within the span; also for a login that does not exist, so that nothing tells the two apart. */
const TRIES = 5;
/** Tries from one address: a whole office may stand behind one. */
const ADDRESS_TRIES = 100;
export const REST_MINUTES = 15;
export const REST_MS = REST_MINUTES * 60_000;
/** A session is written again only after this long, so that reading pages does not write. */
const TOUCH = 60_000;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
export const newToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

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
  return { person, session, offices, ...(office ? { office } : {}), needsFactor: await needsFactor(desk, person) };
}

async function needsFactor(desk: Desk, person: Person): Promise<boolean> {
  if (person.secondFactor) return false;
  const { secondFactorFor } = await desk.access.rules();
  const runsTheHouse = person.administrator || person.duty !== undefined;
  return secondFactorFor === 'everybody' || (secondFactorFor === 'house' && runsTheHouse);
}

export interface Entry {
  readonly stage: SessionRow['stage'];
  readonly via: string;
}
export async function openSession(
  desk: Desk,
  c: Ask,
  person: Person,
  { stage, via }: Entry = { stage: 'in', via: 'password' },
): Promise<void> {
  const value = newToken();
  const now = desk.now();
  const device = deviceOf(c.req.header('user-agent') ?? '');
  await desk.sessions.open({
    tokenHash: digestOf(value),
    code: person.code,
    csrf: newToken(),
    createdAt: now,
    seenAt: now,
    stage,
    via,
    ...(c.get('from') === '' ? {} : { cameFrom: c.get('from') }),
    ...(device === '' ? {} : { device }),
  });
  setCookie(c, cookieName(c), value, { ...cookieOptions(c), maxAge: ABSOLUTE / 1000 });
}
/** Which browser on which system, as far as a person can tell their own sessions apart; no version, nothing to follow. */
export function deviceOf(agent: string): string {
  const first = (table: readonly (readonly [RegExp, string])[]): string =>
    table.find(([p]) => p.test(agent))?.[1] ?? '';
  const browser = first([
    [/wxwork/i, 'WeCom'],
    [/DingTalk/i, 'DingTalk'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = first([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(' · ');
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
  const value = newToken();
  setCookie(c, doorName(c), value, { ...cookieOptions(c), maxAge: 24 * 3600 });
  return value;
}
export function sameToken(expected: string | undefined, given: unknown): boolean {
  if (expected === undefined || typeof given !== 'string') return false;
  const a = Buffer.from(digestOf(expected));
  const b = Buffer.from(digestOf(given));
  return timingSafeEqual(a, b);
}
/** What a browser that was sent to another system must bring back; ten minutes are enough to sign in there. */
const wayName = (c: Ask): string => (isSafe(c) ? '__Host-huiyin-way' : 'huiyin-way');
export const rememberWay = (c: Ask, text: string): void =>
  setCookie(c, wayName(c), text, { ...cookieOptions(c), maxAge: 600 });
export const recallWay = (c: Ask): string | undefined => getCookie(c, wayName(c));
export const forgetWay = (c: Ask): void => void deleteCookie(c, wayName(c), { path: '/', secure: isSafe(c) });
export const doorCookie = (c: Ask): string | undefined => getCookie(c, doorName(c));

export type SignInResult =
  { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly locked: boolean };
export async function trySignIn(desk: Desk, login: string, password: string, from: string): Promise<SignInResult> {
  const name = login.trim().toLowerCase().slice(0, 100);
  const tries = await desk.access.countTry(`login:${name}`, REST_MS);
  const near = from === '' ? 0 : await desk.access.countTry(`from:${from}`, REST_MS);
  const person = await desk.people.byLogin(name);
  const resting = tries > TRIES || near > ADDRESS_TRIES;
  // The same work whether the login rests, does not exist or is right, so that none can be told by its speed.
  const good = await checkPassword(person?.active && !resting ? person.passwordHash : undefined, password);
  if (!good || !person) return { ok: false, locked: tries >= TRIES || near >= ADDRESS_TRIES };
  await desk.access.clearTries(`login:${name}`);
  return { ok: true, person };
}
/** The second step has the same limit as the first. */
export const tooManyCodes = async (desk: Desk, code: string): Promise<boolean> =>
  (await desk.access.countTry(`second:${code}`, REST_MS)) > TRIES;
