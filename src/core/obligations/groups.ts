/** Duties of one group for the same case and unit: the tightest due time wins while it is open, the others give way to it. */
import type { Owed } from './owed.ts';
import type { Book } from './book.ts';

/** Rows with those that gave way marked. A soft member stays beside the others; what was met or late before stays as it is. */
export function withGroups(book: Book, rows: readonly Owed[]): readonly Owed[] {
  const groups = new Map<string, number[]>();
  for (const [i, row] of rows.entries()) {
    const group = row.kind === 'duty' ? book.duty(row.name)?.group : undefined;
    if (group === undefined || row.due.at === null) continue;
    const key = `${group} ${row.unit ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  if (groups.size === 0) return rows;
  const out = [...rows];
  for (const places of groups.values()) {
    if (places.length < 2) continue;
    for (const i of places) {
      const row = out[i];
      if (!row || row.state === 'lifted') continue;
      const winner = places
        .map(j => rows[j])
        .find(other => other !== undefined && other !== rows[i] && takesOver(other, row));
      if (winner) out[i] = replaced(row, winner);
    }
  }
  return out;
}

/** When the duty came into its own: its condition first held. */
const since = (row: Owed): number => Math.max(row.anchor.at, row.trigger?.at ?? row.anchor.at);

/** Whether `other` is tighter than `row` and was there before `row` was met or late. */
function takesOver(other: Owed, row: Owed): boolean {
  if (other.state === 'lifted' || other.name === row.name || other.due.at === null || row.due.at === null) return false;
  if (other.due.at > row.due.at || (other.due.at === row.due.at && other.clause >= row.clause)) return false;
  const from = Math.max(since(other), since(row));
  // A duty that was late already when this one came stays late, and replaces nothing.
  if (since(other) < since(row) && other.due.at < since(row)) return false;
  if (other.met && other.met.at < since(row)) return false;
  if (row.met && row.met.at < from) return false;
  return row.due.at >= from;
}

function replaced(row: Owed, winner: Owed): Owed {
  const { met: _met, lateAt: _lateAt, standIn: _standIn, ...rest } = row;
  return {
    ...rest,
    state: 'replaced',
    replacedBy: winner.clause,
    endedAt: since(winner),
    ...(winner.trigger?.fact ? { endedBy: winner.trigger.fact } : {}),
  };
}
