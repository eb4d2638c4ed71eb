/** Worked days: read from `rulebooks/<institution>/days/`, replayed, and compared with what was worked out by hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Calendar, instantOf } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import { linesOf, prepareBook, readSetup, replay, type Replay, type Setup } from '#core/obligations';
import type { Rulebook } from '#core/rulebook';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import { requireRulebook } from '../../src/cli/rulebook-files.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export type Row = Readonly<Record<string, unknown>>;
export interface Checkpoint {
  readonly at: string;
  readonly note?: string;
  readonly override?: Row;
  readonly without?: readonly string[];
  readonly plus?: readonly HuiyinEvent[];
  readonly refusals?: readonly Row[];
  readonly never?: readonly { readonly where: Row; readonly except?: readonly Row[]; readonly why: string }[];
  readonly [section: string]: unknown;
}
export interface Day {
  readonly institution: string;
  readonly name: string;
  readonly setup: Row;
  readonly events: readonly HuiyinEvent[];
  readonly checkpoints: readonly Checkpoint[];
}

/** The institutions that have a rulebook here. */
export const institutions = (): string[] =>
  readdirSync(join(ROOT, 'rulebooks'))
    .filter(name => existsSync(join(ROOT, 'rulebooks', name, 'rulebook.md')))
    .sort();
/** The institutions whose clauses must be held: those of the clause table, and whoever tells days of their own. A blank book does neither. */
export function heldInstitutions(): string[] {
  const table = JSON.parse(readFileSync(join(ROOT, 'rulebooks/clauses.json'), 'utf8')) as {
    readonly institution: string;
  }[];
  const named = new Set(table.map(row => row.institution));
  return institutions().filter(i => named.has(i) || daysOf(i).length > 0);
}
export const bookOf = (institution: string): Rulebook => requireRulebook(join(ROOT, 'rulebooks', institution));

export function readDay(folder: string, institution: string, name: string): Day {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const { checkpoints } = JSON.parse(read('expect.json')) as { checkpoints: Checkpoint[] };
  const events = read('events.ndjson')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as HuiyinEvent);
  return { institution, name, setup: JSON.parse(read('setup.json')) as Row, events, checkpoints };
}
export function daysOf(institution: string): Day[] {
  const folder = join(ROOT, 'rulebooks', institution, 'days');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map(name => readDay(join(folder, name), institution, name));
}

const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);
function merge(a: Row, b: Row): Row {
  const out: Record<string, unknown> = { ...a };
  for (const [key, v] of Object.entries(b)) out[key] = isObject(v) && isObject(a[key]) ? merge(a[key], v) : v;
  return out;
}
const YEARS = new Set(readCalendar(ROOT).tables.keys());
const calendars = new Map<string, Calendar>();
function calendarOf(setup: Setup): Calendar {
  const key = JSON.stringify(setup.officeHours);
  const known = calendars.get(key) ?? readCalendar(ROOT, { officeHours: setup.officeHours });
  calendars.set(key, known);
  return known;
}
/** The replay of a checkpoint under a rulebook; the setup is read against `whole`, the book it was written for. */
export function replayAt(book: Rulebook, day: Day, point: Checkpoint, whole: Rulebook = book): Replay {
  const read = readSetup(merge(day.setup, point.override ?? {}), whole, YEARS);
  if (!read.ok) throw new Error(`${day.name}: the setup has faults: ${JSON.stringify(read.faults)}`);
  const events = [...day.events.filter(e => !(point.without ?? []).includes(e.id)), ...(point.plus ?? [])];
  return replay(prepareBook(book, read.setup, calendarOf(read.setup)), events, instantOf(point.at));
}
export const linesAt = (book: Rulebook, day: Day, point: Checkpoint, whole: Rulebook = book): Row[] =>
  linesOf(replayAt(book, day, point, whole)) as unknown as Row[];

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
/** Does `got` say at least what `want` says? Instants compare as instants, lists as sets. */
export function says(want: unknown, got: unknown): boolean {
  if (want === '*') return got !== undefined && got !== null;
  if (want === null) return got === null;
  if (typeof want === 'string' && INSTANT.test(want))
    return typeof got === 'string' && Date.parse(want) === Date.parse(got);
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return false;
    const rest = got.filter(g => !(isObject(g) && g['points'] === 0));
    return (
      rest.length === want.length &&
      want.every(w => {
        const i = rest.findIndex(g => says(w, g));
        if (i >= 0) rest.splice(i, 1);
        return i >= 0;
      })
    );
  }
  if (isObject(want)) return isObject(got) && Object.entries(want).every(([key, v]) => says(v, got[key]));
  return want === got;
}

const KIND_OF: Readonly<Record<string, string>> = {
  obligations: 'obligation',
  quotas: 'quota',
  scores: 'score',
  forms: 'form',
  stages: 'stages',
  locals: 'local',
  measures: 'measure',
  counts: 'count',
  accounts: 'account',
  flags: 'flag',
  gaps: 'gap',
  declined: 'declined',
};
const PICK: Readonly<Record<string, readonly string[]>> = {
  obligation: ['clause', 'case', 'unit', 'whole'],
  quota: ['clause', 'channel', 'unit', 'from', 'to'],
  score: ['unit', 'year'],
};

/** Every sentence in which the output differs from the day as it was worked out. */
export function differences(day: Day, point: Checkpoint, lines: readonly Row[]): string[] {
  const found: string[] = [];
  for (const [section, kind] of Object.entries(KIND_OF)) {
    const wants = (point[section] ?? []) as readonly Row[];
    const keys = PICK[kind];
    const taken = new Set<Row>();
    for (const want of wants) {
      const match = lines.find(
        l =>
          l['line'] === kind &&
          !taken.has(l) &&
          says(want, l) &&
          (kind !== 'obligation' || Boolean(l['whole']) === Boolean(want['whole'])),
      );
      if (match) taken.add(match);
      else
        found.push(
          `no ${kind} ${JSON.stringify(want)}; there are ${JSON.stringify(lines.filter(l => l['line'] === kind && l['clause'] === want['clause']).slice(0, 3))}`,
        );
    }
    if (!keys) continue;
    for (const want of wants) {
      const pick = Object.fromEntries(keys.filter(k => want[k] !== undefined).map(k => [k, want[k]]));
      const more = lines.filter(
        l =>
          l['line'] === kind &&
          says(pick, l) &&
          !taken.has(l) &&
          (kind !== 'obligation' || Boolean(l['whole']) === Boolean(pick['whole'])),
      );
      for (const extra of more) found.push(`one ${kind} too many: ${JSON.stringify(extra)}`);
    }
  }
  if (point.refusals) {
    const refused = lines.filter(l => l['line'] === 'refused');
    for (const want of point.refusals)
      if (!refused.some(l => says(want, l))) found.push(`not refused: ${JSON.stringify(want)}`);
    for (const extra of refused.filter(l => !point.refusals?.some(w => w['event'] === l['event'])))
      found.push(`refused without being expected: ${JSON.stringify(extra)}`);
  }
  for (const { where, except = [], why } of point.never ?? []) {
    const hit = lines.find(l => says(where, l) && !except.some(e => says(e, l)));
    if (hit) found.push(`never (${why}): ${JSON.stringify(hit)}`);
  }
  return found;
}
