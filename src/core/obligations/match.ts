/** Whether a fact is what a pattern speaks of. Fields that hold an id or key may be followed by a field of that entry. */
import type { Pattern, Test } from '#core/rulebook';
import { listOf, type Fact, type FactSet } from './facts.ts';

/** Where a field followed by a field is looked up: the entries of the same case. */
export type Lookup = Pick<FactSet, 'all'>;

function follow(fact: Fact, path: readonly string[], lookup: Lookup): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  if (first === 'by' && rest[0] !== undefined) return fact.by[rest[0] as 'unit' | 'role'];
  const value = fact.data[first];
  if (rest.length === 0 || value === undefined || value === null) return value;
  return deeper(value, rest, fact, first, lookup);
}

function deeper(value: unknown, rest: readonly string[], fact: Fact, name: string, lookup: Lookup): unknown {
  const [next] = rest;
  if (next === undefined) return value;
  if (Array.isArray(value))
    return (value as readonly unknown[]).flatMap(v => listOf(deeper(v, rest, fact, name, lookup)));
  if (typeof value === 'object' && value !== null)
    return deeper((value as Readonly<Record<string, unknown>>)[next], rest.slice(1), fact, name, lookup);
  const entry = lookup.all.findLast(
    f => f !== fact && f.at <= fact.at && (f.id === value || (f.data[name] === value && f.data[next] !== undefined)),
  );
  return entry ? follow(entry, rest, lookup) : undefined;
}

/** A mark that was left out counts as no. */
const orNo = (value: unknown): unknown => (value === undefined ? 'false' : value);

/** `by.unit`, `by.role` as a value: whatever office entered the event. */
const ofActor = (value: string, fact: Fact): string => (value === 'by.role' ? fact.by.role : fact.by.unit);

export function passes(test: Test, fact: Fact, lookup: Lookup): boolean {
  const value = follow(fact, test.field, lookup);
  const asked = test.values.length === 1 && (test.values[0] === 'false' || test.values[0] === 'true');
  const words = listOf(asked ? orNo(value) : value);
  const hit =
    words.some(word => test.values.includes(word)) ||
    test.values.some(v => v.startsWith('by.') && words.includes(ofActor(v, fact)));
  return test.op === 'is' ? hit : !hit;
}

export function matches(pattern: Pattern, fact: Fact, lookup: Lookup): boolean {
  if (pattern.on !== 'event' || pattern.type !== fact.type) return false;
  for (const test of pattern.tests) if (!passes(test, fact, lookup)) return false;
  return true;
}

const texts = new WeakMap<Pattern, string>();
/** A pattern as the rulebook writes it, for messages. */
export function patternText(pattern: Pattern): string {
  const known = texts.get(pattern);
  if (known !== undefined) return known;
  const text = written(pattern);
  texts.set(pattern, text);
  return text;
}

function written(pattern: Pattern): string {
  if (pattern.on === 'event') {
    if (pattern.tests.length === 0) return pattern.type;
    const tests = pattern.tests.map(t => `${t.field.join('.')} ${t.op === 'is' ? '=' : 'not'} ${t.values.join(' | ')}`);
    return `${pattern.type} (${tests.join(' and ')})`;
  }
  if (pattern.on === 'case-opening' || pattern.on === 'standing') return pattern.on;
  return `${pattern.on} ${pattern.duty}`;
}
