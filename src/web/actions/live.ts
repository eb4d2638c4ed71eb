/** The stream of what changes, and the same state once for browsers that cannot keep one. */
import type { Handler } from 'hono';
import type { Listener } from '../live.ts';
import type { Ask, Env, House } from '../context.ts';

/** Whoever is signed in, in the office the page was made for where it is still held. */
function listenerOf(c: Ask): Listener | undefined {
  const user = c.get('user');
  if (!user || user.person.mustChange || user.needsFactor) return undefined;
  const asked = c.req.query('office');
  const office = user.offices.find(o => `${o.unit}/${o.role}` === asked) ?? user.office;
  return { tokenHash: user.session.tokenHash, code: user.person.code, office, language: c.get('language') };
}

export const stream =
  (house: House): Handler<Env> =>
  async c => {
    const listener = listenerOf(c);
    if (!listener) return c.text('', 403);
    const open = await house.hub.open(listener);
    if (!open) return c.text('', 503, { 'retry-after': '30' });
    return c.body(open, 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  };

export const now =
  (house: House): Handler<Env> =>
  async c => {
    const listener = listenerOf(c);
    if (!listener) return c.text('', 403);
    return c.body(await house.hub.stateOf(listener), 200, { 'content-type': 'application/json; charset=utf-8' });
  };
