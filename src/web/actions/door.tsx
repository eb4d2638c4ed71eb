/** Signing in and out, the password, the language, the office that acts. */
import type { Handler } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Env, House } from '../context.ts';
import { ChangePassword, SignIn } from '../pages/door.tsx';
import { noteArrival } from './arrival.ts';
import { checkPassword, hashPassword, judgePassword } from '../passwords.ts';
import { doorCookie, doorToken, endSession, openSession, REST_MINUTES, sameToken, trySignIn } from '../session.ts';
import { type Act, sameOrigin } from '../visiting.tsx';
import type { Ask } from '../context.ts';
import type { Person } from '../ports.ts';

export async function signInPage(
  house: House,
  c: Ask,
  more: { login?: string; problem?: string } = {},
  status: 200 | 401 | 403 = 200,
): Promise<Response> {
  const found = await house.desk.institution();
  if (!found) return c.redirect('/setup');
  return c.html(
    <SignIn
      c={c}
      csrf={doorToken(c)}
      example={found.example}
      institution={found.name[c.get('language')]}
      ended={c.req.query('ended') === '1'}
      ways={await house.desk.ways.list()}
      to={localPath(c.req.query('to'))}
      {...more}
    />,
    status,
  );
}
export const showSignIn =
  (house: House): Handler<Env> =>
  c =>
    c.get('user') ? c.redirect('/desk') : signInPage(house, c);

export const signIn =
  (house: House): Handler<Env> =>
  async c => {
    const w = c.get('w');
    const form = await c.req.formData().catch(() => undefined);
    if (!form || !sameToken(doorCookie(c), form.get('csrf')) || !sameOrigin(c))
      return signInPage(house, c, { problem: w.formOld }, 403);
    const login = String(form.get('login') ?? '');
    const result = await trySignIn(house.desk, login, String(form.get('password') ?? ''), c.get('from'));
    if (!result.ok)
      await house.desk.audit(
        undefined,
        result.locked ? 'sign-in-locked' : 'sign-in-failed',
        `${login.slice(0, 60)} ${c.get('from')}`.trim(),
      );
    if (!result.ok)
      return signInPage(
        house,
        c,
        { login, problem: result.locked ? w.signInLocked(REST_MINUTES) : w.signInWrong },
        401,
      );
    return enter(house, c, result.person, 'password', localPath(c.req.query('to')));
  };

/** A page of ours to go on to, as a notice links it; anything else is nothing. */
export const localPath = (text: string | undefined): string =>
  text !== undefined && /^\/[a-z][\w./%~-]{0,300}$/i.test(text) && !text.startsWith('/sign-in') ? text : '';

/** The first step was good: in, or on to the second. */
export async function enter(house: House, c: Ask, person: Person, via: string, to = ''): Promise<Response> {
  const stage = person.secondFactor ? 'second' : 'in';
  await openSession(house.desk, c, person, { stage, via });
  if (stage === 'second')
    return c.redirect(to === '' ? '/sign-in/second' : `/sign-in/second?to=${encodeURIComponent(to)}`, 303);
  await noteArrival(house, c, person, via);
  return c.redirect(person.mustChange && via === 'password' ? '/password' : to || '/desk', 303);
}

export const signOut =
  (house: House): Handler<Env> =>
  async c => {
    const form = await c.req.formData().catch(() => undefined);
    const user = c.get('user');
    if (user && sameToken(user.session.csrf, form?.get('csrf'))) {
      await house.desk.audit(user.person.code, 'sign-out', '');
      await endSession(house.desk, c);
    }
    return c.redirect('/sign-in?ended=1', 303);
  };

export const showPassword =
  (_house: House): Handler<Env> =>
  c => {
    const user = c.get('user');
    if (!user) return c.redirect('/sign-in');
    return c.html(
      <ChangePassword c={c} csrf={user.session.csrf} login={user.person.login} forced={user.person.mustChange} />,
    );
  };

export const changePassword =
  (house: House): Handler<Env> =>
  async c => {
    const user = c.get('user');
    if (!user) return c.redirect('/sign-in');
    const w = c.get('w');
    const form = await c.req.formData().catch(() => undefined);
    const { person, session } = user;
    const again = (problem: string, at: 'old' | 'wanted' | 'again' = 'old', status: 400 | 403 = 400) =>
      c.html(
        <ChangePassword
          c={c}
          csrf={session.csrf}
          login={person.login}
          forced={person.mustChange}
          problem={{ at, says: problem }}
        />,
        status,
      );
    if (!form || !sameToken(session.csrf, form.get('csrf')) || !sameOrigin(c)) return again(w.formOld, 'old', 403);
    const field = (name: string): string => String(form.get(name) ?? '');
    if (!(await checkPassword(person.passwordHash, field('old')))) return again(w.passwordWrong);
    const name = (await house.desk.institution())?.name;
    const fault = judgePassword(
      { login: person.login, words: [person.name, ...Object.values(name ?? {})] },
      { old: field('old'), wanted: field('wanted'), again: field('again') },
    );
    if (fault) return again(w.passwordFaults[fault], fault === 'differ' ? 'again' : 'wanted');
    await house.desk.people.save({ ...person, passwordHash: await hashPassword(field('wanted')), mustChange: false });
    await house.desk.sessions.endAll(person.code);
    await house.desk.audit(person.code, 'password-changed', '');
    await openSession(house.desk, c, person, { stage: 'in', via: session.via });
    return c.redirect(`/desk?said=${encodeURIComponent(w.passwordChanged)}`, 303);
  };

export const setLanguage: Handler<Env> = async c => {
  const user = c.get('user');
  const form = await c.req.formData().catch(() => undefined);
  if (!user || !sameToken(user.session.csrf, form?.get('csrf'))) return c.redirect('/sign-in', 303);
  const keep = { path: '/', sameSite: 'Lax' as const, maxAge: 365 * 86_400, httpOnly: true };
  const language = form?.get('language');
  const size = form?.get('size');
  if (language === 'zh' || language === 'en') setCookie(c, 'lang', language, keep);
  if (size === 'large' || size === 'normal') setCookie(c, 'size', size, keep);
  return c.redirect(backTo(c), 303);
};

export const chooseOffice: Act = async ({ visit, text }) => {
  const { user, c, house } = visit;
  const wanted = text('office');
  if (user.offices.some(o => `${o.unit}/${o.role}` === wanted))
    await house.desk.sessions.touch(user.session.tokenHash, house.desk.now(), wanted);
  return c.redirect(backTo(c), 303);
};

/** The page the form stood on, if it was one of ours. */
function backTo(c: Ask): string {
  try {
    const url = new URL(c.req.header('referer') ?? '');
    return url.host === (c.req.header('host') ?? '') ? `${url.pathname}${url.search}` : '/desk';
  } catch {
    return '/desk';
  }
}
