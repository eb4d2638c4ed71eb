/** Points that a unit contested, how each was decided, by whom and why, and what the decision changed in the log. */
import { dateOfDay, dayOfInstant } from '#core/calendar';
import type { Office } from '#core/log';
import { field, type Fact } from './facts.ts';
import type { Replay } from './replay.ts';

export interface Dispute {
  readonly event: string;
  readonly at: string;
  readonly clause: string;
  readonly reason: string;
  readonly by: Office;
  readonly settled?: {
    readonly event: string;
    readonly at: string;
    readonly outcome: string;
    readonly reason: string;
    readonly by: Office;
    /** What was entered together with the decision: the points follow from it, nothing else moves them. */
    readonly entries: readonly string[];
  };
}

export function disputesOf(
  result: Replay,
  unit: string,
  year: number,
  clauses: ReadonlySet<string>,
): readonly Dispute[] {
  const { events, book } = result;
  const settled = new Map(events.of('score.settled').map(f => [field(f, 'dispute'), f]));
  return events
    .of('score.disputed')
    .filter(f => field(f, 'unit') === unit && clauses.has(field(f, 'clause') ?? ''))
    .filter(f => yearContested(f, book.calendar.offsetMinutes) === year)
    .map(f => {
      const end = settled.get(f.id);
      return {
        event: f.id,
        at: f.event.at,
        clause: field(f, 'clause') ?? '',
        reason: field(f, 'reason') ?? '',
        by: f.by,
        ...(end ? { settled: settlementOf(result, end) } : {}),
      };
    });
}

/** The year a dispute speaks of: as its reason begins with it ("2026: ..."), else that of the date of entry. */
function yearContested(dispute: Fact, offsetMinutes: number): number {
  const said = /^(\d{4})\s*[:：]/.exec(field(dispute, 'reason') ?? '')?.[1];
  return Number(said ?? dateOfDay(dayOfInstant(dispute.at, offsetMinutes)).slice(0, 4));
}

function settlementOf({ known }: Replay, end: Fact): NonNullable<Dispute['settled']> {
  const together = known.facts.filter(
    f => f.rec === end.rec && f.id !== end.id && f.by.unit === end.by.unit && f.by.role === end.by.role,
  );
  return {
    event: end.id,
    at: end.event.at,
    outcome: field(end, 'outcome') ?? '',
    reason: field(end, 'reason') ?? '',
    by: end.by,
    entries: field(end, 'outcome') === 'changed' ? together.map(f => f.id) : [],
  };
}
