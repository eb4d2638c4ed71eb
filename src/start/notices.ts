/** Due moments become notices: what is owed is computed anew after every entry, and said over the channels that are set up. */
import { type Calendar, CHINA_OFFSET_MINUTES, type OfficeSpan } from '#core/calendar';
import type { Office } from '#core/log';
import { type Book, escalationChain, type ObligationLine, officesOf, prepareBook, type Setup } from '#core/obligations';
import { readRulebook, type Rulebook } from '#core/rulebook';
import { dutyKeyOf, type Moment, nextStepAt, NO_NOTICES, type NoticeSettings, remind } from '#case';
import type { OnDue, OnSilence } from '#io/engine';
import type { NewNotice, NewReminder, Store, Tenant, Timer } from '#io/store';
import { reminderWords } from './reminder-words.ts';

export interface Kept {
  readonly digest: string;
  readonly folder: string;
  readonly example: boolean;
  readonly name: { readonly zh: string; readonly en: string };
  readonly names: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  readonly setup: Setup;
}
export type CalendarFor = (hours: readonly OfficeSpan[]) => Calendar;
export const keptOf = async (tenant: Tenant): Promise<Kept | undefined> =>
  (await tenant.setting('institution')) as Kept | undefined;

export async function noticeSettings(tenant: Tenant): Promise<NoticeSettings> {
  // Sealed, for they hold the robots' addresses and the gateways' keys; older houses kept them in the open.
  const kept = ((await tenant.access.secret('notices')) ?? (await tenant.setting('notices'))) as
    Partial<NoticeSettings> | undefined;
  return kept ? { ...NO_NOTICES, ...kept } : earlierSettings(await tenant.setting('desk'));
}
/** What was set before channels had a page of their own goes on as it was, until that page is saved. */
function earlierSettings(desk: unknown): NoticeSettings {
  const { mail, wecom } = (desk ?? {}) as {
    readonly mail?: { readonly server: string; readonly from: string; readonly to: readonly string[] };
    readonly wecom?: { readonly url: string };
  };
  const same = { on: true, when: 'every' as const };
  return {
    ...NO_NOTICES,
    channels: [
      ...(mail
        ? [{ ...same, key: 'mail', kind: 'mail', values: { server: mail.server, from: mail.from }, to: mail.to }]
        : []),
      ...(wecom ? [{ ...same, key: 'wecom', kind: 'wecom', values: { webhook: wecom.url }, to: [] }] : []),
    ],
  };
}

/** Reading a rulebook takes longer than firing a timer: one text, one reading. */
const read = new Map<string, Rulebook>();
const MOST_READ = 50;

/** The rulebook that an institution works under, read. */
export async function rulebookOf(store: Store, kept: Kept): Promise<Rulebook | undefined> {
  const known = read.get(kept.digest);
  if (known) return known;
  const text = await store.rulebook(kept.digest);
  const found =
    text === undefined ? undefined : readRulebook({ file: `${kept.folder}/rulebook.md`, text, digest: kept.digest });
  if (!found?.ok) return undefined;
  if (read.size >= MOST_READ) read.clear();
  read.set(kept.digest, found.rulebook);
  return found.rulebook;
}

/** The earlier of two dates. */
export const earlier = (a: string, b: string): string => (a < b ? a : b);

/** A timer says its moment by its key: the duty, then what is to be said. */
function momentOf(timer: Timer): Moment {
  const cut = timer.key.lastIndexOf('|');
  const dutyKey = timer.key.slice(0, cut);
  return {
    ...timer,
    role: timer.role ?? '',
    what: timer.what === 'due' ? 'due' : 'soon',
    dutyKey,
    limitAt: Date.parse(dutyKey.slice(dutyKey.lastIndexOf('|') + 1)),
  };
}

interface Scene {
  readonly kept: Kept;
  readonly book: Book;
  readonly settings: NoticeSettings;
}
async function sceneOf(store: Store, institution: string, calendar: CalendarFor): Promise<Scene | undefined> {
  const tenant = await store.tenant(institution);
  const kept = tenant && (await keptOf(tenant));
  const rulebook = kept && (await rulebookOf(store, kept));
  if (!tenant || !kept || !rulebook) return undefined;
  return {
    kept,
    book: prepareBook(rulebook, kept.setup, calendar(kept.setup.officeHours)),
    // The example speaks on its desk only: nobody outside is to be troubled by an invented matter.
    settings: kept.example ? NO_NOTICES : await noticeSettings(tenant),
  };
}

const tell = (
  { kept, book, settings }: Scene,
  moment: Moment,
  level: number,
  offices: readonly Office[],
  now: number,
): readonly Omit<NewNotice, 'reminder'>[] =>
  remind(
    settings,
    { moment, level, offices, words: reminderWords(kept, book, moment, level, settings.address, now) },
    now,
    CHINA_OFFSET_MINUTES,
  );

/** Whom to tell when a moment has come: the desk of the office that owes it, and the channels that are set up. */
export const onDue =
  (store: Store, calendar: CalendarFor): OnDue =>
  async (institution, timer, now) => {
    const scene = await sceneOf(store, institution, calendar);
    if (!scene) return [];
    const moment = momentOf(timer);
    const offices = officesOf(scene.book, moment);
    const chain = escalationChain(scene.book, moment);
    const escalateAt =
      chain.length === 0 ? undefined : nextStepAt(scene.settings, moment.limitAt, now, CHINA_OFFSET_MINUTES);
    const reminder: NewReminder = {
      ...timer,
      dutyKey: moment.dutyKey,
      dueAt: moment.limitAt,
      raisedAt: now,
      ...(escalateAt === undefined ? {} : { escalateAt }),
    };
    return tell(scene, moment, 0, offices, now).map(n => ({ ...n, reminder }));
  };

/** Supervision reminds by hand: the same words and channels, said at once as something that presses. */
export async function pressNotices(
  store: Store,
  institution: string,
  line: ObligationLine,
  entry: string,
  calendar: CalendarFor,
  now: number,
): Promise<readonly NewNotice[]> {
  const scene = await sceneOf(store, institution, calendar);
  if (!scene) return [];
  const moment: Moment = {
    key: `press|${entry}`,
    dutyKey: dutyKeyOf(line),
    ...(line.case === undefined ? {} : { caseId: line.case }),
    clause: line.clause,
    duty: line.duty,
    ...(line.unit === undefined ? {} : { unit: line.unit }),
    role: line.role,
    what: 'pressed',
    dueAt: now,
    // A duty without a limit never breaks the quiet hours.
    limitAt: line.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(line.dueAt),
  };
  return tell(scene, moment, 0, officesOf(scene.book, moment), now);
}

/** Something is told that nobody owes: a brief that went out. It waits for the end of the quiet hours. */
export async function tellNotices(
  store: Store,
  institution: string,
  message: {
    readonly key: string;
    readonly offices: readonly Office[];
    readonly subject: string;
    readonly text: string;
    readonly path: string;
    /** Goes up the regulation's chain until somebody takes note; named by what it is about. */
    readonly climbs?: { readonly about: string; readonly duty: string };
  },
  calendar: CalendarFor,
  now: number,
): Promise<readonly NewNotice[]> {
  const scene = await sceneOf(store, institution, calendar);
  if (!scene) return [];
  const { key, offices, subject, path, climbs } = message;
  const { address } = scene.settings;
  const text = address === undefined ? message.text : `${message.text}\n${address.replace(/\/$/, '')}${path}`;
  const moment: Moment = {
    key: `tell|${key}`,
    dutyKey: climbs?.about ?? '',
    clause: '',
    duty: climbs?.duty ?? 'brief',
    role: offices.map(o => `${o.unit}/${o.role}`)[0] ?? '',
    what: 'soon',
    dueAt: now,
    limitAt: Number.POSITIVE_INFINITY,
  };
  const told = remind(
    scene.settings,
    { moment, level: 0, offices, words: { subject, text } },
    now,
    CHINA_OFFSET_MINUTES,
  );
  if (climbs === undefined) return told;
  const chain = escalationChain(scene.book, moment);
  const escalateAt =
    chain.length === 0 ? undefined : nextStepAt(scene.settings, moment.limitAt, now, CHINA_OFFSET_MINUTES);
  const { clause, duty, role, what, dueAt, dutyKey } = moment;
  const reminder: NewReminder = {
    key: moment.key,
    dutyKey,
    clause,
    duty,
    role,
    what,
    dueAt,
    raisedAt: now,
    ...(escalateAt === undefined ? {} : { escalateAt }),
  };
  return told.map(n => ({ ...n, reminder }));
}
/** A message that climbs says at each step the same, and that nobody took note of it. */
const climbingWords = (
  first: Pick<NewNotice, 'subject' | 'text'>,
  level: number,
): { readonly subject: string; readonly text: string } => ({
  subject: `【第 ${level} 次升级:无人知悉】${first.subject}`,
  text: `【第 ${level} 次升级:无人知悉】\n${first.text}`,
});

/** The next step of the rulebook's own chain when nobody took note. */
export const onSilence =
  (store: Store, calendar: CalendarFor): OnSilence =>
  async (institution, reminder, now) => {
    const scene = await sceneOf(store, institution, calendar);
    if (!scene) return { notices: [] };
    // Where it is no duty whose words stand in the rulebook, what was said first is said again.
    const told =
      reminder.clause === '' ? await (await store.tenant(institution))?.firstNotice(reminder.key) : undefined;
    const moment: Moment = told
      ? {
          key: reminder.key,
          dutyKey: reminder.dutyKey,
          clause: '',
          duty: reminder.duty,
          role: reminder.role ?? '',
          what: 'soon',
          dueAt: reminder.dueAt,
          limitAt: Number.POSITIVE_INFINITY,
        }
      : { ...momentOf({ ...reminder }), limitAt: reminder.dueAt };
    const chain = escalationChain(scene.book, moment);
    const step = chain[reminder.level];
    if (!step) return { notices: [] };
    const more = chain[reminder.level + 1] !== undefined;
    const next = more ? nextStepAt(scene.settings, moment.limitAt, now, CHINA_OFFSET_MINUTES) : undefined;
    return {
      notices: (told
        ? remind(
            scene.settings,
            { moment, level: reminder.level + 1, offices: step, words: climbingWords(told, reminder.level + 1) },
            now,
            CHINA_OFFSET_MINUTES,
          )
        : tell(scene, moment, reminder.level + 1, step, now)
      ).map(n => ({ ...n, reminder })),
      ...(next === undefined ? {} : { escalateAt: next }),
    };
  };
