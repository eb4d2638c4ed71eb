/** Who has entered the exercise works on its desk, under the same addresses; what the public sees is always the real house. */
import type { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Ask, Env } from './context.ts';
import type { Desk } from './ports.ts';
import { isSafe } from './session.ts';

const COOKIE = 'practice';
/** Pages of the real house in any case: the public ones, the door, machines, and the switch itself. */
const ALWAYS_REAL =
  /^\/(answers|proofs|api|rota|sign-in|sign-out|password|setup|assets|healthz|readyz|metrics|practice|language)(\/|$)/;

export const enterPractice = (c: Ask, id: string): void =>
  setCookie(c, COOKIE, id, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSafe(c) && c.req.url.startsWith('https:'),
  });
export const leavePractice = (c: Ask): void => void deleteCookie(c, COOKIE, { path: '/' });
export const enteredPractice = (c: Ask): string | undefined => getCookie(c, COOKIE);

/** The exercise this request belongs to, as an app of its own; built once for each exercise. */
export function practiceApps(desk: Desk, make: (desk: Desk) => Hono<Env>): (c: Ask) => Promise<Hono<Env> | undefined> {
  let known: { readonly id: string; readonly app: Hono<Env> } | undefined;
  return async c => {
    const id = enteredPractice(c);
    if (!id || !desk.practice || ALWAYS_REAL.test(c.req.path)) return undefined;
    const own = await desk.practice.desk(id);
    if (!own) {
      leavePractice(c); // thrown away meanwhile
      return undefined;
    }
    if (known?.id !== id) known = { id, app: make(own) };
    return known.app;
  };
}
