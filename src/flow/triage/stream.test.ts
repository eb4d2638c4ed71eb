/** The same thing once, one story: by example, then as properties. What was published and what was sent never meet. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KnownPlace, makeStream, type Placed, remembered, sideOf, TRIAGE_DEFAULTS } from './index.ts';
import { differenceOf, groupDifferences } from './index.ts';

const LIFT =
  '锦澜广场三号客梯上个月报修三回，门关到一半会弹开。物业值班人员说，记录在维保单位手里，今晚不方便提供。有商户已经向市场监管部门反映，等一个说法。';
const REFUND =
  '城东六个小区的供水改造去年就说退费，单子都签了，半年没有到账。问物业说问供水，问供水说问信访，谁来给一个准信。';
interface Row {
  readonly id: string;
  readonly text: string;
  readonly side?: 'public' | 'hotline';
  readonly wanted?: boolean;
}
const place = (rows: readonly Row[]): Placed[] => {
  const stream = makeStream(TRIAGE_DEFAULTS);
  return rows.map(r => stream.place({ id: r.id, text: r.text, side: r.side ?? 'public', wanted: r.wanted ?? true }));
};

test('an exact copy, a cut one and one with an advertisement are sightings of the first, in its story', () => {
  const placed = place([
    { id: 'a', text: LIFT },
    { id: 'b', text: LIFT },
    { id: 'c', text: LIFT.slice(0, 48) },
    { id: 'd', text: `${LIFT}转发请注明出处，更多本地新闻请关注清江生活。` },
    { id: 'e', text: REFUND },
  ]);
  expect(placed.map(p => [p.id, p.of, p.story])).toEqual([
    ['a', null, 'st-a'],
    ['b', 'a', 'st-a'],
    ['c', 'a', 'st-a'],
    ['d', 'a', 'st-a'],
    ['e', null, 'st-e'],
  ]);
});
test('word for word the same on a forum and at the hotline: never the same, never one story', () => {
  const placed = place([
    { id: 'post', text: LIFT },
    { id: 'row', text: LIFT, side: 'hotline' },
    { id: 'row-2', text: LIFT, side: 'hotline' },
    { id: 'copy', text: LIFT },
  ]);
  expect(placed.map(p => [p.of, p.story, p.lane])).toEqual([
    [null, 'st-post', 'public'],
    [null, 'st-row', 'hotline'],
    ['row', 'st-row', 'hotline'],
    ['post', 'st-post', 'public'],
  ]);
  expect(['hotline', 'petition', 'own-watch', 'media', 'paste'].map(sideOf)).toEqual([
    'hotline',
    'hotline',
    'public',
    'public',
    'public',
  ]);
});
test('a repost that lost the word we watch for is still a copy of the finding', () => {
  const [, copy] = place([
    { id: 'a', text: LIFT },
    { id: 'b', text: LIFT.slice(0, 60), wanted: false },
  ]);
  expect(copy).toMatchObject({ of: 'a', lane: 'public', story: 'st-a' });
});
test('what went by becomes a finding once a rule hits a changed version, and stands for it from then on', () => {
  const placed = place([
    { id: 'a', text: LIFT, wanted: false },
    { id: 'b', text: `${LIFT}本报致电市局。` },
    { id: 'c', text: LIFT, wanted: false },
    { id: 'd', text: LIFT },
  ]);
  expect(placed.map(p => [p.id, p.lane, p.of])).toEqual([
    ['a', 'passed', null],
    ['b', 'public', null],
    ['c', 'public', 'b'],
    ['d', 'public', 'b'],
  ]);
});

const sentences = [
  '锦澜广场的电梯报修三次没有人来修',
  '门关到一半会弹开，老人不敢坐',
  '供水改造说好的退费半年没有到账',
  '六个小区的业主在等一个准信',
  '滨江停车场节日价翻倍，牌子没有换',
  '东门市场活鱼短秤，复称少了三两',
  '接待大厅中午关门，外地来的人白跑一趟',
  '公交改线以后老人去医院要转两次车',
];
const text = fc
  .array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 5 })
  .map(list => `${list.join('。')}。`);
const rows = fc.array(
  fc.record({ text, side: fc.constantFrom('public' as const, 'hotline' as const), wanted: fc.boolean() }),
  { minLength: 1, maxLength: 25 },
);

test('the same items in the same order get the same places; a story is named after its first item', () => {
  fc.assert(
    fc.property(rows, list => {
      const named = list.map((r, i) => ({ ...r, id: `i${i}` }));
      const once = place(named);
      expect(place(named)).toEqual(once);
      for (const p of once) {
        const first = once.find(o => o.story === p.story);
        expect(p.story).toBe(`st-${first?.id}`);
        const of = once.find(o => o.id === p.of);
        if (p.of !== null) expect([of?.of, of?.story]).toEqual([null, p.story]);
      }
    }),
  );
});
test('stories of the two sides have no item in common, and no copy crosses', () => {
  fc.assert(
    fc.property(rows, list => {
      const named = list.map((r, i) => ({ ...r, id: `i${i}` }));
      const placed = place(named);
      const sideOfItem = new Map(named.map(r => [r.id, r.side]));
      const sidesOfStory = new Map<string, Set<string>>();
      for (const p of placed) {
        const side = sideOfItem.get(p.id) ?? '';
        sidesOfStory.set(p.story, (sidesOfStory.get(p.story) ?? new Set()).add(side));
        if (p.of !== null) expect(sideOfItem.get(p.of)).toBe(side);
      }
      for (const sides of sidesOfStory.values()) expect(sides.size).toBe(1);
    }),
  );
});
test('a stream rebuilt from what is known folds what comes next as the one that never stopped', () => {
  fc.assert(
    fc.property(rows, text, (list, next) => {
      const named = list.map((r, i) => ({ ...r, id: `i${i}` }));
      const stream = makeStream(TRIAGE_DEFAULTS);
      const known: KnownPlace[] = named.map(r => {
        const p = stream.place(r);
        return { id: r.id, text: r.text, side: r.side, lane: p.lane, of: p.of, story: p.story };
      });
      const rebuilt = makeStream(TRIAGE_DEFAULTS);
      for (const k of known) rebuilt.adopt(k);
      const item = { id: 'next', text: next, side: 'public' as const, wanted: true };
      const [a, b] = [stream.place(item), rebuilt.place(item)];
      expect([b.of, b.lane, b.story]).toEqual([a.of, a.lane, a.story]);
    }),
  );
});

test('restarted at any moment from what the store reads of it, a stream places all that follows the same', () => {
  // Windows so small that items leave them all the time: statistics of words, stories, matters and firsts to copy.
  const settings = { ...TRIAGE_DEFAULTS, window: 7, story: { ...TRIAGE_DEFAULTS.story, window: 4 } };
  const item = fc.record({
    text: fc
      .tuple(fc.array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 4 }), fc.nat(9))
      .map(([list, n]) => `${list.join('，')}，第${'零一二三四五六七八九'[n]}次来问。`),
    side: fc.constantFrom('public' as const, 'hotline' as const),
    wanted: fc.boolean(),
    matters: fc.subarray(['lift', 'refund', 'parking']),
    // One in eight: making a stream takes longer than placing an item.
    restart: fc.nat(7).map(n => n === 0),
  });
  fc.assert(
    fc.property(fc.array(item, { minLength: 20, maxLength: 50, size: 'max' }), list => {
      const steady = makeStream(settings);
      let other = makeStream(settings);
      const stored: KnownPlace[] = [];
      list.forEach(({ restart, ...given }, i) => {
        // A passed item has no matters: no rule hit it.
        const row = { ...given, matters: given.wanted ? given.matters : [], id: `i${i}` };
        if (restart) {
          other = makeStream(settings);
          const read = (['public', 'hotline', 'passed'] as const).flatMap(lane =>
            stored.filter(k => k.lane === lane && k.of === null).slice(-remembered(settings)),
          );
          for (const k of stored.filter(s => read.includes(s))) other.adopt(k);
        }
        const [a, b] = [steady.place(row), other.place(row)];
        expect(b).toEqual(a);
        stored.push({ ...row, lane: a.lane, of: a.of, story: a.story });
      });
    }),
    { numRuns: 40 },
  );
});

test.each([
  ['the same but for spaces and a full stop', '电梯坏了 三天。', '电梯坏了三天', [], [], []],
  ['a sentence cut', '电梯坏了三天。物业不给记录。', '电梯坏了三天。', ['物业不给记录。'], [], []],
  ['a sentence added', '电梯坏了三天。', '电梯坏了三天。请关注我们的公众号。', [], ['请关注我们的公众号。'], []],
  [
    'put in other words',
    '上个月报修三回没有人来。',
    '上个月报修多次没有人来。',
    [],
    [],
    [{ from: '上个月报修三回没有人来。', to: '上个月报修多次没有人来。' }],
  ],
] as const)('differences: %s', (_why, first, copy, cut, added, changed) => {
  expect(differenceOf(first, copy)).toEqual({ cut, added, changed });
});
test('copies that differ in the same way are one line, the most frequent first', () => {
  const first = '电梯坏了三天。物业不给记录。';
  const groups = groupDifferences(first, [
    { id: '1', text: `${first}转自清江生活。` },
    { id: '2', text: '电梯坏了三天。' },
    { id: '3', text: '电梯坏了三天。' },
  ]);
  expect(groups.map(g => g.ids)).toEqual([['2', '3'], ['1']]);
});
