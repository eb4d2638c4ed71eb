/** What a monitoring vendor sends with a token (docs/specs/push.md): the one thing that is written by token. */
import type { Handler } from 'hono';
import type { Ask, Env, House, Visit } from '../context.ts';
import { permissionsOf } from '../permissions.ts';
import type { ApiToken } from '../ports-access.ts';
import { digestOf, REST_MS } from '../session.ts';
import { type Act, goWith } from '../visiting.tsx';
import { sourcePage } from './sources.tsx';

const MOST_BYTES = 4 * 1024 * 1024;
const WRONG_TOKENS = 30;
/** Deliveries of one token within a minute. */
const MOST_PER_MINUTE = 240;
const MINUTE = 60_000;
const VALID_DAYS = 366;
const DAY = 86_400_000;

/** A push token opens one source and nothing else. */
const scopeOf = (source: string): string => `push:${source}`;

export async function pushTokensOf({ house }: Visit, source: string): Promise<readonly ApiToken[]> {
  const now = house.desk.now();
  return (await house.desk.access.tokens()).filter(
    t => t.scopes.includes(scopeOf(source)) && t.endedAt === undefined && t.expiresAt > now,
  );
}

/** Only whoever looks after access lets a machine in. */
export const makePushToken: Act = async ({ visit }) => {
  const { house, user, hall, w, c } = visit;
  const { desk } = house;
  const source = (await desk.sources.list()).find(s => s.key === c.req.param('key'));
  if (!source || source.kind !== 'push') return goWith(c, '/sources', w.notFoundTitle);
  if (!permissionsOf(hall, user.office, user.person).has('access'))
    return goWith(c, `/sources/${source.key}`, w.src.pushNobody);
  const id = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  const token = `hy_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
  const now = desk.now();
  await desk.access.addToken(
    {
      id,
      title: source.title.slice(0, 80),
      scopes: [scopeOf(source.key)],
      madeBy: user.person.code,
      madeAt: now,
      expiresAt: now + VALID_DAYS * DAY,
    },
    digestOf(token),
  );
  await desk.audit(user.person.code, 'token-made', `${id} ${scopeOf(source.key)}`);
  return sourcePage(visit, source, { once: token });
};

const say = (c: Ask, status: 401 | 403 | 404 | 409 | 413 | 422 | 429, error: string): Response =>
  c.json({ error }, status);

export const receive =
  (house: House): Handler<Env> =>
  async (c: Ask) => {
    const { access, sources, institution } = house.desk;
    if (!(await institution())) return say(c, 404, 'no institution has been founded');
    const [, token = ''] = /^Bearer (hy_[\w-]{43})$/.exec(c.req.header('authorization') ?? '') ?? [];
    const held = token === '' ? undefined : await access.useToken(digestOf(token));
    if (!held) {
      const tries = await access.countTry(`token:${c.get('from')}`, REST_MS);
      if (tries > WRONG_TOKENS) return say(c, 429, 'too many wrong tokens; wait a quarter of an hour');
      return say(c, 401, 'a token is needed: Authorization: Bearer hy_…');
    }
    const key = held.scopes.find(s => s.startsWith('push:'))?.slice('push:'.length);
    if (key === undefined) return say(c, 403, 'this token may not push items');
    if ((await access.countTry(`push:${held.id}`, MINUTE)) > MOST_PER_MINUTE)
      return say(c, 429, `more than ${MOST_PER_MINUTE} deliveries in a minute; put more items into one`);
    if (Number(c.req.header('content-length') ?? '0') > MOST_BYTES)
      return say(c, 413, 'the delivery is larger than 4 MB');
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (body.length > MOST_BYTES) return say(c, 413, 'the delivery is larger than 4 MB');
    const taken = await sources.push(key, body);
    if ('problem' in taken) return say(c, taken.off ? 409 : 422, taken.problem);
    await house.desk.audit(undefined, 'pushed', `${held.id} ${key} ${taken.items.length}`);
    return c.json(taken);
  };
