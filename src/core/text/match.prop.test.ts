/** The whole matcher against the obvious way, on rules and texts of few characters so that everything overlaps. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from './fold.ts';
import { type Item, makeMatcher } from './match.ts';
import { compileRules, readRules, type RuleSource } from './rules.ts';

const unit = fc.constantFrom('公', '交', '工', '资', '資', 'A', 'ａ', '。', '\ud83d', '\ude80', '國');
const text = fc.array(unit, { maxLength: 40 }).map(units => units.join(''));
const term = fc.array(unit, { minLength: 1, maxLength: 3 }).map(units => units.join(''));
const group = fc.array(term, { minLength: 1, maxLength: 7 });
const rule = fc.record(
  {
    all: fc.array(group, { minLength: 1, maxLength: 3 }),
    none: fc.array(term, { minLength: 1, maxLength: 2 }),
    near: fc.array(fc.record({ a: term, b: term, within: fc.integer({ min: 0, max: 6 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    in: fc.constantFrom<readonly ('title' | 'text')[]>(['title'], ['text'], ['title', 'text']),
    width: fc.constantFrom<'fold' | 'exact'>('fold', 'exact'),
  },
  { requiredKeys: ['all'] },
);

type Place = readonly [field: number, from: number, to: number];
function placesOf(item: Item, asked: string, rule: Partial<RuleSource>): Place[] {
  const form = rule.width === 'exact' ? (s: string) => s : fold;
  return [item.title ?? '', item.text].flatMap((given, field) => {
    if (!(rule.in ?? ['title', 'text']).includes(field === 0 ? 'title' : 'text')) return [];
    const out: Place[] = [];
    const inside = form(given);
    for (let at = inside.indexOf(form(asked)); at >= 0; at = inside.indexOf(form(asked), at + 1))
      out.push([field, at, at + asked.length]);
    return out;
  });
}
function obvious(item: Item, rule: Partial<RuleSource>): boolean {
  const hits = (t: string) => placesOf(item, t, rule);
  const near = (a: string, b: string, within: number): boolean =>
    hits(a).some(x =>
      hits(b).some(
        y => x[0] === y[0] && !(x[1] === y[1] && x[2] === y[2]) && Math.max(0, y[1] - x[2], x[1] - y[2]) <= within,
      ),
    );
  return (
    (rule.all ?? []).every(g => g.some(t => hits(t).length > 0)) &&
    !(rule.none ?? []).some(t => hits(t).length > 0) &&
    (rule.near ?? []).every(p => near(p.a, p.b, p.within))
  );
}

test('the matcher says of every rule what comparing everywhere says, and its spans are where the terms stand', () => {
  fc.assert(
    fc.property(
      fc.array(rule, { minLength: 1, maxLength: 12 }),
      fc.array(fc.tuple(text, text), { maxLength: 4 }),
      (given, texts) => {
        const sources = given.map((r, i): RuleSource => ({ id: `r${i}`, version: '1', ...r }));
        // One matcher for all texts: nothing of one may stay for the next.
        const matcher = makeMatcher(compileRules(sources));
        for (const [title, body] of texts) {
          const item: Item = { id: 'i', title, text: body };
          const { matched, not } = matcher.match(item, { why: true });
          expect(matched.map(m => m.rule)).toEqual(sources.filter(r => obvious(item, r)).map(r => r.id));
          expect(not?.map(m => m.rule)).toEqual(sources.filter(r => !obvious(item, r)).map(r => r.id));
          for (const m of matched) {
            const source = sources.find(r => r.id === m.rule);
            for (const s of m.spans) {
              const place = [s.field === 'title' ? 0 : 1, s.from, s.to];
              expect(placesOf(item, s.term, source ?? {})).toContainEqual(place);
            }
            const plain = new Set(source?.near ? [] : source?.all?.flat());
            const wanted = [...plain].flatMap(t => placesOf(item, t, source ?? {})).length;
            if (!source?.near) expect(m.spans).toHaveLength(wanted);
            const order = m.spans.map(s => [s.field === 'title' ? 0 : 1, s.from, s.to]);
            expect(order).toEqual(
              [...order].sort(
                (a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0),
              ),
            );
          }
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each<[string, Item, number]>([
  ['an empty text', { id: 'i', text: '' }, 0],
  ['half a surrogate pair', { id: 'i', text: '\ud83d' }, 0],
  ['another script', { id: 'i', text: 'Ελληνικά 公交 العربية' }, 1],
  ['ten million characters on one line', { id: 'i', text: `${'公'.repeat(10_000_000)}交` }, 1],
])('%s is judged', (_what, item, matches) => {
  const matcher = makeMatcher(
    compileRules([{ id: 'r', version: '1', all: [['公交', '公']], near: [{ a: '公交', b: '交', within: 3 }] }]),
  );
  expect(matcher.match(item).matched).toHaveLength(matches);
});
test('ten million characters that hit everywhere: bounded, and said', () => {
  const text = '停水'.repeat(5_000_000);
  const rules: RuleSource[] = [
    ...Array.from({ length: 100 }, (_, i) => ({ id: `r${i}`, version: '1', all: [['停水', '水停']] })),
    { id: 'near', version: '1', expr: '停水 NEAR/3 水停' },
    { id: 'sent', version: '1', expr: 'SENT(停水 AND 水停)' },
    { id: 'not', version: '1', all: [['停水']], none: ['水停'] },
  ];
  const { matched, problem } = makeMatcher(compileRules(rules)).match({ id: 'i', text });
  expect(matched.map(m => m.rule)).toEqual(rules.map(r => r.id).filter(id => id !== 'not'));
  expect(Math.max(...matched.map(m => m.spans.length))).toBe(1000);
  expect(matched.reduce((n, m) => n + m.spans.length, 0)).toBeLessThan(102_000);
  expect(problem).toMatch(/only the first places/);
});
test('what an ordinary text hits is listed whole, and no problem is stated', () => {
  const text = '停水'.repeat(500);
  const result = makeMatcher(compileRules([{ id: 'r', version: '1', all: [['停水']] }])).match({ id: 'i', text });
  expect(result.matched[0]?.spans).toHaveLength(500);
  expect(result).not.toHaveProperty('problem');
});
test('a rule of ten thousand terms is read and judged', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `词${i}号`);
  const { rules, faults } = readRules({ rules: [{ id: 'r', version: '1', all: [many, ['公交']] }] });
  expect(faults).toEqual([]);
  const { matched } = makeMatcher(compileRules(rules)).match({ id: 'i', text: '公交词9999号' });
  expect(matched[0]?.spans.map(s => s.term)).toEqual(['公交', '词9999号']);
});
