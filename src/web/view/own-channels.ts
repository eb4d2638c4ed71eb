/** Own channels as the pages show them: what stands in the log beside what their own feeds show, quotas in days of the week. */
import { DAY, dayNumber, weekdayOf } from '#core/calendar';
import type { ObligationLine, QuotaLine } from '#core/obligations';
import type { HuiyinEvent } from '#core/log';
import type { OwnChannel, OwnItem, PlannedItem } from '../ports-own-channels.ts';
import type { StoredEvent } from '../ports.ts';
import { entriesOfType, type Hall, keptOf, standingLinesOf } from '../state.ts';
import type { Words } from '../words/index.ts';
import { dateText } from './times.ts';

/** Days over which the share of own work is told. */
export const SHARE_DAYS = 30;

/** Keys of channels: those of the rulebook, those in the register, those the log names. */
export function channelKeys(hall: Hall, registered: readonly OwnChannel[]): readonly string[] {
  const told = entriesOfType(hall, 'channel.registered').map(e => String(e.data['channel']));
  return [...new Set([...Object.keys(hall.rulebook.terms.channels), ...registered.map(c => c.channel), ...told])];
}
export interface Registration {
  readonly owner: string;
  readonly column?: string;
  readonly at: number;
  readonly event: string;
}
/** Who owns a channel and its columns, as the log says now: the last word on each column stands. */
export function registrations(hall: Hall, channel: string): readonly Registration[] {
  const byColumn = new Map<string, Registration>();
  for (const e of entriesOfType(hall, 'channel.registered')) {
    if (e.data['channel'] !== channel) continue;
    const column = e.data['column'] === undefined ? undefined : String(e.data['column']);
    byColumn.set(column ?? '', {
      owner: String(e.data['owner']),
      ...(column === undefined ? {} : { column }),
      at: Date.parse(e.at),
      event: e.id,
    });
  }
  return [...byColumn.values()];
}

/** Daily quotas that count publications, for one channel; yearly targets are told with the scores. */
export function quotasOf(hall: Hall, lines: readonly QuotaLine[], channel: string): readonly QuotaLine[] {
  const daily = new Set(
    hall.rulebook.rules.flatMap(r =>
      r.kind === 'quota' && r.per === 'day' && r.count.some(p => p.on === 'event' && p.type === 'publication.made')
        ? [r.name]
        : [],
    ),
  );
  return lines.filter(l => daily.has(l.quota) && (l.channel === undefined || l.channel === channel));
}
export const quotaLinesOf = (hall: Hall): readonly QuotaLine[] => keptOf(hall).live.quotas();

/** The clock since the last update of a channel, where its article sets a longest gap. */
export function gapOf(hall: Hall, quota: readonly QuotaLine[]): ObligationLine | undefined {
  const names = new Set(quota.map(q => q.quota));
  return standingLinesOf(hall).findLast(l => names.has(l.duty) && (l.state === 'open' || l.state === 'late'));
}

/** `Thursday 24:00` in the reader's words; the end of a day is said by its own day. */
export function dayOfWeek(w: Words, date: string): string {
  const day = dayNumber(date);
  return day === undefined ? date : (w.weekdays[weekdayOf(day) % 7] ?? date);
}

export interface Shares {
  readonly all: number;
  readonly original: number;
}
/** Publications that count: what a gate refused stands in an imported log and has no effect. */
export function publicationsIn(hall: Hall): readonly StoredEvent[] {
  const refused = keptOf(hall).live.refusedActs();
  return entriesOfType(hall, 'publication.made').filter(e => !refused.has(e.id));
}
export function originals(hall: Hall, publications: readonly HuiyinEvent[]): Shares {
  const recent = publications.filter(e => Date.parse(e.at) > hall.now - SHARE_DAYS * DAY);
  return { all: recent.length, original: recent.filter(e => e.data['original'] === true).length };
}

export interface ChannelView {
  readonly key: string;
  readonly registered?: OwnChannel;
  readonly owner?: Registration;
  readonly columns: readonly Registration[];
  readonly today: readonly QuotaLine[];
  readonly gap?: ObligationLine;
  readonly shares: Shares;
  /** By the log, and by its own feed. */
  readonly lastPublished?: number;
  readonly lastSeen?: OwnItem;
  readonly unbacked: readonly OwnItem[];
}
export function channelViews(
  hall: Hall,
  registered: readonly OwnChannel[],
  items: readonly OwnItem[],
): readonly ChannelView[] {
  const lines = quotaLinesOf(hall);
  const today = dateText(hall.now);
  const all = publicationsIn(hall);
  return channelKeys(hall, registered).map(key => {
    const own = registered.find(c => c.channel === key);
    const told = registrations(hall, key);
    const quotas = quotasOf(hall, lines, key);
    const publications = all.filter(e => e.data['channel'] === key);
    const seen = items.filter(i => i.channel === key);
    const gap = gapOf(hall, quotas);
    const owner = told.find(r => r.column === undefined);
    const last = publications.at(-1);
    return {
      key,
      ...(own ? { registered: own } : {}),
      ...(owner ? { owner } : {}),
      columns: told.filter(r => r.column !== undefined),
      today: quotas.filter(q => q.from === today),
      ...(gap ? { gap } : {}),
      shares: originals(hall, publications),
      ...(last ? { lastPublished: Date.parse(last.at) } : {}),
      ...(seen[0] ? { lastSeen: seen[0] } : {}),
      unbacked: seen.filter(i => i.state === 'unbacked'),
    };
  });
}

export interface CalendarDay {
  readonly date: string;
  readonly cells: readonly {
    readonly channel: string;
    readonly published: readonly StoredEvent[];
    readonly planned: readonly PlannedItem[];
    readonly quotas: readonly QuotaLine[];
  }[];
  /** Stages of release plans that fall on the date. */
  readonly stages: readonly { readonly case?: string; readonly what: string }[];
}
/** Every day of some weeks: what was published, what is planned, what the article missed. */
export function publicationCalendar(
  hall: Hall,
  channels: readonly string[],
  planned: readonly PlannedItem[],
  dates: readonly string[],
): readonly CalendarDay[] {
  const lines = quotaLinesOf(hall);
  const shown = new Set(dates);
  const stages = entriesOfType(hall, 'release-plan.made').flatMap(e =>
    (e.data['stages'] as readonly { readonly on: string; readonly what: string }[]).map(s => ({
      ...s,
      ...(e.case === undefined ? {} : { case: e.case }),
    })),
  );
  const byDay = new Map<string, StoredEvent[]>();
  for (const e of publicationsIn(hall)) {
    const date = dateText(Date.parse(e.at));
    if (!shown.has(date)) continue;
    const key = `${date} ${String(e.data['channel'])}`;
    byDay.set(key, [...(byDay.get(key) ?? []), e]);
  }
  const quotas = new Map(channels.map(c => [c, quotasOf(hall, lines, c)]));
  return dates.map(date => ({
    date,
    cells: channels.map(channel => ({
      channel,
      published: byDay.get(`${date} ${channel}`) ?? [],
      planned: planned.filter(p => p.on === date && p.channel === channel),
      quotas: (quotas.get(channel) ?? []).filter(q => q.from === date),
    })),
    stages: stages.filter(s => s.on === date),
  }));
}
