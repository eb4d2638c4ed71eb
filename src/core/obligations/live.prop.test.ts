/** What is kept up to date says what the pure function says: every line of every rulebook, in the same order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HuiyinEvent } from '#core/log';
import { anyEvent, at, calendar as bookCalendar, institutions } from './fixtures/any-book.ts';
import { calendar, setup } from './fixtures/day.ts';
import { anyLog, RULES } from './fixtures/random-log.ts';
import { type Book, type Line, linesOf, type Live, openLive, prepareBook, replay } from './index.ts';

/** Entries that reach beyond the case they stand in, and those that most rules speak of. */
const REACHING = [
  'finding.recorded',
  'finding.dismissed',
  'case.opened',
  'case.joined',
  'case.closed',
  'item.folded',
  'entry.corrected',
  'setting.decided',
  'role.assigned',
  'role.vacated',
  'leave.recorded',
  'stand-in.named',
  'classification.set',
  'assignment.made',
  'publication.made',
  'signature.given',
  'draft.written',
  'watch.done',
  'consent.given',
  'obligation.lifted',
];
const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 });
/** Minutes that pass after each addition; now and then the clock is set back. */
const waits = fc.infiniteStream(
  fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 900 }) }, { weight: 1, arbitrary: fc.constant(-700) }),
);

/** Adds the log piece by piece, lets time pass in between, and compares all lines each time. */
function follow(book: Book, log: readonly HuiyinEvent[], pieces: readonly number[], passing: Iterator<number>): void {
  const live = openLive(book);
  let n = 0;
  let now = Math.min(...log.map(e => Date.parse(e.recordedAt)));
  for (const size of [...pieces, log.length]) {
    const added = log.slice(n, n + size);
    live.append(added);
    n += added.length;
    // Most of the time the clock stands at the last entry; sometimes an entry is from a clock that runs ahead.
    now = Math.max(now, ...added.slice(0, -1).map(e => Date.parse(e.recordedAt)));
    for (let pause = 0; pause < 2; pause++) {
      live.turn(now);
      const pure = linesOf(replay(book, log.slice(0, n), now));
      expect(live.lines().map(l => JSON.stringify(l))).toEqual(pure.map(l => JSON.stringify(l)));
      expect(live.gaps()).toEqual(pure.filter(l => l.line === 'gap'));
      partsAgree(live, pure);
      now += Number(passing.next().value) * 60_000;
    }
    if (n >= log.length) break;
  }
}

const texts = (lines: readonly object[]): readonly string[] => lines.map(l => JSON.stringify(l)).toSorted();
/** What is asked of a part alone says what the whole says of it. */
function partsAgree(live: Live, pure: readonly Line[]): void {
  const of = <K extends Line['line']>(kind: K): Extract<Line, { line: K }>[] =>
    pure.filter((l): l is Extract<Line, { line: K }> => l.line === kind);
  expect(texts(live.allRows().map(live.lineOf))).toEqual(texts(of('obligation')));
  expect([...live.refusedActs()].toSorted()).toEqual([...new Set(of('refused').map(l => l.event))].toSorted());
  const { counts, flags } = live.breaches();
  expect(texts(counts)).toEqual(texts(of('count')));
  expect(texts(flags.filter(f => f.flag === 'candidate'))).toEqual(
    texts(of('flag').filter(f => f.flag === 'candidate')),
  );
  const rounds = new Set(texts(of('local')));
  expect(live.rounds().filter(l => !rounds.has(JSON.stringify(l)))).toEqual([]);
  // A year in which nothing that counts was entered has a row of noughts in the whole and none in the part.
  const quotas = texts(live.quotas());
  const whole = of('quota');
  expect(quotas.filter(q => !texts(whole).includes(q))).toEqual([]);
  const left = whole.filter(l => !quotas.includes(JSON.stringify(l)));
  expect(left.flatMap(l => Object.values(l.counts)).filter(n => n !== 0)).toEqual([]);
}

test('a regulation with a duty of every kind', () => {
  fc.assert(
    fc.property(anyLog, sizes, waits, (log, pieces, passing) => {
      if (log.length > 0) follow(prepareBook(RULES, setup, calendar), log, pieces, passing[Symbol.iterator]());
    }),
    { numRuns: 300 },
  );
});

test('entries made before an act that arrive after it, one by one, are judged with it', () => {
  const by = { unit: 'group', role: 'head' };
  const eight = '2026-09-18T08:00:00+08:00';
  const entry = (id: string, type: string, recordedAt: string, data: HuiyinEvent['data']): HuiyinEvent => ({
    id,
    case: 'C2',
    type,
    at: eight,
    recordedAt,
    by,
    data,
  });
  const log = [
    entry('e0', 'press-event.held', '2026-09-18T08:01:00+08:00', {
      event: 'p1',
      kind: 'press-conference',
      speakerRole: 'head',
    }),
    entry('e1', 'notice.received', eight, { notice: 'n-section-1', unit: 'section-1' }),
    entry('e2', 'notice.sent', eight, {
      notice: 'n-section-2',
      kind: 'notice',
      to: ['section-2'],
      channels: ['phone'],
      as: 'ordinary',
    }),
  ];
  follow(prepareBook(RULES, setup, calendar), log, [1, 1], [264, 540, 632, 390, 1, 1][Symbol.iterator]());
});

test('there are rulebooks to try', () => {
  expect(institutions.length).toBeGreaterThanOrEqual(8);
});
test.each(institutions.map(i => [i.book.institution, i] as const))('%s: any entries', (_name, institution) => {
  const book = prepareBook(institution.book, institution.setup, bookCalendar);
  const log = fc
    .array(anyEvent(institution, REACHING), { minLength: 1, maxLength: 30 })
    .map(events => events.map((e, i): HuiyinEvent => ({ ...e, id: `e${i}` })))
    .chain(events =>
      // Mostly in the order of entry, as a log is; sometimes not.
      fc
        .boolean()
        .map(shuffled =>
          shuffled ? events : events.toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt)),
        ),
    );
  fc.assert(
    fc.property(log, sizes, waits, (events, pieces, passing) => {
      follow(book, events, pieces, passing[Symbol.iterator]());
    }),
    { numRuns: Number(process.env['RUNS'] ?? 60) },
  );
});

test('what is tried is judged as if it were entered', () => {
  const at0 = Date.parse(at(5000));
  for (const institution of institutions) {
    const book = prepareBook(institution.book, institution.setup, bookCalendar);
    fc.assert(
      fc.property(
        fc.array(anyEvent(institution, REACHING), { minLength: 1, maxLength: 20 }),
        fc.array(anyEvent(institution, REACHING), { minLength: 1, maxLength: 2 }),
        (before, tried) => {
          const log = before
            .map((e, i): HuiyinEvent => ({ ...e, id: `e${i}` }))
            .toSorted((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
          const acts = tried.map((e, i): HuiyinEvent => ({ ...e, id: `t${i}`, at: at(5000), recordedAt: at(5000) }));
          const live = openLive(book);
          live.append(log);
          live.turn(at0);
          const quick = live.judge(acts);
          if (quick === undefined) return;
          const slow = linesOf(replay(book, [...log, ...acts], at0)).flatMap(l =>
            l.line === 'refused' && l.event.startsWith('t') ? [JSON.stringify(l)] : [],
          );
          expect(quick.map(l => JSON.stringify(l)).sort()).toEqual(slow.sort());
        },
      ),
      { numRuns: 30 },
    );
  }
});
