/**
 * Who is on watch when, as the rosters in the log say: the newest word on an hour stands, so that a swap or a stand-in is
 * one more roster for these hours. And where nobody is: the holes in the hours that must have somebody.
 */
import { dayNumber, isWorking, shiftsOf, startOfDay, type Calendar, type Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { RotaRule, Rulebook } from '#core/rulebook';

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}
/** One office on watch for some hours. */
export interface Shift extends Span {
  readonly rota: string;
  readonly unit: string;
  readonly role: string;
  /** The entry that says so. */
  readonly event: string;
}
type Roster = Pick<HuiyinEvent, 'id' | 'type' | 'data'>;

/** What stands of all rosters given in the order of entry: later ones cut earlier ones of the same rota and unit. */
export function effectiveShifts(rosters: readonly Roster[]): readonly Shift[] {
  let standing: Shift[] = [];
  for (const { id, type, data } of rosters) {
    if (type !== 'duty-roster.set') continue;
    const [rota, unit] = [String(data['rota']), String(data['unit'])];
    // The vocabulary checked the shape at the border.
    const slots = data['slots'] as readonly { readonly from: string; readonly to: string; readonly role: string }[];
    const newer = slots.map(s => ({
      rota,
      unit,
      role: s.role,
      from: Date.parse(s.from),
      to: Date.parse(s.to),
      event: id,
    }));
    const others = standing.filter(s => s.rota !== rota || s.unit !== unit);
    const own = standing.filter(s => s.rota === rota && s.unit === unit);
    standing = [...others, ...own.flatMap(s => cutBy(s, newer)), ...newer];
  }
  return standing.toSorted((a, b) => a.from - b.from || a.to - b.to || (a.role < b.role ? -1 : 1));
}

/** What is left of a shift once newer ones have taken their hours. */
function cutBy(shift: Shift, newer: readonly Span[]): Shift[] {
  let left: Shift[] = [shift];
  for (const cut of newer)
    left = left.flatMap(s => {
      if (cut.to <= s.from || cut.from >= s.to) return [s];
      return [
        ...(cut.from > s.from ? [{ ...s, to: cut.from }] : []),
        ...(cut.to < s.to ? [{ ...s, from: cut.to }] : []),
      ];
    });
  return left;
}

/** Whether a roster under this key is for the rota: its name, one of its clauses, or a key that no rota of the book has. */
export function isRosterOf(rules: Rulebook['rules'], rule: RotaRule, key: string): boolean {
  if (key === rule.name || rule.clauses.includes(key)) return true;
  return !rules.some(r => r.kind === 'rota' && (r.name === key || r.clauses.includes(key)));
}

/** The hours that a rota says must have somebody, from one date to before another: all of them, or the office hours. */
export function coveredHours(calendar: Calendar, rule: RotaRule, from: string, to: string): Span[] {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (first === undefined || last === undefined || rule.cover === undefined) return [];
  if (rule.cover === '24h')
    return [{ from: startOfDay(first, calendar.offsetMinutes), to: startOfDay(last, calendar.offsetMinutes) }];
  const spans: Span[] = [];
  for (let day = first; day < last; day++)
    if (isWorking(calendar, day))
      for (const shift of shiftsOf(calendar, day)) spans.push({ from: shift.opensAt, to: shift.closesAt });
  return spans;
}

/** What of the wanted hours nobody fills. */
export function holesIn(wanted: readonly Span[], filled: readonly Span[]): Span[] {
  const ordered = filled.toSorted((a, b) => a.from - b.from);
  const found: Span[] = [];
  for (const span of wanted) {
    let at = span.from;
    for (const f of ordered) {
      if (f.to <= at) continue;
      if (f.from >= span.to) break;
      if (f.from > at) found.push({ from: at, to: f.from });
      at = Math.max(at, f.to);
    }
    if (at < span.to) found.push({ from: at, to: span.to });
  }
  return found;
}
