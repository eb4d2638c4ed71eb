/**
 * The year-end score of a court with 20 sections, equal to a slow recomputation: node bench/score/score.bench.ts [works] [posts]
 * Sheets of all sections included: targets, points, promptness over the whole year's watch, what is left out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { HuiyinEvent } from '#core/log';
import { prepareBook, readSetup, replay } from '#core/obligations';
import { readYear, scoredUnits, sheetOf } from '#score';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import { requireRulebook } from '../../src/cli/rulebook-files.ts';
import { courtByHand } from '../../src/flow/score/fixtures/court-by-hand.ts';
import { sectionsOf, yearEvents, yearSetup } from '../../src/flow/score/fixtures/court-year.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rulebook = requireRulebook(join(root, 'rulebooks/court'));
const tables = new Set(readCalendar(root).tables.keys());
const days = (name: string): string => join(root, 'rulebooks/court/days', name);
const read = readSetup(
  JSON.parse(readFileSync(join(days('year-of-publicity'), 'setup.json'), 'utf8')),
  rulebook,
  tables,
);
if (!read.ok) throw new Error('the setup has faults');
const setup = yearSetup(read.setup);
const calendar = readCalendar(root, { officeHours: setup.officeHours });
const [works, posts] = [Number(process.argv[2] ?? 1500), Number(process.argv[3] ?? 2500)];
const CASES = 200;

/** Cases after a worked day, one and a half days apart over the year. */
const pattern = readFileSync(join(days('on-the-second'), 'events.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(l => JSON.parse(l) as HuiyinEvent);
const first = Date.parse(pattern[0]?.at ?? '');
const moved = (text: string, by: number): string =>
  new Date(Date.parse(text) + by + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
const ids = new Set(pattern.map(e => e.id));
const caseEvents = Array.from({ length: CASES }, (_, c) => {
  const by = Date.parse('2026-01-05T09:00:00+08:00') + c * 1.5 * 86_400_000 - first;
  const rename = (v: unknown): unknown =>
    typeof v === 'string' ? (ids.has(v) ? `${v}-${c}` : v) : Array.isArray(v) ? v.map(rename) : v;
  return pattern
    .filter(e => e.case !== undefined)
    .map((e): HuiyinEvent => ({
      ...e,
      id: `${e.id}-${c}`,
      case: `${e.case}-${c}`,
      at: moved(e.at, by),
      recordedAt: moved(e.recordedAt, by),
      data: Object.fromEntries(Object.entries(e.data).map(([k, v]) => [k, rename(v)])),
    }));
}).flat();
const events = [...yearEvents(8420, { works, posts }), ...caseEvents].sort((a, b) =>
  a.recordedAt.localeCompare(b.recordedAt),
);
const now = Date.parse('2027-01-01T00:00:00+08:00');
const times: number[] = [];
let same = true;
for (let run = 0; run < 5; run++) {
  const started = process.hrtime.bigint();
  const year = readYear(replay(prepareBook(rulebook, setup, calendar), events, now), 2026);
  const sheets = scoredUnits(year).map(unit => sheetOf(year, unit));
  times.push(Number(process.hrtime.bigint() - started) / 1e9);
  const outlets = { 'city-daily': 'municipal', 'province-daily': 'provincial' };
  const byHand = courtByHand(events, sectionsOf(), outlets, 2026).map(b => [b.unit, b.base, b.points, b.veto, b.lines]);
  same &&= isDeepStrictEqual(
    sheets.map(({ unit, scores: [s] }) => [
      unit,
      s?.base,
      s?.points,
      s?.veto,
      Object.fromEntries((s?.lines ?? []).map(l => [l.clause, [...l.basis]])),
    ]),
    byHand,
  );
}
times.sort((a, b) => a - b);
process.stdout.write(
  `${events.length} events, ${sectionsOf().length} sections: median ${times[2]?.toFixed(2)} s (${times.map(t => t.toFixed(2)).join(', ')}), ` +
    `${same ? 'equal to' : 'DIFFERENT from'} the slow recomputation\n`,
);
if (!same) process.exitCode = 1;
