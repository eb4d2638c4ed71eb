/** Points of a year by the rulebook's own lines: promptness and work done, with the events behind every point. */
import type { Instant } from '#core/calendar';
import { startOfDay } from '#core/calendar';
import type { ScoreLine, ScoreRule } from '#core/rulebook';
import { field, type Fact, type FactSet } from './facts.ts';
import type { QuotaLine, ScoreOutputLine } from './lines.ts';
import { countedOn, matchesLevel, membersOf, withLevel, yearsOf } from './quota.ts';
import type { View } from './view.ts';

/** Entries of these types are what scores speak of; one that no line counts is listed as unscored. */
const WORKS: ReadonlySet<string> = new Set(['coverage.entered', 'award.entered', 'praise.entered']);

export function scoreLines(
  view: View,
  events: FactSet,
  quotas: readonly QuotaLine[],
  now: Instant,
): readonly ScoreOutputLine[] {
  const years = yearsOf(view, events, now);
  return view.book.of('score').flatMap(rule =>
    years.flatMap(year =>
      unitsOf(view, rule).map(unit => {
        const over = now >= startOfDay(year.lastDay + 1, view.book.calendar.offsetMinutes);
        return scoreOf(
          view,
          rule,
          events,
          quotas,
          unit,
          Number(year.from.slice(0, 4)),
          [year.firstDay, year.lastDay],
          over,
        );
      }),
    ),
  );
}

export function unitsOf(view: View, rule: ScoreRule): readonly string[] {
  const { each } = rule;
  if (each.party === 'unit-kind') return view.book.org.unitsOfKind(each.unitKind);
  if (each.party === 'unit' || each.party === 'office') return [each.unit];
  return each.party === 'role' ? view.book.org.unitsWithRole(each.role) : [];
}

function scoreOf(
  view: View,
  rule: ScoreRule,
  events: FactSet,
  quotas: readonly QuotaLine[],
  unit: string,
  year: number,
  [firstDay, lastDay]: readonly [number, number],
  over: boolean,
): ScoreOutputLine {
  const base = baseOf(view, rule, quotas, unit, year, over);
  const own = events.all
    .filter(f => field(f, 'unit') === unit)
    .map(f => withLevel(view, f))
    .filter(f => countedOn(view, f) >= firstDay && countedOn(view, f) <= lastDay);
  const taken = new Set<string>();
  const lines = rule.lines.map(line => {
    if (line.notFor?.includes(unit)) return { clause: line.clause, n: 0, points: 0, basis: [] };
    const counted = own
      .filter(f => matchesLevel(view, line.count, f) && (rule.stacking || !taken.has(f.id)))
      .toSorted((a, b) => countedOn(view, a) - countedOn(view, b) || a.at - b.at || a.seq - b.seq);
    for (const f of counted) taken.add(f.id);
    const beyond = counted.slice(line.beyond ?? 0);
    const scored = line.needsBase && base !== 'met' ? [] : beyond;
    return {
      clause: line.clause,
      n: scored.length,
      points: scored.reduce((sum, f) => sum + pointsOf(line, f), 0),
      basis: scored.map(f => f.id),
    };
  });
  const veto = rule.veto !== undefined && base === 'missed';
  return {
    line: 'score',
    score: rule.name,
    clause: rule.clauses[0] ?? '',
    unit,
    year,
    base,
    points: veto && rule.veto?.keepsPoints === false ? 0 : lines.reduce((sum, l) => sum + l.points, 0),
    lines: lines.filter(l => l.n > 0),
    veto,
    ...(veto && rule.veto ? { barred: rule.veto.bars } : {}),
    unscored: unscored(view, rule, own, unit, taken),
  };
}

/** A number apiece, or by the value of a field of the entry (the prize). */
function pointsOf(line: ScoreLine, fact: Fact): number {
  if (typeof line.points === 'number') return line.points;
  for (const [value, points] of Object.entries(line.points))
    if (Object.values(fact.data).includes(value)) return points;
  return 0;
}

/** Met where every base quota that is this unit's is met; missed where one is short and the year is over; none where nothing is asked or it still runs. */
function baseOf(
  view: View,
  rule: ScoreRule,
  quotas: readonly QuotaLine[],
  unit: string,
  year: number,
  over: boolean,
): ScoreOutputLine['base'] {
  const own = quotas.filter(
    q =>
      rule.base.includes(q.clause) &&
      q.from.startsWith(`${year}-`) &&
      (q.unit === unit || (q.unit === undefined && owes(view, q, unit))),
  );
  if (own.length === 0) return 'none';
  if (own.every(q => q.state === 'met')) return 'met';
  return over ? 'missed' : 'none';
}

/** A quota without `each` that counts one unit's entries is that unit's. */
function owes(view: View, quota: QuotaLine, unit: string): boolean {
  const rule = view.book.of('quota').find(q => q.name === quota.quota);
  return (
    rule?.count.some(
      p => p.on === 'event' && p.tests.some(t => t.field[0] === 'unit' && t.op === 'is' && t.values.includes(unit)),
    ) ?? false
  );
}

/** Works that no line counts for this unit: no such line, or an outlet of no known level. */
function unscored(
  view: View,
  rule: ScoreRule,
  own: readonly Fact[],
  unit: string,
  taken: ReadonlySet<string>,
): { clause: string; work: string }[] {
  const levels = view.book.of('local').find(l => l.name === 'outlet-levels');
  const base = view.book.of('quota').filter(q => q.clauses.some(c => rule.base.includes(c)));
  return own
    .filter(f => WORKS.has(f.type) && !taken.has(f.id))
    .filter(
      f =>
        !base.some(
          q =>
            q.count.some(p => matchesLevel(view, p, f)) &&
            ((q.each !== undefined && membersOf(view, q).includes(unit)) ||
              q.count.some(
                p => p.on === 'event' && p.tests.some(t => t.field[0] === 'unit' && t.values.includes(unit)),
              )),
        ),
    )
    .filter(f => !rule.lines.some(l => l.notFor?.includes(unit) && matchesLevel(view, l.count, f)))
    .map(f => ({
      clause:
        f.data['level'] === 'unknown'
          ? (levels?.clauses[0] ?? levels?.for[0] ?? rule.clauses[0] ?? '')
          : (rule.clauses[0] ?? ''),
      work: field(f, 'work') ?? f.id,
    }));
}
