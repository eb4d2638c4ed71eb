/**
 * A figure in the prose that differs from the figure in the rule (check 4): 二十四小时, 24小时, 24 hours, twenty-four hours.
 * A rule's figure must stand in the prose above it wherever that prose has figures of the same unit at all.
 */
import type { Report } from './check.ts';
import type { LimitUnit, Rulebook } from './types.ts';

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  forty: 40,
  'forty-eight': 48,
  'twenty-four': 24,
  'seventy-two': 72,
};
/** 二十四 → 24, 一百二十 → 120; undefined where it is no number. */
export function chineseNumber(text: string): number | undefined {
  if (text === '半') return 0.5;
  let sum = 0;
  let digit = 0;
  for (const ch of text) {
    if (ch in DIGITS) digit = DIGITS[ch] ?? 0;
    else if (ch === '十') [sum, digit] = [sum + (digit || 1) * 10, 0];
    else if (ch === '百') [sum, digit] = [sum + (digit || 1) * 100, 0];
    else return undefined;
  }
  return sum + digit;
}
const UNITS: readonly (readonly [RegExp, LimitUnit])[] = [
  [/(?:个)?工作小时|working hours?/, 'working hours'],
  [/(?:个)?工作日|working days?/, 'working days'],
  [/(?:个)?小时|(?:clock )?hours?/, 'hours'],
  [/分钟|minutes?/, 'minutes'],
  [/日内|天|(?:calendar )?days?/, 'days'],
];
const NUMBER = `(\\d+|[零〇一二两三四五六七八九十百半]+|(?:${Object.keys(WORDS)
  .sort((a, b) => b.length - a.length)
  .join('|')}))`;

/** Figures with their units in a text. A longer unit word is taken before a shorter one. */
export function figuresIn(text: string): { readonly n: number; readonly unit: LimitUnit }[] {
  const found: { n: number; unit: LimitUnit }[] = [];
  let rest = text;
  for (const [unit, name] of UNITS) {
    const pattern = new RegExp(`${NUMBER}\\s*-?\\s*(?:${unit.source})`, 'gi');
    rest = rest.replaceAll(pattern, (all, number: string) => {
      const n = /^\d+$/.test(number) ? Number(number) : (chineseNumber(number) ?? WORDS[number.toLowerCase()]);
      if (n !== undefined) found.push({ n, unit: name });
      return ' '.repeat(all.length);
    });
  }
  return found;
}

export function checkFigures(book: Rulebook, report: Report): void {
  for (const rule of book.rules) {
    if (rule.kind !== 'duty' || rule.within.kind !== 'span') continue;
    const { n, unit } = rule.within;
    const figures = figuresIn(rule.paraphrase).filter(
      f => f.unit === unit || (unit.endsWith('days') && f.unit.endsWith('days')),
    );
    if (figures.length > 0 && !figures.some(f => f.n === n && f.unit === unit))
      report(
        rule,
        'HY-R11',
        `the text says ${figures.map(f => `${f.n} ${f.unit}`).join(' and ')}, the rule says ${n} ${unit}`,
        'write the same figure in both',
      );
  }
}
