/** Expressions against the obvious way: written out, read, compiled and judged, beside a walk that compares everywhere. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from './fold.ts';
import { type Item, makeMatcher } from './match.ts';
import { compileRules, readRules } from './rules.ts';

type Tree =
  | { readonly is: 'term' | 'title' | 'text'; readonly term: string }
  | { readonly is: 'AND' | 'OR'; readonly parts: readonly Tree[] }
  | { readonly is: 'NOT' | 'SENT'; readonly part: Tree }
  | { readonly is: 'NEAR'; readonly a: string; readonly b: string; readonly within: number }
  | { readonly is: 'kind' | 'region'; readonly value: string }
  | { readonly is: 'date'; readonly from: string; readonly to: string };
const unit = fc.constantFrom('公', '交', '工', '资', '資', 'a', 'Ａ', '國');
const term = fc.array(unit, { minLength: 1, maxLength: 3 }).map(units => units.join(''));
const text = fc.array(fc.oneof({ weight: 5, arbitrary: unit }, fc.constantFrom('。', '；', '\n', '，')), {
  maxLength: 40,
});
const leaf: fc.Arbitrary<Tree> = term.map(t => ({ is: 'term', term: t }));
const both = (part: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.record({ is: fc.constantFrom<'AND' | 'OR'>('AND', 'OR'), parts: fc.array(part, { minLength: 2, maxLength: 3 }) });
const sentence = fc.record({ is: fc.constant<'SENT'>('SENT'), part: fc.oneof(leaf, both(leaf), both(both(leaf))) });
const special: fc.Arbitrary<Tree> = fc.oneof(
  sentence,
  fc.record({ is: fc.constant<'NEAR'>('NEAR'), a: term, b: term, within: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ is: fc.constantFrom<'title' | 'text'>('title', 'text'), term }),
  fc.constantFrom<Tree>({ is: 'kind', value: 'forum' }, { is: 'kind', value: 'paper' }),
  fc.constantFrom<Tree>({ is: 'region', value: '320100' }, { is: 'region', value: 'qingjiang' }),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 3 })).map(([from, days]): Tree => ({
    is: 'date',
    from: `2026-05-0${from}`,
    to: `2026-05-${String(from + days).padStart(2, '0')}`,
  })),
);
const region = fc.constantFrom('320100', 'qingjiang', undefined);
/** Instants round the turn of a day in China, in its own zone and in others. */
const publishedAt = fc.constantFrom(
  '2026-05-01T00:00:00+08:00',
  '2026-05-03T15:59:59Z',
  '2026-05-03T16:00:00Z',
  '2026-05-05T23:59:59.999+08:00',
  '2026-05-09T18:30:00-05:00',
  undefined,
);
const any: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    special,
    both(tie('tree')),
    tie('tree').map((part): Tree => ({ is: 'NOT', part })),
  ),
})).tree;

function written(tree: Tree): string {
  switch (tree.is) {
    case 'term':
      return `"${tree.term}"`;
    case 'title':
    case 'text':
      return `${tree.is}:"${tree.term}"`;
    case 'AND':
    case 'OR':
      return `(${tree.parts.map(written).join(` ${tree.is} `)})`;
    case 'NOT':
      return `NOT (${written(tree.part)})`;
    case 'SENT':
      return `SENT(${written(tree.part)})`;
    case 'NEAR':
      return `"${tree.a}" NEAR/${tree.within} "${tree.b}"`;
    case 'kind':
    case 'region':
      return `${tree.is}:${tree.value}`;
    case 'date':
      return `date:${tree.from}..${tree.to}`;
  }
}
const dayInChina = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' });
/** Where a term stands in a text: all beginnings. */
function places(inside: string, asked: string): number[] {
  const [at, of] = [fold(inside), fold(asked)];
  return Array.from({ length: at.length }, (_, i) => i).filter(i => at.startsWith(of, i));
}
function holds(tree: Tree, item: Item, fields: readonly string[] = [item.title ?? '', item.text]): boolean {
  switch (tree.is) {
    case 'term':
      return fields.some(f => places(f, tree.term).length > 0);
    case 'title':
      return places(item.title ?? '', tree.term).length > 0;
    case 'text':
      return places(item.text, tree.term).length > 0;
    case 'AND':
      return tree.parts.every(p => holds(p, item, fields));
    case 'OR':
      return tree.parts.some(p => holds(p, item, fields));
    case 'NOT':
      return !holds(tree.part, item, fields);
    case 'SENT':
      return [item.title ?? '', ...item.text.split(/(?<=[。！？!?；;\n])/)].some(s => holds(tree.part, item, [s]));
    case 'NEAR':
      return fields.some(f =>
        places(f, tree.a).some(x =>
          places(f, tree.b).some(y => {
            const [xEnd, yEnd] = [x + tree.a.length, y + tree.b.length];
            return !(x === y && xEnd === yEnd) && Math.max(0, y - xEnd, x - yEnd) <= tree.within;
          }),
        ),
      );
    case 'kind':
      return item.outletKind === tree.value;
    case 'region':
      return item.region === tree.value;
    case 'date': {
      if (item.publishedAt === undefined) return false;
      const on = dayInChina.format(new Date(item.publishedAt));
      return tree.from <= on && on <= tree.to;
    }
  }
}

test('an expression says of every text what comparing everywhere says', () => {
  let met = 0;
  let judged = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(leaf, any), { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(text, text, fc.constantFrom('forum', undefined), region, publishedAt), {
        minLength: 1,
        maxLength: 3,
      }),
      (given, texts) => {
        // Beside each tree a word of its own that may hit: what is only negated is refused.
        const trees = given.map(([word, tree]): Tree => ({ is: 'AND', parts: [word, tree] }));
        const { rules, faults } = readRules({
          rules: trees.map((t, i) => ({ id: `r${i}`, version: '1', expr: written(t) })),
        });
        expect(faults).toEqual([]);
        const matcher = makeMatcher(compileRules(rules));
        for (const [title, body, outletKind, from, when] of texts) {
          const item: Item = {
            id: 'i',
            title: title.join(''),
            text: body.join(''),
            ...(outletKind === undefined ? {} : { outletKind }),
            ...(from === undefined ? {} : { region: from }),
            ...(when === undefined ? {} : { publishedAt: when }),
          };
          const hit = matcher.match(item).matched.map(m => m.rule);
          expect(hit).toEqual(trees.flatMap((t, i) => (holds(t, item) ? [`r${i}`] : [])));
          met += hit.length;
          judged += trees.length;
        }
      },
    ),
    { numRuns: 700, seed: 8420 },
  );
  // Neither always nor never: a test of something.
  expect(met).toBeGreaterThan(judged / 20);
  expect(met).toBeLessThan(judged * 0.8);
});
