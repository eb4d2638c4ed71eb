/** What other systems may read with a token (docs/specs/api.md): only GET, only the scopes of the token, every use noted. */
import type { Context, Handler } from 'hono';
import { obligationLines } from '../state.ts';
import type { Hall } from '../state.ts';
import type { Ask, Env, House } from '../context.ts';
import type { Scope } from '../ports-access.ts';
import { digestOf, REST_MS } from '../session.ts';
import { publicAnswers } from '../view/answers.ts';
import { caseHeads } from '../view/cases.ts';
import { words } from '../words/index.ts';

/** Wrong tokens from one address within a quarter of an hour. */
const WRONG_TOKENS = 30;
const instant = (at: number): string => new Date(at).toISOString();

const SHOW: Readonly<Record<Scope, (hall: Hall) => readonly object[]>> = {
  duties: hall =>
    obligationLines(hall).map(l => ({
      clause: l.clause,
      duty: l.duty,
      case: l.case ?? null,
      unit: l.unit ?? null,
      role: l.role,
      startedAt: l.startedAt,
      dueAt: l.dueAt,
      state: l.state,
    })),
  cases: hall =>
    caseHeads(hall, words('zh')).map(h => ({
      case: h.key,
      number: h.number,
      openedAt: instant(h.openedAt),
      closedAt: h.closedAt === undefined ? null : instant(h.closedAt),
      scales: h.scales,
      responsible: h.responsible ?? null,
    })),
  'public-answers': hall =>
    publicAnswers(hall, words('zh'), 'zh').map(a => ({
      n: a.n,
      page: `/answers/${a.n}`,
      proof: `/answers/${a.n}/proof`,
    })),
};

const say = (c: Context<Env>, status: 401 | 403 | 404 | 429, error: string): Response => c.json({ error }, status);

export const read =
  (house: House): Handler<Env> =>
  async (c: Ask) => {
    const { access, audit } = house.desk;
    if (!(await house.desk.institution())) return say(c, 404, 'no institution has been founded');
    const [, token = ''] = /^Bearer (hy_[\w-]{43})$/.exec(c.req.header('authorization') ?? '') ?? [];
    const held = token === '' ? undefined : await access.useToken(digestOf(token));
    if (!held) {
      const tries = await access.countTry(`token:${c.get('from')}`, REST_MS);
      if (tries > WRONG_TOKENS) return say(c, 429, 'too many wrong tokens; wait a quarter of an hour');
      return say(c, 401, 'a token is needed: Authorization: Bearer hy_…');
    }
    const what = c.req.param('what') ?? '';
    const scope = (Object.keys(SHOW) as Scope[]).find(s => s === what);
    if (!scope) return say(c, 404, `there is ${Object.keys(SHOW).join(', ')}`);
    if (!held.scopes.includes(scope)) return say(c, 403, `this token may not read ${scope}`);
    await audit(undefined, 'token-used', `${held.id} ${scope}`);
    const hall = await house.keeper.look();
    return c.json({ asOf: instant(hall.now), entries: hall.seq, items: SHOW[scope](hall) });
  };
