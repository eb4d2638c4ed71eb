import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparable, shingles, similarity } from './comparable.ts';
import type { Item } from './match.ts';
import { makeFolder, SHORTEST_NEAR } from './same.ts';

const LETTER =
  '清江市城东小区自来水从周一晚上起一直停到今天中午,居民打电话问过两次都说正在抢修,没有说什么时候能来水,老人和孩子只好去隔壁街道提水做饭。';
const fold = (items: readonly Item[]) => {
  const judge = makeFolder();
  return items.map(judge);
};
const item = (id: string, text: string, more: Partial<Item> = {}): Item => ({ id, text, ...more });

test.each<[string, Item, string]>([
  ['the same words', item('b', LETTER), 'exact'],
  ['other punctuation and spaces', item('b', LETTER.replaceAll(',', '， ')), 'exact'],
  ['full-width digits and traditional characters', item('b', LETTER.replace('自来水', '自來水')), 'exact'],
  [
    'a header and a footer around it',
    item('b', `【网友来信】转发自城市论坛${LETTER}编辑提醒以上内容仅代表来信人观点`),
    'near',
  ],
  ['cut to 75 %', item('b', LETTER.slice(0, Math.floor(LETTER.length * 0.75))), 'near'],
  [
    'another matter',
    item(
      'b',
      '城西公园的路灯坏了三个星期没有人修,晚上散步的人只能打着手电走,希望管理处尽快安排人员更换灯泡并告知时间。',
    ),
    'first',
  ],
])('%s is %j', (_why, second, kind) => {
  expect(fold([item('a', LETTER), second])[1]).toMatchObject({ kind, of: kind === 'first' ? null : 'a' });
});

test('the same outlet, page and a later hour with a changed text is an update', () => {
  const page = { outlet: 'city-paper', url: 'https://example.cn/1' };
  const results = fold([
    item('a', LETTER, { ...page, publishedAt: '2026-05-01T08:00:00+08:00' }),
    item('b', `${LETTER}供水公司答复今晚恢复`, { ...page, publishedAt: '2026-05-01T10:00:00+08:00' }),
    item('c', `${LETTER}供水公司答复今晚恢复供水`, { outlet: 'city-forum' }),
  ]);
  expect(results.map(r => r.kind)).toEqual(['first', 'update', 'near']);
});

test(`under ${SHORTEST_NEAR} characters a text is only exact or first`, () => {
  const kinds = fold([
    item('a', '城东小区停水三天'),
    item('b', '城东小区停水三天了'),
    item('c', '城东小区停水三天'),
  ]).map(r => r.kind);
  expect(kinds).toEqual(['first', 'first', 'exact']);
});

test('odd texts are handled: empty, one character, half a character (which says nothing), other scripts', () => {
  const kinds = fold([item('a', ''), item('b', '水'), item('c', '\ud800'), item('d', 'Ελληνικά'), item('e', '')]).map(
    r => r.kind,
  );
  expect(kinds).toEqual(['first', 'first', 'exact', 'first', 'exact']);
});

test('the verdict is the definition: nothing is called near that is not, and "of" is an earlier first', () => {
  const word = fc.constantFrom(
    '停水',
    '小区',
    '居民',
    '抢修',
    '电话',
    '街道',
    '老人',
    '公园',
    '路灯',
    '学校',
    '噪音',
    '施工',
    '夜里',
    '补贴',
  );
  const letter = fc.array(word, { minLength: 10, maxLength: 60 }).map(w => w.join(''));
  fc.assert(
    fc.property(fc.array(letter, { minLength: 2, maxLength: 12 }), letters => {
      const items = letters.map((text, i) => item(`i${i}`, text));
      const results = fold(items);
      const firsts = new Map<string, string>();
      for (const [i, result] of results.entries()) {
        const folded = comparable(undefined, letters[i] ?? '');
        if (result.kind === 'first') firsts.set(result.id, folded);
        else {
          const of = firsts.get(result.of ?? '');
          expect(of).toBeDefined();
          const likeness = similarity(shingles(folded), shingles(of ?? ''));
          expect(likeness).toBeGreaterThanOrEqual(0.55);
          expect(result.similarity).toBeCloseTo(likeness, 3);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('a first whose text is no longer kept is judged by its bit map: exact copies are exact, likeness of short texts within .15', () => {
  // Drawn by a generator, as texts are: of few characters repeated a hundred times no map says much.
  const word = fc
    .tuple(fc.integer({ min: 1, max: 2 ** 31 - 2 }), fc.integer({ min: 90, max: 200 }))
    .map(([seed, length]) => {
      let state = seed;
      const next = (): number => (state = (state * 48271) % 2147483647);
      return Array.from({ length }, () => String.fromCharCode(0x4e00 + (next() % 2_000))).join('');
    });
  let near = 0;
  fc.assert(
    fc.property(
      word,
      fc.array(word, { minLength: 2, maxLength: 4 }),
      fc.double({ min: 0.2, max: 1, noNaN: true }),
      (own, others, part) => {
        const kept = own.slice(0, Math.ceil(own.length * part));
        const changed = kept + (others[0] ?? '').slice(0, own.length - kept.length);
        const [exactly, byMap] = [makeFolder(), makeFolder({ near: 0.55, texts: 0 })];
        for (const [i, text] of [own, ...others].entries()) {
          exactly(item(`i${i}`, text));
          byMap(item(`i${i}`, text));
        }
        expect(byMap(item('copy', own))).toMatchObject({ kind: 'exact', of: 'i0' });
        const [right, estimate] = [exactly(item('z', changed)), byMap(item('z', changed))];
        if (right.similarity === 1) return;
        expect(Math.abs(estimate.similarity - right.similarity)).toBeLessThan(0.15);
        if (Math.abs(right.similarity - 0.55) > 0.15) expect(estimate.kind).toBe(right.kind);
        if (right.kind === 'near') near++;
      },
    ),
    { numRuns: 300, seed: 11 },
  );
  expect(near).toBeGreaterThan(60);
});
test('memory of what leaves a window is given back, and texts past the bound are not kept', () => {
  const judge = makeFolder({ near: 0.55, window: 50, texts: 10_000 });
  const text = (i: number): string =>
    Array.from({ length: 400 }, (_, c) => String.fromCharCode(0x4e00 + ((i * 7919 + c * c) % 9000))).join('');
  const sizes: number[] = [];
  for (let i = 0; i < 3_000; i++) {
    judge(item(`i${i}`, text(i)));
    expect(judge.characters()).toBeLessThanOrEqual(10_000);
    if (i % 1_000 === 999) sizes.push(judge.bytes());
  }
  expect(judge(item('again', text(2_990)))).toMatchObject({ kind: 'exact', of: 'i2990' });
  expect(judge(item('gone', text(10)))).toMatchObject({ kind: 'first' });
});
