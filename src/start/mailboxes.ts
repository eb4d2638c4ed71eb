/** Mailboxes that are due: letters become items of the organisation that wrote. One process reads one mailbox at a time. */
import {
  goesOn,
  maskItem,
  nextAfterFailure,
  nextAfterSuccess,
  organisationOf,
  readOrganisations,
  type ReadItem,
  sourceKind,
  type SourceSettings,
  type SourceState,
} from '#watch';
import type { Clock } from '#io/clock';
import { type Letter, type MailboxReading, readMailbox } from '#io/mailbox';
import { type Claimed, dueSources, type Store, type Tenant } from '#io/store';
import { randomInt, randomUUID } from 'node:crypto';
import type { SourceTry } from '../web/ports-sources.ts';
import { takeIn } from './intake.ts';
import { incomingOf } from './sources.ts';

const DAY = 86_400_000;
/** How far back the first reading of a mailbox goes. */
const FIRST_DAYS = 7;
const LEASE_MS = 10 * 60_000;
const SCAN = 20;
const chance = (): number => randomInt(1_000_000) / 1_000_000;

/** Secrets of a source stand apart from its settings, sealed. */
export const secretKey = (source: string): string => `source ${source}`;
export async function secretsOf(tenant: Tenant, source: string): Promise<SourceSettings> {
  const kept = await tenant.access.secret(secretKey(source));
  return typeof kept === 'object' && kept !== null ? (kept as SourceSettings) : {}; // written by the source port
}

export interface Mailboxes {
  /** Reads it for a look and keeps nothing. */
  readonly look: (settings: SourceSettings) => Promise<SourceTry>;
  readonly readNow: (tenant: Tenant, key: string) => Promise<{ readonly added: number; readonly problem?: string }>;
  /** Reads every mailbox that is due. */
  readonly round: () => Promise<void>;
}

export function makeMailboxes(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly allowHosts: readonly string[];
  readonly onFault: (error: unknown) => void;
  readonly onTaken: () => void;
}): Mailboxes {
  const { store, clock, allowHosts, onFault } = options;
  const by = randomUUID();
  const read = (settings: SourceSettings, state: SourceState): Promise<MailboxReading> => {
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
  const readClaimed = async (tenant: Tenant, source: Claimed): Promise<{ added: number; problem?: string }> => {
    const began = clock.now();
    const settings = { ...source.settings, ...(await secretsOf(tenant, source.key)) };
    const reading = await read(settings, source.validators);
    const at = clock.now();
    const settle = (
      outcome: {
        readonly state: 'read' | 'failed';
        readonly items: number;
        readonly added: number;
        readonly fault?: string;
      },
      waitMs: number,
      validators?: SourceState,
    ): Promise<boolean> => {
      const whole = { ...outcome, fresh: outcome.items, milliseconds: at - began };
      return tenant.collecting.settle({
        key: source.key,
        by,
        at,
        nextDueAt: at + waitMs,
        ...(validators === undefined ? {} : { validators }),
        outcome: whole,
        goesOn: last => goesOn(last, { ...whole, at }, source.pace),
      });
    };
    if (!reading.ok) {
      await settle(
        { state: 'failed', items: 0, added: 0, fault: reading.problem },
        nextAfterFailure(source.pace, source.failures + 1, chance()),
      );
      return { added: 0, problem: reading.problem };
    }
    const { items } = itemsOf(reading.letters, settings);
    const taken = await takeIn(tenant, incomingOf(source, { ok: true, items, problems: [] }), at);
    const added = taken.filter(t => t.result === 'added' || t.result === 'copy').length;
    await settle({ state: 'read', items: items.length, added }, nextAfterSuccess(source.pace, chance()), {
      uidValidity: reading.place.uidValidity,
      lastUid: String(reading.place.lastUid),
    });
    if (added > 0) options.onTaken();
    return { added };
  };
  const readKey = async (tenant: Tenant, key: string): Promise<{ added: number; problem?: string }> => {
    const now = clock.now();
    const [claimed] = await tenant.collecting.claim([key], by, now, now + LEASE_MS);
    if (!claimed) return { added: 0, problem: 'it is being read at this moment' };
    try {
      return await readClaimed(tenant, claimed);
    } finally {
      await tenant.collecting.release(by);
    }
  };
  return {
    look: async settings => {
      const reading = await read(settings, {});
      if (!reading.ok) return { ok: false, problems: [reading.problem] };
      const { items, problems } = itemsOf(reading.letters, settings);
      const left = reading.leftAlone === 0 ? [] : [`${reading.leftAlone} letters of others were left alone`];
      return { ok: true, items: items.map(maskItem), problems: [...reading.problems, ...problems, ...left] };
    },
    readNow: async (tenant, key) => {
      await tenant.collecting.makeDue(key, clock.now());
      return readKey(tenant, key);
    },
    round: async () => {
      for (const due of await dueSources(store.pool, ['mailbox'], clock.now(), SCAN)) {
        const tenant = await store.tenant(due.institution);
        if (!tenant || tenant.institution.isExample) continue;
        // One mailbox that cannot be read holds up no other.
        await readKey(tenant, due.key).catch(onFault);
      }
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
