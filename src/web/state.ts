/**
 * The institution as the pages see it: its regulation, its log, and what the log means at a moment. Read once, kept up
 * by reading what was added since and evaluating what that touches; nothing computed is ever stored.
 */
import { announcedUntil, type Calendar, formatInstant, type Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import {
  type Book,
  type CaseLines,
  type DutyIndex,
  dutyIndex,
  type FlagLine,
  type GapLine,
  inLineOrder,
  type Line,
  linesOf,
  type Live,
  type ObligationLine,
  openLive,
  prepareBook,
  type RefusedLine,
  replay,
} from '#core/obligations';
import { readRulebook, type Rulebook } from '#core/rulebook';
import type { Desk, Institution, StoredEvent } from './ports.ts';

/**
 * What a page looks at. Maps and what is computed go on with the log: a hall that was taken a moment ago may show an entry
 * that came since, never one less; `seq` is what it was taken at, so nothing is written on facts that were not seen.
 */
export interface Hall {
  readonly institution: Institution;
  readonly rulebook: Rulebook;
  readonly book: Book;
  readonly calendar: Calendar;
  readonly events: readonly StoredEvent[];
  readonly byId: ReadonlyMap<string, StoredEvent>;
  /** Entries of each case in the order of entry. */
  readonly byCase: ReadonlyMap<string, readonly StoredEvent[]>;
  readonly seq: number;
  readonly now: Instant;
  /** Every line of everything: dear in a large institution. What is asked often is found below without it. */
  readonly lines: readonly Line[];
  /** What is kept up entry by entry; absent where a past moment or a worked day is looked at. */
  readonly kept?: Kept;
}
export interface Kept {
  readonly live: Live;
  readonly duties: DutyIndex;
  /** Entries of one type, in the order of entry. */
  readonly ofType: (type: string) => readonly StoredEvent[];
  /** Entries outside cases that say who holds which office. */
  readonly offices: readonly StoredEvent[];
  /** Entries outside cases that remind of a duty or say why one was late. */
  readonly said: readonly StoredEvent[];
  /** Those, and entries that say who is away, stands in, is on watch, or that correct such an entry. */
  readonly presence: readonly StoredEvent[];
  /** Place of each case in the order of their beginning, and the year it began in. */
  readonly places: ReadonlyMap<string, { readonly year: string; readonly n: number }>;
}

const made = new WeakMap<readonly StoredEvent[], { readonly now: Instant; readonly kept: Kept }>();
/** What is kept up of a hall; made on the spot for one that stands still. */
export function keptOf(hall: Hall): Kept {
  if (hall.kept) return hall.kept;
  const known = made.get(hall.events);
  if (known?.now === hall.now) return known.kept;
  const gathered = gather(hall.book);
  gathered.take(hall.events);
  gathered.duties.update(gathered.live, gathered.live.turn(hall.now));
  made.set(hall.events, { now: hall.now, kept: gathered });
  return gathered;
}

/** How many days of watch slots and other standing duties the desk looks back on; the log keeps all. */
const STANDING_DAYS = 40;
const DAY = 86_400_000;
/** Elapsed times go on by the clock: they are counted anew at least this often. */
const FRESH_MS = 20_000;

/** Thrown where a page needs an institution and none has been founded. */
export class NoInstitution extends Error {
  override readonly name = 'NoInstitution';
}

export interface HallKeeper {
  /** The state as of now, brought up to the last entry. */
  readonly look: () => Promise<Hall>;
  /** The institution's record has been replaced: read everything again. */
  readonly forget: () => void;
}

interface Base {
  readonly institution: Institution;
  readonly rulebook: Rulebook;
  readonly calendar: Calendar;
}
export function keepHall(desk: Desk): HallKeeper {
  let base: Base | undefined;
  let gathered: Gathered | undefined;
  let hall: Hall | undefined;
  let day = '';
  let book: Book | undefined;
  const load = async (): Promise<Base> => {
    if (base) return base;
    const institution = await desk.institution();
    if (!institution) throw new NoInstitution();
    const { folder, text, digest } = institution.rulebook;
    const read = readRulebook({ file: `${folder}/rulebook.md`, text, digest });
    if (!read.ok) throw new Error(`the rulebook ${folder} cannot be read: ${read.problems[0]?.message ?? 'unknown'}`);
    base = { institution, rulebook: read.rulebook, calendar: desk.calendar(institution.setup.officeHours) };
    return base;
  };
  const lookNow = async (): Promise<Hall> => {
    const here = await load();
    const seen = gathered;
    const added = await desk.log.read(seen?.seq ?? 0);
    // Somebody replaced the institution's record while the log was being read.
    if (base !== here || gathered !== seen) return lookNow();
    const now = desk.now();
    const today = formatInstant(now).slice(0, 10);
    if (!gathered || !book || today !== day) {
      book = prepareBook(here.rulebook, boundedSetup(here.institution, here.calendar, now), here.calendar);
      day = today;
      if (gathered) gathered.live.underBook(book);
      gathered ??= gather(book);
      hall = undefined;
    }
    const fresh = gathered.take(added);
    const next = gathered.live.nextMoment();
    const idle = hall && now >= hall.now && now - hall.now < FRESH_MS && (next === undefined || now < next);
    if (!fresh && idle) return hallOf(here, book, gathered, now);
    gathered.duties.update(gathered.live, gathered.live.turn(now));
    hall = hallOf(here, book, gathered, now);
    return hall;
  };
  // Many ask at once: one reads, and whoever came while it was reading shares the next one.
  let running: Promise<Hall> | undefined;
  let waiting: Promise<Hall> | undefined;
  const start = (): Promise<Hall> => {
    const mine = lookNow().finally(() => {
      running = undefined;
    });
    running = mine;
    return mine;
  };
  return {
    look: () => {
      if (!running) return start();
      waiting ??= running
        .catch(() => undefined)
        .then(() => {
          waiting = undefined;
          return start();
        });
      return waiting;
    },
    forget: () => {
      base = undefined;
      gathered = undefined;
      hall = undefined;
      book = undefined;
    },
  };
}

function hallOf(base: Base, book: Book, gathered: Gathered, now: Instant): Hall {
  const { events, byId, byCase, seq, live } = gathered;
  return {
    ...base,
    book,
    events,
    byId,
    byCase,
    seq,
    now,
    get lines() {
      return live.lines();
    },
    kept: gathered,
  };
}

interface Gathered extends Kept {
  events: readonly StoredEvent[];
  readonly byId: Map<string, StoredEvent>;
  readonly byCase: Map<string, readonly StoredEvent[]>;
  seq: number;
  /** Whether there was anything new among these. */
  readonly take: (added: readonly StoredEvent[]) => boolean;
}
const OFFICE_TYPES: ReadonlySet<string> = new Set(['role.assigned', 'role.vacated']);
const PRESENCE_TYPES: ReadonlySet<string> = new Set([
  ...OFFICE_TYPES,
  'leave.recorded',
  'stand-in.named',
  'duty-roster.set',
  'entry.corrected',
]);

const SAID_TYPES: ReadonlySet<string> = new Set(['press.reminded', 'explanation.written']);

function gather(book: Book): Gathered {
  const places = new Map<string, { year: string; n: number }>();
  const counts = new Map<string, number>();
  const offices: StoredEvent[] = [];
  const said: StoredEvent[] = [];
  const byType = new Map<string, StoredEvent[]>();
  let presence: readonly StoredEvent[] = [];
  const live = openLive(book);
  const placeCase = (key: string, own: readonly StoredEvent[]): void => {
    const start = own.find(e => e.type === 'case.opened') ?? own[0];
    const year = start?.at.slice(0, 4) ?? '';
    if (places.get(key)?.year === year) return;
    if (places.has(key)) {
      // A case that turns out to have begun in another year moves the numbers of both.
      places.clear();
      counts.clear();
      for (const [k, list] of gathered.byCase) placeCase(k, list);
      return;
    }
    const n = (counts.get(year) ?? 0) + 1;
    counts.set(year, n);
    places.set(key, { year, n });
  };
  const gathered: Gathered = {
    events: [],
    byId: new Map(),
    byCase: new Map(),
    seq: 0,
    live,
    duties: dutyIndex(),
    ofType: type => byType.get(type) ?? [],
    offices,
    said,
    get presence() {
      return presence;
    },
    places,
    take: added => {
      const fresh = added.filter(e => e.seq > gathered.seq);
      const last = fresh.at(-1);
      if (!last) return false;
      gathered.events = [...gathered.events, ...fresh];
      gathered.seq = last.seq;
      const grown = new Map<string, StoredEvent[]>();
      for (const event of fresh) {
        gathered.byId.set(event.id, event);
        const alike = byType.get(event.type);
        if (alike) alike.push(event);
        else byType.set(event.type, [event]);
        if (OFFICE_TYPES.has(event.type)) offices.push(event);
        if (PRESENCE_TYPES.has(event.type)) presence = [...presence, event];
        if (event.case === undefined && SAID_TYPES.has(event.type)) said.push(event);
        if (event.case === undefined) continue;
        const list = grown.get(event.case);
        if (list) list.push(event);
        else grown.set(event.case, [...(gathered.byCase.get(event.case) ?? []), event]);
      }
      for (const [key, list] of grown) {
        gathered.byCase.set(key, list);
        placeCase(key, list);
      }
      live.append(fresh);
      return true;
    },
  };
  return gathered;
}

/** Standing duties of the last weeks up to tomorrow; everything that a case owes is unbounded anyway. */
function boundedSetup(institution: Institution, calendar: Calendar, now: Instant): Institution['setup'] {
  const { setup } = institution;
  const date = (at: Instant): string => formatInstant(at).slice(0, 10);
  const earliest = date(now - STANDING_DAYS * DAY);
  const ahead = date(now + 2 * DAY);
  // Without next year's table the desk goes on to the last announced date instead of falling silent altogether.
  const known = announcedUntil(calendar);
  return {
    ...setup,
    period: { from: setup.period.from > earliest ? setup.period.from : earliest, to: ahead < known ? ahead : known },
  };
}

/** Entries of these types, in the order of entry, without going through the others. */
export function entriesOfType(hall: Hall, ...types: readonly string[]): readonly StoredEvent[] {
  const [first, ...others] = types;
  if (!hall.kept || first === undefined) return hall.events.filter(e => types.includes(e.type));
  const { ofType } = hall.kept;
  return others.length === 0
    ? ofType(first)
    : [...new Set(types)].flatMap(t => ofType(t)).toSorted((a, b) => a.seq - b.seq);
}
export const obligationLines = (hall: Hall): readonly ObligationLine[] =>
  hall.lines.filter((l): l is ObligationLine => l.line === 'obligation');

const EMPTY: CaseLines = {
  obligations: [],
  refused: [],
  forms: [],
  stages: [],
  flags: [],
  locals: [],
  measures: [],
  declined: [],
};
/** The lines of one case, in the order in which they stand among all. */
export function caseLinesOf(hall: Hall, key: string): CaseLines {
  const own = hall.kept?.live.linesOf(key);
  if (own)
    return {
      ...own,
      obligations: inLineOrder(own.obligations) as ObligationLine[],
      flags: inLineOrder(own.flags) as FlagLine[],
    };
  const of = <K extends Line['line']>(kind: K): Extract<Line, { line: K }>[] =>
    hall.lines.filter(
      (l): l is Extract<Line, { line: K }> => l.line === kind && 'case' in l && (l as { case?: string }).case === key,
    );
  return {
    ...EMPTY,
    obligations: of('obligation'),
    refused: of('refused'),
    forms: of('form'),
    stages: of('stages'),
    flags: of('flag'),
    locals: of('local'),
    measures: of('measure'),
    declined: of('declined'),
  };
}
/** The lines of watch slots and standing duties, in the order in which they stand among all. */
export const standingLinesOf = (hall: Hall): readonly ObligationLine[] =>
  hall.kept
    ? (inLineOrder(hall.kept.live.standing().map(hall.kept.live.lineOf)) as ObligationLine[])
    : obligationLines(hall).filter(l => l.case === undefined);
export const gapsOf = (hall: Hall): readonly GapLine[] =>
  hall.kept?.live.gaps() ?? hall.lines.filter((l): l is GapLine => l.line === 'gap');

/**
 * What the rules say of acts that have not happened yet: the refusals they would earn if they were entered now, on top
 * of the log. Only the entries that the judgement may rest on are looked at.
 */
export function refusalsOf(hall: Hall, tried: readonly HuiyinEvent[]): readonly RefusedLine[] {
  const quick = hall.kept?.live.judge(tried);
  if (quick) return quick;
  const cases = new Set(tried.map(e => e.case));
  const near = hall.events.filter(e => e.case === undefined || cases.has(e.case));
  const ids = new Set(tried.map(e => e.id));
  const latest = Math.max(hall.now, ...tried.map(e => Date.parse(e.recordedAt)));
  const lines = linesOf(replay(hall.book, [...near, ...tried], latest));
  return lines.filter((l): l is RefusedLine => l.line === 'refused' && ids.has(l.event));
}
