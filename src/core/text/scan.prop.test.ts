import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from './fold.ts';
import { makeHits, makeScanner } from './scan.ts';
import { makeTermTrie } from './term-trie.ts';

/** Few characters, so that terms overlap, repeat and nest; with traditional, full-width, half surrogates and case. */
const unit = fc.constantFrom('公', '交', '工', '资', '資', 'A', 'ａ', 'b', ' ', '。', '\ud83d', '\ude80', '国', '國');
const text = (max: number) => fc.array(unit, { maxLength: max }).map(units => units.join(''));
const term = fc.array(unit, { minLength: 1, maxLength: 4 }).map(units => units.join(''));

/** The obvious way: compare every term at every place. */
function bruteForce(terms: readonly string[], haystack: string): string[] {
  const folded = fold(haystack);
  return terms.flatMap((t, index) => {
    const needle = fold(t);
    const found: string[] = [];
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1))
      found.push(`${index}@${at}-${at + needle.length}`);
    return found;
  });
}

test('the scan finds exactly what comparing everywhere finds', () => {
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 30 }), text(80), (terms, haystack) => {
      const hits = makeHits();
      makeScanner(terms).scan(haystack, hits);
      const found = Array.from({ length: hits.count }, (_, i) => {
        const [t, from] = [hits.terms[i] ?? 0, hits.starts[i] ?? 0];
        return `${t}@${from}-${from + (terms[t] ?? '').length}`;
      });
      expect(found.sort()).toEqual(bruteForce(terms, haystack).sort());
    }),
    { numRuns: 3_000 },
  );
});

test("a long text is scanned in stretches: nothing is lost or told twice where they meet, and a term's hits stand in order", () => {
  const long = fc.array(unit, { minLength: 1, maxLength: 12 }).map(units => units.join(''));
  fc.assert(
    fc.property(
      fc.array(long, { minLength: 1, maxLength: 20 }),
      fc.array(unit, { minLength: 20, maxLength: 60 }),
      fc.integer({ min: 2000, max: 2100 }),
      (some, units, length) => {
        // Runs of the same characters round the end of the first stretch, and terms that lie across it.
        const haystack = units
          .join('')
          .repeat(110)
          .slice(0, length + 2048);
        const terms = [...some, haystack.slice(2040, 2060), haystack.slice(1, 2500), haystack.slice(2047, 2049)];
        const hits = makeHits();
        makeScanner(terms).scan(haystack, hits);
        const found: string[][] = terms.map(() => []);
        for (let i = 0; i < hits.count; i++) {
          const [t, from] = [hits.terms[i] ?? 0, hits.starts[i] ?? 0];
          found[t]?.push(`${t}@${from}-${from + (terms[t] ?? '').length}`);
        }
        expect(found.flat()).toEqual(bruteForce(terms, haystack));
      },
    ),
    { numRuns: 200 },
  );
});

test('every place with every matter: terms alike in their many continuations take few places a term and are all found', () => {
  const han = (i: number): string => String.fromCharCode(0x4e00 + i);
  const terms = Array.from({ length: 14_400 }, (_, i) => `区${han((i % 120) * 61)}${han(Math.floor(i / 120) * 67)}`);
  const { further } = makeTermTrie(terms);
  expect(further.check.length).toBeLessThan(20 * terms.length);
  const haystack = terms.filter((_, i) => i % 97 === 0).join('区');
  const hits = makeHits();
  makeScanner(terms).scan(haystack, hits);
  const found = Array.from({ length: hits.count }, (_, i) => {
    const [t, from] = [hits.terms[i] ?? 0, hits.starts[i] ?? 0];
    return `${t}@${from}-${from + 3}`;
  });
  expect(found.sort()).toEqual(bruteForce(terms, haystack).sort());
});

test('folding keeps every offset and is done once for good', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), s => {
      expect(fold(s)).toHaveLength(s.length);
      expect(fold(fold(s))).toBe(fold(s));
    }),
    { numRuns: 2_000 },
  );
});

test('an empty term is refused', () => {
  expect(() => makeScanner(['公交', ''])).toThrow('an empty term');
});
