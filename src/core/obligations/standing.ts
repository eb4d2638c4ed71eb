/** Standing duties: owed without an event to start them, once for the period or once for every interval of it. */
import { dayNumber, startOfDay, type Instant } from '#core/calendar';
import type { DutyRule } from '#core/rulebook';
import { discharged, type Wanted } from './discharge.ts';
import { dueTime, intervalLimit, windowEnd } from './due.ts';
import { candidates } from './members.ts';
import { patternText } from './match.ts';
import type { Owed, Trigger } from './owed.ts';
import { roleText } from './parties.ts';
import { settle } from './settle.ts';
import type { View } from './view.ts';

/** `view` holds every accepted fact of the institution, in cases and outside. */
export function standingRows(view: View, now: Instant, inForce: Instant): readonly Owed[] {
  return view.book
    .of('duty')
    .filter(rule => rule.starts.some(p => p.on === 'standing'))
    .flatMap(rule => rowsOf(view, rule, now, inForce));
}

function rowsOf(view: View, rule: DutyRule, now: Instant, inForce: Instant): Owed[] {
  const { setup, calendar } = view.book;
  const [first, last] = [dayNumber(setup.period.from), dayNumber(setup.period.to)];
  if (first === undefined || last === undefined) return [];
  const from = Math.max(startOfDay(first, calendar.offsetMinutes), inForce);
  const to = startOfDay(last, calendar.offsetMinutes);
  const trigger: Trigger = { at: from, rec: from, seq: -1, text: 'standing' };
  const members = rule.each ? candidates(view, rule.each, trigger).map(m => m.unit) : [undefined];
  const every = rule.every && intervalLimit(view, rule.every);
  const rows: Owed[] = [];
  for (const unit of members) {
    if (rule.ifUnitKind !== undefined && (unit === undefined || view.book.org.kindOf(unit) !== rule.ifUnitKind))
      continue;
    for (let start = from; start <= now && start < to;) {
      const end = every ? windowEnd(view, start, every.n, every.unit).dueAt : undefined;
      rows.push(rowOf(view, rule, unit, start, end, every?.local === false, now));
      if (end === undefined || end <= start) break;
      start = end;
    }
  }
  return rows;
}

/** The next instant at which an interval of a standing duty begins. */
export function nextStandingStart(view: View, now: Instant, inForce: Instant): Instant | undefined {
  const { setup, calendar } = view.book;
  const [first, last] = [dayNumber(setup.period.from), dayNumber(setup.period.to)];
  if (first === undefined || last === undefined) return undefined;
  const from = Math.max(startOfDay(first, calendar.offsetMinutes), inForce);
  const to = startOfDay(last, calendar.offsetMinutes);
  const starts = view.book
    .of('duty')
    .filter(rule => rule.starts.some(p => p.on === 'standing'))
    .flatMap(rule => {
      const every = rule.every && intervalLimit(view, rule.every);
      for (let start = from; start < to;) {
        if (start > now) return [start];
        const end = every ? windowEnd(view, start, every.n, every.unit).dueAt : start;
        if (end <= start) break;
        start = end;
      }
      return [];
    });
  return starts.length === 0 ? undefined : Math.min(...starts);
}

function rowOf(
  view: View,
  rule: DutyRule,
  unit: string | undefined,
  start: Instant,
  end: Instant | undefined,
  ruled: boolean,
  now: Instant,
): Owed {
  const trigger: Trigger = { at: start, rec: start, seq: -1, text: 'standing' };
  const wanted: Wanted = {
    rule,
    trigger,
    member: unit,
    since: start,
    perTrigger: false,
    ...(end === undefined ? {} : { before: end }),
  };
  const found = discharged(view, wanted);
  const anchor = { name: 'standing', at: start, readings: [] };
  // An interval the text itself gives bounds the duty; a local one is shown beside it.
  const due =
    ruled && end !== undefined
      ? {
          kind: 'instant' as const,
          at: end,
          basis: 'rule' as const,
          steps: ['until the end of the interval'],
          readings: [],
        }
      : dueTime(view, rule.within, start, { unit });
  const settled = settle({ knownFrom: start, anchor, due }, found.met, undefined, now);
  return {
    clause: rule.clauses[0] ?? '',
    name: rule.name,
    kind: 'duty',
    case: undefined,
    unit,
    role: roleText(view, rule.who[0], { at: now, member: unit }),
    trigger,
    anchor,
    bornAt: start,
    due,
    limit: rule.within,
    state: settled.state === 'late' && ruled ? 'missed' : settled.state,
    ...(settled.met ? { met: settled.met } : {}),
    ...(settled.lateAt === undefined ? {} : { lateAt: settled.lateAt }),
    ...(found.recipients && found.recipients.length > 0 ? { recipients: found.recipients } : {}),
    ...(found.met === undefined && found.counted.length > 0 ? { missing: found.missing } : {}),
    wanted: rule.done.patterns.map(patternText),
    steps: [],
    readings: view.book.notesAbout(rule.name),
    basis: [],
  };
}
