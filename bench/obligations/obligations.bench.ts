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
import { nextWake, prepareBook, readSetup, replay } from '#core/obligations';
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

const runs = 5;
const times: number[] = [];
let rows = 0;
for (let i = 0; i <= runs; i++) {
  const started = process.cpuUsage();
  const result = replay(prepared, events, now);
  const used = process.cpuUsage(started);
  rows = result.cases.reduce((sum, c) => sum + c.rows.length, 0);
  if (i > 0) times.push((used.user + used.system) / 1e6);
}
times.sort((a, b) => a - b);
const median = times[Math.floor(runs / 2)] ?? 0;
const result = replay(prepared, events, now);
const wakeStart = performance.now();
nextWake(result);
const wake = performance.now() - wakeStart;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
process.stdout.write(
  `| ${new Date().toISOString().slice(0, 10)} | ${commit} | ${cpus().length} x ${cpus()[0]?.model.trim()} | full recompute, ${cases} cases x ${pattern.length} events, petition | ${Math.round(cases / median)} cases/s (CPU, median of ${runs}; ${times.map(t => Math.round(cases / t)).join(', ')}) | ${rows} rows; next wake ${wake.toFixed(1)} ms |\n`,
);
