/** Holes in a roster that must have somebody at every hour, or in every working hour. */
import { formatInstant } from '#core/calendar';
import type { RotaRule } from '#core/rulebook';
import type { FactSet } from './facts.ts';
import type { GapLine } from './lines.ts';
import { coveredHours, effectiveShifts, holesIn, isRosterOf, type Span } from './roster.ts';
import { dateIn, near, type View } from './view.ts';

export function coverGaps(view: View, events: FactSet): GapLine[] {
  return view.book.of('rota').flatMap(rule => (rule.cover === undefined ? [] : holesOf(view, rule, events)));
}

function holesOf(view: View, rule: RotaRule, events: FactSet): GapLine[] {
  const { calendar, setup, rulebook } = view.book;
  const rosters = events
    .of('duty-roster.set')
    .filter(f => isRosterOf(rulebook.rules, rule, String(f.data['rota'])))
    .toSorted((a, b) => a.rec - b.rec || a.seq - b.seq);
  // Where the office that stands on the roster has a holder who is not away, or somebody was named to stand in.
  const filled: readonly Span[] = effectiveShifts(rosters).filter(shift => {
    const on = dateIn(view, shift.from);
    const away =
      view.holders.holder(shift.unit, shift.role, on) === null || view.holders.onLeave(shift.unit, shift.role, on);
    return !away || hasStandIn(view, shift.unit, shift.role, on);
  });
  // A clause that a round is for has its slots; the others of the rota ask for the cover itself, each of them.
  const asking = rule.clauses.filter(clause => !rule.rounds.some(round => round.clause === clause));
  const clauses = asking.length > 0 ? asking : rule.clauses.slice(0, 1);
  return holesIn(coveredHours(calendar, rule, setup.period.from, setup.period.to), filled).flatMap(hole =>
    clauses.map(clause => ({
      line: 'gap' as const,
      gap: 'slot-without-person',
      clause,
      from: formatInstant(hole.from, calendar.offsetMinutes),
      to: formatInstant(hole.to, calendar.offsetMinutes),
    })),
  );
}

const hasStandIn = (view: View, unit: string, role: string, on: string): boolean =>
  near(view, 'stand-in.named').some(
    f =>
      f.data['unit'] === unit &&
      f.data['role'] === role &&
      String(f.data['from']) <= on &&
      (f.data['to'] === undefined || on <= String(f.data['to'])),
  );
