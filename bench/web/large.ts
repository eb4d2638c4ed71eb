/**
 * A house with thousands of open cases, for benches: twenty entries a case, made after a worked day and handed over from
 * memory; sessions, people and findings are the real store's.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatInstant, instantOf } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { readSetup, type Setup } from '#core/obligations';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import { requireRulebook } from '../../src/cli/rulebook-files.ts';
import type { Desk, StoredEvent } from '../../src/web/ports.ts';
import { openBenchHouse, ROOT as root } from './house.ts';

const DAY = 86_400_000;

export async function openLargeHouse(CASES: number) {
  const folder = join(root, 'rulebooks/petition/days/routine-and-refusals');
  const book = requireRulebook(join(root, 'rulebooks/petition'));
  const read = readSetup(
    JSON.parse(readFileSync(join(folder, 'setup.json'), 'utf8')),
    book,
    new Set(readCalendar(root).tables.keys()),
  );
  if (!read.ok) throw new Error('the setup has faults');
  const pattern = readFileSync(join(folder, 'events.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(l => JSON.parse(l) as HuiyinEvent)
    .filter(e => e.case === 'C1' && e.type !== 'case.closed')
    .slice(0, 20);
  const last = Math.max(...pattern.map(e => instantOf(e.recordedAt)));

  const house = await openBenchHouse(Date.parse('2026-09-17T10:00:00+08:00'));
  const now = house.clock.at;
  /** Cases begin over the last forty days, so that some are late, some due and most have duties without a limit. */
  const events: StoredEvent[] = [];
  const ids = new Map(pattern.map((p, i) => [p.id, i]));
  for (let c = 0; c < CASES; c++) {
    const shift = now - 1000 - last - Math.floor(((CASES - 1 - c) / CASES) * 40 * DAY);
    const move = (text: string): string => formatInstant(instantOf(text) + shift);
    const rename = (v: unknown): unknown =>
      typeof v === 'string' && ids.has(v) ? `${v}-${c}` : Array.isArray(v) ? v.map(rename) : v;
    for (const e of pattern)
      events.push({
        ...e,
        seq: 0,
        id: `${e.id}-${c}`,
        case: `C${c + 1}`,
        at: move(e.at),
        recordedAt: move(e.recordedAt),
        data: Object.fromEntries(Object.entries(e.data).map(([k, v]) => [k, rename(v)])),
      });
  }
  events.sort((a, b) => Date.parse(a.recordedAt) - Date.parse(b.recordedAt));
  events.forEach((e, i) => Object.assign(e, { seq: i + 1 }));

  const me = (await house.desk.people.byLogin(house.first.login))?.code ?? '';
  const given = await house.desk.institution();
  if (!given) throw new Error('no institution');
  const setup: Setup = {
    ...read.setup,
    period: { from: formatInstant(now - 60 * DAY).slice(0, 10), to: formatInstant(now + 30 * DAY).slice(0, 10) },
    roles: read.setup.roles.map((r, i) => (i === 0 ? { ...r, holder: me } : r)),
  };
  const desk: Desk = {
    ...house.desk,
    institution: async () => ({
      ...given,
      rulebook: {
        folder: 'petition',
        text: readFileSync(join(root, 'rulebooks/petition/rulebook.md'), 'utf8'),
        digest: book.digest,
      },
      setup,
    }),
    log: {
      ...house.desk.log,
      read: async after => events.slice(after),
      append: async (added, expected) => {
        if (expected !== events.length) return { ok: false, why: 'moved' };
        for (const e of added) events.push({ ...e, seq: events.length + 1 });
        return { ok: true, seq: events.length };
      },
    },
  };
  const app = house.appOf(desk);
  return { house, app, events };
}

const at = (times: readonly number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
/** Median, 95th percentile and worst of times in milliseconds. */
export const spread = (times: readonly number[]): string =>
  `median ${at(times, 0.5)} ms, 95th ${at(times, 0.95)} ms, worst ${at(times, 1)} ms`;
/** Processor time of this process for a piece of work, in milliseconds. */
export const cpu = async (work: () => Promise<unknown>): Promise<number> => {
  const from = process.cpuUsage();
  await work();
  const used = process.cpuUsage(from);
  return (used.user + used.system) / 1000;
};
export const say = (what: string, figure: string): void => void process.stdout.write(`| ${what} | ${figure} |\n`);
