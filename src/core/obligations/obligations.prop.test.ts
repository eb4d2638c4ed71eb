import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import { book, calendar, event, finding, graded, setup } from './fixtures/day.ts';
import { obligations, type ObligationLine } from './index.ts';

/** Duties of every kind that a random log can start, meet, raise, lower, hold up and end. */
const RULES = book(`
\`\`\`duty G-1
duty: told
starts: classification.set (scale = grade)
if: { grade: [ordinary, major] }
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent
within: 24 hours
group: telling
\`\`\`
\`\`\`duty G-2
duty: told-fast
starts: [ classification.set (scale = grade and value = major), classification.set (scale = mark and value = negative) ]
if: { grade: major, mark: negative }
from: discovery
each: concerned units
who: group
must: tell
done: notice.sent (as = major)
within: 30 minutes
group: telling
\`\`\`
\`\`\`duty G-3
duty: answered
starts: classification.set (scale = grade)
if: { grade: major }
from: occurrence
who: group
must: answer
done: { any: [ decision.made, press-event.held ] }
within: 2 hours
late: explained
\`\`\`
\`\`\`duty G-4
duty: explained
starts: late answered
who: group
must: explain
done: meeting.held
within: same day
\`\`\`
\`\`\`duty G-5
duty: received
starts: notice.sent
who: group
must: see receipts
done: notice.received
within: 1 working days
\`\`\`
\`\`\`duty G-6
duty: watching
starts: case-opening
who: office
must: watch
done: recurrence.watched
until: calm.declared
within: none
\`\`\`
\`\`\`gate G-7
gate: consulted
act: press-event.held
needs: [done received]
\`\`\`
\`\`\`rota G-8
rota: daily
who: watcher
rounds: [ { on: every-day, must: watch, per: day } ]
done: watch.done
\`\`\`
`);
const CASES = ['C1', 'C2'];
const UNITS = ['section-1', 'section-2'];

/** Minutes after 18 September 08:00, as the text of an event's time. */
const clock = (minutes: number): string => {
  const at = new Date(Date.UTC(2026, 8, 18, 8, minutes));
  return `${String(at.getUTCMonth() + 1).padStart(2, '0')}-${String(at.getUTCDate()).padStart(2, '0')} ${at.toISOString().slice(11, 16)}`;
};
const anyEvent = fc
  .record({
    minute: fc.integer({ min: 0, max: 3000 }),
    entry: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 900 }) },
    ),
    key: fc.constantFrom(...CASES),
    unit: fc.constantFrom(...UNITS),
    what: fc.integer({ min: 0, max: 11 }),
    value: fc.constantFrom('ordinary', 'major'),
  })
  .map(({ minute, entry, key, unit, what, value }) => ({
    at: clock(minute),
    entered: clock(minute + entry),
    key,
    unit,
    what,
    value,
  }));
type Drawn = ReturnType<typeof anyEvent.generate>['value'];

function toEvent({ at, entered, key, unit, what, value }: Drawn, id: string): HuiyinEvent {
  const how = { id, entered, case: key };
  const by = 'group/head';
  switch (what) {
    case 0:
    case 1:
      return finding(at, 'office/head', { ...how, concerns: [unit], publishedAt: at });
    case 2:
    case 3:
      return graded(at, value, how);
    case 4:
      return graded(at, 'negative', { ...how, scale: 'mark' });
    case 5:
      return event(
        at,
        by,
        'notice.sent',
        { notice: `n-${unit}`, kind: 'notice', to: [unit], channels: ['phone'], as: value },
        how,
      );
    case 6:
      return event(at, `${unit}/head`, 'notice.received', { notice: `n-${unit}`, unit }, how);
    case 7:
      return event(
        at,
        by,
        'decision.made',
        { about: 'respond', outcome: 'answer', reason: 'r', decidedBy: 'head' },
        how,
      );
    case 8:
      return event(at, by, 'press-event.held', { event: 'p1', kind: 'press-conference', speakerRole: 'head' }, how);
    case 9:
      return event(
        at,
        by,
        'meeting.held',
        { kind: 'review', conveners: ['head'], participants: ['group'], parts: {} },
        how,
      );
    case 10:
      return event(at, 'office/head', 'recurrence.watched', { seen: false }, how);
    default:
      return event(at, 'office/watcher', 'watch.done', { found: 0, sources: [] }, { ...how, case: null });
  }
}
const anyLog = fc.array(anyEvent, { maxLength: 24 }).map(drawn => drawn.map((d, i) => toEvent(d, `e${i}`)));
const run = (events: readonly HuiyinEvent[], at: number) => obligations(RULES, setup, events, calendar, at);
const owed = (events: readonly HuiyinEvent[], at: number): ObligationLine[] =>
  run(events, at).filter((l): l is ObligationLine => l.line === 'obligation');
const instantOf = (minutes: number): number => Date.UTC(2026, 8, 18, 0, minutes);
const anyInstant = fc.integer({ min: 0, max: 4500 }).map(instantOf);
/** What names a row for ever: its clause, case and unit; the trigger where each has its own; the date of a slot. */
const name = (l: ObligationLine): string =>
  [
    l.clause,
    l.case ?? '',
    l.unit ?? '',
    l.whole ? 'whole' : '',
    l.clause === 'G-5' ? l.basis[0] : '',
    l.case === undefined ? l.startedAt : '',
  ].join(' ');
const RUNS = { numRuns: 1000 };

test('order of arrival in the file does not matter where no two entries are simultaneous', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, fc.infiniteStream(fc.nat()), (log, at, dice) => {
      const distinct = log.filter((e, i) => log.findIndex(o => o.recordedAt === e.recordedAt || o.at === e.at) === i);
      const shuffled = distinct
        .map(e => ({ e, n: dice.next().value as number }))
        .toSorted((a, b) => a.n - b.n)
        .map(({ e }) => e);
      expect(run(shuffled, at)).toEqual(run(distinct, at));
    }),
    RUNS,
  );
});

test('time never removes an obligation', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, fc.integer({ min: 0, max: 2000 }), (log, at, later) => {
      const before = owed(log, at).map(name);
      const after = new Set(owed(log, at + later * 60_000).map(name));
      expect(before.filter(key => !after.has(key))).toEqual([]);
    }),
    RUNS,
  );
});

test('what is done stays done, and is done at the time it was done or earlier', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, fc.integer({ min: 0, max: 2000 }), (log, at, later) => {
      const after = new Map(owed(log, at + later * 60_000).map(l => [name(l), l]));
      for (const line of owed(log, at)) {
        if (line.whole || line.doneAt === undefined || (line.state !== 'done' && line.state !== 'done-late')) continue;
        const then = after.get(name(line));
        expect(then?.doneAt === undefined ? 'undone' : 'done').toBe('done');
      }
    }),
    RUNS,
  );
});

test('a line says nothing impossible: done after it began, late only past its due time, nothing late without one', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, (log, at) => {
      for (const line of owed(log, at)) {
        const due = line.dueAt === null ? undefined : Date.parse(line.dueAt);
        if (line.state === 'late' || line.state === 'done-late') expect(due).toBeDefined();
        if (due === undefined) expect(line.lateBySeconds).toBeUndefined();
        expect(line.elapsedSeconds).toBeGreaterThanOrEqual(0);
        if (line.state === 'open' && due !== undefined && !line.whole) expect(at).toBeLessThanOrEqual(due);
        expect(Date.parse(line.bornAt)).toBeLessThanOrEqual(at);
      }
    }),
    RUNS,
  );
});

test('the same input gives the same lines', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, (log, at) => {
      expect(JSON.stringify(run(log, at))).toBe(JSON.stringify(run(structuredClone(log), at)));
    }),
    { numRuns: 200 },
  );
});

test('an event entered after the instant changes nothing at it', () => {
  fc.assert(
    fc.property(anyLog, anyInstant, (log, at) => {
      const known = log.filter(e => Date.parse(e.recordedAt) <= at);
      expect(run(known, at)).toEqual(run(log, at));
    }),
    RUNS,
  );
});
