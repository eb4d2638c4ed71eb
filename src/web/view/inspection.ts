/** What an inspector looks at: duties that were late or missed, matters that only a person can judge, what was put aside. */
import { sha256 } from '#core/log';
import type { CountLine, FlagLine, ObligationLine, Owed } from '#core/obligations';
import { DAY } from '#core/calendar';
import type { StoredEvent } from '../ports.ts';
import type { Hearing } from '../ports-inspection.ts';
import { entriesOfType, type Hall, keptOf } from '../state.ts';
import { rowId } from './duties.ts';
import { explanationsOf, owingUnit } from './pressing.ts';

const LATE: ReadonlySet<string> = new Set(['late', 'missed', 'done-late']);
/** Something an inspector may look into: a computed duty, or a unit and a clause named by hand. */
export interface Matter {
  readonly key: string;
  readonly unit: string;
  readonly clause: string;
  readonly case?: string;
  /** Written down when it is asked for: of thousands that are counted a few are shown. */
  readonly line?: ObligationLine;
}
/** A matter that the rules computed: what is asked of many of them is asked of the row. */
export interface OwedMatter extends Matter {
  readonly row: Owed;
  readonly line: ObligationLine;
}
export function lateMatters(hall: Hall): readonly OwedMatter[] {
  return keptOf(hall)
    .live.allRows()
    .filter(row => !row.whole && LATE.has(row.state))
    .toSorted((a, b) => b.anchor.at - a.anchor.at)
    .map(row => matterOf(hall, row));
}
/** Rounds of one kind that one unit missed stand as the newest of them, with how many there are; all else by itself. */
export function gathered(
  matters: readonly OwedMatter[],
): readonly { readonly matter: OwedMatter; readonly more: number }[] {
  const groups = new Map<unknown, { matter: OwedMatter; more: number }>();
  for (const matter of matters) {
    const { unit, clause, row } = matter;
    const key = row.state === 'missed' ? `${unit} ${clause} ${row.name}` : row;
    const group = groups.get(key);
    if (group) group.more++;
    else groups.set(key, { matter, more: 0 });
  }
  return [...groups.values()];
}
function matterOf(hall: Hall, row: Owed): OwedMatter {
  let line: ObligationLine | undefined;
  return {
    row,
    get line() {
      return (line ??= keptOf(hall).live.lineOf(row));
    },
    get key() {
      return rowId(this.line);
    },
    unit: owingUnit(hall, row) ?? hall.institution.setup.institution,
    clause: row.clause,
    ...(row.case === undefined ? {} : { case: row.case }),
  };
}
/** Any duty by its key, in whatever state: one that was lifted is looked at like one that is late. */
export function matterByKey(hall: Hall, key: string): Matter | undefined {
  const [clause] = key.split('_');
  const { live } = keptOf(hall);
  for (const row of live.allRows()) {
    if (row.whole || row.clause !== clause) continue;
    // The case stands in the key too: a row of another one is not written down to be compared.
    if (row.case !== undefined && !key.includes(row.case.replaceAll(/[^\w.-]/g, '-'))) continue;
    if (rowId(live.lineOf(row)) === key) return matterOf(hall, row);
  }
  return undefined;
}
/** A matter that nothing computes, by what was named for it. */
export function namedMatter(unit: string, clause: string, caseKey: string | undefined): Matter {
  const key = ['by-hand', clause, caseKey ?? '-', unit].join('_').replaceAll(/[^\w.-]/g, '-');
  return { key, unit, clause, ...(caseKey === undefined ? {} : { case: caseKey }) };
}

const near = (hall: Hall, matter: Matter): readonly StoredEvent[] =>
  matter.case === undefined ? hall.events.filter(e => e.case === undefined) : (hall.byCase.get(matter.case) ?? []);

/** What the unit wrote about the clause, in the case or since the duty began. */
export function wordsOn(hall: Hall, matter: Matter): readonly StoredEvent[] {
  if (matter.line) return explanationsOf(hall, matter.line);
  return near(hall, matter).filter(
    e => e.type === 'explanation.written' && e.data['about'] === matter.clause && e.data['unit'] === matter.unit,
  );
}
export function faultsOn(hall: Hall, matter: Matter): readonly StoredEvent[] {
  const began = matter.line ? Date.parse(matter.line.startedAt) : 0;
  return near(hall, matter).filter(
    e =>
      e.type === 'fault.found' &&
      (e.data['unit'] === undefined || e.data['unit'] === matter.unit) &&
      ((e.data['about'] as readonly string[] | undefined) ?? []).includes(matter.clause) &&
      Date.parse(e.at) >= began,
  );
}
/** Whether the other side has been heard, or was asked and let the day pass. */
export function isHeard(hall: Hall, matter: Matter, hearing: Hearing | undefined): boolean {
  return wordsOn(hall, matter).length > 0 || (hearing !== undefined && hearing.answerBy <= hall.now);
}

export interface Step {
  readonly at: number;
  readonly mark?: 'start' | 'due' | 'done' | 'now';
  readonly event?: StoredEvent;
}
/** Facts around a duty in the order in which they happened, with start, due time and end among them. */
export function courseOf(hall: Hall, matter: Matter): readonly Step[] {
  const { line } = matter;
  const started = line ? Date.parse(line.startedAt) : undefined;
  const due = line?.dueAt ? Date.parse(line.dueAt) : undefined;
  const done = line?.doneAt ? Date.parse(line.doneAt) : undefined;
  const end = done ?? hall.now;
  const about = near(hall, matter).filter(e => {
    const at = Date.parse(e.at);
    if (matter.case !== undefined) return started === undefined || (at >= started - DAY && at <= end + DAY);
    // Outside cases: what the unit did around the slot, and what was said of it since.
    const own = e.by.unit === matter.unit || e.data['unit'] === matter.unit;
    return own && started !== undefined && at >= started - DAY && at <= Math.min(end, started + 3 * DAY);
  });
  const steps: Step[] = about.map(event => ({ at: Date.parse(event.at), event }));
  if (started !== undefined) steps.push({ at: started, mark: 'start' });
  if (due !== undefined) steps.push({ at: due, mark: 'due' });
  if (done !== undefined) steps.push({ at: done, mark: 'done' });
  else if (line?.state === 'late') steps.push({ at: hall.now, mark: 'now' });
  const order = ['start', undefined, 'due', 'done', 'now'];
  return steps.toSorted((a, b) => a.at - b.at || order.indexOf(a.mark) - order.indexOf(b.mark));
}

export const countLines = (hall: Hall): readonly CountLine[] => keptOf(hall).live.breaches().counts;
export const candidateFlags = (hall: Hall): readonly FlagLine[] =>
  keptOf(hall)
    .live.breaches()
    .flags.filter(f => f.flag === 'candidate');
export const ofType = entriesOfType;

/** Faults that no file has taken up yet. */
export function openFaults(hall: Hall): readonly StoredEvent[] {
  const taken = new Set(ofType(hall, 'referral.filed').flatMap(e => e.data['about'] as readonly string[]));
  return ofType(hall, 'fault.found').filter(e => !taken.has(e.id));
}

const SAMPLE_DAYS = 30;
const ONE_IN = 5;
const AT_LEAST = 3;
/** Dismissals to be looked at again: drawn by the digest of their ids, so nobody chooses them. */
export function sampled(hall: Hall): readonly StoredEvent[] {
  const recent = ofType(hall, 'finding.dismissed').filter(e => Date.parse(e.at) > hall.now - SAMPLE_DAYS * DAY);
  const wanted = Math.max(Math.min(AT_LEAST, recent.length), Math.ceil(recent.length / ONE_IN));
  const lot = (id: string): string =>
    Array.from(sha256(new TextEncoder().encode(id)), b => b.toString(16).padStart(2, '0')).join('');
  return recent.toSorted((a, b) => (lot(a.id) < lot(b.id) ? -1 : 1)).slice(0, wanted);
}
