/**
 * Everything owed now, kept in the order in which somebody must move: found by who owes it without looking through every
 * case. A duty that a case no longer owes leaves with the next turn of that case.
 */
import type { Instant } from '#core/calendar';
import type { Live, Turned } from './live.ts';
import type { Owed } from './owed.ts';
import { moveBy } from './safe-moment.ts';

/** Has a due time; has none; is past it; cannot be made up. */
export type Standing = 'limited' | 'soft' | 'late' | 'missed';
export interface OpenDuty {
  readonly row: Owed;
  readonly standing: Standing;
  /** The last safe moment to move; absent without a due time. */
  readonly moveBy?: Instant;
  readonly order: number;
}
/** Duties of one standing that the same office owes for the same unit. */
interface Group {
  readonly standing: Standing;
  readonly role: string;
  readonly unit: string | undefined;
  readonly duties: OpenDuty[];
}
export type Whose = (owed: { readonly role: string; readonly unit: string | undefined }) => boolean;
export interface DutyIndex {
  readonly update: (live: Live, turned: Turned) => void;
  readonly count: (standing: Standing, whose: Whose) => number;
  /** From the first on, in order. */
  readonly list: (standing: Standing, whose: Whose, limit: number, from?: number) => readonly OpenDuty[];
  readonly ofCase: (key: string) => readonly OpenDuty[];
  /** Who owes something, in any of these standings. */
  readonly debtors: () => readonly {
    readonly role: string;
    readonly unit: string | undefined;
    readonly standing: Standing;
    readonly n: number;
  }[];
  /** Grows with every change. */
  readonly version: () => number;
}

const WEIGHT = 1e14;
/** A word such as "promptly" before no word at all; inside cases before the institution's own; the longest open first. */
const softness = (row: Owed): number =>
  ((row.due.term === undefined ? 1 : 0) + (row.case === undefined ? 2 : 0)) * WEIGHT + row.anchor.at;

export function dutyIndex(): DutyIndex {
  const groups = new Map<string, Group>();
  const byCase = new Map<string | undefined, readonly OpenDuty[]>();
  let standing: readonly OpenDuty[] = [];
  let version = 0;

  const groupOf = ({ row, standing: s }: OpenDuty): Group => {
    const key = `${s} ${row.role} ${row.unit ?? ''}`;
    const known = groups.get(key);
    if (known) return known;
    const made: Group = { standing: s, role: row.role, unit: row.unit, duties: [] };
    groups.set(key, made);
    return made;
  };
  /** The place of the first that is not before `order`. */
  const placeOf = (duties: readonly OpenDuty[], order: number): number => {
    let [low, high] = [0, duties.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((duties[middle] as OpenDuty).order < order) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const put = (duty: OpenDuty): void => {
    const { duties } = groupOf(duty);
    let at = placeOf(duties, duty.order);
    while (at < duties.length && (duties[at] as OpenDuty).order === duty.order) at++;
    duties.splice(at, 0, duty);
  };
  const drop = (duty: OpenDuty): void => {
    const { duties } = groupOf(duty);
    for (let at = placeOf(duties, duty.order); at < duties.length; at++)
      if (duties[at] === duty) {
        duties.splice(at, 1);
        return;
      }
  };
  const openOf = (live: Live, rows: readonly Owed[], key: string | undefined): OpenDuty[] =>
    rows.flatMap((row): OpenDuty[] => {
      if (row.whole || (row.state !== 'open' && row.state !== 'late' && row.state !== 'missed')) return [];
      const due = row.due.at;
      if (row.state === 'missed') return [{ row, standing: 'missed', order: -(due ?? row.anchor.at) }];
      // What became late last comes first: an answer still helps there most.
      if (row.state === 'late') return [{ row, standing: 'late', order: -(due ?? row.anchor.at) }];
      if (due === null) return [{ row, standing: 'soft', order: softness(row) }];
      const view = key === undefined ? undefined : live.viewOf(key);
      const safe = view ? (moveBy(view, row) ?? due) : due;
      return [{ row, standing: 'limited', moveBy: safe, order: safe }];
    });
  /** Many at once are put in and sorted, one by one they find their place. */
  const exchange = (old: readonly OpenDuty[], now: readonly OpenDuty[]): void => {
    if (old.length + now.length > 2000) {
      const gone = new Set(old);
      const touched = new Set([...old, ...now].map(groupOf));
      for (const group of touched) {
        const kept = group.duties.filter(d => !gone.has(d));
        group.duties.length = 0;
        for (const duty of kept) group.duties.push(duty);
      }
      for (const duty of now) groupOf(duty).duties.push(duty);
      for (const group of touched) group.duties.sort((a, b) => a.order - b.order);
      return;
    }
    for (const duty of old) drop(duty);
    for (const duty of now) put(duty);
  };
  const of = (s: Standing, whose: Whose): Group[] =>
    [...groups.values()].filter(g => g.standing === s && g.duties.length > 0 && whose(g));

  return {
    update: (live, turned) => {
      const [old, now]: [OpenDuty[], OpenDuty[]] = [[], []];
      for (const key of turned.cases) {
        const made = openOf(live, live.rowsOf(key), key);
        for (const duty of byCase.get(key) ?? []) old.push(duty);
        for (const duty of made) now.push(duty);
        byCase.set(key, made);
      }
      if (turned.standing) {
        for (const duty of standing) old.push(duty);
        standing = openOf(live, live.standing(), undefined);
        for (const duty of standing) now.push(duty);
      }
      if (old.length + now.length === 0) return;
      exchange(old, now);
      version++;
    },
    count: (s, whose) => of(s, whose).reduce((sum, g) => sum + g.duties.length, 0),
    list: (s, whose, limit, from = 0) => {
      const lists = of(s, whose).map(g => g.duties);
      if (lists.length === 1) return (lists[0] ?? []).slice(from, from + limit);
      const wanted = from + limit;
      return lists
        .flatMap(duties => duties.slice(0, wanted))
        .sort((a, b) => a.order - b.order)
        .slice(from, wanted);
    },
    ofCase: key => byCase.get(key) ?? [],
    debtors: () =>
      [...groups.values()].flatMap(({ role, unit, standing: s, duties }) =>
        duties.length === 0 ? [] : [{ role, unit, standing: s, n: duties.length }],
      ),
    version: () => version,
  };
}
