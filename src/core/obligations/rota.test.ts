import { expect, test } from 'vitest';
import { event, finding, lines, told } from './fixtures/day.ts';
import type { ObligationLine } from './lines.ts';

const DAILY = `
Every day.
\`\`\`sources G-4.3a
kinds: [website, forum]
\`\`\`
\`\`\`rota G-5a
rota: watch
who: watcher
rounds: [ { on: every-day, must: watch, per: day } ]
done: watch.done
covers: sources of G-4.3a
\`\`\`
\`\`\`rota G-5b
rota: patrol
who: watcher
rounds: [ { on: every-day, must: patrol, per: day } ]
done: watch.done
\`\`\`
`;
const watch = (at: string, more: object = {}, by = 'office/watcher') =>
  event(at, by, 'watch.done', { found: 0, sources: ['website', 'forum'], ...more }, { case: null });
const slots = (
  rules: string,
  events: Parameters<typeof lines>[1],
  at: string,
  change: Parameters<typeof lines>[3] = {},
) => lines(rules, events, at, change).filter((l): l is ObligationLine => l.line === 'obligation');

test('each date is a slot, listed once it has begun, missed by itself at its end', () => {
  const events = [watch('09-18 09:00')];
  expect(
    slots(DAILY, events, '09-19 23:59:59')
      .filter(l => l.clause === 'G-5a')
      .map(told),
  ).toEqual(['done, due 09-19 00:00, done 09-18 09:00', 'open, due 09-20 00:00']);
  expect(
    slots(DAILY, events, '09-20 00:00')
      .filter(l => l.clause === 'G-5a')
      .map(l => l.state),
  ).toEqual(['done', 'missed', 'open']);
});
test('one check-in meets a slot of each rota, or only of the clause it names', () => {
  expect(slots(DAILY, [watch('09-18 09:00')], '09-18 10:00').map(l => l.state)).toEqual(['done', 'done']);
  expect(
    slots(DAILY, [watch('09-18 09:00', { concerns: 'G-5b' })], '09-18 10:00').map(l => `${l.clause} ${l.state}`),
  ).toEqual(['G-5a open', 'G-5b done']);
});
test('by somebody else it does not count', () => {
  expect(slots(DAILY, [watch('09-18 09:00', {}, 'section-1/clerk')], '09-18 10:00').map(l => l.state)).toEqual([
    'open',
    'open',
  ]);
});
test('a watch that left out sources meets the slot and is marked', () => {
  const out = lines(DAILY, [watch('09-18 09:00', { sources: ['website'] })], '09-18 10:00');
  expect(out.filter(l => l.line === 'flag')).toMatchObject([
    { flag: 'partial-watch', clause: 'G-5a', missing: ['forum'] },
  ]);
});

const WINDOWS = `
Working days every two hours, two points at night, a report each rest day, a brief each Monday.
\`\`\`local D-1.5b D-1.5c D-3.7
local: day-window
for: [D-1.5b]
\`\`\`
\`\`\`local D-1.5c
local: night-tolerance
for: [D-1.5c]
\`\`\`
\`\`\`local D-3.7
local: weekly-brief
for: [D-3.7]
\`\`\`
\`\`\`rota D-1.5b D-1.5c D-1.5d D-3.7
rota: school-watch
who: watcher
rounds:
  - { clause: D-1.5b, on: working-days, must: browse, every: 2 hours, between: local day-window }
  - { clause: D-1.5c, on: every-day, must: watch, at: ["00:00", "05:00"], tolerance: local night-tolerance }
  - { clause: D-1.5d, on: rest-days, must: zero-report, per: day, done: zero-report.filed, annotate-with: later findings of the date }
  - { clause: D-3.7, on: every-day, must: brief, per: week, weekday: local weekly-brief, roll: local weekly-brief, done: brief.issued }
done: watch.done
\`\`\`
`;
const change = {
  period: { from: '2026-09-18', to: '2026-09-29' },
  local: {
    'day-window': { from: '08:00', to: '22:00', label: 'local' },
    'night-tolerance': { minutes: 30, label: 'local' },
    'weekly-brief': { weekday: 'monday', roll: 'next-working-day', label: 'local' },
  },
};
const clause = (id: string, events: Parameters<typeof lines>[1], at: string) =>
  slots(WINDOWS, events, at, change).filter(l => l.clause === id);

test('seven windows on a working day, none on a rest day; the end of a window is still inside', () => {
  const day = clause('D-1.5b', [watch('09-18 09:00'), watch('09-18 12:00')], '09-18 23:00');
  expect(day.map(l => `${l.startedAt.slice(11, 16)} ${l.state}`)).toEqual([
    '08:00 done',
    '10:00 done',
    '12:00 missed',
    '14:00 missed',
    '16:00 missed',
    '18:00 missed',
    '20:00 missed',
  ]);
  expect(clause('D-1.5b', [], '09-19 23:59').filter(l => l.startedAt.startsWith('2026-09-19'))).toEqual([]);
  expect(clause('D-1.5b', [], '09-20 23:59').filter(l => l.startedAt.startsWith('2026-09-20'))).toHaveLength(7);
});
test('points of the night with their tolerance; midnight belongs to the date that begins', () => {
  const night = clause('D-1.5c', [watch('09-18 23:45'), watch('09-19 05:31')], '09-19 06:00').filter(l =>
    l.startedAt.startsWith('2026-09-19'),
  );
  expect(night.map(told)).toEqual(['done, due 09-19 00:30, done 09-18 23:45', 'missed, due 09-19 05:30']);
  expect(clause('D-1.5c', [], '09-19 05:30').at(-1)).toMatchObject({ state: 'open' });
});
test('a report each rest day for its own date; what is found after it is noted', () => {
  const report = (at: string, date: string) =>
    event(at, 'office/watcher', 'zero-report.filed', { for: date, found: 0 }, { case: null, id: `z${at.slice(0, 5)}` });
  const events = [
    report('09-19 20:00', '2026-09-19'),
    report('09-26 00:10', '2026-09-25'),
    finding('09-19 21:00', 'office/head', { id: 'later' }),
  ];
  const rest = clause('D-1.5d', events, '09-27 00:00');
  expect(rest.map(l => `${l.dueOn} ${l.state}`)).toEqual([
    '2026-09-19 done',
    '2026-09-25 missed',
    '2026-09-26 missed',
    '2026-09-27 open',
  ]);
  const notes = lines(WINDOWS, events, '09-27 00:00', change).filter(l => l.line === 'flag' && l.flag === 'annotated');
  expect(notes.map(n => n.line === 'flag' && n.event)).toEqual(expect.arrayContaining(['later', 'z09-19']));
});
test('a weekly date on a rest day goes to the next working day where it rolls', () => {
  const weekly = slots(WINDOWS, [], '09-29 12:00', change).filter(l => l.clause === 'D-3.7');
  expect(weekly.map(l => l.dueOn)).toEqual(['2026-09-21', '2026-09-28']);
  const holiday = { ...change, period: { from: '2026-10-05', to: '2026-10-13' } };
  expect(
    slots(WINDOWS, [], '10-12 12:00', holiday)
      .filter(l => l.clause === 'D-3.7')
      .map(l => l.dueOn),
  ).toEqual(['2026-10-08', '2026-10-12']);
});

const EACH = `
Monitors of each section.
\`\`\`rota E-2.3a
rota: daily
each: section
who: clerk
rounds: [ { on: every-day, must: watch, per: day } ]
done: watch.done
\`\`\`
`;
test('a unit without a holder has a gap and no slot', () => {
  const out = lines(EACH, [watch('09-18 09:00', { unit: 'section-1' }, 'section-1/clerk')], '09-18 10:00');
  expect(out.filter((l): l is ObligationLine => l.line === 'obligation').map(l => `${l.unit} ${l.state}`)).toEqual([
    'section-1 done',
  ]);
  expect(out.filter(l => l.line === 'gap' && l.clause === 'E-2.3a')).toMatchObject([
    { gap: 'slot-without-person', clause: 'E-2.3a', unit: 'section-2' },
  ]);
});
test('filled in the log from a date on, the unit has slots from then', () => {
  const assigned = event(
    '09-18 08:00',
    'office/head',
    'role.assigned',
    { unit: 'section-2', role: 'clerk', holder: 'H30', from: '2026-09-19' },
    { case: null },
  );
  const own = slots(EACH, [assigned], '09-20 00:00').filter(l => l.unit === 'section-2');
  expect(own.map(l => l.dueOn)).toEqual(['2026-09-19', '2026-09-20']);
});
test('while somebody stands in for a vacant office the slots are kept, and only then', () => {
  const named = event(
    '09-18 08:00',
    'office/head',
    'stand-in.named',
    {
      unit: 'section-2',
      role: 'clerk',
      standIn: 'head',
      from: '2026-09-18',
      to: '2026-09-18',
      why: 'vacancy',
    },
    { case: null },
  );
  const events = [named, watch('09-18 09:00', { unit: 'section-2' }, 'section-2/head')];
  const own = slots(EACH, events, '09-20 00:00').filter(l => l.unit === 'section-2');
  expect(own.map(l => `${l.dueOn} ${l.state}`)).toEqual(['2026-09-18 done']);
  expect(lines(EACH, events, '09-20 00:00').filter(l => l.line === 'gap' && l.clause === 'E-2.3a')).toMatchObject([
    { gap: 'slot-without-person', unit: 'section-2', from: '2026-09-19', to: '2026-09-20' },
  ]);
});

const COVER = `
Round the clock.
\`\`\`rota D-1.5a
rota: day-and-night
who: watcher
rounds: []
cover: 24h
done: watch.done
\`\`\`
`;
test('a roster must have somebody at every hour; holes are gaps', () => {
  const roster = event(
    '09-17 12:00',
    'office/head',
    'duty-roster.set',
    {
      rota: 'day-and-night',
      unit: 'office',
      slots: [
        { from: '2026-09-18T00:00:00+08:00', to: '2026-09-19T08:00:00+08:00', role: 'watcher' },
        { from: '2026-09-19T09:00:00+08:00', to: '2026-09-21T00:00:00+08:00', role: 'watcher' },
      ],
    },
    { case: null },
  );
  const gaps = (events: Parameters<typeof lines>[1]) =>
    lines(COVER, events, '09-18 10:00').filter(l => l.line === 'gap' && l.clause === 'D-1.5a');
  expect(gaps([roster])).toMatchObject([
    { gap: 'slot-without-person', from: '2026-09-19T08:00:00+08:00', to: '2026-09-19T09:00:00+08:00' },
  ]);
  expect(gaps([])).toMatchObject([{ from: '2026-09-18T00:00:00+08:00', to: '2026-09-21T00:00:00+08:00' }]);
});
test('every clause that asks for the cover shows the hole; a clause with its own slots does not', () => {
  const rules = COVER.replace('rota D-1.5a', 'rota D-1.5a D-3.2a D-1.5d').replace(
    'rounds: []',
    'rounds: [ { clause: D-1.5d, on: rest-days, must: report, per: day } ]',
  );
  const holes = lines(rules, [], '09-18 10:00').flatMap(l => (l.line === 'gap' && 'from' in l ? [l.clause] : []));
  expect(holes).toEqual(['D-1.5a', 'D-3.2a']);
});
