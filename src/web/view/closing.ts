/** What still blocks closing a case: the gates' own answer to an attempt made now, and the duties that are still open. */
import { formatInstant } from '#core/calendar';
import type { Office } from '#core/log';
import type { RefusedLine } from '#core/obligations';
import { type Hall, refusalsOf } from '../state.ts';

/** Nothing is stored: the act is only asked about. */
export function closingRefusals(hall: Hall, caseKey: string, by: Office): readonly RefusedLine[] {
  const at = formatInstant(Math.floor(hall.now / 1000) * 1000);
  return refusalsOf(hall, [
    { id: 'asked', case: caseKey, type: 'case.closed', at, recordedAt: at, by, data: { reason: 'asked' } },
  ]);
}
