/** Obligations grouped by desk and urgency, for screens and the shift brief. */
import type { Instant } from '#core/calendar';
import type { ObligationLine } from './lines.ts';

export type Urgency = 'late' | 'soon' | 'today' | 'later' | 'unlimited';
export interface Desk {
  /** The office that owes: `unit/role`. */
  readonly role: string;
  readonly groups: Readonly<Record<Urgency, readonly ObligationLine[]>>;
  readonly open: number;
}
export interface BoardOptions {
  readonly now: Instant;
  /** What is due within so many seconds is soon. */
  readonly soonSeconds?: number;
}
const URGENCIES: readonly Urgency[] = ['late', 'soon', 'today', 'later', 'unlimited'];
const TWO_HOURS = 7200;

export function urgencyOf(line: ObligationLine, { now, soonSeconds = TWO_HOURS }: BoardOptions): Urgency {
  if (line.state === 'late') return 'late';
  if (line.dueAt === null) return 'unlimited';
  const left = (Date.parse(line.dueAt) - now) / 1000;
  if (left <= soonSeconds) return 'soon';
  return left <= 86_400 ? 'today' : 'later';
}

/** Desks with something undone, the most pressed first. Whole rows are sums of others and are left out. */
export function board(lines: readonly ObligationLine[], options: BoardOptions): readonly Desk[] {
  const desks = new Map<string, ObligationLine[]>();
  for (const line of lines) {
    if (line.whole || (line.state !== 'open' && line.state !== 'late')) continue;
    const list = desks.get(line.role);
    if (list) list.push(line);
    else desks.set(line.role, [line]);
  }
  return [...desks]
    .map(([role, own]) => {
      const groups = Object.fromEntries(
        URGENCIES.map(u => [u, own.filter(line => urgencyOf(line, options) === u)]),
      ) as Record<Urgency, ObligationLine[]>;
      return { role, groups, open: own.length };
    })
    .toSorted(
      (a, b) =>
        URGENCIES.reduce((order, u) => order || b.groups[u].length - a.groups[u].length, 0) ||
        (a.role < b.role ? -1 : 1),
    );
}
