/** A year of a court: the product's points equal a slow recomputation; a contested point changes by what is entered, never by hand. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeCalendar, readTable, type HolidayTable } from '#core/calendar';
import { checkEvent, type HuiyinEvent } from '#core/log';
import { prepareBook, readSetup, replay, type Setup } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import { describe, expect, test } from 'vitest';
import { decideDispute } from './dispute.ts';
import { courtByHand } from './fixtures/court-by-hand.ts';
import { sectionsOf, yearEvents, yearSetup } from './fixtures/court-year.ts';
import { readYear, scoredUnits, sheetOf } from './sheet.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const file = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const tables = [2025, 2026].map(y => readTable(JSON.parse(file(`calendars/cn-${y}.json`))) as HolidayTable);
const read = readRulebook({ file: 'rulebook.md', text: file('rulebooks/court/rulebook.md'), digest: 'sha256:0' });
if (!read.ok) throw new Error('the rulebook has faults');
const day = readSetup(
  JSON.parse(file('rulebooks/court/days/year-of-publicity/setup.json')),
  read.rulebook,
  new Set([2025, 2026]),
);
if (!day.ok) throw new Error('the setup has faults');
const END = Date.parse('2027-01-01T00:00:00+08:00');
const OUTLETS = { 'city-daily': 'municipal', 'province-daily': 'provincial' };

function yearOf(setup: Setup, events: readonly HuiyinEvent[], now = END) {
  // Standing duties of the last days are enough here; the year's targets and points do not hang on them.
  const short = { ...setup, period: { from: '2026-12-30', to: '2027-01-01' } };
  const book = prepareBook(read.ok ? read.rulebook : never(), short, makeCalendar(tables, short.officeHours));
  return readYear(replay(book, events, now), 2026);
}
const never = (): never => {
  throw new Error('never');
};

describe('20 sections over a generated year', () => {
  const setup = yearSetup(day.setup);

  test.each([1, 2, 3])('points, base, veto and what is left out equal the slow recomputation (year %i)', seed => {
    const events = yearEvents(seed, { works: 400, posts: 60 });
    expect(events.flatMap(e => checkEvent(e))).toEqual([]);
    const year = yearOf(setup, events);
    const byHand = courtByHand(events, sectionsOf(), OUTLETS, 2026);
    expect(scoredUnits(year)).toEqual(sectionsOf());
    expect(
      sectionsOf().map(unit => {
        const [score] = sheetOf(year, unit).scores;
        return {
          unit,
          base: score?.base,
          points: score?.points,
          lines: Object.fromEntries((score?.lines ?? []).map(l => [l.clause, l.basis])),
          veto: score?.veto,
          unscored: score?.unscored.map(u => u.work).toSorted(),
        };
      }),
    ).toEqual(byHand.map(b => ({ ...b, unscored: [...b.unscored].sort() })));
    expect(byHand.some(b => b.veto) && byHand.some(b => !b.veto)).toBe(true);
  });

  test('every point opens its events, and every entry of the unit either counts or says why not', () => {
    const events = yearEvents(4, { works: 400, posts: 0 });
    const year = yearOf(setup, events);
    for (const unit of sectionsOf()) {
      const [score] = sheetOf(year, unit).scores;
      const basis = (score?.lines ?? []).flatMap(l => l.basis);
      expect(new Set(score?.explain.counted.map(e => e.id))).toEqual(new Set(basis));
      const told = new Set([...basis, ...(score?.explain.notCounted ?? []).map(n => n.event)]);
      const own = events.filter(
        e => ['coverage.entered', 'praise.entered', 'award.entered'].includes(e.type) && e.data['unit'] === unit,
      );
      expect(
        own.filter(e => !told.has(e.id) && String(e.data['on'] ?? e.at).startsWith('2026')).map(e => e.id),
      ).toEqual([]);
    }
  });

  test('the list behind a target adds up to its number', () => {
    const year = yearOf(setup, yearEvents(5, { works: 300, posts: 0 }));
    for (const unit of [undefined, ...sectionsOf()])
      for (const target of sheetOf(year, unit).targets)
        expect(target.explain.counted.length, `${target.quota} ${unit}`).toBe(target.counts['total']);
  });
});

describe('a worked year', () => {
  const events = file('rulebooks/court/days/year-of-publicity/events.ndjson')
    .split('\n')
    .filter(Boolean)
    .map(l => JSON.parse(l) as HuiyinEvent);
  const at = '2027-01-05T09:00:00+08:00';
  let n = 0;
  const entered = (
    entries: readonly { readonly id?: string; readonly type: string; readonly data: object }[],
    office: string,
  ): HuiyinEvent[] =>
    entries.map(e => ({
      id: e.id ?? `d-${n++}`,
      type: e.type,
      at,
      recordedAt: at,
      by: { unit: office, role: 'head' },
      data: { ...e.data },
    }));
  const later = Date.parse('2027-01-06T00:00:00+08:00');
  const decided = (command: Parameters<typeof decideDispute>[0], office: string): HuiyinEvent[] => {
    const said = decideDispute(command, () => `c-${n++}`);
    if ('fault' in said) throw new Error(said.fault);
    return entered(said.append, office);
  };
  const contest = decided(
    { do: 'contest', unit: 'enforcement-bureau', clause: 'A-2.S1b', year: 2026, reason: '市级稿件漏记' },
    'enforcement-bureau',
  );
  const dispute = contest[0]?.id ?? '';
  const pointsOf = (more: readonly HuiyinEvent[]) =>
    sheetOf(yearOf(day.setup, [...events, ...more], later), 'enforcement-bureau');

  test('contested, upheld: the points stand, the dispute shows who decided and why', () => {
    const upheld = decided({ do: 'uphold', dispute, reason: '无刊发证明' }, 'research-office');
    const sheet = pointsOf([...contest, ...upheld]);
    expect(sheet.scores[0]).toMatchObject({ base: 'missed', veto: true, points: 10 });
    expect(sheet.scores[0]?.explain.disputes).toMatchObject([
      {
        clause: 'A-2.S1b',
        settled: { outcome: 'upheld', reason: '无刊发证明', by: { unit: 'research-office' }, entries: [] },
      },
    ]);
    expect(sheet.ignored.contested).toBe(0);
  });

  test('contested, changed: the missing piece is entered, the base is met, the veto falls, the bonus comes', () => {
    const changed = decided(
      {
        do: 'change',
        dispute,
        reason: '补交市报刊样',
        correction: {
          type: 'coverage.entered',
          data: { unit: 'enforcement-bureau', work: 'w-new', level: 'municipal', on: '2026-11-03' },
        },
      },
      'research-office',
    );
    expect(changed.flatMap(e => checkEvent(e))).toEqual([]);
    const sheet = pointsOf([...contest, ...changed]);
    expect(sheet.scores[0]).toMatchObject({ base: 'met', veto: false });
    expect(sheet.scores[0]?.points).toBeGreaterThan(10);
    expect(sheet.scores[0]?.explain.disputes[0]?.settled?.entries).toHaveLength(1);
  });

  test('open: it is counted beside the score as not decided', () =>
    expect(pointsOf(contest).ignored.contested).toBe(1));

  test.each([
    [{ do: 'contest', unit: 'u', clause: 'A-2.S2', year: 2026, reason: ' ' }, 'no-reason'],
    [{ do: 'uphold', dispute: 'd', reason: '' }, 'no-reason'],
    [{ do: 'change', dispute: 'd', reason: 'r', correction: { type: 'praise.entered', data: {} } }, 'no-correction'],
  ] as const)('%j is refused: %s', (command, fault) => expect(decideDispute(command, () => 'x')).toEqual({ fault }));
});
