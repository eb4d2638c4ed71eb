/** The case-level sum of a per-unit duty (DR-10): due with its latest part, done with its last, late if any part is. */
import type { Owed } from './owed.ts';

export function wholeRow(parts: readonly Owed[]): Owed | undefined {
  const [first] = parts;
  if (!first || first.case === undefined || first.unit === undefined) return undefined;
  const live = parts.filter(p => p.state !== 'lifted' && p.state !== 'replaced');
  const counted = live.length > 0 ? live : parts;
  const latest = counted.toSorted((a, b) => (b.due.at ?? -Infinity) - (a.due.at ?? -Infinity))[0] ?? first;
  const allDone = counted.every(p => p.met !== undefined);
  const last = allDone ? counted.map(p => p.met).toSorted((a, b) => (b?.at ?? 0) - (a?.at ?? 0))[0] : undefined;
  const late = counted.some(p => p.state === 'late' || p.state === 'done-late');
  const earliest = counted.toSorted((a, b) => a.anchor.at - b.anchor.at)[0] ?? first;
  const state = live.length === 0 ? first.state : allDone ? (late ? 'done-late' : 'done') : late ? 'late' : 'open';
  const row: { -readonly [K in keyof Owed]: Owed[K] } = {
    clause: first.clause,
    name: first.name,
    kind: first.kind,
    case: first.case,
    unit: undefined,
    role: first.role,
    whole: true,
    trigger: first.trigger,
    anchor: earliest.anchor,
    bornAt: Math.min(...counted.map(p => p.bornAt)),
    due: latest.due,
    limit: first.limit,
    state,
    wanted: first.wanted,
    steps: counted.map(p => `${p.unit ?? ''}: ${p.state}`),
    readings: WHOLE,
    basis: [],
  };
  if (last) row.met = { ...last, facts: counted.flatMap(p => p.met?.facts ?? []) };
  if (late) row.lateParts = lateParts(counted);
  if (live.length === 0 && first.endedAt !== undefined) row.endedAt = first.endedAt;
  if (live.length === 0 && first.replacedBy !== undefined) row.replacedBy = first.replacedBy;
  return row;
}
const WHOLE: readonly string[] = ['DR-10'];

function lateParts(parts: readonly Owed[]): NonNullable<Owed['lateParts']> {
  const doneMs = Math.max(
    0,
    ...parts.map(p => (p.state === 'done-late' && p.met && p.due.at !== null ? p.met.at - p.due.at : 0)),
  );
  const since = parts.flatMap(p => (p.state === 'late' && p.due.at !== null ? [p.due.at] : []));
  return since.length === 0 ? { doneMs } : { doneMs, since: Math.min(...since) };
}

/** How late a row is at `now`. */
export function lateMs(row: Owed, now: number): number {
  if (row.lateParts)
    return Math.max(row.lateParts.doneMs, row.lateParts.since === undefined ? 0 : now - row.lateParts.since);
  const late = row.due.at !== null && (row.state === 'late' || row.state === 'done-late');
  return late && row.due.at !== null ? Math.max(0, (row.met?.at ?? now) - row.due.at) : 0;
}
