/** The small languages inside a block: limits, intervals, anchors, patterns, tests, needs, fields. A fault is a sentence. */
import type {
  Anchor,
  Condition,
  DerivedAnchor,
  Discharge,
  FormField,
  Interval,
  Limit,
  LimitUnit,
  Pattern,
  Test,
} from './types.ts';
import { RESERVED, UNIT_WORDS, valueWord } from './keywords.ts';

/** Thrown inside the reader only; becomes one problem at the value's place. */
export class ValueFault extends Error {
  override readonly name = 'ValueFault';
  readonly code: 'HY-R4' | 'HY-R17' | 'HY-R18';
  readonly mend: string;
  constructor(message: string, mend: string, code: 'HY-R4' | 'HY-R17' | 'HY-R18' = 'HY-R4') {
    super(message);
    this.code = code;
    this.mend = mend;
  }
}

const UNITS: readonly LimitUnit[] = ['minutes', 'hours', 'days', 'working days', 'working hours'];
const DERIVED: readonly DerivedAnchor[] = [
  'discovery',
  'first-public-item',
  'occurrence',
  'incident',
  'awareness',
  'receipt',
  'grading',
  'completion',
];
export const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;
const FIELD = /^[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)*$/;
const EVENT_TYPE = /^[a-z][a-z-]*\.[a-z][a-z-]*$/;

export function asText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ValueFault(`a word was expected, not ${JSON.stringify(value)}`, 'write one word or sentence');
}
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
export const asTexts = (value: unknown): string[] => asList(value).map(asText);
export function asName(value: unknown): string {
  const text = asText(value);
  if (!NAME.test(text))
    throw new ValueFault(
      `"${text}" is no name`,
      'a name is ASCII letters, digits and hyphens; Chinese words stand in terms',
    );
  return text;
}
export function asMap(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new ValueFault('a map { key: value } was expected', 'write { key: value }');
}
export function asBool(value: unknown): boolean {
  const text = valueWord(asText(value));
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new ValueFault(`"${text}" is neither true nor false`, 'write true or false');
}
export function asNumber(value: unknown): number {
  const n = typeof value === 'number' ? value : Number(asText(value));
  if (!Number.isFinite(n)) throw new ValueFault(`${JSON.stringify(value)} is no number`, 'write a number');
  return n;
}
export function oneOf<const T extends readonly string[]>(value: unknown, words: T): T[number] {
  const text = valueWord(asText(value));
  const found: T[number] | undefined = words.find(w => w === text);
  if (found === undefined)
    throw new ValueFault(`"${text}" is not one of ${words.join(', ')}`, `write one of ${words.join(', ')}`);
  return found;
}

export function readLimit(value: unknown): Limit {
  const written = asText(value);
  const text = valueWord(written);
  if (RESERVED.some(word => text.includes(word)))
    throw new ValueFault(`"${written}" is reserved for 1.1`, 'leave it to a person in this version', 'HY-R18');
  const soft = /^(?:soft|软|宜)\s*["“”「]?(.+?)["“”」]?$/.exec(text);
  if (soft) return { kind: 'soft', word: soft[1] ?? '' };
  if (text === 'same day') return { kind: 'same day' };
  if (text === 'none' || text === 'continuous' || text === 'as instructed' || text === 'not stated')
    return { kind: text };
  const before = /^(?:before|之前)\s+([A-Za-z][A-Za-z0-9-]*)$/.exec(text);
  if (before) return { kind: 'before', duty: before[1] ?? '' };
  const span = /^(\d+(?:\.\d+)?)\s*(.+)$/.exec(text);
  const unitText = span?.[2]?.trim() ?? '';
  const unit =
    UNITS.find(u => u === unitText || u.replace(/s$/, '') === unitText) ??
    UNIT_WORDS.find(([zh]) => zh === unitText)?.[1];
  if (span && /^(months?|years?|个?月|年)$/.test(unitText))
    throw new ValueFault(
      `months and years are reserved for 1.1: "${written}"`,
      'write days, or leave it to a person in this version',
      'HY-R18',
    );
  if (!span || !unit)
    throw new ValueFault(
      `"${written}" is no limit`,
      `write a number and one of ${UNITS.join(', ')}, or same day, soft "word", none, continuous, as instructed, before <duty>, not stated`,
      'HY-R17',
    );
  const n = Number(span[1]);
  if (!Number.isInteger(n) || n <= 0)
    throw new ValueFault(`"${written}": a limit is a whole number above 0`, 'write whole units', 'HY-R17');
  return { kind: 'span', n, unit: unit as LimitUnit };
}
export function readInterval(value: unknown): Interval {
  const local = /^(?:local|本地)\s+([A-Za-z][A-Za-z0-9-]*)$/.exec(asText(value));
  return local ? { kind: 'local', name: local[1] ?? '' } : { kind: 'limit', limit: readLimit(value) };
}
export function readAnchor(value: unknown): Anchor {
  const text = valueWord(asText(value));
  if (text === 'trigger') return { kind: 'trigger' };
  const derived = DERIVED.find(d => d === text);
  if (derived) return { kind: 'derived', name: derived };
  const done = /^done\s+([A-Za-z][A-Za-z0-9-]*)$/.exec(text);
  if (done) return { kind: 'done', duty: done[1] ?? '' };
  const event = /^(?:(first|last)\s+)?([a-z-]+\.[a-z-]+)$/.exec(text);
  if (event)
    return { kind: 'event', type: event[2] ?? '', pick: (event[1] as 'first' | 'last' | undefined) ?? 'latest' };
  throw new ValueFault(
    `"${text}" is no anchor`,
    `write trigger, ${DERIVED.join(', ')}, an event type (with first or last before it), or done <duty>`,
  );
}

/** `field = a | b and other not c`. */
export function readTests(text: string): Test[] {
  const tests = text.split(/\s+and\s+/).map((part): Test => {
    const match =
      /^([A-Za-z][A-Za-z0-9.-]*)\s*(=|\snot\s)\s*(.+)$/.exec(part.trim()) ??
      /^([A-Za-z][A-Za-z0-9.-]*)\s+(not)\s+(.+)$/.exec(part.trim());
    if (!match || !FIELD.test(match[1] ?? ''))
      throw new ValueFault(`"${part.trim()}" is no test`, 'write field = value | value, or field not value');
    const values = (match[3] ?? '').split('|').map(v => valueWord(v).replace(/^["']|["']$/g, ''));
    if (values.some(v => v === ''))
      throw new ValueFault(`"${part.trim()}" lacks a value`, 'write a value on each side of |');
    return { field: (match[1] ?? '').split('.'), op: match[2]?.trim() === '=' ? 'is' : 'not', values };
  });
  const fields = tests.map(t => t.field.join('.'));
  const twice = fields.find((f, i) => fields.indexOf(f) !== i);
  if (twice)
    throw new ValueFault(
      `the field "${twice}" stands twice in one pattern`,
      'put its values side by side: field = a | b',
    );
  return tests;
}
export function readPattern(value: unknown): Pattern {
  const text = valueWord(asText(value));
  if (text === 'case-opening' || text === '立案') return { on: 'case-opening' };
  if (text === 'standing' || text === '常设') return { on: 'standing' };
  const duty = /^(done|late|missed|完成|逾期|漏办)\s+([A-Za-z][A-Za-z0-9-]*)$/.exec(text);
  if (duty) {
    const word = { 完成: 'done', 逾期: 'late', 漏办: 'missed' }[duty[1] ?? ''] ?? duty[1];
    return { on: word as 'done' | 'late' | 'missed', duty: duty[2] ?? '' };
  }
  const event = /^([a-z-]+\.[a-z-]+)\s*(?:\((.*)\))?$/s.exec(text);
  if (!event || !EVENT_TYPE.test(event[1] ?? ''))
    throw new ValueFault(
      `"${text}" is no pattern`,
      'write an event type with tests in parentheses, done <duty>, late <duty>, missed <duty>, case-opening or standing',
    );
  return {
    on: 'event',
    type: event[1] ?? '',
    tests: event[2] === undefined || event[2].trim() === '' ? [] : readTests(event[2]),
  };
}
export const readPatterns = (value: unknown): Pattern[] => asList(value).map(readPattern);
export function readDischarge(value: unknown): Discharge {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return Array.isArray(value)
      ? { mode: 'any', patterns: readPatterns(value) }
      : { mode: 'one', patterns: [readPattern(value)] };
  const keys = Object.keys(value);
  const mode = keys[0];
  if (keys.length !== 1 || (mode !== 'all' && mode !== 'any'))
    throw new ValueFault(
      `a discharge is one pattern, { all: [..] } or { any: [..] }`,
      'write { all: [pattern, pattern] }',
    );
  const items = asList((value as Record<string, unknown>)[mode]);
  if (mode === 'any' || !items.some(isAlternatives)) return { mode, patterns: items.map(readPattern) };
  const parts = items.map(item => (isAlternatives(item) ? readPatterns(item.any) : [readPattern(item)]));
  return { mode, patterns: parts.flat(), parts };
}
/** `{ any: [a, b] }` as one part of `all`: either meets the part. */
const isAlternatives = (item: unknown): item is { readonly any: unknown } =>
  typeof item === 'object' && item !== null && 'any' in item && Object.keys(item).length === 1;
export function readCondition(value: unknown): Condition {
  return Object.fromEntries(Object.entries(asMap(value)).map(([field, v]) => [field, asTexts(v).map(valueWord)]));
}
/** Tests given as text, or as a map of field to values. */
export function readTestList(value: unknown): Test[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).map(([field, v]) => ({
      field: field.split('.'),
      op: 'is' as const,
      values: asTexts(v),
    }));
  return asTexts(value).flatMap(readTests);
}
/** `name: type`, `name?: type`, `name: type if other = value`; a map entry { name: type } as well. */
export function readField(value: unknown): FormField {
  const text =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
          .map(([a, b]) => `${a}: ${String(b)}`)
          .join(', ')
      : asText(value);
  const match = /^([A-Za-z][\w-]*)(\?)?\s*(?::\s*(.*))?$/s.exec(text);
  if (!match)
    throw new ValueFault(`"${text}" is no field`, 'write "name: type", with ? after the name where it is optional');
  const [type = 'text', condition] = (match[3] ?? 'text').split(/\s+if\s+/);
  const signed = /^signature\s+(\S+)$/.exec(type.trim())?.[1];
  return {
    name: match[1] ?? '',
    type: type.trim(),
    optional: match[2] === '?',
    ...(signed === undefined ? {} : { signedAs: signed }),
    ...(condition === undefined ? {} : { requiredIf: readTests(condition)[0] as Test }),
  };
}
