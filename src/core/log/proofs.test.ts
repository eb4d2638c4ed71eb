import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendLeaf,
  cosign,
  EMPTY_TREE,
  isConsistent,
  KEY_TYPE,
  keyOf,
  openNote,
  proveConsistency,
  proveInclusion,
  rangesOf,
  readCheckpoint,
  readKey,
  rootOf,
  sha256,
  showCheckpoint,
  showKey,
  type Signer,
  signNote,
  tilePath,
  tilesOf,
  toHex,
  verifyProof,
} from './index.ts';
import { rootByPath } from './verify/tree.ts';

/** The note every implementation of the format is tried with. */
const PETER = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  /** One byte of type, then the seed. */
  secret: Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64'),
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
const log: Signer = { name: 'huiyin.example/petition', seed: sha256('log') };
const witness: Signer = { name: 'huiyin.example/superior', seed: sha256('witness') };

describe('a signed note', () => {
  test('of another implementation is read', () => {
    const key = readKey(PETER.key);
    expect(key && showKey(key)).toBe(PETER.key);
    const note = openNote(`${PETER.text}\n${PETER.line}`, key ? [key] : []);
    expect(signNote(PETER.text, { name: 'PeterNeumann', seed: PETER.secret.subarray(1) })).toBe(
      `${PETER.text}\n${PETER.line}`,
    );
    expect(note).toMatchObject({ text: PETER.text, signedBy: [{ key: { name: 'PeterNeumann' } }] });
  });
  test('is signed and co-signed to the same bytes every time', () => {
    const text = showCheckpoint({ origin: log.name, size: 1, root: sha256('root') });
    const note = signNote(text, log) + cosign(text, witness, 1_790_000_000);
    expect(note).toBe(signNote(text, log) + cosign(text, witness, 1_790_000_000));
    const keys = [keyOf(log, KEY_TYPE.log), keyOf(witness, KEY_TYPE.witness)];
    expect(openNote(note, keys)?.signedBy.map(s => [s.key.name, s.seconds])).toEqual([
      [log.name, undefined],
      [witness.name, 1_790_000_000],
    ]);
    expect(openNote(note, keys.slice(1))?.signedBy).toHaveLength(1);
    expect(readCheckpoint(openNote(note, keys)?.text ?? '')).toMatchObject({ origin: log.name, size: 1 });
  });
  test.each<[string, (note: string) => string]>([
    ['one changed digit', note => note.replace('\n1\n', '\n2\n')],
    ['another name', note => note.replace('— huiyin', '— huiyin2')],
    ['a tab', note => note.replace('\n1\n', '\n1\t\n')],
    ['no last line end', note => note.slice(0, -1)],
    ['no signature', note => `${note.slice(0, note.indexOf('\n\n'))}\n`],
  ])('with %s is nobody’s', (_what, change) => {
    const note = signNote(showCheckpoint({ origin: log.name, size: 1, root: sha256('root') }), log);
    expect(openNote(change(note), [keyOf(log, KEY_TYPE.log)])).toBeUndefined();
  });
  test.each([
    ['another id', 'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a short key', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy'],
    ['an unknown type', 'PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a space in its name', 'Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ])('a key with %s is none', (_what, key) => expect(readKey(key)).toBeUndefined());
});

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => sha256(`leaf ${i}`));
const rootAt = (leaves: readonly Uint8Array[], n: number) => rootOf(leaves.slice(0, n).reduce(appendLeaf, EMPTY_TREE));

test('an inclusion proof leads to the root, and only from its own place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 200 }), fc.nat(), async (n, k) => {
      const leaves = leavesOf(n);
      const index = k % n;
      const path = (await proveInclusion(index, n, rangesOf(leaves))).map(step => Buffer.from(step).toString('latin1'));
      const leaf = Buffer.from(leaves[index] ?? []).toString('latin1');
      const root = toHex(rootAt(leaves, n));
      expect(rootByPath(index, n, leaf, path)).toBe(root);
      if (n > 1) {
        expect(rootByPath((index + 1) % n, n, leaf, path)).not.toBe(root);
        expect(rootByPath(index, n, leaf, path.slice(1))).not.toBe(root);
      }
    }),
    { numRuns: 200 },
  );
});
test('a consistency proof holds between a beginning and the whole, and for nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 130 }), fc.nat(), async (n, k) => {
      const leaves = leavesOf(n);
      const old = k % (n + 1);
      const proof = await proveConsistency(old, n, rangesOf(leaves));
      const from = { size: old, root: rootAt(leaves, old) };
      const to = { size: n, root: rootAt(leaves, n) };
      expect(isConsistent(from, to, proof)).toBe(true);
      if (old > 0) expect(isConsistent({ ...from, root: sha256('other') }, to, proof)).toBe(false);
      if (old > 0 && old < n) {
        expect(isConsistent(from, { ...to, root: sha256('other') }, proof)).toBe(false);
        expect(isConsistent(from, to, proof.slice(1))).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});

test.each([
  [{ level: 0, index: 1234067, width: 256 }, 'tile/0/x001/x234/067'],
  [{ level: 0, index: 0, width: 17 }, 'tile/0/000.p/17'],
  [{ level: 'entries' as const, index: 1000, width: 256 }, 'tile/entries/x001/000'],
])('the path of %j', (tile, path) => expect(tilePath(tile)).toBe(path));
test('a tree of 70,000 has the tiles that the format says', () => {
  const rows = (level: number) => tilesOf(70_000).filter(t => t.level === level);
  expect([rows(0).length, rows(0).at(-1)?.width]).toEqual([274, 112]);
  expect(rows(1).map(t => t.width)).toEqual([256, 17]);
  expect(rows(2).map(t => t.width)).toEqual([1]);
  expect(tilesOf(256).map(t => tilePath(t))).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
});

test('the proof of the specification is checked alone, with a key from elsewhere', () => {
  const vectors = new URL('../../../docs/specs/vectors/', import.meta.url);
  const read = (name: string) => readFileSync(new URL(name, vectors), 'utf8');
  const keys = read('keys.txt').trim().split('\n');
  const proof = read('entry-2.tlog-proof');
  expect(verifyProof(proof, keys)).toMatchObject({ ok: true, n: 2, event: { id: 'v1-e2' } });
  // The witness may be unknown; the log may not.
  expect(verifyProof(proof, keys.slice(0, 1)).ok).toBe(true);
  expect(verifyProof(proof, keys.slice(1))).toMatchObject({ ok: false });
  expect(verifyProof(proof.replace('index 1', 'index 0'), keys)).toMatchObject({ ok: false });
});
