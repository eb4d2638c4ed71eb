/** How a page or an action is reached: signed in, with the state read, with the right token, with the right office. */
import type { Child } from 'hono/jsx';
import type { Handler, Hono } from 'hono';
import type { Outcome } from './acting.ts';
import type { Ask, Env, House, SignedIn, Visit } from './context.ts';
import { Notice } from './pages/door.tsx';
import { type Permission, permissionsOf } from './permissions.ts';
import type { Counts } from './parts/layout.tsx';
import { sameToken } from './session.ts';
import { naming } from './view/naming.ts';
import type { Sent } from '#case';

export type Show = (visit: Visit, counts: Counts) => Child | Response | Promise<Child | Response>;
export interface Posted {
  readonly visit: Visit;
  readonly sent: Sent;
  /** The first value of a field, trimmed; empty where there is none. */
  readonly text: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly file: (name: string) => File | undefined;
  readonly files: (name: string) => readonly File[];
}
export type Act = (posted: Posted) => Response | Promise<Response>;

const toSignIn = (c: Ask): Response =>
  c.redirect(
    c.req.method === 'GET' && c.req.path !== '/' ? `/sign-in?to=${encodeURIComponent(c.req.path)}` : '/sign-in',
  );

function guard(c: Ask): SignedIn | Response {
  const user = c.get('user');
  if (!user) return toSignIn(c);
  // Whoever came by another system may never have had the first password.
  const first = user.person.mustChange && user.session.via === 'password';
  if (first && c.req.path !== '/password' && c.req.path !== '/sign-out') return c.redirect('/password');
  if (user.needsFactor && c.req.path !== '/settings/security' && c.req.path !== '/settings/security/second')
    return c.redirect('/settings/security');
  return user;
}

async function visitOf(house: House, c: Ask, user: SignedIn): Promise<Visit> {
  const hall = c.get('hall') ?? (await house.keeper.look());
  return { house, c, hall, user, w: c.get('w'), language: c.get('language') };
}

export const isResponse = (value: unknown): value is Response => value instanceof Response;

/** What the frame of every page counts. */
export const countsOf = async ({ house }: Pick<Visit, 'house'>): Promise<Counts> => ({
  inbox: await house.desk.findings.count('new'),
});

/** A page behind the door. `noted`: what it shows is restricted, so who looked at it stands in the audit. */
export function page(house: House, show: Show, needs: Permission = 'view', noted?: 'read' | 'export'): Handler<Env> {
  return async c => {
    const user = guard(c);
    if (isResponse(user)) return user;
    const visit = await visitOf(house, c, user);
    if (!permissionsOf(visit.hall, user.office, user.person).has(needs)) return forbidden(visit, needs);
    const counts = await countsOf(visit);
    if (noted) await house.desk.audit(user.person.code, noted, c.req.path.slice(0, 200));
    const shown = await show(visit, counts);
    return isResponse(shown) ? shown : c.html(<>{shown}</>);
  };
}

/** An action behind the door: its form must carry the session's token. */
export function action(house: House, act: Act, needs: Permission = 'enter'): Handler<Env> {
  return async c => {
    const user = guard(c);
    if (isResponse(user)) return user;
    const form = await c.req.formData().catch(() => undefined);
    if (!form || !sameToken(user.session.csrf, form.get('csrf')) || !sameOrigin(c)) {
      const w = c.get('w');
      return c.html(<Notice c={c} title={w.notSaved} says={w.formOld} />, 403);
    }
    const visit = await visitOf(house, c, user);
    if (!permissionsOf(visit.hall, user.office, user.person).has(needs)) return forbidden(visit, needs);
    return act(postedOf(visit, form));
  };
}

export function postedOf(visit: Visit, form: FormData): Posted {
  const sent = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name === 'csrf') continue;
    const list = sent.get(name);
    if (list) list.push(value);
    else sent.set(name, [value]);
  }
  return {
    visit,
    sent,
    text: name => (sent.get(name)?.[0] ?? '').trim(),
    all: name => (sent.get(name) ?? []).map(v => v.trim()).filter(v => v !== ''),
    file: name => {
      const value = form.get(name);
      return value instanceof File && value.size > 0 ? value : undefined;
    },
    files: name => form.getAll(name).filter((v): v is File => v instanceof File && (v.size > 0 || v.name !== '')),
  };
}

/** Browsers say where a form came from; where they do, it must be here. */
export function sameOrigin(c: Ask): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return origin === undefined;
  try {
    return new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host);
  } catch {
    return false;
  }
}

async function forbidden(visit: Visit, needs: Permission): Promise<Response> {
  const { c, w, hall, language, user } = visit;
  const names = naming(hall, language);
  const able = [
    ...new Map(hall.institution.setup.roles.map(r => [`${r.unit}/${r.role}`, { unit: r.unit, role: r.role }])).values(),
  ]
    .filter(o => permissionsOf(hall, o, undefined).has(needs))
    .map(o => names.office(o));
  const who =
    needs === 'administer' || needs === 'access' || needs === 'inspect'
      ? w.dutyNames[needs]
      : able.slice(0, 6).join(w.and);
  await visit.house.desk.audit(user.person.code, 'refused', `${needs} ${c.req.method} ${c.req.path.slice(0, 160)}`);
  return c.html(
    <Notice
      c={c}
      title={w.forbiddenTitle}
      says={`${w.forbiddenSays}${who}${w.stop}`}
      detail={user.office ? names.office(user.office) : w.noOffice}
    />,
    403,
  );
}

/** Back to a page with one short sentence about what was done, and for half a minute the way to take it back. */
export function goWith(c: Ask, path: string, said: string, undo?: string): Response {
  const [route = path, anchor] = path.split('#');
  const query = `said=${encodeURIComponent(said)}${undo === undefined ? '' : `&undo=${undo}`}`;
  return c.redirect(
    `${route}${route.includes('?') ? '&' : '?'}${query}${anchor === undefined ? '' : `#${anchor}`}`,
    303,
  );
}
export const isOutcome = (value: Outcome, kind: Outcome['kind']): boolean => value.kind === kind;
export type App = Hono<Env>;
