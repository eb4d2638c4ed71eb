/**
 * Whom to tell when a duty's moment has come: which channels, which addresses, now or after the quiet hours. Quiet hours
 * move notices and never duties: what falls due before they end goes out all the same, unless the office holds that too.
 */
import type { Instant } from '#core/calendar';
import type { Office } from '#core/log';

export interface ChannelSetting {
  /** Name of this channel inside the institution; notices keep it. */
  readonly key: string;
  readonly kind: string;
  readonly on: boolean;
  /** Which notices go over it: all, the pressing ones, or only what nobody took note of. */
  readonly when: 'every' | 'urgent' | 'escalated';
  readonly values: Readonly<Record<string, string>>;
  /** Addresses that always get it, beside those of the offices. */
  readonly to: readonly string[];
}
export interface QuietHours {
  /** Local times of day; `to` earlier than `from` means over midnight. */
  readonly from: string;
  readonly to: string;
  /** Also holds what falls due inside. */
  readonly holdAll: boolean;
}
export interface NoticeSettings {
  readonly channels: readonly ChannelSetting[];
  /** Office → its work address on channels of that kind. */
  readonly addresses: readonly { readonly office: string; readonly kind: string; readonly to: string }[];
  readonly quiet?: QuietHours;
  /** How long nobody may take note before the next in the chain is told; the regulation names no such span, so it is local. */
  readonly escalateMinutes?: number;
  /** Where the desk is reached; stands in every notice. */
  readonly address?: string;
  /** The secret part of the address of the rota's calendar feed. */
  readonly feed?: string;
}
export const NO_NOTICES: NoticeSettings = { channels: [], addresses: [] };

/** One moment of one duty, as the timers hold it. */
export interface Moment {
  readonly key: string;
  readonly dutyKey: string;
  readonly caseId?: string;
  readonly clause: string;
  readonly duty: string;
  readonly unit?: string;
  readonly role: string;
  /** `pressed`: supervision reminded by hand. */
  readonly what: 'soon' | 'due' | 'pressed';
  /** When it is to be said. */
  readonly dueAt: Instant;
  /** When the duty itself falls due; nothing here moves it. */
  readonly limitAt: Instant;
}
export interface Told {
  readonly key: string;
  readonly channel: string;
  readonly destination: string;
  readonly subject: string;
  readonly text: string;
  readonly notBefore: Instant;
  readonly group: string;
  readonly urgency: number;
  readonly heldFrom?: Instant;
}
export interface Occasion {
  readonly moment: Moment;
  /** 0 = who owes it; then the steps of the chain. */
  readonly level: number;
  readonly offices: readonly Office[];
  readonly words: { readonly subject: string; readonly text: string };
}

const DAY_MINUTES = 1440;
const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** The end of the quiet hours that hold this instant, or nothing where it is not quiet. */
export function quietUntil(quiet: QuietHours | undefined, at: Instant, offsetMinutes: number): Instant | undefined {
  if (!quiet) return undefined;
  const local = Math.floor(at / 60_000) + offsetMinutes;
  const now = ((local % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const inside = from <= to ? now >= from && now < to : now >= from || now < to;
  if (!inside) return undefined;
  const left = (to - now + DAY_MINUTES) % DAY_MINUTES;
  return (local + left - offsetMinutes) * 60_000;
}

/** When a notice of this moment goes out, and whether that is later than it was to be. */
export function whenToTell(
  settings: NoticeSettings,
  limitAt: Instant,
  now: Instant,
  offsetMinutes: number,
): { readonly at: Instant; readonly heldFrom?: Instant } {
  const until = quietUntil(settings.quiet, now, offsetMinutes);
  if (until === undefined) return { at: now };
  const presses = limitAt <= until;
  return presses && !settings.quiet?.holdAll ? { at: now } : { at: until, heldFrom: now };
}

export function remind(
  settings: NoticeSettings,
  { moment, level, offices, words }: Occasion,
  now: Instant,
  offsetMinutes: number,
): readonly Told[] {
  const { at, heldFrom } = whenToTell(settings, moment.limitAt, now, offsetMinutes);
  const quietEnd = quietUntil(settings.quiet, now, offsetMinutes);
  const presses = moment.what !== 'soon' || level > 0 || (quietEnd !== undefined && moment.limitAt <= quietEnd);
  const base = {
    ...words,
    group: moment.caseId === undefined ? `duty:${moment.duty}` : `case:${moment.caseId}`,
    urgency: level > 0 ? 2 : presses ? 1 : 0,
  };
  const outside = settings.channels
    .filter(c => c.on && (c.when === 'every' || (c.when === 'urgent' ? presses : level > 0)))
    .flatMap(channel =>
      destinationsOf(settings, channel, offices).map(destination => ({
        ...base,
        key: `${moment.key}|${level}|${channel.key}|${destination}`,
        channel: channel.key,
        destination,
        notBefore: at,
        ...(heldFrom === undefined ? {} : { heldFrom }),
      })),
    );
  // On the desk it stands at once, whatever the hour: it wakes nobody.
  const desk = (offices.length > 0 ? offices.map(o => `${o.unit}/${o.role}`) : [moment.role]).map(destination => ({
    ...base,
    key: `${moment.key}|${level}|desk|${destination}`,
    channel: 'desk',
    destination,
    notBefore: now,
  }));
  return [...desk, ...outside];
}

/** A group takes one message for all; other channels go to their standing addresses and to those of the offices. */
const GROUPS: ReadonlySet<string> = new Set(['wecom', 'dingtalk', 'feishu', 'webhook']);
function destinationsOf(
  settings: NoticeSettings,
  channel: ChannelSetting,
  offices: readonly Office[],
): readonly string[] {
  if (GROUPS.has(channel.kind)) return ['group'];
  const own = settings.addresses.filter(
    a => a.kind === channel.kind && offices.some(o => a.office === `${o.unit}/${o.role}`),
  );
  return [...new Set([...channel.to, ...own.map(a => a.to)])];
}

/** When the next in the chain is told, counted from the moment this notice really goes out. */
export function nextStepAt(
  settings: NoticeSettings,
  limitAt: Instant,
  now: Instant,
  offsetMinutes: number,
): Instant | undefined {
  if (settings.escalateMinutes === undefined) return undefined;
  return whenToTell(settings, limitAt, now, offsetMinutes).at + settings.escalateMinutes * 60_000;
}
