/** The index against a list that is looked through from end to end. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePostings } from './postings.ts';

test('a feature leads to its members from the newest to the window, each with its weight; a member gives its vector back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 16 }), { maxLength: 400 }),
      fc.nat(400),
      (items, oldest) => {
        const postings = makePostings();
        items.forEach((features, member) =>
          postings.add(member, {
            features: Int32Array.from(features),
            weights: Float64Array.from(features, (f, i) => member + f / 64 + i / 4096),
          }),
        );
        for (let feature = 0; feature <= 40; feature++) {
          const found: [number, number][] = [];
          postings.each(feature, oldest, (member, weight) => found.push([member, weight]));
          const plain = items.flatMap((features, member): [number, number][] =>
            features.flatMap((f, i): [number, number][] =>
              f === feature && member >= oldest ? [[member, member + f / 64 + i / 4096]] : [],
            ),
          );
          expect(found).toEqual(plain.reverse());
        }
        items.forEach((features, member) => expect([...postings.vectorOf(member).features]).toEqual(features));
        expect([...postings.vectorOf(items.length).features]).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
