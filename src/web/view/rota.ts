/** Rotas as the pages show them: which there are, who may stand on them, a week of shifts with its holes, the round of the hour. */
import {
  announcedUntil,
  dateOfDay,
  DAY,
  dayNumber,
  dayOf,
  HOUR,
  type Instant,
  startOfDay,
  weekdayOf,
} from '#core/calendar';
import type { Office } from '#core/log';
import {
  coveredHours,
  holesIn,
  isRosterOf,
  type ObligationLine,
  type Presence,
  type Shift,
  type Span,
} from '#core/obligations';
import type { RotaRule } from '#core/rulebook';
import { hoursOf } from '#watch';
import type { RotaPattern, ShiftSwap } from '../ports-rota.ts';
import type { Source } from '../ports.ts';
import { type Hall, standingLinesOf } from '../state.ts';
import { officesHeld } from '../permissions.ts';
import { presenceIn } from './presence.ts';
import { dateText, OFFSET } from './times.ts';

const LOOKS = new Set(['watch.done', 'zero-report.filed']);
const doneTypes = (rule: RotaRule): string[] =>
  [rule.done, ...rule.rounds.map(r => r.done)].flatMap(p => (p?.on === 'event' ? [p.type] : []));

/** Rotas that offices of the institution keep by looking; briefs and hired agencies have pages of their own. */
export const rotasOf = (hall: Hall): readonly RotaRule[] =>
  hall.rulebook.rules.filter((r): r is RotaRule => r.kind === 'rota' && doneTypes(r).some(t => LOOKS.has(t)));

/** The role that a rota names. */
export function roleOfRota(rule: RotaRule): string | undefined {
  for (const party of [...(rule.who ?? []), ...(rule.each ? [rule.each] : [])])
    if (party.party === 'role' || party.party === 'office') return party.role;
  return undefined;
}

/** Units that keep a rota: the one it names, or those that have its office. */
export function unitsOfRota(hall: Hall, rule: RotaRule): readonly string[] {
  const { org } = hall.book;
  const parties = [...(rule.each ? [rule.each] : []), ...(rule.who ?? [])];
  const units = parties.flatMap(party => {
    switch (party.party) {
      case 'unit':
      case 'office':
        return org.isUnit(party.unit) ? [party.unit] : org.unitsOfKind(party.unit);
      case 'unit-kind':
        return org.unitsOfKind(party.unitKind);
      case 'role':
        return org.unitsWithRole(party.role);
      case 'relation':
        return [];
    }
  });
  return [...new Set(units)];
}

/** Offices of a unit that somebody holds on a date, the rota's own first. */
export function officesOf(hall: Hall, rule: RotaRule, unit: string, on: string): readonly string[] {
  const own = roleOfRota(rule);
  const held = officesHeld(hall, on)
    .filter(o => o.unit === unit)
    .map(o => o.role);
  return [...new Set(held)].sort((a, b) => Number(b === own) - Number(a === own));
}

export interface RotaScene {
  readonly rule: RotaRule;
  readonly unit: string;
  readonly presence: Presence;
  readonly pattern?: RotaPattern;
  readonly swaps: readonly ShiftSwap[];
}
/** The rota and unit that are asked for, or the first there is. */
export function sceneOf(
  hall: Hall,
  asked: { readonly rota?: string; readonly unit?: string },
  patterns: readonly RotaPattern[],
  swaps: readonly ShiftSwap[],
): RotaScene | undefined {
  const rotas = rotasOf(hall);
  const named = rotas.find(r => r.name === asked.rota);
  const presence = presenceIn(hall);
  // Without a wish: a rota that must be covered, or one for which shifts were set, before the others.
  const kept = (r: RotaRule): number =>
    (r.cover === undefined ? 0 : 2) + (presence.shifts.some(s => s.rota === r.name) ? 1 : 0);
  const rule = named ?? rotas.toSorted((a, b) => kept(b) - kept(a))[0];
  if (!rule) return undefined;
  const units = unitsOfRota(hall, rule);
  const withShifts = units.find(u => presence.shifts.some(s => s.unit === u));
  const unit = units.find(u => u === asked.unit) ?? withShifts ?? units[0];
  if (unit === undefined) return undefined;
  const pattern = patterns.find(p => p.rota === rule.name && p.unit === unit);
  return {
    rule,
    unit,
    presence,
    ...(pattern ? { pattern } : {}),
    swaps: swaps.filter(s => s.rota === rule.name && s.unit === unit),
  };
}

export const rotaPath = ({ rule, unit }: Pick<RotaScene, 'rule' | 'unit'>, from?: string): string =>
  `/rota?${new URLSearchParams({ rota: rule.name, unit, ...(from === undefined ? {} : { from }) })}`;

/** Shifts that stand for a rota of a unit. */
export const shiftsOf = (hall: Hall, { rule, unit, presence }: RotaScene): readonly Shift[] =>
  presence.shifts.filter(s => s.unit === unit && isRosterOf(hall.rulebook.rules, rule, s.rota));

/** Whether somebody is there on a shift: the holder, or who was named to stand in. */
export function manned(presence: Presence, shift: Shift): boolean {
  const on = dateText(shift.from);
  if (presence.standIns(shift.unit, shift.role, on).length > 0) return true;
  return (
    presence.awayUntil(shift.unit, shift.role, on) === undefined && presence.holder(shift.unit, shift.role, on) !== null
  );
}

/** Hours that must have somebody, from a date to before another: by the article, else by the unit's own pattern. */
export function wantedOf(hall: Hall, { rule, pattern }: RotaScene, from: string, to: string): readonly Span[] {
  const known = announcedUntil(hall.calendar);
  const until = to < known ? to : known;
  if (rule.cover !== undefined) return from < until ? coveredHours(hall.calendar, rule, from, until) : [];
  return pattern ? datesFrom(from, to).flatMap(date => pattern.shifts.map(s => hoursOf(date, s, OFFSET))) : [];
}
export function datesFrom(from: string, to: string): readonly string[] {
  const [first, last] = [dayNumber(from) ?? 0, dayNumber(to) ?? 0];
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => dateOfDay(first + i));
}
export const holesOf = (hall: Hall, scene: RotaScene, from: string, to: string): readonly Span[] =>
  holesIn(
    wantedOf(hall, scene, from, to),
    shiftsOf(hall, scene).filter(s => manned(scene.presence, s)),
  );

export interface RotaCell extends Span {
  readonly kind: 'shift' | 'gap';
  readonly role?: string;
  /** What the pattern calls these hours. */
  readonly name?: string;
  readonly on: boolean;
  readonly past: boolean;
  readonly standIns: readonly string[];
  readonly away: boolean;
  readonly swapped?: ShiftSwap;
  /** Rounds inside these hours. */
  readonly done: number;
  readonly missed: readonly ObligationLine[];
}
export interface RotaDay {
  readonly date: string;
  readonly look: 'work' | 'rest' | 'swap' | 'unknown';
  readonly holiday?: string;
  readonly today: boolean;
  readonly cells: readonly RotaCell[];
}

/** The Monday of the week in which a date lies. */
export const mondayOf = (date: string): string => {
  const day = dayNumber(date) ?? 0;
  return dateOfDay(day - (weekdayOf(day) - 1));
};

export function rotaDays(hall: Hall, scene: RotaScene, from: string, days: number): readonly RotaDay[] {
  const first = dayNumber(from) ?? 0;
  const to = dateOfDay(first + days);
  const shifts = shiftsOf(hall, scene);
  const spans: (Span & { shift?: Shift })[] = [
    ...shifts.filter(s => manned(scene.presence, s)).map(shift => ({ from: shift.from, to: shift.to, shift })),
    ...holesOf(hall, scene, from, to),
  ];
  const cuts = cutsOf(scene, from, to);
  const rounds = standingLinesOf(hall).filter(l => l.duty === scene.rule.name);
  const cells = spans
    .flatMap(span => pieces(span, cuts))
    .map(span => cellOf(hall, scene, span, rounds))
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  return datesFrom(from, to).map(date => {
    const midnight = startOfDay(dayNumber(date) ?? 0, OFFSET);
    return {
      ...lookOfDay(hall, date),
      date,
      today: date === dateText(hall.now),
      cells: cells.filter(c => c.from >= midnight && c.from < midnight + DAY),
    };
  });
}

/** Where long spans are cut for the eye: at the pattern's own hours, else at midnight. */
function cutsOf(scene: RotaScene, from: string, to: string): readonly Instant[] {
  const dates = datesFrom(dateOfDay((dayNumber(from) ?? 0) - 1), dateOfDay((dayNumber(to) ?? 0) + 1));
  const points = dates.flatMap(date =>
    scene.pattern
      ? scene.pattern.shifts.map(s => hoursOf(date, s, OFFSET).from)
      : [startOfDay(dayNumber(date) ?? 0, OFFSET)],
  );
  return points.toSorted((a, b) => a - b);
}
type Piece = Span & { readonly shift?: Shift };
function pieces(span: Piece, cuts: readonly Instant[]): Piece[] {
  // A shift that somebody stands is shown whole unless it is longer than a day.
  if (span.shift && span.to - span.from < 24 * HOUR) return [span];
  const inside = cuts.filter(c => c > span.from && c < span.to);
  const edges = [span.from, ...inside, span.to];
  return edges.slice(1).map((to, i) => ({ ...span, from: edges[i] ?? span.from, to }));
}

function cellOf(hall: Hall, scene: RotaScene, { from, to, shift }: Piece, slots: readonly ObligationLine[]): RotaCell {
  const named = scene.pattern?.shifts.find(s => hoursOf(dateText(from), s, OFFSET).from === from);
  const rounds = slots.filter(l => Date.parse(l.startedAt) >= from && Date.parse(l.startedAt) < to);
  const on = dateText(from);
  const swapped = shift && scene.swaps.find(s => s.event === shift.event);
  return {
    from,
    to,
    kind: shift ? 'shift' : 'gap',
    ...(shift ? { role: shift.role } : {}),
    ...(named ? { name: named.name } : {}),
    on: from <= hall.now && hall.now < to,
    past: to <= hall.now,
    standIns: shift ? scene.presence.standIns(shift.unit, shift.role, on).map(s => s.role) : [],
    away: shift !== undefined && scene.presence.awayUntil(shift.unit, shift.role, on) !== undefined,
    ...(swapped ? { swapped } : {}),
    done: rounds.filter(r => r.state === 'done' || r.state === 'done-late').length,
    missed: rounds.filter(r => r.state === 'missed'),
  };
}

export function lookOfDay(hall: Hall, date: string): Pick<RotaDay, 'look' | 'holiday'> {
  if (!hall.calendar.tables.has(Number(date.slice(0, 4)))) return { look: 'unknown' };
  const day = dayOf(hall.calendar, date);
  const look = day.why === 'make-up' ? 'swap' : day.working ? 'work' : 'rest';
  return day.why === 'holiday' && day.name !== undefined ? { look, holiday: day.name } : { look };
}

/** Rounds of a rota that are open at this moment. */
export const openRounds = (hall: Hall, rota: string): readonly ObligationLine[] =>
  standingLinesOf(hall).filter(l => l.duty === rota && l.state === 'open' && Date.parse(l.startedAt) <= hall.now);

export interface KindRead {
  readonly kind: string;
  /** Every source of this kind was read since the round began. */
  readonly read: boolean;
  readonly sources: readonly { readonly title: string; readonly readAt?: Instant; readonly problem?: string }[];
}
/** Of the kinds of source that a watch must cover, which ones the machine has read since a moment. */
export function kindsRead(
  hall: Hall,
  sources: readonly Source[],
  kinds: Readonly<Record<string, string>>,
  since: Instant,
): readonly KindRead[] {
  const wanted = [...new Set(hall.rulebook.rules.flatMap(r => (r.kind === 'sources' ? r.kinds : [])))];
  return wanted.map(kind => {
    const own = sources.filter(s => s.state === 'on' && kinds[s.key] === kind);
    return {
      kind,
      read: own.length > 0 && own.every(s => s.problem === undefined && (s.lastReadAt ?? 0) >= since),
      sources: own.map(s => ({
        title: s.title,
        ...(s.lastReadAt === undefined ? {} : { readAt: s.lastReadAt }),
        ...(s.problem === undefined ? {} : { problem: s.problem }),
      })),
    };
  });
}

/**
 * The office under which a round is entered: an office that stands on the roster now, or was named to stand in, looks in
 * place of the one that the rota names, and the entry says so.
 */
export function watchingOffice(hall: Hall, office: Office): Office {
  const presence = presenceIn(hall);
  for (const rule of rotasOf(hall)) {
    const role = roleOfRota(rule);
    if (role === undefined || role === office.role || !unitsOfRota(hall, rule).includes(office.unit)) continue;
    const onShift = presence.shifts.some(
      s =>
        s.unit === office.unit &&
        s.role === office.role &&
        s.from <= hall.now &&
        hall.now < s.to &&
        isRosterOf(hall.rulebook.rules, rule, s.rota),
    );
    const named = presence.standsInFor(office, dateText(hall.now)).some(o => o.role === role);
    if (onShift || named) return { ...office, standingInFor: role };
  }
  return office;
}
