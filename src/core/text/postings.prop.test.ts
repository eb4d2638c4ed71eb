/** The index against a list that is looked through from end to end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePostings, SUMS } from './postings.ts';

const feature = fc.record({
  feature: fc.integer({ min: 0, max: 40 }),
  weight: fc.integer({ min: 1, max: 64 }).map(n => n / 64),
  kind: fc.integer({ min: 0, max: 3 }),
});
const vector = fc.uniqueArray(feature, { selector: f => f.feature, maxLength: 16 }).map(list => ({
  list,
  vector: {
    features: Int32Array.from(list, f => f.feature),
    weights: Float64Array.from(list, f => f.weight),
    kinds: Uint8Array.from(list, f => f.kind),
  },
}));

test('what a vector has in common with each member of the window, in all and by kind; a member gives its vector back', () => {
  fc.assert(
    fc.property(fc.array(vector, { maxLength: 300 }), vector, fc.nat(300), (items, asked, oldest) => {
      const postings = makePostings();
      items.forEach((item, member) => postings.add(member, item.vector));
      const sums = new Float64Array(Math.max(1, items.length) * SUMS);
      const touched = new Int32Array(Math.max(1, items.length));
      const count = postings.gather(asked.vector, oldest, sums, touched);
      items.forEach((item, member) => {
        const common = asked.list.map(a => ({
          kind: a.kind,
          product: a.weight * (item.list.find(f => f.feature === a.feature)?.weight ?? 0),
        }));
        const inWindow = member >= oldest ? common : [];
        const sum = (kind?: number): number =>
          inWindow.reduce((all, c) => all + (kind === undefined || c.kind === kind ? c.product : 0), 0);
        const expected = [sum(), sum(1), sum(2), sum(3)];
        expect([...sums.subarray(member * SUMS, member * SUMS + SUMS)]).toEqual(expected);
        expect(touched.subarray(0, count).includes(member)).toBe(sum() > 0);
        expect(postings.vectorOf(member)).toEqual(item.vector);
      });
      expect([...postings.vectorOf(items.length).features]).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
