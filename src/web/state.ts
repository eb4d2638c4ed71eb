/**
 * The institution as the pages see it: its regulation, its log, and what the log means at a moment. Read once, kept up
 * by reading what was added since; nothing computed is ever stored.
 */
import { announcedUntil, type Calendar, formatInstant, type Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import {
  type Book,
  type Line,
  linesOf,
  type ObligationLine,
  prepareBook,
  type RefusedLine,
  replay,
} from '#core/obligations';
import { readRulebook, type Rulebook } from '#core/rulebook';
import type { Desk, Institution, StoredEvent } from './ports.ts';

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
  readonly lines: readonly Line[];
}

/** How many days of watch slots and other standing duties the desk looks back on; the log keeps all. */
const STANDING_DAYS = 40;
const DAY = 86_400_000;
/** Lines change by the clock as well: they are counted anew at least this often. */
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

export function keepHall(desk: Desk): HallKeeper {
  let institution: Institution | undefined;
  let rulebook: Rulebook | undefined;
  let events: StoredEvent[] = [];
  let hall: Hall | undefined;
  const load = async (): Promise<{ institution: Institution; rulebook: Rulebook }> => {
    if (institution && rulebook) return { institution, rulebook };
    const found = await desk.institution();
    if (!found) throw new NoInstitution();
    const { folder, text, digest } = found.rulebook;
    const read = readRulebook({ file: `${folder}/rulebook.md`, text, digest });
    if (!read.ok) throw new Error(`the rulebook ${folder} cannot be read: ${read.problems[0]?.message ?? 'unknown'}`);
    institution = found;
    rulebook = read.rulebook;
    events = [];
    hall = undefined;
    return { institution: found, rulebook: read.rulebook };
  };
  const look = async (): Promise<Hall> => {
    const base = await load();
    const now = desk.now();
    const seq = events.at(-1)?.seq ?? 0;
    const added = await desk.log.read(seq);
    if (added.length > 0) events = [...events, ...added.filter(e => e.seq > (events.at(-1)?.seq ?? 0))];
    else if (hall && now - hall.now < FRESH_MS && now >= hall.now) return { ...hall, now };
    hall = makeHall(desk, base.institution, base.rulebook, events, now);
    return hall;
  };
  return {
    look,
    forget: () => {
      institution = undefined;
      rulebook = undefined;
      hall = undefined;
      events = [];
    },
  };
}

function makeHall(
  desk: Desk,
  institution: Institution,
  rulebook: Rulebook,
  events: readonly StoredEvent[],
  now: Instant,
): Hall {
  const calendar = desk.calendar(institution.setup.officeHours);
  const book = prepareBook(rulebook, boundedSetup(institution, calendar, now), calendar);
  const byCase = new Map<string, StoredEvent[]>();
  for (const event of events) {
    if (event.case === undefined) continue;
    const list = byCase.get(event.case);
    if (list) list.push(event);
    else byCase.set(event.case, [event]);
  }
  return {
    institution,
    rulebook,
    book,
    calendar,
    events,
    byId: new Map(events.map(e => [e.id, e])),
    byCase,
    seq: events.at(-1)?.seq ?? 0,
    now,
    lines: linesOf(replay(book, events, now)),
  };
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

export const obligationLines = (hall: Hall): readonly ObligationLine[] =>
  hall.lines.filter((l): l is ObligationLine => l.line === 'obligation');

/**
 * What the rules say of acts that have not happened yet: the refusals they would earn if they were entered now, on top
 * of the log. Only the entries that the judgement may rest on are looked at.
 */
export function refusalsOf(hall: Hall, tried: readonly HuiyinEvent[]): readonly RefusedLine[] {
  const cases = new Set(tried.map(e => e.case));
  const near = hall.events.filter(e => e.case === undefined || cases.has(e.case));
  const ids = new Set(tried.map(e => e.id));
  const latest = Math.max(hall.now, ...tried.map(e => Date.parse(e.recordedAt)));
  const lines = linesOf(replay(hall.book, [...near, ...tried], latest));
  return lines.filter((l): l is RefusedLine => l.line === 'refused' && ids.has(l.event));
}
