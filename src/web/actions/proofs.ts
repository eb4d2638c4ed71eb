/** The log as anybody may check it (c2sp.org/tlog-tiles): its keys, its signed head, its tree; and co-signing for others. */
import type { Handler } from 'hono';
import type { Env, House } from '../context.ts';

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const LARGEST_REQUEST = 64 * 1024;

export const keys =
  (house: House): Handler<Env> =>
  async c =>
    c.body((await house.desk.proofs.keys()).map(key => `${key}\n`).join(''), 200, TEXT);

export const checkpoint =
  (house: House): Handler<Env> =>
  async c =>
    c.body(await house.desk.proofs.checkpoint(), 200, TEXT);

/**
 * Hashes only. The entries themselves are not served: their types and moments are the institution's own until it gives an
 * export.
 */
export const tile =
  (house: House): Handler<Env> =>
  async c => {
    const level = Number(/^\d{1,2}$/.exec(c.req.param('level') ?? '')?.[0] ?? NaN);
    const [, path = '', width = '256'] =
      /^((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(c.req.param('path') ?? '') ?? [];
    const index = Number(path.replaceAll(/[x/]/g, ''));
    if (!(level <= 7) || path === '' || Number(width) > 256) return c.notFound();
    const bytes = await house.desk.proofs.tile(level, index, Number(width));
    if (!bytes) return c.notFound();
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  };

/** No sign-in and no token: the request is nothing but a checkpoint, and the signature on it says who asks. */
export const witness =
  (house: House): Handler<Env> =>
  async c => {
    const request = await c.req.text();
    if (request.length > LARGEST_REQUEST) return c.body('', 413);
    const { status, body } = await house.desk.proofs.witness(request);
    const type = status === 409 ? { 'content-type': 'text/x.tlog.size' } : TEXT;
    return c.body(body, status as 200, type);
  };
