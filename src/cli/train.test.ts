/** `similar` and `route` as they are called: a model is the same bytes twice, answers keep their order, bad rows are all told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Context } from './command.ts';
import { runCli } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'huiyin-train-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

async function huiyin(args: readonly string[], rows: readonly object[]) {
  let out = '';
  let err = '';
  const context: Context = {
    stdin: async () => new TextEncoder().encode(rows.map(r => `${JSON.stringify(r)}\n`).join('')),
    out: async text => void (out += text),
    err: text => void (err += text),
    env: {},
    root: new URL('../../', import.meta.url).pathname,
    // These commands open no room that touches the world.
    world: {} as Context['world'],
  };
  const code = await runCli(args, context);
  return { code, out, err };
}
const MATTERS = ['停水三天无人处理', '路灯坏了没有人修', '公交站台被拆除', '学校食堂价格上涨', '夜间施工噪音扰民'];
const PLACES = ['城东', '城西', '河北街', '南门', '新区', '老城', '北关'];
const pairs = Array.from({ length: 105 }, (_, i) => {
  const same = i % 3 === 0;
  const [place, matter] = [PLACES[i % 7], MATTERS[i % 5]];
  return {
    a: `${place}居民反映${matter}`,
    b: `${place}${MATTERS[(i + (same ? 0 : 2)) % 5]}引起关注${i}`,
    label: same ? 1 : 0,
  };
});
const messages = Array.from({ length: 70 }, (_, i) => ({
  id: `m${i}`,
  title: `${PLACES[i % 7]}来信`,
  text: `${MATTERS[i % 5]}，请处理${i}`,
  label: ['water', 'light', 'bus', 'school', 'noise'][i % 5],
}));

test('similar: the same pairs give the same bytes, and what it learnt it says in the order it was asked', async () => {
  const train = (name: string) => huiyin(['similar', 'train', '--task', 'event', '--out', file(name)], pairs);
  const first = await train('one');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(first.out)).toMatchObject({
    line: 'model',
    task: 'event',
    pairs: 105,
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  expect((await train('two')).out).toBe(first.out);
  expect(readFileSync(file('two'))).toEqual(readFileSync(file('one')));
  const asked = [
    { id: 'b', a: '北关居民说路灯坏了没有人修', b: '北关路灯坏了没有人修引起关注' },
    { id: 'a', a: '北关居民说路灯坏了没有人修', b: '北关学校食堂价格上涨引起关注' },
  ];
  const said = await huiyin(['similar', '--task', 'event', '--model', file('one')], asked);
  expect(said.code).toBe(0);
  expect(
    said.out
      .trim()
      .split('\n')
      .map(l => JSON.parse(l) as object),
  ).toEqual([
    { id: 'b', score: expect.any(Number), same: true },
    { id: 'a', score: expect.any(Number), same: false },
  ]);
});
test('route: the same messages give the same bytes; a proposal names terms that stand in the message', async () => {
  const train = (name: string) => huiyin(['route', 'train', '--out', file(name)], messages);
  const first = await train('three');
  expect(JSON.parse(first.out)).toMatchObject({ line: 'model', labels: 5, items: 70 });
  expect((await train('four')).out).toBe(first.out);
  const text = '我们这里停水三天了';
  const said = await huiyin(['route', '--model', file('three')], [{ id: 'x', title: null, text }]);
  const proposal = JSON.parse(said.out) as { because: { term: string; weight: number }[] };
  expect(proposal).toMatchObject({ id: 'x', label: 'water', score: expect.any(Number) });
  expect(Object.keys(proposal)).toEqual(['id', 'label', 'score', 'because']);
  expect(proposal.because.length).toBeGreaterThan(0);
  expect(proposal.because.every(b => text.includes(b.term) && b.weight > 0)).toBe(true);
});
test.each([
  // what is wrong                        arguments                                  the rows                                             exit, said
  ['a label that is neither', ['similar', 'train'], [{ a: 'x', b: 'y', label: 'maybe' }], 3, /HY-I3.*not "maybe"/],
  ['only pairs of one kind', ['similar', 'train'], [{ a: 'x', b: 'y', label: 1 }], 2, /both kinds/],
  ['who spoke', ['similar', 'train'], [{ a: 'x', b: 'y', label: 1, author: 'z' }], 3, /HY-I9/],
  ['a key nobody knows', ['similar', 'train'], [{ a: 'x', b: 'y', label: 0, kind: 'z' }], 3, /HY-I3.*"kind"/],
  ['a text left out', ['similar', 'train'], [{ a: 'x', label: 1 }], 3, /-:1 +HY-I2 .*"b"/],
  ['one label only', ['route', 'train'], [{ id: 1, text: 'x', label: 'a' }], 2, /two labels/],
  ['a title that is a number', ['route', 'train'], [{ id: 1, title: 5, text: 'x', label: 'a' }], 3, /HY-I3.*"title"/],
  ['no message text', ['route', 'train'], [{ id: 1, label: 'a' }], 3, /HY-I2.*"text"/],
])('%s is refused and nothing is written', async (_what, args, rows, code, message) => {
  const out = file('never');
  const said = await huiyin([...args, ...(args[0] === 'similar' ? ['--task', 'topic'] : []), '--out', out], rows);
  expect(said.code).toBe(code);
  expect(said.err).toMatch(message);
  expect(said.out).toBe('');
  expect(() => readFileSync(out)).toThrow();
});
test('a model of another task, of another format or none at all is refused', async () => {
  await huiyin(['similar', 'train', '--task', 'event', '--out', file('event')], pairs);
  const ask = [{ id: 1, a: 'x', b: 'y' }];
  expect((await huiyin(['similar', '--task', 'topic', '--model', file('event')], ask)).err).toMatch(
    /trained for event/,
  );
  expect((await huiyin(['route', '--model', file('event')], [{ id: 1, text: 'x' }])).err).toMatch(/HY-I3.*no model/);
  writeFileSync(file('broken'), '{"format":');
  expect((await huiyin(['route', '--model', file('broken')], [{ id: 1, text: 'x' }])).code).toBe(3);
  expect((await huiyin(['route', '--model', file('none')], [{ id: 1, text: 'x' }])).code).toBe(2);
});
