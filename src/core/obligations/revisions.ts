/**
 * Entries made after the fact rewrite the past: what was graded, found or met an hour ago may look different now. A row
 * that was there before such an entry never disappears by it, and what was done stays done; but what only a wrong entry said
 * was done was not.
 */
import type { Instant } from '#core/calendar';
import type { Correction, Fact } from './facts.ts';
import { isDone, type Owed } from './owed.ts';

export interface Revision {
  readonly at: Instant;
  readonly by: Fact;
}

/** Moments at which something was entered behind what was known already. */
export function revisionsOf(facts: readonly Fact[], corrections: readonly Correction[]): readonly Revision[] {
  const found: Revision[] = corrections.map(c => ({ at: c.fact.rec, by: c.fact }));
  let latest: Fact | undefined;
  for (const fact of facts.toSorted((a, b) => a.rec - b.rec || a.seq - b.seq)) {
    if (latest && fact.at <= latest.at && fact.rec > latest.rec) found.push({ at: fact.rec, by: fact });
    if (!latest || fact.at >= latest.at) latest = fact;
  }
  return found.toSorted((a, b) => a.at - b.at);
}

const keyOf = (row: Owed): string => `${row.name} ${row.unit ?? ''} ${row.whole ? 'whole' : ''}`;
const exactKey = (row: Owed): string => `${keyOf(row)} ${row.trigger?.fact?.id ?? row.trigger?.text ?? ''}`;

/** The rows of now, with those that an entry behind the facts has taken away, as they stood. */
export function keepRows(
  rows: readonly Owed[],
  before: readonly { readonly revision: Revision; readonly rows: readonly Owed[] }[],
): readonly Owed[] {
  if (before.length === 0) return rows;
  const now = new Map(rows.map(row => [exactKey(row), row]));
  const names = new Set(rows.map(keyOf));
  const kept = new Map<string, Owed>();
  const wrong = new Set(
    before.flatMap(({ revision: { by } }) => (by.type === 'entry.corrected' ? [by.data['entry']] : [])),
  );
  const stands = (row: Owed): boolean => isDone(row) && !row.met?.facts.some(f => wrong.has(f.id));
  for (const { revision, rows: earlier } of before)
    for (const row of earlier) {
      if (row.whole) continue;
      const same = now.get(exactKey(row));
      if (same) {
        if (stands(row) && !isDone(same) && same.state !== 'replaced') now.set(exactKey(row), row);
      } else if (!names.has(keyOf(row)) && !kept.has(exactKey(row))) kept.set(exactKey(row), ended(row, revision));
    }
  return [...rows.map(row => now.get(exactKey(row)) ?? row), ...kept.values()];
}

/** Open, it ends with the entry that took it away; late or done, it stays what it was. */
function ended(row: Owed, revision: Revision): Owed {
  if (row.state !== 'open' && row.state !== 'replaced') return row;
  return { ...row, state: 'lifted', endedAt: revision.at, endedBy: revision.by };
}
