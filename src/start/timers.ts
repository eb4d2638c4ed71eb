/**
 * Timers of each institution as its log stands: kept up entry by entry, written for the cases that an entry or the clock
 * has touched. A house in which nobody enters anything is looked at again when a watch slot, an interval or a date begins.
 * They are a cache: losing them loses nothing.
 */
import { announcedUntil, formatInstant } from '#core/calendar';
import {
  type Live,
  type ObligationLine,
  openLive,
  type Owed,
  prepareBook,
  type Setup,
  type Turned,
} from '#core/obligations';
import { dutyKeyOf, hasJustEnded, isOpen, momentsOf } from '#case';
import type { Store, Tenant } from '#io/store';
import { type CalendarFor, earlier, type Kept, keptOf, rulebookOf } from './notices.ts';

interface Known {
  readonly live: Live;
  /** The record and the date it was opened for: another one means reading everything again. */
  readonly record: string;
  day: string;
  seq: number;
}
const DAY = 86_400_000;
const dayOf = (at: number): string => formatInstant(at).slice(0, 10);
const maySay = (row: Owed): boolean =>
  !row.whole && (row.state === 'open' || row.state === 'late' || row.state === 'missed');

export interface Timers {
  /** Something was entered, or the house has just been opened. */
  readonly renew: (tenant: Tenant, now: number) => Promise<void>;
  /** Renews the houses in which something has begun by itself. Cheap where nothing has: asked in every round. */
  readonly round: (now: number) => Promise<void>;
}

/** One turn of an institution's timers at a time; the log is read on from where it was left. */
export function keepTimers(store: Store, calendar: CalendarFor): Timers {
  const known = new Map<string, Known>();
  const turns = new Map<string, Promise<void>>();

  const bookOf = async (kept: Kept, now: number) => {
    const rulebook = await rulebookOf(store, kept);
    if (!rulebook) return undefined;
    const hours = calendar(kept.setup.officeHours);
    const to = earlier(dayOf(now + 2 * DAY), announcedUntil(hours));
    const setup: Setup = { ...kept.setup, period: { from: dayOf(now - DAY), to } };
    return prepareBook(rulebook, setup, hours);
  };
  const upTo = async (
    tenant: Tenant,
    now: number,
  ): Promise<{ live: Live; turned: Turned; all: boolean } | undefined> => {
    const { id } = tenant.institution;
    const kept = await keptOf(tenant);
    if (!kept) return undefined;
    const record = JSON.stringify([kept.digest, kept.setup]);
    let own = known.get(id);
    const all = own?.record !== record;
    if (!own || all || own.day !== dayOf(now)) {
      const book = await bookOf(kept, now);
      if (!book) return undefined;
      if (own && !all) own.live.underBook(book);
      else own = { live: openLive(book), record, day: '', seq: 0 };
      own.day = dayOf(now);
      known.set(id, own);
    }
    const added = await tenant.events(own.seq);
    own.live.append(added);
    own.seq = added.at(-1)?.n ?? own.seq;
    return { live: own.live, turned: own.live.turn(now), all };
  };
  const write = async (tenant: Tenant, now: number): Promise<void> => {
    const found = await upTo(tenant, now);
    if (!found) return;
    const { live, turned, all } = found;
    const linesOf = (rows: readonly Owed[]): readonly ObligationLine[] =>
      rows
        .filter(maySay)
        .map(live.lineOf)
        .filter(l => isOpen(l) || hasJustEnded(l, now));
    const keys = new Set<string | null>([...turned.cases].map(key => key ?? null));
    if (turned.standing || all) keys.add(null);
    if (keys.size === 0) return;
    const sets = [...keys].map(caseId => ({
      caseId,
      lines: linesOf(caseId === null ? [...live.standing(), ...live.rowsOf(undefined)] : live.rowsOf(caseId)),
    }));
    await tenant.setTimers(sets.map(({ caseId, lines }) => ({ caseId, timers: momentsOf(lines, now) })));
    // What was done, moved or lifted needs no reminder any more.
    const open = sets.flatMap(s => s.lines.filter(isOpen).map(dutyKeyOf));
    await tenant.closeReminders(open, now, all ? undefined : [...keys]);
  };
  const renew = (tenant: Tenant, now: number): Promise<void> => {
    const { id } = tenant.institution;
    const mine = (turns.get(id) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => write(tenant, now))
      .catch((error: unknown) => {
        // What could not be written is written whole the next time.
        known.delete(id);
        throw error;
      });
    turns.set(id, mine);
    return mine;
  };
  /** The rules look two days ahead at most, so a new date is a moment too. */
  const hasBegun = ({ live, day }: Known, now: number): boolean =>
    day !== dayOf(now) || (live.nextMoment() ?? Number.POSITIVE_INFINITY) <= now;
  return {
    renew,
    round: async now => {
      for (const [id, own] of known) {
        const tenant = hasBegun(own, now) ? await store.tenant(id) : undefined;
        if (tenant) await renew(tenant, now);
      }
    },
  };
}
