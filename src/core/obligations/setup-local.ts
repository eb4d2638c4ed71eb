/** Reads the local parameters of a setup: each one the rulebook uses, in a shape the rule can work with. */
import { didYouMean } from '#core/log';
import type { LocalRule, Rulebook } from '#core/rulebook';

type Path = readonly (string | number)[];
type Add = (path: Path, code: string, message: string, mend?: string) => void;
const isRecord = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);
/** Parameters every institution may set, whether or not its rulebook has a block for them. */
const ALWAYS_LOCAL = ['text-approver', 'late-entry-tolerance'];

/** Names of local parameters that the rules mention. */
function localNames(rulebook: Rulebook): Set<string> {
  const names = new Set(ALWAYS_LOCAL);
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value as readonly unknown[]) walk(item);
    else if (isRecord(value)) {
      if (typeof value['local'] === 'string') names.add(value['local']);
      if (value['kind'] === 'local' && typeof value['name'] === 'string') names.add(value['name']);
      for (const item of Object.values(value)) walk(item);
    } else if (typeof value === 'string' && value.startsWith('local ')) names.add(value.slice('local '.length));
  };
  walk(rulebook.rules);
  return names;
}

/** Names of local parameters that stand for a span of time: intervals, tolerances, targets of duties. */
export function localSpans(rulebook: Rulebook): ReadonlySet<string> {
  const names = new Set<string>(
    rulebook.rules.flatMap(r => (r.kind === 'duty' && r.local !== undefined ? [r.local] : [])),
  );
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value as readonly unknown[]) walk(item);
    else if (isRecord(value)) {
      if (value['kind'] === 'local' && typeof value['name'] === 'string') names.add(value['name']);
      for (const item of Object.values(value)) walk(item);
    }
  };
  // A `local` block is itself no use of its parameter.
  for (const rule of rulebook.rules) for (const part of Object.values(rule)) walk(part);
  return names;
}
/** Keys by which a parameter that is no bare figure or text says what it is. */
const SHAPES = /^(?:(?:working[ -])?(?:minute|hour|day)s?|from|to|weekday|roll|role|of)$/;
/** An object in which nothing is said that any rule could read would be ignored without a word. */
const saysNothing = (value: unknown): boolean => isRecord(value) && !Object.keys(value).some(key => SHAPES.test(key));

export function checkLocal(value: unknown, rulebook: Rulebook, add: Add): void {
  if (value === undefined) return;
  if (!isRecord(value)) return add(['local'], 'HY-I3', '"local" is an object of parameter names and values');
  const names = localNames(rulebook);
  const spans = localSpans(rulebook);
  for (const [name, v] of Object.entries(value)) {
    if (!names.has(name)) {
      add(['local', name], 'HY-I7', `the rulebook has no local parameter "${name}"`, didYouMean(name, names));
      continue;
    }
    if (isRecord(v) && v['label'] !== undefined && v['label'] !== 'local')
      add(['local', name, 'label'], 'HY-I3', 'a local parameter is labelled "local"');
    if (spans.has(name) && saysNothing(v))
      add(
        ['local', name],
        'HY-I3',
        `"${name}" is ${JSON.stringify(v)}: a time is needed, as in {"minutes": 30} or "2 hours"`,
      );
    const rule = rulebook.rules.find((r): r is LocalRule => r.kind === 'local' && r.name === name);
    if (rule) checkBounds(name, v, rule, add);
    checkSpan(name, typeof v === 'number' ? { [rule?.unit ?? '']: v } : v, add);
  }
}

/** A span of time runs forwards, and days are counted whole: the calendar knows no half of one. */
function checkSpan(name: string, value: unknown, add: Add): void {
  if (!isRecord(value)) return;
  for (const [key, n] of Object.entries(value)) {
    const unit = /^(working[ -])?(minute|hour|day)s?$/.exec(key)?.[2];
    if (unit === undefined || typeof n !== 'number') continue;
    if (!(n >= 0 && n < Infinity) || (unit === 'day' && !Number.isInteger(n)))
      add(
        ['local', name],
        'HY-I3',
        `"${name}" is ${n} ${key}: ${unit === 'day' ? 'whole days are' : 'a figure of 0 or more is'} needed`,
      );
  }
}

const MINUTES_IN: Readonly<Record<string, number>> = { minutes: 1, hours: 60, days: 1440 };
function checkBounds(name: string, value: unknown, rule: LocalRule, add: Add): void {
  const n = amount(value, rule.unit);
  if (n === undefined) return;
  const [min, max] = [amount(rule.min, rule.unit), amount(rule.max, rule.unit)];
  if ((min !== undefined && n < min) || (max !== undefined && n > max))
    add(
      ['local', name],
      'HY-I3',
      `"${name}" is outside what its article allows: ${String(rule.min ?? '…')} to ${String(rule.max ?? '…')} ${rule.unit ?? ''}`.trim(),
    );
}
/** A figure in the block's unit: a bare number, or an object or text that says its own unit. */
function amount(value: unknown, unit: string | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const [, n, word = unit] = /^(\d+(?:\.\d+)?)\s*([a-z ]+)?$/.exec(value.trim()) ?? [];
    return n === undefined ? undefined : converted(Number(n), word, unit);
  }
  if (!isRecord(value)) return undefined;
  for (const [key, n] of Object.entries(value))
    if (key in MINUTES_IN && typeof n === 'number') return converted(n, key, unit);
  return undefined;
}
function converted(n: number, from: string | undefined, to: string | undefined): number | undefined {
  if (from === to || to === undefined) return n;
  const [a, b] = [MINUTES_IN[from ?? ''], MINUTES_IN[to]];
  return a === undefined || b === undefined ? undefined : (n * a) / b;
}
