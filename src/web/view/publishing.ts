/** Whether a text may go out now: the gates' own answer to the publication, asked about and not stored. */
import { formatInstant } from '#core/calendar';
import type { Office } from '#core/log';
import type { RefusedLine } from '#core/obligations';
import { decideReply, type ReplyCommand } from '#reply';
import { type Hall, refusalsOf } from '../state.ts';

export function publishingRefusals(
  hall: Hall,
  command: Extract<ReplyCommand, { do: 'publish' }>,
  by: Office,
): readonly RefusedLine[] {
  const decided = decideReply(command, { events: hall.byCase.get(command.case) ?? [], hash: () => '' });
  if ('fault' in decided) return [];
  const at = formatInstant(Math.floor(hall.now / 1000) * 1000);
  return refusalsOf(
    hall,
    decided.append.map(e => ({ id: 'asked', case: e.case, type: e.type, at, recordedAt: at, by, data: e.data })),
  );
}
/** Channels of the institution; the first one is the page that this product serves. */
export function channelsOf(hall: Hall): readonly string[] {
  const own = Object.keys(hall.rulebook.terms.channels);
  const sites = own.filter(c =>
    /web|site|网站/.test(
      `${c}${hall.rulebook.terms.channels[c]?.zh ?? ''}${hall.rulebook.terms.channels[c]?.kind ?? ''}`,
    ),
  );
  const all = [...new Set([...sites, ...own])];
  return all.length > 0 ? all : ['website'];
}
export const ownPage = (hall: Hall): string => channelsOf(hall)[0] ?? 'website';
