/** Stories against the obvious way: maps of bigrams, every earlier item compared, every story weighed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparable } from './comparable.ts';
import type { Item } from './match.ts';
import { makeStories, STORY_DEFAULTS } from './story.ts';

const FEATURES = 6;
interface Plain {
  readonly weights: ReadonlyMap<string, number>;
  readonly at: number;
  readonly story: string;
}
/** A bigram as the engine numbers it: those of one weight stand in this order. */
const numberOf = (bigram: string): number => ((bigram.charCodeAt(0) << 16) | bigram.charCodeAt(1)) & 0x7fffffff;
/** As the header says it, without evidence by kind. */
function plainStories(options: { readonly threshold: number; readonly window: number; readonly windowHours?: number }) {
  const known: Plain[] = [];
  /** Bigrams of the newest items, this one included: as many as stay comparable. */
  const newest: (readonly string[])[] = [];
  const vectorOf = (item: Item): Map<string, number> => {
    const counts = new Map<string, number>();
    const add = (text: string, by: number): void => {
      for (let i = 0; i + 1 < text.length; i++)
        counts.set(text.slice(i, i + 2), (counts.get(text.slice(i, i + 2)) ?? 0) + by);
    };
    add(comparable(undefined, item.title ?? ''), STORY_DEFAULTS.titleWeight);
    add(comparable(undefined, item.text), 1);
    newest.push([...counts.keys()]);
    if (newest.length > options.window) newest.shift();
    const frequency = (bigram: string): number => newest.filter(own => own.includes(bigram)).length;
    const weights = [...counts]
      .map(([b, n]) => [b, (1 + Math.log(n)) * (Math.log(newest.length + 1) - Math.log(frequency(b) + 0.5))] as const)
      .sort(([a, x], [b, y]) => y - x || numberOf(a) - numberOf(b))
      .slice(0, FEATURES);
    const size = Math.hypot(...weights.map(([, w]) => w)) || 1;
    return new Map(weights.map(([b, w]) => [b, w / size]));
  };
  return (item: Item): { readonly story: string; readonly similarity: number } => {
    const weights = vectorOf(item);
    const at = item.publishedAt === undefined ? Number.NaN : Date.parse(item.publishedAt);
    const inWindow = known.slice(Math.max(0, known.length - options.window));
    let story = `st-${item.id}`;
    let most = 0;
    for (const name of new Set(inWindow.map(k => k.story))) {
      const own = inWindow.filter(k => k.story === name);
      const scores = own
        .filter(k => !(Math.abs(k.at - at) > (options.windowHours ?? Infinity) * 3_600_000))
        .map(k => [...weights].reduce((sum, [b, w]) => sum + w * (k.weights.get(b) ?? 0), 0));
      const mean = (Math.max(0, ...scores) + scores.reduce((a, b) => a + b, 0) / own.length) / 2;
      if (mean < options.threshold || mean < most || (mean === most && name > story)) continue;
      [story, most] = [name, mean];
    }
    known.push({ weights, at, story });
    return { story, similarity: most };
  };
}

const word = fc.constantFrom('停水', '小区', '抢修', '路灯', '公园', '学校', '噪音', '补贴', '电梯', '退费', '麻将');
const rows = fc.array(
  fc.record({
    title: fc.array(word, { maxLength: 3 }).map(w => w.join('')),
    text: fc.array(word, { minLength: 1, maxLength: 9 }).map(w => w.join('')),
    day: fc.option(fc.integer({ min: 1, max: 28 }), { nil: undefined }),
  }),
  { minLength: 25, maxLength: 60 },
);
test.each<[string, { window: number; windowHours?: number; threshold: number }]>([
  ['all items', { window: 5000, threshold: 0.4 }],
  ['a window of twelve', { window: 12, threshold: 0.4 }],
  ['a week', { window: 5000, windowHours: 7 * 24, threshold: 0.3 }],
])('%s: the same story and likeness as comparing everything', (_name, options) => {
  let joined = 0;
  let all = 0;
  fc.assert(
    fc.property(rows, list => {
      const stories = makeStories({
        ...options,
        features: FEATURES,
        copies: false,
        evidence: { share: 0, price: 0, apart: 0 },
      });
      const plain = plainStories(options);
      list.forEach(({ title, text, day }, i) => {
        const publishedAt =
          day === undefined ? {} : { publishedAt: `2026-05-${String(day).padStart(2, '0')}T08:00:00Z` };
        const item = { id: `i${String(i).padStart(3, '0')}`, title, text, ...publishedAt };
        const placed = stories.place(item);
        const expected = plain(item);
        expect(placed.similarity).toBeCloseTo(expected.similarity, 3);
        expect(placed.story).toBe(expected.story);
        if (!placed.isNew) joined++;
        all++;
      });
    }),
    { numRuns: 60, seed: 77 },
  );
  expect(joined).toBeGreaterThan(all / 10);
  expect(joined).toBeLessThan(all * 0.95);
});
