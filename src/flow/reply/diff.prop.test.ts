/** What changed between two texts: nothing is lost, nothing is invented, whatever the texts are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignment, diffTexts } from './diff.ts';

const paragraph = fc.string({ maxLength: 30 }).map(t => t.replaceAll('\n', ' ').trim());
const text = fc.array(paragraph, { maxLength: 8 }).map(p => p.join('\n'));
const clean = (t: string): string[] =>
  t
    .split('\n')
    .map(p => p.trim())
    .filter(p => p !== '');

test('the steps give back both sides in order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.array(fc.constantFrom('a', 'b', 'c')), (a, b) => {
      const steps = alignment(a, b);
      expect(steps.filter(s => s.kind !== 'added').map(s => s.item)).toEqual(a);
      expect(steps.filter(s => s.kind !== 'removed').map(s => s.item)).toEqual(b);
    }),
  );
});
test('unchanged and changed paragraphs together are the whole text', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { changes, unchanged } = diffTexts(before, after);
      expect(unchanged + changes.filter(c => c.before.length > 0).length).toBe(clean(before).length);
      expect(unchanged + changes.filter(c => c.after.length > 0).length).toBe(clean(after).length);
      for (const change of changes) {
        const left = change.before.map(p => p.text).join('');
        const right = change.after.map(p => p.text).join('');
        if (left !== '') expect(clean(before)).toContain(left);
        if (right !== '') expect(clean(after)).toContain(right);
      }
    }),
  );
});
test('one changed figure is marked, and only it', () => {
  const { changes, unchanged } = diffTexts(
    '标题\n超出标准 4 分贝。\n清江市信访局',
    '标题\n超出标准 5 分贝。\n清江市信访局',
  );
  expect([unchanged, changes]).toEqual([
    2,
    [
      {
        before: [
          { kind: 'same', text: '超出标准 ' },
          { kind: 'removed', text: '4' },
          { kind: 'same', text: ' 分贝。' },
        ],
        after: [
          { kind: 'same', text: '超出标准 ' },
          { kind: 'added', text: '5' },
          { kind: 'same', text: ' 分贝。' },
        ],
      },
    ],
  ]);
});
