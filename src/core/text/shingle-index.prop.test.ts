/** What is kept in typed arrays for finding copies, against plain sets and maps. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFolded, takeText } from './comparable.ts';
import { makeExactTable } from './exact-table.ts';
import { makeShelf } from './shelf.ts';
import { makeShingleIndex, makeShingleSet } from './shingle-index.ts';
import { makeSketches } from './sketch.ts';

const hash = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
/** As shingles are: spread over the whole range. */
const spread = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(n => {
  const h = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  return Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
});

test('the index counts for every member under how many of the shingles it stands', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(hash, { maxLength: 20 }), { maxLength: 60 }),
      fc.uniqueArray(hash, { maxLength: 60 }),
      fc.nat(60),
      fc.boolean(),
      (members, asked, oldest, newest) => {
        const index = makeShingleIndex(newest);
        members.forEach((shingles, m) => {
          for (const s of shingles) index.add(s, m);
        });
        const counts = new Uint16Array(64);
        const touched = new Int32Array(64);
        const found = index.count(Uint32Array.from(asked), asked.length, counts, touched, oldest);
        const expected = members.map((shingles, m) =>
          m < oldest ? 0 : shingles.filter(s => asked.includes(s)).length,
        );
        expect([...counts.subarray(0, members.length)]).toEqual(expected);
        expect([...touched.subarray(0, found)].sort((a, b) => a - b)).toEqual(
          expected.flatMap((n, m) => (n > 0 ? [m] : [])),
        );
      },
    ),
  );
});
test('a table that grew holds what it held', () => {
  const index = makeShingleIndex();
  for (let m = 0; m < 40_000; m++) index.add(Math.imul(m >> 1, 0x9e3779b1) >>> 0, m);
  const counts = new Uint16Array(40_000);
  const asked = Uint32Array.from({ length: 20_000 }, (_, i) => Math.imul(i, 0x9e3779b1));
  expect(index.count(asked, asked.length, counts, new Int32Array(40_000), 0)).toBe(40_000);
  expect(counts.every(n => n === 1)).toBe(true);
});
test.each([
  { newest: false, members: 20_000, counted: [0, 4095] },
  { newest: true, members: 20_000, counted: [15_904, 19_999] },
  { newest: true, members: 4097, counted: [1, 4096] },
  { newest: false, members: 5, counted: [0, 4] },
])('of a shingle of $members members those from $counted count (newest: $newest)', ({ newest, members, counted }) => {
  const index = makeShingleIndex(newest);
  // Other lists grow between, and take what this one leaves.
  for (let m = 0; m < members; m++) for (const s of [7, 8 + (m % 50)]) index.add(s, m);
  const counts = new Uint16Array(members);
  const touched = new Int32Array(members);
  const found = index.count(Uint32Array.of(7), 1, counts, touched, 0);
  const [first = 0, last = 0] = counted;
  expect(found).toBe(last - first + 1);
  expect([touched[found - 1], touched[0]]).toEqual([first, last]);
  const others = index.count(Uint32Array.of(8), 1, new Uint16Array(members), touched, 0);
  expect([...touched.subarray(0, others)].every(m => m % 50 === 0)).toBe(true);
});
test('a shelf gives back what was put on it, from the oldest that was not released', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 40 }), fc.nat(40), (lengths, before) => {
      const shelf = makeShelf(Uint16Array);
      lengths.forEach((length, n) => shelf.put(new Uint16Array(length).fill(n + 1), length));
      const held = shelf.held();
      shelf.release(before);
      expect(shelf.held()).toBeLessThanOrEqual(held);
      lengths.forEach((length, n) => {
        if (n >= before) expect(shelf.get(n, length)).toEqual(new Uint16Array(length).fill(n + 1));
      });
    }),
    { numRuns: 50 },
  );
});
test('a text is found word for word, by its newest number, as long as that counts', () => {
  const text = fc.string({ unit: fc.constantFrom('停', '水', 'a', '\u0000'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 900 }), fc.nat(20), (texts, window) => {
      const table = makeExactTable();
      const units = makeFolded();
      texts.forEach((t, n) => {
        const oldest = Math.max(0, n - window);
        takeText(units, t);
        table.sum(units);
        const newest = texts.slice(0, n).lastIndexOf(t);
        expect(table.find(oldest)).toBe(newest >= oldest ? newest : -1);
        table.add(oldest);
      });
    }),
    { numRuns: 60 },
  );
});
test('a bit map never denies a shingle, and its estimates are near', () => {
  let [off, number, worst] = [0, 0, 0];
  fc.assert(
    fc.property(
      fc.uniqueArray(spread, { minLength: 60, maxLength: 600 }),
      fc.uniqueArray(spread, { maxLength: 600 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (own, foreign, part) => {
        const sketches = makeSketches();
        sketches.put(Uint32Array.from(own), own.length);
        const asked = [...new Set([...own.slice(0, Math.floor(own.length * part)), ...foreign])];
        const hashes = Uint32Array.from(asked);
        const ownSet = new Set(own);
        const common = asked.filter(h => ownSet.has(h)).length;
        expect(sketches.most(0, own.length, hashes, asked.length)).toBeGreaterThanOrEqual(common);
        expect(sketches.least(0, own.length)).toBeLessThanOrEqual(own.length);
        const estimate = sketches.estimate(0, own.length, hashes, asked.length);
        const set = makeShingleSet();
        expect(set.take(Uint32Array.from(own), own.length)).toBe(own.length);
        const apart = Math.abs(estimate.common - common) / Math.min(own.length, Math.max(60, asked.length));
        off += apart;
        worst = Math.max(worst, apart);
        number++;
        expect(Math.abs(estimate.distinct - own.length) / own.length).toBeLessThan(0.2);
      },
    ),
    { numRuns: 300, seed: 5 },
  );
  expect(off / number).toBeLessThan(0.03);
  expect(worst).toBeLessThan(0.25);
});
