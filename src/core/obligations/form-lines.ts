/** The forms and ledgers of a case as lines: what is complete, what is missing, also those that are wanted and were never begun. */
import type { Instant } from '#core/calendar';
import type { FormRule, LedgerRule } from '#core/rulebook';
import { formsWith } from './after-rows.ts';
import { formStates, missingIn } from './forms.ts';
import type { FormLine } from './lines.ts';
import type { Owed } from './owed.ts';
import type { View } from './view.ts';

/** `opened` names the forms that a refusal wants filled. */
export function formLines(
  view: View,
  rows: readonly Owed[],
  opened: ReadonlySet<string>,
  now: Instant,
): readonly FormLine[] {
  const ledgers = view.book.of('ledger').filter(l => l.completeBefore !== undefined);
  return [...view.book.of('form'), ...ledgers].flatMap(rule => linesOf(view, rule, rows, opened, now));
}

function linesOf(
  view: View,
  rule: FormRule | LedgerRule,
  rows: readonly Owed[],
  opened: ReadonlySet<string>,
  now: Instant,
): FormLine[] {
  const [clause = ''] = rule.clauses;
  const line = (number: string | undefined, missing: readonly string[]): FormLine => ({
    line: 'form',
    form: rule.name,
    clause,
    ...(view.caseKey === undefined ? {} : { case: view.caseKey }),
    ...(number === undefined ? {} : { number }),
    complete: missing.length === 0,
    missing,
  });
  const states = formStates(view, rule);
  if (states.length > 0) return states.map(s => line(s.number, s.missing));
  const wanted =
    opened.has(rule.name) ||
    (rule.kind === 'form' &&
      rows.some(r => r.kind === 'form' && r.clause === clause && formsWith(view, rule).some(f => f.name === r.name)));
  return wanted ? [line(undefined, missingIn(view, rule, { at: now }))] : [];
}
