/** What the rulebook itself says may stand in a field of an event: the values and fields that its rules look at. */
import type { Rulebook } from '#core/rulebook';
import type { Language } from '../words/index.ts';
import { valueLabel } from '../words/index.ts';
import { PART_WORDS } from '../words/parts.ts';
import type { Naming } from './naming.ts';

export interface Offered {
  readonly values: (type: string, field: string) => readonly string[];
  readonly fields: (type: string) => ReadonlySet<string>;
}
interface EventPattern {
  readonly type: string;
  readonly tests: readonly {
    readonly field: readonly string[];
    readonly op: string;
    readonly values: readonly string[];
  }[];
}
const known = new WeakMap<Rulebook, Offered>();

/** Read once per rulebook: every pattern on an event, wherever in a rule it stands. */
export function offeredBy(rulebook: Rulebook): Offered {
  const before = known.get(rulebook);
  if (before) return before;
  const values = new Map<string, Set<string>>();
  const fields = new Map<string, Set<string>>();
  const put = (table: Map<string, Set<string>>, key: string, value: string): void =>
    void (table.get(key) ?? table.set(key, new Set()).get(key))?.add(value);
  const walk = (thing: unknown): void => {
    if (typeof thing !== 'object' || thing === null) return;
    if ('on' in thing && thing.on === 'event' && 'tests' in thing) {
      // The reader makes patterns in this shape only.
      const { type, tests } = thing as unknown as EventPattern;
      for (const test of tests) {
        if (test.field.length !== 1) continue;
        put(fields, type, test.field[0] ?? '');
        if (test.op === 'is') for (const value of test.values) put(values, `${type} ${test.field[0]}`, value);
      }
    }
    for (const part of Object.values(thing)) walk(part);
  };
  walk(rulebook.rules);
  for (const rule of rulebook.rules) {
    if (rule.kind === 'duty')
      for (const p of rule.done.patterns)
        if (p.on === 'event') for (const w of rule.with ?? []) put(values, `${p.type} parts`, w);
    if (rule.kind === 'form' && rule.filledBy?.on === 'event')
      for (const f of rule.fields) put(fields, rule.filledBy.type, f.name);
    if (rule.kind === 'retention') for (const i of rule.items) put(values, `${rule.what} items`, i);
    if (rule.kind === 'stages') {
      put(values, 'stage.reached series', rule.name);
      for (const m of rule.marks) put(values, `stages ${rule.name}`, m.mark);
    }
  }
  const offered: Offered = {
    values: (type, field) => [...(values.get(`${type} ${field}`) ?? [])],
    fields: type => fields.get(type) ?? new Set(),
  };
  known.set(rulebook, offered);
  return offered;
}

/** A key of the rulebook in the page's language: its own words first. */
export function partName(
  names: Naming,
  language: Language,
  words: Readonly<Record<string, string>>,
  key: string,
): string {
  const own = language === 'zh' ? words[key] : undefined;
  if (own !== undefined) return own;
  const known = PART_WORDS[key];
  if (known) return known[language];
  const said = names.key(key);
  const readable = key.replaceAll('-', ' ');
  return said === readable ? valueLabel(language, '', key) : said;
}
