/** Ordered courses and loop marks: what was reached when, what was skipped with a reason, what is still open. */
import { formatInstant } from '#core/calendar';
import type { StagesRule } from '#core/rulebook';
import { field, type Fact } from './facts.ts';
import type { StagesLine } from './lines.ts';
import { matches } from './match.ts';
import type { View } from './view.ts';

export function stagesLines(view: View): readonly StagesLine[] {
  return view.book
    .of('stages')
    .filter(rule => (rule.of === 'case') === (view.caseKey !== undefined))
    .map(rule => lineOf(view, rule));
}

function lineOf(view: View, rule: StagesRule): StagesLine {
  const reached: { mark: string; at: number; fact: Fact }[] = [];
  const skipped = new Map<string, string>();
  const strict = rule.order === 'strict-unless-reason';
  const names = rule.marks.map(m => m.mark);
  const has = (mark: string): boolean => skipped.has(mark) || reached.some(r => r.mark === mark);
  for (const fact of view.facts.all)
    for (const [i, { mark, by }] of rule.marks.entries()) {
      if (has(mark) || !by.some(p => matches(p, fact, view.facts))) continue;
      const before = strict ? names.slice(0, i).filter(name => !has(name)) : [];
      const reason = field(fact, 'skipReason');
      if (reason !== undefined) {
        // A reason stands for the stages passed over; with none passed over, for this stage itself.
        if (before.length === 0) {
          skipped.set(mark, reason);
          continue;
        }
        for (const name of before) skipped.set(name, reason);
      } else if (before.length > 0) continue; // Nothing is skipped without a reason.
      reached.push({ mark, at: fact.at, fact });
    }
  const { offsetMinutes } = view.book.calendar;
  return {
    line: 'stages',
    stages: rule.name,
    clause: rule.clauses[0] ?? '',
    ...(view.caseKey === undefined ? {} : { case: view.caseKey }),
    reached: reached.map(r => ({ mark: r.mark, at: formatInstant(r.at, offsetMinutes), event: r.fact.id })),
    open: names.filter(name => !has(name)),
    ...(skipped.size > 0 ? { skipped: [...skipped].map(([mark, reason]) => ({ mark, reason })) } : {}),
  };
}
