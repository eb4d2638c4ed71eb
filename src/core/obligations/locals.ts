/** Local targets and intervals: shown as local, never counted, never a breach of the rule (DR-11). */
import { dayNumber, formatInstant, startOfDay, type Instant } from '#core/calendar';
import type { Interval, LimitUnit } from '#core/rulebook';
import { intervalLimit, localLimit, windowEnd } from './due.ts';
import type { Fact, FactSet } from './facts.ts';
import type { LocalLine } from './lines.ts';
import { matches } from './match.ts';
import type { Owed } from './owed.ts';
import type { View } from './view.ts';

/** The targets and reporting intervals of the duties of a case. */
export function caseLocals(view: View, rows: readonly Owed[], now: Instant): readonly LocalLine[] {
  return rows.flatMap(row => {
    if (row.whole) return [];
    if (row.local) return [target(view, row)];
    if (row.kind === 'retention') return retentionInterval(view, row, now);
    const rule = view.book.duty(row.name);
    if (!rule?.until || rule.local === undefined) return [];
    const limit = localLimit(view, rule.local);
    if (!limit) return [];
    const end = row.met?.at ?? row.endedAt ?? now;
    const happened = rule.done.patterns.flatMap(p =>
      p.on === 'event' ? view.facts.of(p.type).filter(f => matches(p, f, view.facts)) : [],
    );
    const own =
      row.unit === undefined ? happened : happened.filter(f => f.by.unit === row.unit || f.data['unit'] === row.unit);
    return windows(view, { clause: row.clause, case: row.case, unit: row.unit }, row.anchor.at, end, now, limit, own);
  });
}

function target(view: View, row: Owed): LocalLine {
  const { offsetMinutes } = view.book.calendar;
  const local = row.local as NonNullable<Owed['local']>;
  const state = local.state === 'inside' ? 'done' : local.state === 'over' ? 'missed' : 'open';
  return {
    line: 'local',
    local: 'target',
    clause: row.clause,
    ...(row.case === undefined ? {} : { case: row.case }),
    ...(row.unit === undefined ? {} : { unit: row.unit }),
    startedAt: formatInstant(local.startedAt, offsetMinutes),
    dueAt: formatInstant(local.dueAt, offsetMinutes),
    state,
    ...(row.met ? { doneAt: formatInstant(row.met.at, offsetMinutes) } : {}),
  };
}

/** Material is to be archived at intervals: the case's own bundle is looked at in windows from what it waits for. */
function retentionInterval(view: View, row: Owed, now: Instant): readonly LocalLine[] {
  const rule = view.book.of('retention').find(r => r.name === row.name);
  const limit = rule?.interval?.kind === 'local' ? intervalLimit(view, rule.interval) : undefined;
  if (!limit) return [];
  const end = row.met?.at ?? now;
  return windows(
    view,
    { clause: row.clause, case: row.case, unit: row.unit },
    row.anchor.at,
    end,
    now,
    limit,
    row.met?.facts ?? [],
  );
}

interface Place {
  readonly clause: string;
  readonly case?: string | undefined;
  readonly unit?: string | undefined;
}

/** Consecutive windows counted from the start, whatever was reported earlier; one report stands for one window, the earliest it lies in. */
function windows(
  view: View,
  place: Place,
  from: Instant,
  until: Instant,
  now: Instant,
  limit: { n: number; unit: LimitUnit },
  happened: readonly Fact[],
): LocalLine[] {
  const { offsetMinutes } = view.book.calendar;
  const lines: LocalLine[] = [];
  const used = new Set<Fact>();
  for (let start = from; (start < until || start === now) && start <= now && lines.length < MOST_WINDOWS;) {
    const due = windowEnd(view, start, limit.n, limit.unit);
    if (due.dueAt <= start) break;
    const inside = happened.filter(
      f => !used.has(f) && f.at >= start && (f.at < due.dueAt || (f.at === due.dueAt && due.dueKind === 'instant')),
    );
    const done = inside.toSorted((a, b) => a.at - b.at)[0];
    if (done) used.add(done);
    const past = due.dueKind === 'date' ? now >= due.dueAt : now > due.dueAt;
    lines.push({
      line: 'local',
      local: 'interval',
      clause: place.clause,
      ...(place.case === undefined ? {} : { case: place.case }),
      ...(place.unit === undefined ? {} : { unit: place.unit }),
      startedAt: formatInstant(start, offsetMinutes),
      dueAt: formatInstant(due.dueAt, offsetMinutes),
      state: done ? 'done' : past && until >= due.dueAt ? 'missed' : 'open',
      ...(done ? { doneAt: formatInstant(done.at, offsetMinutes) } : {}),
    });
    start = due.dueAt;
  }
  return lines;
}
/** A short interval over a long case is cut off here: the rest says nothing new. */
const MOST_WINDOWS = 10_000;

/** Standing intervals of the institution: reviews, contacts, learning, watches in an emergency. */
export function standingLocals(view: View, events: FactSet, now: Instant): readonly LocalLine[] {
  const { setup, calendar } = view.book;
  const first = dayNumber(setup.period.from);
  const last = dayNumber(setup.period.to);
  if (first === undefined || last === undefined) return [];
  const from = startOfDay(first, calendar.offsetMinutes);
  const until = Math.min(now, startOfDay(last, calendar.offsetMinutes) - 1);
  const lines: LocalLine[] = [];
  const interval = (clause: string, every: Interval | undefined, facts: readonly Fact[]): void => {
    const limit = every?.kind === 'local' ? intervalLimit(view, every) : undefined;
    if (limit) lines.push(...windows(view, { clause }, from, until, now, limit, facts));
  };
  for (const rule of view.book.of('duty'))
    if (rule.every && rule.starts.some(p => p.on === 'standing'))
      interval(
        rule.clauses[0] ?? '',
        rule.every,
        rule.done.patterns.flatMap(p =>
          p.on === 'event' ? events.of(p.type).filter(f => matches(p, f, view.facts)) : [],
        ),
      );
  for (const rule of view.book.of('risk')) {
    const { done } = rule;
    if (rule.every && done?.on === 'event')
      interval(
        rule.clauses[0] ?? '',
        rule.every,
        events.of(done.type).filter(f => matches(done, f, view.facts)),
      );
  }
  for (const rule of view.book.of('rota')) {
    const every = rule.mode?.['emergency']?.every;
    const limit = every?.kind === 'local' ? intervalLimit(view, every) : undefined;
    const watches = events.of('watch.done').filter(f => f.data['mode'] === 'emergency');
    const begun = watches[0];
    if (!limit || !begun) continue;
    const calm = [...events.of('calm.declared'), ...events.of('watch.done').filter(f => f.data['mode'] === 'daily')]
      .filter(f => f.at > begun.at)
      .toSorted((a, b) => a.at - b.at)[0];
    lines.push(...windows(view, { clause: rule.clauses[0] ?? '' }, begun.at, calm?.at ?? now, now, limit, watches));
  }
  return lines;
}
