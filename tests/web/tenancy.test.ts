/**
 * Two institutions in one store: every route of the one that is served is asked with everything the other one has, and every
 * table is read and written across under the application's own role. Nothing of the other comes out, and nothing of it changes.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword, makeApp } from '../../src/web/index.ts';
import { type House, openHouse, PASSWORD, signIn, Visitor } from './house.ts';

let theirs: House;
let ours: House;
let us: Visitor;
let them: Visitor;
let other = '';
let token = '';
/** Every value that leads to something of theirs. */
let ids: Readonly<Record<string, readonly string[]>> = {};
/** Words that stand in theirs and nowhere in ours. */
let markers: string[] = [];
const OURS = 'ours';

/** The other institution's rows, whole. */
const rowsOf = async (): Promise<string> =>
  [...(await ours.store.dump())]
    .map(
      ([table, text]) =>
        `${table}\n${text
          .split('\n')
          .filter(l => l.includes(`"institution_id": "${other}"`))
          .join('\n')}`,
    )
    .join('\n');

/** The body; of a stream that stays open, what comes first. */
async function begunOf(response: Response): Promise<string> {
  if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) return response.text();
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

beforeAll(async () => {
  theirs = await openHouse();
  them = await signIn(theirs);
  const { desk } = theirs.plugged;
  const made = await (
    await them.post('/settings/access', { do: 'make-token', title: 'x', scope: ['duties', 'cases'], days: '9' })
  ).text();
  token = /hy_[\w-]{43}/.exec(made)?.[0] ?? '';
  const institution = await desk.institution();
  if (!institution) throw new Error('no example');
  other = institution.id;
  const findings = await desk.findings.list({ limit: 50 });
  const events = await desk.log.read(0);
  const first = (list: readonly (string | undefined)[]): string[] =>
    [...new Set(list)].flatMap(x => (x === undefined ? [] : [x])).slice(0, 3);
  ids = {
    id: first(findings.map(f => f.id)),
    case: first(events.map(e => e.case)),
    document: first(events.map(e => e.data['document'] as string | undefined)),
    paper: ['case-sheet', 'contents'],
    n: first(events.filter(e => e.type === 'publication.made').map(e => String(e.seq))),
    type: ['finding.recorded'],
    unit: first(institution.setup.units.map(u => u.key)),
    ledger: ['coverage'],
    table: ['score'],
    what: ['duties', 'cases'],
    way: ['wecom'],
    feed: ['x.ics'],
    event: first(events.map(e => e.id)),
    channel: ['website'],
    item: ['example-post'],
    duty: ['G-5b_2026-09-16T00-00'],
  };
  markers = findings.map(f => f.title).filter(t => t.length > 6);
  // From here on the store serves another institution.
  await desk.saveInstitution({
    ...institution,
    id: OURS,
    example: false,
    name: { zh: '另一家', en: 'Another' },
  });
  const admin = (await theirs.plugged.desk.people.list())[0];
  await desk.startEmpty({
    code: 'Z01',
    login: 'zoe',
    name: 'Z',
    passwordHash: await hashPassword(PASSWORD),
    mustChange: false,
    failed: 0,
    lockedUntil: null,
    administrator: true,
    active: true,
  });
  expect(admin?.code).not.toBe('Z01');
  ours = {
    ...theirs,
    app: makeApp(desk, { asset: () => undefined, report: (_i, e) => void theirs.faults.push(String(e)) }),
  };
  us = new Visitor(ours);
  expect((await us.post('/sign-in', { login: 'zoe', password: PASSWORD })).headers.get('location')).toBe('/desk');
}, 60_000);
afterAll(() => theirs.close());

test('their sign-in, their session and their token open nothing here', async () => {
  const visitor = new Visitor(ours);
  expect((await visitor.post('/sign-in', { login: 'admin', password: PASSWORD })).status).toBe(401);
  const session = await ours.app.request('http://127.0.0.1:8420/desk', {
    headers: { host: '127.0.0.1:8420', cookie: `__Host-huiyin=${them.cookie('__Host-huiyin')}` },
  });
  expect(session.status).toBe(302);
  expect(token).not.toBe('');
  const api = await ours.app.request('http://127.0.0.1:8420/api/v1/duties', {
    headers: { host: '127.0.0.1:8420', authorization: `Bearer ${token}` },
  });
  expect(api.status).toBe(401);
});

test('every route, with every id of theirs: nothing of theirs comes out and nothing of theirs changes', async () => {
  const before = await rowsOf();
  expect(before.length).toBeGreaterThan(10_000);
  expect(markers.length).toBeGreaterThan(3);
  const routes = new Set(ours.app.routes.filter(r => r.method !== 'ALL').map(r => `${r.method} ${r.path}`));
  expect(routes.size).toBeGreaterThan(60);
  const csrf = await us.token('/desk');
  const open: string[] = [];
  let asked = 0;
  for (const route of routes) {
    const [method = '', pattern = ''] = route.split(' ');
    if (pattern === '/sign-out' || pattern === '/setup') continue;
    const names = [...pattern.matchAll(/:(\w+)/g)].map(m => m[1] ?? '');
    for (let i = 0; i < 3; i++) {
      const path = names.reduce((p, name) => {
        const list = ids[name] ?? ['1'];
        return p.replace(new RegExp(`:${name}(\\{[^}]*\\})?`), encodeURIComponent(list[i % list.length] ?? '1'));
      }, pattern);
      const fields = Object.fromEntries(Object.entries(ids).map(([k, v]) => [k, v[i % v.length] ?? '']));
      const response =
        method === 'GET'
          ? await us.get(path)
          : await us.post(path, { ...fields, do: 'save', finding: fields['id'] ?? '' }, { token: csrf });
      asked++;
      const body = await begunOf(response);
      for (const marker of markers) if (body.includes(marker)) open.push(`${route} shows ${marker}`);
      // Where the address itself names something of theirs, there is no such thing.
      if (names.some(n => ['id', 'case', 'document', 'n'].includes(n)) && response.status < 300)
        open.push(`${route} answers ${response.status}`);
      if (names.length === 0) break;
    }
  }
  expect(open).toEqual([]);
  expect(asked).toBeGreaterThan(100);
  expect(await rowsOf()).toBe(before);
  expect(theirs.faults).toEqual([]);
}, 300_000);

test('every table, read and written across under the application’s role: nothing succeeds', async () => {
  const before = await rowsOf();
  const tables = (
    await ours.store.pool.scan<{ t: string }>(
      `select c.relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
       where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attname = 'institution_id' order by 1`,
      [],
    )
  ).map(r => r.t);
  expect(tables.length).toBeGreaterThan(25);
  const forms: readonly ((t: string) => string)[] = [
    t => `select * from ${t}`,
    t => `select * from ${t} where institution_id = '${other}'`,
    t => `select * from ${t} where institution_id in ('${other}', '${OURS}')`,
    t => `update ${t} set institution_id = institution_id where institution_id = '${other}' returning *`,
    t => `update ${t} set institution_id = '${other}' returning *`,
    t => `delete from ${t} where institution_id = '${other}' returning *`,
    t =>
      `insert into ${t} select (jsonb_populate_record(x, '{"institution_id": "${other}"}')).* from ${t} x returning *`,
    t => `select * from ${t} where (select true from ${t} limit 1) or institution_id = '${other}'`,
  ];
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tables), fc.constantFrom(...forms), async (table, form) => {
      tried++;
      const rows = await ours.store.pool
        .inTenant(OURS, async query => {
          const found = await query<{ institution_id: string }>(form(table));
          // Nothing of ours is to be changed by trying either.
          throw Object.assign(new Error('undo'), { found });
        })
        .catch((error: Error & { found?: readonly { institution_id: string }[]; code?: string }) => {
          if (error.found) return error.found;
          // 42501: no such right, or the policy; 23505, 23503, 428C9: a constraint stood in the way first.
          expect(['42501', '23505', '23503', '428C9']).toContain(error.code);
          return [];
        });
      expect(rows.filter(r => r.institution_id === other)).toEqual([]);
    }),
    { numRuns: 600 },
  );
  expect(tried).toBe(600);
  expect(await rowsOf()).toBe(before);
}, 120_000);
