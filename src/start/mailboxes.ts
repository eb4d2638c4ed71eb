/**
 * Mailboxes: letters become items of the organisation that wrote. The collector reads them as it reads every source, on
 * their pace, each by one process, with back-off and a record of what was read; here is only what is asked for and how.
 */
import {
  maskItem,
  organisationOf,
  readOrganisations,
  type ReadItem,
  sourceKind,
  type SourceSettings,
  type SourceState,
} from '#watch';
import type { Clock } from '#io/clock';
import { type Letter, type MailboxReading, readMailbox } from '#io/mailbox';
import type { Source, Tenant } from '#io/store';
import type { SourceTry } from '../web/ports-sources.ts';
import type { Fetched } from './collect/fetch-source.ts';

const DAY = 86_400_000;
/** How far back the first reading of a mailbox goes. */
const FIRST_DAYS = 7;

/** Secrets of a source stand apart from its settings, sealed. */
export const secretKey = (source: string): string => `source ${source}`;
export async function secretsOf(tenant: Tenant, source: string): Promise<SourceSettings> {
  const kept = await tenant.access.secret(secretKey(source));
  return typeof kept === 'object' && kept !== null ? (kept as SourceSettings) : {}; // written by the source port
}

export interface Mailboxes {
  /** Reads it for a look and keeps nothing. */
  readonly look: (settings: SourceSettings) => Promise<SourceTry>;
  /** What came since the last reading, for the collector. */
  readonly read: (tenant: Tenant, source: Pick<Source, 'key' | 'settings' | 'validators'>) => Promise<Fetched>;
}

export function makeMailboxes(options: { readonly clock: Clock; readonly allowHosts: readonly string[] }): Mailboxes {
  const { clock, allowHosts } = options;
  const lettersOf = (settings: SourceSettings, state: SourceState): Promise<MailboxReading> => {
    const list = readOrganisations(settings['senders'] ?? '');
    const place =
      state['uidValidity'] === undefined
        ? {}
        : { place: { uidValidity: state['uidValidity'], lastUid: Number(state['lastUid'] ?? 0) } };
    return readMailbox({
      settings: {
        host: settings['host'] ?? '',
        port: Number(settings['port'] || 993),
        secure: settings['security'] !== 'none',
        user: settings['user'] ?? '',
        password: settings['password'] ?? '',
        folder: settings['folder'] || 'INBOX',
      },
      ...place,
      wants: address => organisationOf(address, list) !== undefined,
      allowHosts,
      since: new Date(clock.now() - FIRST_DAYS * DAY),
    });
  };
  return {
    look: async settings => {
      const reading = await lettersOf(settings, {});
      if (!reading.ok) return { ok: false, problems: [reading.problem] };
      const { items, problems } = itemsOf(reading.letters, settings);
      const left = reading.leftAlone === 0 ? [] : [`${reading.leftAlone} letters of others were left alone`];
      return { ok: true, items: items.map(maskItem), problems: [...reading.problems, ...problems, ...left] };
    },
    read: async (tenant, source) => {
      const settings = { ...source.settings, ...(await secretsOf(tenant, source.key)) };
      const reading = await lettersOf(settings, source.validators);
      if (!reading.ok) return { result: 'failed', fault: reading.problem };
      const { items, problems } = itemsOf(reading.letters, settings);
      const { uidValidity, lastUid } = reading.place;
      return {
        result: 'read',
        reading: { ok: true, items, problems: [...reading.problems, ...problems] },
        validators: { uidValidity, lastUid: String(lastUid) },
        ...(reading.more ? { more: true } : {}),
      };
    },
  };
}

/** Each letter through its kind: the sender is reduced to the organisation there. */
function itemsOf(
  letters: readonly Letter[],
  settings: SourceSettings,
): { readonly items: readonly ReadItem[]; readonly problems: readonly string[] } {
  const kind = sourceKind('mailbox');
  const items: ReadItem[] = [];
  const problems: string[] = [];
  for (const letter of letters) {
    const body = new TextEncoder().encode(JSON.stringify(letter));
    const reading = kind?.read({ url: '', body }, settings, {});
    if (!reading?.ok) problems.push(reading?.problem ?? 'there is no kind for letters');
    else {
      items.push(...reading.items);
      problems.push(...reading.problems);
    }
  }
  return { items, problems };
}
