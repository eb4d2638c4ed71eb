/** Sheets that a case goes with: filled part by part, signed, passed on, given back; the steps stand in the order of the text. */
import type { ApprovalRule, FormRule, Pattern, Rulebook } from '#core/rulebook';
import type { StoredEvent } from '../ports.ts';

export type SheetStep =
  | { readonly step: 'part'; readonly rule: FormRule }
  | { readonly step: 'signed'; readonly rule: ApprovalRule }
  | { readonly step: 'passed' | 'returned'; readonly clause: string };
export interface Sheet {
  readonly form: string;
  readonly steps: readonly SheetStep[];
}
const speaksOf = (patterns: readonly Pattern[], type: string, form: string): boolean =>
  patterns.some(
    p => p.on === 'event' && p.type === type && p.tests.some(t => t.field[0] === 'form' && t.values.includes(form)),
  );
const known = new WeakMap<Rulebook, readonly Sheet[]>();

/** Forms with fields that are entered by hand and that somebody signs or passes on. */
export function sheetsOf(rulebook: Rulebook): readonly Sheet[] {
  const before = known.get(rulebook);
  if (before) return before;
  const { rules } = rulebook;
  const byHand = rules.filter(
    (r): r is FormRule => r.kind === 'form' && r.filledBy.on === 'event' && r.filledBy.type === 'form.filled',
  );
  const sheets = [...new Set(byHand.map(r => r.name))].flatMap((form): Sheet[] => {
    const steps = rules.flatMap((rule): SheetStep[] => {
      if (rule.kind === 'form' && rule.name === form && rule.fields.length > 0) return [{ step: 'part', rule }];
      if (rule.kind === 'approval' && (rule.covers['form'] ?? []).includes(form)) return [{ step: 'signed', rule }];
      if (rule.kind !== 'duty') return [];
      const [clause = ''] = rule.clauses;
      if (speaksOf(rule.starts, 'transfer.made', form)) return [{ step: 'passed', clause }];
      const isReturn =
        rule.done.patterns.some(p => p.on === 'event' && p.type === 'form.returned') &&
        (speaksOf(rule.done.patterns, 'form.returned', form) ||
          JSON.stringify(rule.condition ?? '').includes(`"${form}"`));
      return isReturn ? [{ step: 'returned', clause }] : [];
    });
    // Several duties may begin with one passing on: the step stands once.
    const once = steps.filter(
      (s, i) => s.step === 'part' || s.step === 'signed' || steps.findIndex(o => o.step === s.step) === i,
    );
    // A form that nobody signs and nobody passes on is filled like any other fact.
    return once.some(s => s.step !== 'part') ? [{ form, steps: once }] : [];
  });
  known.set(rulebook, sheets);
  return sheets;
}

/** What stands in a sheet by now: the last word in every field, and its number. */
export function contentOf(
  events: readonly StoredEvent[],
  form: string,
): { readonly fields: ReadonlyMap<string, string>; readonly number?: string } {
  const filled = events.filter(e => e.type === 'form.filled' && e.data['form'] === form);
  const fields = new Map<string, string>();
  let number: string | undefined;
  for (const e of filled) {
    if (typeof e.data['number'] === 'string') number = e.data['number'];
    for (const [name, value] of Object.entries((e.data['fields'] ?? {}) as Readonly<Record<string, unknown>>))
      fields.set(name, String(value));
  }
  return { fields, ...(number === undefined ? {} : { number }) };
}
