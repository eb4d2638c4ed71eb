/** The year as the score pages need it: replayed once over the whole year and kept while nothing was entered. */
import { announcedUntil, formatInstant, type Instant } from '#core/calendar';
import { prepareBook, replay } from '#core/obligations';
import { ownerOf, readYear, scoredUnits, type Year } from '#score';
import type { Hall } from '../state.ts';
import type { Language } from '../words/index.ts';

/** By the list of entries, which is a new one whenever something was entered; then by date and year. */
const known = new WeakMap<Hall['events'], Map<string, Year>>();

export function yearOf(hall: Hall, year: number): Year {
  const kept = known.get(hall.events) ?? new Map<string, Year>();
  known.set(hall.events, kept);
  const today = formatInstant(hall.now).slice(0, 10);
  const key = `${year} ${today}`;
  const found = kept.get(key);
  if (found) return found;
  const { setup } = hall.institution;
  const next = `${year + 1}-01-01`;
  const tomorrow = formatInstant(hall.now + 86_400_000).slice(0, 10);
  const from = setup.period.from > `${year}-01-01` ? setup.period.from : `${year}-01-01`;
  const [to = next] = [next, tomorrow, announcedUntil(hall.calendar)].sort();
  const period = { from, to };
  const bounded = period.from < period.to ? period : { from: tomorrow, to: tomorrow };
  const read = readYear(
    replay(prepareBook(hall.rulebook, { ...setup, period: bounded }, hall.calendar), hall.events, hall.now),
    year,
  );
  kept.clear();
  kept.set(key, read);
  return read;
}

/** From this processor time on (milliseconds) a year is not replayed for every look; then it serves so many times as long. */
const DEAR = { fromMs: 1000, serves: 10 };
/** A year, and the moment it is as of where something was entered since. */
export type YearLately = Year & { readonly asOf?: Instant };
interface Lately {
  readonly key: string;
  readonly events: Hall['events'];
  readonly year: Year;
  readonly tookMs: number;
  readonly madeAt: number;
}
const latest = new WeakMap<Hall['institution'], Lately>();
/**
 * The year for pages that are only looked at. Where replaying it is dear, the last one serves a while although something was
 * entered since: the house must not stand still for seconds whenever somebody looks.
 */
export function yearLately(hall: Hall, year: number, dear: typeof DEAR = DEAR): YearLately {
  const key = `${year} ${formatInstant(hall.now).slice(0, 10)}`;
  const last = latest.get(hall.institution);
  const age = performance.now() - (last?.madeAt ?? 0);
  if (last?.key === key && last.tookMs > dear.fromMs && age < last.tookMs * dear.serves)
    return last.events === hall.events ? last.year : { ...last.year, asOf: last.year.result.now };
  const before = process.cpuUsage();
  const made = yearOf(hall, year);
  const { user, system } = process.cpuUsage(before);
  // One that was at hand already took nothing, and says nothing of what the next one takes.
  if (made !== last?.year)
    latest.set(hall.institution, {
      key,
      events: hall.events,
      year: made,
      tookMs: (user + system) / 1000,
      madeAt: performance.now(),
    });
  return made;
}

/** Years in which something was entered, newest first, this one always among them. */
export function yearsIn(hall: Hall): readonly number[] {
  const years = new Set([Number(formatInstant(hall.now).slice(0, 4))]);
  for (const e of hall.events) {
    years.add(Number(e.at.slice(0, 4)));
    if (e.type === 'coverage.entered') years.add(Number(String(e.data['on']).slice(0, 4)));
  }
  return [...years].sort((a, b) => b - a);
}

/** Units with targets, points or duties, in the order of the setup; those of others are not ours to score. */
export function unitsIn(year: Year): readonly string[] {
  const { book } = year.result;
  const owners = new Set(year.duties.map(l => ownerOf(year.result, l)));
  const scored = new Set(scoredUnits(year));
  return book.org.units.filter(
    u => (scored.has(u) || owners.has(u)) && !['superior', 'outside', 'contractor'].includes(book.org.kindOf(u) ?? ''),
  );
}

/** The engine's reasons are English; on the Chinese pages they are said in Chinese. */
const REASONS: readonly (readonly [RegExp, (m: RegExpExecArray) => string])[] = [
  [/^it counts for (\d{4})$/, m => `算在 ${m[1]} 年`],
  [/^its outlet has no level$/, () => '媒体没有定级'],
  [/^no line counts it$/, () => '没有哪一条给它记分'],
  [/^the line is not for (.+)$/, () => '这一条不适用于本单位'],
  [/^the base task is not met$/, () => '基本任务没有完成'],
  [/^it is part of the base task$/, () => '算在基本任务里'],
  [/^it was corrected by (.+)$/, m => `已被 ${m[1]} 更正`],
  [/^it was refused \((.+)\)$/, m => `当时被 ${m[1]} 挡下`],
  [/^it is not of the kind counted$/, () => '不是这项指标数的那一类'],
  [/^it is excluded$/, () => '规程写明不计'],
  [/^its ledger leaves it out$/, () => '台账写明不计'],
  [/^it is of (.+)$/, () => '属于别的单位'],
];
export function whyText(language: Language, why: string): string {
  if (language === 'en') return why;
  for (const [pattern, say] of REASONS) {
    const match = pattern.exec(why);
    if (match) return say(match);
  }
  return why;
}
