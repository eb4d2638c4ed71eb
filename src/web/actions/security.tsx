/** One's own sign-in: the second step at the door, sessions ended from afar, the second factor set up and taken away. */
import type { Handler } from 'hono';
import type { Env, House, SignedIn, Visit } from '../context.ts';
import { Security, SecondStep, type Setup } from '../pages/security.tsx';
import { noteArrival } from './arrival.ts';
import { localPath } from './door.tsx';
import { checkPassword } from '../passwords.ts';
import {
  base32,
  fromBase32,
  newRecoveryCodes,
  newSecret,
  recoveryHash,
  setupLink,
  stepOfCode,
} from '../second-factor.ts';
import { endSession, sameToken, tooManyCodes } from '../session.ts';
import { type Act, countsOf, goWith, sameOrigin, type Show } from '../visiting.tsx';

/** Whether the code is the authenticator's or one of those for its loss; either is used up by it. */
async function isSecond(house: House, { person }: SignedIn, given: string): Promise<'code' | 'recovery' | undefined> {
  const { access, now } = house.desk;
  const secret = await access.secondFactor(person.code);
  const step = secret && stepOfCode(secret, given, now());
  if (step !== undefined && (await access.useStep(person.code, step))) return 'code';
  return (await access.useRecovery(person.code, recoveryHash(given))) ? 'recovery' : undefined;
}

export const showSecond =
  (house: House): Handler<Env> =>
  async c => {
    const user = c.get('halfway');
    if (!user) return c.redirect('/sign-in');
    const example = (await house.desk.institution())?.example === true;
    return c.html(<SecondStep c={c} csrf={user.session.csrf} example={example} to={localPath(c.req.query('to'))} />);
  };

export const second =
  (house: House): Handler<Env> =>
  async c => {
    const user = c.get('halfway');
    if (!user) return c.redirect('/sign-in', 303);
    const { desk } = house;
    const w = c.get('w');
    const example = (await desk.institution())?.example === true;
    const again = (problem: string, status: 401 | 403) =>
      c.html(
        <SecondStep
          c={c}
          csrf={user.session.csrf}
          example={example}
          to={localPath(c.req.query('to'))}
          problem={problem}
        />,
        status,
      );
    const form = await c.req.formData().catch(() => undefined);
    if (!form || !sameToken(user.session.csrf, form.get('csrf')) || !sameOrigin(c)) return again(w.formOld, 403);
    const { code } = user.person;
    if (await tooManyCodes(desk, code)) {
      await desk.audit(code, 'second-failed', 'too-many');
      await endSession(desk, c);
      return again(w.secondTooMany, 401);
    }
    const which = await isSecond(house, user, String(form.get('code') ?? ''));
    if (!which) {
      await desk.audit(code, 'second-failed', c.get('from'));
      return again(w.secondWrong, 401);
    }
    await desk.access.clearTries(`second:${code}`);
    if (which === 'recovery') await desk.audit(code, 'recovery-used', c.get('from'));
    await desk.access.letIn(user.session.tokenHash);
    await noteArrival(house, c, user.person, `${user.session.via}+second`);
    const to = localPath(c.req.query('to')) || '/desk';
    return c.redirect(user.person.mustChange && user.session.via === 'password' ? '/password' : to, 303);
  };

interface More {
  readonly setup?: Setup;
  readonly recovery?: readonly string[];
  readonly problems?: readonly string[];
}
async function securityPage(visit: Visit, more: More = {}): Promise<Response> {
  const { house, c, user } = visit;
  const { access, people } = house.desk;
  // The factor may just have been set: what the page says must be what is so now.
  const person = (await people.byCode(user.person.code)) ?? user.person;
  return c.html(
    <Security
      visit={{ ...visit, user: { ...user, person, needsFactor: user.needsFactor && person.secondFactor !== true } }}
      counts={await countsOf(visit)}
      sessions={await access.sessionsOf(person.code)}
      here={user.session.tokenHash.slice(0, 16)}
      ways={(await house.desk.ways.list()).map(({ key, title }) => ({ key, title }))}
      links={(await access.links()).filter(l => l.code === person.code)}
      recoveryLeft={await access.recoveryLeft(person.code)}
      {...(more.setup ? { setup: more.setup } : {})}
      {...(more.recovery ? { recovery: more.recovery } : {})}
      problems={more.problems ?? []}
    />,
    (more.problems ?? []).length > 0 ? 422 : 200,
  );
}
export const show: Show = visit => securityPage(visit);

export const change: Act = async ({ visit, text }) => {
  const { house, user, c, w } = visit;
  const { access, audit } = house.desk;
  const { code } = user.person;
  if (text('do') === 'end') {
    if (!(await access.endMarked(code, text('mark')))) return securityPage(visit, { problems: [w.notFoundTitle] });
    await audit(code, 'session-ended', text('mark').slice(0, 16));
  }
  if (text('do') === 'end-others') {
    for (const s of await access.sessionsOf(code))
      if (s.mark !== user.session.tokenHash.slice(0, 16)) await access.endMarked(code, s.mark);
    await audit(code, 'sessions-ended', '');
  }
  if (text('do') === 'place-seen') {
    await access.placeSeen(code);
    return goWith(c, '/settings/security', w.placeSeenDone);
  }
  return goWith(c, '/settings/security', w.sessionsEnded);
};

export const changeSecond: Act = async ({ visit, text, sent }) => {
  const { house, user, w, hall, language } = visit;
  const { access, audit, now } = house.desk;
  const { person } = user;
  const setupOf = (secret: Uint8Array): Setup => ({
    key: base32(secret),
    link: setupLink(secret, person.login, hall.institution.name[language]),
  });
  if (await tooManyCodes(house.desk, person.code)) return securityPage(visit, { problems: [w.secondTooMany] });
  switch (text('do')) {
    case 'start':
      return securityPage(visit, person.secondFactor ? {} : { setup: setupOf(newSecret()) });
    case 'confirm': {
      if (person.secondFactor) return securityPage(visit);
      const secret = fromBase32(text('key'));
      const step = secret && stepOfCode(secret, text('code'), now());
      if (!secret || step === undefined)
        return securityPage(visit, { ...(secret ? { setup: setupOf(secret) } : {}), problems: [w.secondWrong] });
      // Who only holds the session must not be able to lock its owner out.
      if (
        user.session.via === 'password' &&
        !(await checkPassword(person.passwordHash, sent.get('password')?.[0] ?? ''))
      )
        return securityPage(visit, { setup: setupOf(secret), problems: [w.passwordWrong] });
      const recovery = newRecoveryCodes();
      await access.putSecondFactor(person.code, secret, recovery.map(recoveryHash));
      await access.useStep(person.code, step);
      await access.clearTries(`second:${person.code}`);
      await audit(person.code, 'second-on', '');
      return securityPage(visit, { recovery });
    }
    case 'stop':
      if (!(await isSecond(house, user, text('code')))) return securityPage(visit, { problems: [w.secondWrong] });
      await access.putSecondFactor(person.code, undefined, []);
      await access.clearTries(`second:${person.code}`);
      await audit(person.code, 'second-off', '');
      return goWith(visit.c, '/settings/security', w.secondStopped);
    default:
      return securityPage(visit);
  }
};
