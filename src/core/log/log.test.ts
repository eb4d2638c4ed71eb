import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendLeaf,
  bodyDigest,
  bodyOf,
  canonicalJson,
  EMPTY_TREE,
  exportOf,
  fromHex,
  type HuiyinEvent,
  leafHash,
  NO_RULEBOOK,
  readHash,
  rootOf,
  sha256,
  showHash,
  toHex,
  type TreeState,
  verifyExport,
} from './index.ts';

const FIRST: HuiyinEvent = {
  id: 'v1-e1',
  type: 'watch.done',
  at: '2026-07-10T09:00:00+08:00',
  recordedAt: '2026-07-10T09:00:00+08:00',
  by: { unit: 'general-office', role: 'watch-officer' },
  data: { found: 0 },
};
const salt = (n: number) => Uint8Array.from({ length: 32 }, (_, i) => (i + n) & 0xff);

test('the vector of the specification', () => {
  const digest = bodyDigest(FIRST, salt(0));
  expect(bodyOf(FIRST)).toBe('{"by":{"role":"watch-officer","unit":"general-office"},"data":{"found":0},"id":"v1-e1"}');
  expect(toHex(digest)).toBe('7a9b63faa6524f6144d0d76c071928c81ebfcb0d7f018eee25732453c9e57e48');
  const leaf = leafHash({
    institution: 'petition',
    counter: 1,
    caseCounter: 0,
    type: FIRST.type,
    at: FIRST.at,
    recordedAt: FIRST.recordedAt,
    rulebookDigest: NO_RULEBOOK,
    bodyDigest: digest,
  });
  expect(toHex(leaf)).toBe('0660f4553a5c281b7e0b7f9fbee63c6cb4cff24f252ffe14600d749bf6cbcdea');
  expect(toHex(rootOf(appendLeaf(EMPTY_TREE, leaf)))).toBe(toHex(leaf));
  expect(toHex(rootOf(EMPTY_TREE))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test.each([
  [{ b: 1, a: [true, null, 'é\n"'] }, '{"a":[true,null,"é\\n\\""],"b":1}'],
  [{ '\u20ac': 1, '\r': 2, '1': 3, ö: 4 }, '{"\\r":2,"1":3,"ö":4,"€":1}'],
  [[1e21, 0.000001, -0, 1.5], '[1e+21,0.000001,0,1.5]'],
])('canonical bytes of %j', (value, text) => expect(canonicalJson(value)).toBe(text));

/** RFC 6962 2.1 as it is written: split at the largest power of two below n. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}
test('the root kept while appending is the root by definition', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 130 }), n => {
      const leaves = Array.from({ length: n }, (_, i) => sha256(String(i)));
      expect(toHex(rootOf(leaves.reduce(appendLeaf, EMPTY_TREE)))).toBe(toHex(rootByDefinition(leaves)));
    }),
  );
});

/** A small export, written the way the store writes it. */
interface Made {
  readonly events: readonly string[];
  readonly chain: readonly string[];
  readonly salts: readonly string[];
  readonly checkpoint: string;
}
const judge = (made: Made) => {
  const text = (lines: readonly string[]): Uint8Array => Buffer.from(lines.map(l => `${l}\n`).join(''));
  const files = { 'events.ndjson': made.events, 'chain.ndjson': made.chain, 'salts.ndjson': made.salts };
  const all = Object.entries(files).map(([name, lines]) => [name, text(lines)] as const);
  return verifyExport(exportOf(new Map([...all, ['checkpoints/head.txt', Buffer.from(made.checkpoint)]])));
};
function makeExport(events: readonly HuiyinEvent[]): Made {
  let tree: TreeState = EMPTY_TREE;
  const cases = new Map<string, number>();
  const chain = events.map((event, i) => {
    const previous = showHash(rootOf(tree));
    const caseCounter = event.case === undefined ? 0 : (cases.get(event.case) ?? 0) + 1;
    if (event.case !== undefined) cases.set(event.case, caseCounter);
    const body = bodyDigest(event, salt(i));
    const leaf = leafHash({
      institution: 'petition',
      counter: i + 1,
      caseCounter,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt,
      rulebookDigest: NO_RULEBOOK,
      bodyDigest: body,
    });
    tree = appendLeaf(tree, leaf);
    const { type, at, recordedAt } = event;
    return JSON.stringify({
      ...(i === 0 ? { institution: 'petition' } : {}),
      n: i + 1,
      id: event.id,
      digest: showHash(leaf),
      previous,
      caseN: caseCounter,
      type,
      at,
      recordedAt,
      rulebook: showHash(NO_RULEBOOK),
      body: showHash(body),
    });
  });
  return {
    events: events.map(e => JSON.stringify(e)),
    chain,
    salts: events.map((_, i) => JSON.stringify({ n: i + 1, salt: toHex(salt(i)) })),
    checkpoint: `huiyin/petition\n${events.length}\n${Buffer.from(rootOf(tree)).toString('base64')}\n`,
  };
}
const day = Array.from({ length: 9 }, (_, i): HuiyinEvent => ({
  ...FIRST,
  id: `e${i}`,
  ...(i % 3 ? { case: `C${i % 2}` } : {}),
  data: { found: i },
}));

describe('an export', () => {
  const good = makeExport(day);
  test('is whole', () => expect(judge(good)).toMatchObject({ ok: true, entries: 9, erasedBodies: 0 }));

  test.each<[string, (f: Made) => Made, string]>([
    [
      'a changed body',
      f => ({ ...f, events: f.events.map((l, i) => (i === 4 ? l.replace('"found":4', '"found":40') : l)) }),
      'body-changed',
    ],
    ['a removed event', f => ({ ...f, events: f.events.filter((_, i) => i !== 3) }), 'missing'],
    [
      'two events exchanged',
      f => ({ ...f, events: [f.events[1] ?? '', f.events[0] ?? '', ...f.events.slice(2)] }),
      'reordered',
    ],
    ['an inserted event', f => ({ ...f, events: [...f.events, JSON.stringify({ ...FIRST, id: 'new' })] }), 'missing'],
    ['a removed chain line', f => ({ ...f, chain: f.chain.filter((_, i) => i !== 5) }), 'missing'],
    [
      'a cut tail',
      f => ({ ...f, events: f.events.slice(0, 6), chain: f.chain.slice(0, 6), salts: f.salts.slice(0, 6) }),
      'checkpoint-differs',
    ],
    ['a torn line', f => ({ ...f, chain: [...f.chain.slice(0, 8), (f.chain[8] ?? '').slice(0, 20)] }), 'body-changed'],
    [
      'a body erased without an entry that says so',
      f => ({ ...f, events: f.events.slice(1), salts: f.salts.slice(1) }),
      'missing',
    ],
    ['another checkpoint', f => ({ ...f, checkpoint: 'huiyin/petition\n9\nAAAA\n' }), 'checkpoint-differs'],
  ])('with %s is found out', (_what, change, why) => {
    expect(judge(change(good))).toMatchObject({ ok: false, firstBreak: { why } });
  });

  test('keeps its digests when a body is erased on schedule', () => {
    const erasure: HuiyinEvent = {
      ...FIRST,
      id: 'x',
      type: 'body.erased',
      data: { entry: 'e2', reason: 'retention', schedule: 'three-years' },
    };
    const files = makeExport([...day, erasure]);
    const gone = (lines: readonly string[]) => lines.filter((_, i) => i !== 2);
    expect(judge({ ...files, events: gone(files.events), salts: gone(files.salts) })).toMatchObject({
      ok: true,
      erasedBodies: 1,
    });
  });

  test('no change of one character goes unseen', () => {
    const all = (['events', 'chain', 'salts'] as const).flatMap(part =>
      good[part].flatMap((line, i) => Array.from(line, (_, c) => [part, i, c] as const)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom('0', 'f', 'Z', '"', '}'), ([part, i, c], ch) => {
        const line = good[part][i] ?? '';
        if (line[c] === ch) return;
        const changed = good[part].map((l, k) => (k === i ? l.slice(0, c) + ch + l.slice(c + 1) : l));
        expect(judge({ ...good, [part]: changed }).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });
});

test('hashes are read as they are written', () =>
  expect(showHash(readHash(showHash(fromHex('00ff'.repeat(16)))))).toBe(`sha256:${'00ff'.repeat(16)}`));

test('an export without tiles is judged by its chain, however many tiles it could fill', () => {
  const long = Array.from({ length: 600 }, (_, i): HuiyinEvent => ({ ...FIRST, id: `e${i + 1}` }));
  expect(judge(makeExport(long))).toMatchObject({ ok: true, entries: 600 });
});
