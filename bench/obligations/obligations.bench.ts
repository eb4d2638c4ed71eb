/**
 * Full recompute of many cases, and next-wake: node bench/obligations/obligations.bench.ts [cases]
 * Cases are made after a worked day: 20 events each, their instants moved by a day per case.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatInstant, instantOf } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { nextWake, openLive, prepareBook, readSetup, replay } from '#core/obligations';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import { requireRulebook } from '../../src/cli/rulebook-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'rulebooks/petition/days/routine-and-refusals');
const book = requireRulebook(join(root, 'rulebooks/petition'));
const tables = new Set(readCalendar(root).tables.keys());
const read = readSetup(JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8')), book, tables);
if (!read.ok) throw new Error('the setup has faults');
const calendar = readCalendar(root, { officeHours: read.setup.officeHours });
const pattern = readFileSync(join(folder, 'events.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(l => JSON.parse(l) as HuiyinEvent)
  .filter(e => e.case === 'C1')
  .slice(0, 20);

const DAY = 86_400_000;
const cases = Number(process.argv[2] ?? 10_000);
const moved = (text: string, days: number) => formatInstant(instantOf(text) + days * DAY);
const events = Array.from({ length: cases }, (_, c) =>
  pattern.map((e): HuiyinEvent => {
    const rename = (v: unknown): unknown =>
      typeof v === 'string' && pattern.some(p => p.id === v) ? `${v}-${c}` : Array.isArray(v) ? v.map(rename) : v;
    const data = Object.fromEntries(Object.entries(e.data).map(([k, v]) => [k, rename(v)]));
    const shift = c % 180;
    return {
      ...e,
      id: `${e.id}-${c}`,
      case: `C${c}`,
      at: moved(e.at, shift),
      recordedAt: moved(e.recordedAt, shift),
      data,
    };
  }),
).flat();
const now = instantOf('2026-12-20T12:00:00+08:00');
const prepared = prepareBook(book, { ...read.setup, period: { from: '2026-12-20', to: '2026-12-21' } }, calendar);

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const where = `${new Date().toISOString().slice(0, 10)} | ${commit} | ${cpus().length} x ${cpus()[0]?.model.trim()}`;
/** Seconds of CPU, all runs in order after one that does not count. */
function cpu(work: () => void, runs = 5): readonly number[] {
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const started = process.cpuUsage();
    work();
    const used = process.cpuUsage(started);
    if (i > 0) times.push((used.user + used.system) / 1e6);
  }
  return times.sort((a, b) => a - b);
}
const middle = (times: readonly number[]): number => times[Math.floor(times.length / 2)] ?? 0;
const say = (what: string, figure: string): void => void process.stdout.write(`| ${where} | ${what} | ${figure} |\n`);
const rate = (n: number, times: readonly number[], unit: string): string =>
  `${Math.round(n / middle(times))} ${unit} (median of ${times.length}: ${times.map(t => Math.round(n / t)).join(', ')})`;

// Case by case, as the desk and the timers read: everything is evaluated from scratch, then asked for.
let index = openLive(prepared);
let rows = 0;
const evaluating = cpu(() => {
  index = openLive(prepared);
  index.append(events);
  index.turn(now);
  rows = 0;
  for (const key of index.cases()) rows += index.rowsOf(key).length;
});
say(
  `full recompute case by case, ${cases} cases x ${pattern.length} events, petition`,
  `${rate(cases, evaluating, 'cases/s')}; ${rows} rows`,
);

// One more entry in every case: only what was entered is evaluated again.
let more = 0;
const touching = cpu(() => {
  more++;
  const late = Array.from({ length: cases }, (_, c): HuiyinEvent => ({
    id: `more-${more}-${c}`,
    case: `C${c}`,
    type: 'measure.taken',
    at: formatInstant(now - DAY + more * 1000),
    recordedAt: formatInstant(now - DAY + more * 1000),
    by: { unit: 'handling-section', role: 'head' },
    data: { unit: 'handling-section', step: 'other', what: 'one more step' },
  }));
  index.append(late);
  index.turn(now);
});
say('one new event in every case, its rows made again', rate(cases, touching, 'events/s'));

if (cases <= 2000) {
  const whole = cpu(() => void replay(prepared, events, now));
  say(`the whole replay at once, ${cases} cases in memory`, rate(cases, whole, 'cases/s'));
  const result = replay(prepared, events, now);
  const started = performance.now();
  nextWake(result);
  say('next wake over all cases', `${(performance.now() - started).toFixed(1)} ms`);
}
