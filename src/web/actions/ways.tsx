/** Signing in where another system vouches: sent there with a state, back with an answer; and joining that name to one's own. */
import type { Handler } from 'hono';
import type { Ask, Env, House } from '../context.ts';
import { forgetWay, newToken, recallWay, rememberWay, sameToken } from '../session.ts';
import { type Act, goWith } from '../visiting.tsx';
import { enter, localPath, signInPage } from './door.tsx';

interface Sent {
  readonly way: string;
  readonly state: string;
  readonly to: string;
  /** The staff code that joins the name to itself; absent when somebody signs in. */
  readonly joins?: string;
  readonly remember: Readonly<Record<string, string>>;
}
const backAddress = (home: string, way: string): string => `${home.replace(/\/+$/, '')}/sign-in/back/${way}`;

async function send(house: House, c: Ask, key: string, to: string, joins?: string): Promise<Response> {
  const w = c.get('w');
  const way = (await house.desk.ways.list()).find(x => x.key === key);
  if (!way) return signInPage(house, c, { problem: w.wayGone }, 401);
  const state = newToken();
  const begun = await house.desk.ways.begin(key, backAddress(way.home, key), state);
  if ('fault' in begun) {
    await house.desk.audit(undefined, 'way-failed', `${key} ${begun.fault}`);
    return signInPage(house, c, { problem: w.wayFailed(way.title) }, 401);
  }
  const sent: Sent = { way: key, state, to, ...(joins === undefined ? {} : { joins }), remember: begun.remember };
  rememberWay(c, JSON.stringify(sent));
  return c.redirect(begun.url, 303);
}
export const begin =
  (house: House): Handler<Env> =>
  c =>
    send(house, c, c.req.param('way') ?? '', localPath(c.req.query('to')));
export const join: Act = ({ visit, text }) =>
  send(visit.house, visit.c, text('way'), '/settings/security', visit.user.person.code);

function readSent(text: string | undefined): Sent | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Sent);
  } catch {
    return undefined;
  }
}

export const back =
  (house: House): Handler<Env> =>
  async c => {
    const { desk } = house;
    const w = c.get('w');
    const sent = readSent(recallWay(c));
    forgetWay(c);
    const key = c.req.param('way') ?? '';
    const way = (await desk.ways.list()).find(x => x.key === key);
    const came = new URL(c.req.url);
    if (!way || !sent || sent.way !== key || !sameToken(sent.state, came.searchParams.get('state')))
      return signInPage(house, c, { problem: w.formOld }, 403);
    const done = await desk.ways.finish(key, backAddress(way.home, key), came, sent.remember, sent.state);
    if ('fault' in done) {
      await desk.audit(undefined, 'way-failed', `${key} ${done.fault}`);
      return signInPage(house, c, { problem: w.wayFailed(way.title) }, 401);
    }
    if (sent.joins !== undefined) {
      const user = c.get('user');
      if (user?.person.code !== sent.joins) return signInPage(house, c, { problem: w.formOld }, 403);
      const joined = await desk.access.link({ provider: key, subject: done.subject, code: sent.joins });
      if (joined) await desk.audit(sent.joins, 'way-joined', key);
      return goWith(c, '/settings/security', joined ? w.wayJoined(way.title) : w.wayTaken);
    }
    const code = await desk.access.linked(key, done.subject);
    const person = code === undefined ? undefined : await desk.people.byCode(code);
    if (!person?.active) {
      // Its name for them, so that who lets people in can join the two.
      await desk.audit(undefined, 'sign-in-failed', `${key} ${done.subject.slice(0, 80)} ${c.get('from')}`.trim());
      return signInPage(house, c, { problem: w.wayUnknown(way.title) }, 401);
    }
    return enter(house, c, person, key, sent.to);
  };
