/** Holes in a roster that must have somebody at every hour, or in every working hour. */
import { dayNumber, formatInstant, isWorking, shiftsOf, startOfDay, type Instant } from '#core/calendar';
import type { RotaRule } from '#core/rulebook';
import type { FactSet } from './facts.ts';
import type { GapLine } from './lines.ts';
import { dateIn, type View } from './view.ts';

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

export function coverGaps(view: View, events: FactSet): GapLine[] {
  return view.book.of('rota').flatMap(rule => (rule.cover === undefined ? [] : holesOf(view, rule, events)));
}

function holesOf(view: View, rule: RotaRule, events: FactSet): GapLine[] {
  const wanted = wantedSpans(view, rule);
  const filled = rosterSpans(view, rule, events);
  const { offsetMinutes } = view.book.calendar;
  return holes(wanted, filled).map(hole => ({
    line: 'gap' as const,
    gap: 'slot-without-person',
    clause: rule.clauses[0] ?? '',
    from: formatInstant(hole.from, offsetMinutes),
    to: formatInstant(hole.to, offsetMinutes),
  }));
}

/** The whole period, or the office hours in it. */
function wantedSpans(view: View, rule: RotaRule): Span[] {
  const { calendar, setup } = view.book;
  const [first, last] = [dayNumber(setup.period.from), dayNumber(setup.period.to)];
  if (first === undefined || last === undefined) return [];
  if (rule.cover === '24h')
    return [{ from: startOfDay(first, calendar.offsetMinutes), to: startOfDay(last, calendar.offsetMinutes) }];
  const spans: Span[] = [];
  for (let day = first; day < last; day++)
    if (isWorking(calendar, day))
      for (const shift of shiftsOf(calendar, day)) spans.push({ from: shift.opensAt, to: shift.closesAt });
  return spans;
}

/** What the newest roster of each unit says, where the office on it has a holder who is not away. */
function rosterSpans(view: View, rule: RotaRule, events: FactSet): Span[] {
  // A roster under a key that no rota of the book has is for every rota that must be covered.
  const keys = new Set(view.book.of('rota').flatMap(r => [r.name, ...r.clauses]));
  const isFor = (key: string): boolean => key === rule.name || rule.clauses.includes(key) || !keys.has(key);
  const rosters = events.of('duty-roster.set').filter(f => isFor(String(f.data['rota'])));
  return rosters
    .flatMap(fact =>
      (fact.data['slots'] as readonly { from: string; to: string; role: string }[]).flatMap(slot => {
        const span = { from: Date.parse(slot.from), to: Date.parse(slot.to) };
        const on = dateIn(view, span.from);
        const holder = view.holders.holder(String(fact.data['unit']), slot.role, on);
        const away = holder === null || view.holders.onLeave(String(fact.data['unit']), slot.role, on);
        return away ? [] : [span];
      }),
    )
    .toSorted((a, b) => a.from - b.from);
}

function holes(wanted: readonly Span[], filled: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of wanted) {
    let at = span.from;
    for (const f of filled) {
      if (f.to <= at) continue;
      if (f.from >= span.to) break;
      if (f.from > at) found.push({ from: at, to: f.from });
      at = Math.max(at, f.to);
    }
    if (at < span.to) found.push({ from: at, to: span.to });
  }
  return found;
}
