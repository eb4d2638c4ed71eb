/** The time axis of a case: facts on one line, one band for each duty from its anchor to its due moment, the present. */
import type { ObligationLine } from '#core/obligations';
import type { Hall } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import type { CaseHead } from './cases.ts';
import { anchorOf, anchorText, dutyTitle, patternsOf, ruleOf } from './duties.ts';
import { lastSafe } from './signing.ts';
import { documentsOf, documentState } from './texts.ts';
import type { Naming } from './naming.ts';
import { sentence } from './sentences.ts';
import { clockText, dateText, dayText, dueText, momentText } from './times.ts';
import { spellText } from '../words/index.ts';

export interface AxisFact {
  readonly x: number;
  readonly time: string;
  readonly label: string;
  readonly refused: boolean;
  /** Row of its label, 0 or 1; undefined where there is no room for one. */
  readonly level?: number;
  readonly end: boolean;
}
export interface AxisBand {
  readonly title: string;
  readonly clause: string;
  readonly from: number;
  readonly to?: number;
  readonly spentTo: number;
  readonly done?: number;
  readonly late: boolean;
  readonly inside: string;
  readonly right: string;
  readonly beyond: boolean;
  /** The last safe moment of what is still to be signed, where the institution has set spans for its chain. */
  readonly latest?: { readonly x: number; readonly text: string };
}
export interface Axis {
  readonly width: number;
  readonly left: number;
  readonly now: number;
  readonly nowText: string;
  readonly facts: readonly AxisFact[];
  readonly bands: readonly AxisBand[];
  readonly ticks: readonly { readonly x: number; readonly label?: string }[];
  readonly days: readonly { readonly x: number; readonly label: string }[];
  readonly summary: string;
}

const WIDTH = 1376;
const LEFT = 208;
const RIGHT = 1230;
const HOUR = 3_600_000;
const MOST_BANDS = 9;

export function caseAxis(
  hall: Hall,
  w: Words,
  language: Language,
  names: Naming,
  head: CaseHead,
  lines: readonly ObligationLine[],
): Axis {
  const { now } = hall;
  const facts = head.events.filter(e => !['item.matched', 'item.folded'].includes(e.type));
  const bands = bandsOf(lines);
  const firstAt = Math.min(now, ...facts.map(e => Date.parse(e.at)), ...bands.map(l => Date.parse(l.startedAt)));
  const until = head.closedAt ?? now;
  const openDue = bands.flatMap(l => (l.state === 'open' && l.dueAt !== null ? [Date.parse(l.dueAt)] : []));
  const nearest = openDue.length > 0 ? Math.min(...openDue) : until;
  const span = Math.max(until - firstAt, HOUR);
  const end = Math.max(until + span * 0.08, Math.min(nearest + span * 0.05, until + span * 0.8));
  const x = (at: number): number => Math.round((LEFT + ((at - firstAt) / (end - firstAt)) * (RIGHT - LEFT)) * 10) / 10;
  const edge = (at: number): number => Math.max(LEFT, Math.min(RIGHT, x(at)));
  return {
    width: WIDTH,
    left: LEFT,
    now: edge(Math.min(now, end)),
    nowText: clockText(now),
    facts: placeLabels(facts, x, language, names),
    bands: bands.map(l => bandOf(hall, w, language, names, l, edge, end)),
    ...ticksOf(firstAt, end, x, language, now),
    summary: `${dayText(language, dateText(firstAt), now)} ${clockText(firstAt)} – ${dayText(language, dateText(end), now)} ${clockText(end)}`,
  };
}

/** Duties of the case that a reader wants on the axis: those with a limit first, then the rest; sums are left out. */
function bandsOf(lines: readonly ObligationLine[]): readonly ObligationLine[] {
  const own = lines.filter(l => !l.whole && l.state !== 'lifted' && l.state !== 'replaced');
  const weight = (l: ObligationLine): number =>
    (l.dueAt === null ? 2 : 0) + (l.state === 'open' || l.state === 'late' ? 0 : 1);
  return own
    .toSorted((a, b) => weight(a) - weight(b) || Date.parse(a.startedAt) - Date.parse(b.startedAt))
    .slice(0, MOST_BANDS);
}

function bandOf(
  hall: Hall,
  w: Words,
  language: Language,
  names: Naming,
  line: ObligationLine,
  edge: (at: number) => number,
  end: number,
): AxisBand {
  const { now } = hall;
  const started = Date.parse(line.startedAt);
  const due = line.dueAt === null ? undefined : Date.parse(line.dueAt);
  const done = line.doneAt === undefined ? undefined : Date.parse(line.doneAt);
  const unit = line.unit === undefined ? '' : `（${names.unit(line.unit)}）`;
  const took = spellText(w, line.elapsedSeconds);
  const late = line.state === 'late' || line.state === 'done-late';
  const anchor = anchorOf(line);
  // Its clock ran before anybody here knew of it.
  const bornLate = Date.parse(line.bornAt) > started;
  const right =
    done !== undefined
      ? `${w.states[line.state]} ${took}`
      : due === undefined
        ? took
        : late
          ? `${w.lateBy} ${spellText(w, line.lateBySeconds ?? 0)}`
          : due > end
            ? `→ ${dueText(language, due, line.dueOn, now)}`
            : `${w.left} ${spellText(w, (due - now) / 1000)}`;
  return {
    title: `${dutyTitle(hall, language, names, line)}${unit}`,
    clause: line.clause,
    from: edge(started),
    ...(due === undefined ? {} : { to: edge(due) }),
    spentTo: edge(done ?? Math.min(now, due ?? now)),
    ...(done === undefined ? {} : { done: edge(done) }),
    late,
    inside:
      due === undefined
        ? ''
        : `${spellText(w, (due - started) / 1000)}，${anchor === undefined ? `${w.untilWord} ${dueText(language, due, line.dueOn, now)}` : w.countedFrom(anchorText(w, language, anchor), momentText(language, started, now))}${bornLate ? `，${w.bornLate}` : ''}`,
    right,
    beyond: due !== undefined && due > end,
    ...latestOf(hall, w, language, line, due, edge),
  };
}

/** Backward planning on the axis: by when the next signature must stand so that the publication still meets its due time. */
function latestOf(
  hall: Hall,
  w: Words,
  language: Language,
  line: ObligationLine,
  due: number | undefined,
  edge: (at: number) => number,
): Pick<AxisBand, 'latest'> {
  if (due === undefined || line.case === undefined || (line.state !== 'open' && line.state !== 'late')) return {};
  const byPublishing = patternsOf(ruleOf(hall, line), line).some(
    p => p.on === 'event' && p.type === 'publication.made',
  );
  if (!byPublishing) return {};
  const newest = documentsOf(hall, line.case)
    .filter(d => line.unit === undefined || d.forUnit === undefined || d.forUnit === line.unit)
    .at(-1);
  const moments = newest ? documentState(hall, newest).chains.flatMap(c => [...lastSafe(hall, c, due).values()]) : [];
  const first = Math.min(due, ...moments);
  return first < due ? { latest: { x: edge(first), text: w.lastSafeAt(momentText(language, first, hall.now)) } } : {};
}

/** Labels go where there is room, on two rows; a fact without room keeps its mark, the list below has its words. */
function placeLabels(
  events: CaseHead['events'],
  x: (at: number) => number,
  language: Language,
  names: Naming,
): AxisFact[] {
  const taken: [number, number][] = [
    [0, 0],
    [0, 0],
  ];
  return events.map(e => {
    const at = Date.parse(e.at);
    const time = clockText(at);
    const { label } = sentence(e, language, names);
    const px = x(at);
    const width = 44 + [...label].reduce((n, c) => n + (c.charCodeAt(0) > 255 ? 13.2 : 7), 0);
    const end = px + width > RIGHT + 60;
    const from = end ? px - width - 8 : px;
    const level = [1, 0].find(l => from > (taken[l]?.[1] ?? 0) + 8);
    if (level !== undefined) taken[level] = [from, from + width];
    return { x: px, time, label, refused: e.type === 'act.refused', end, ...(level === undefined ? {} : { level }) };
  });
}

const STEPS = [
  HOUR / 4,
  HOUR / 2,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  48 * HOUR,
  96 * HOUR,
  240 * HOUR,
];
function ticksOf(
  from: number,
  to: number,
  x: (at: number) => number,
  language: Language,
  now: number,
): Pick<Axis, 'ticks' | 'days'> {
  const step = STEPS.find(s => (to - from) / s <= 12) ?? 720 * HOUR;
  const zone = 8 * HOUR;
  const first = Math.ceil((from + zone) / step) * step - zone;
  const ticks: { x: number; label?: string }[] = [];
  const days: { x: number; label: string }[] = [{ x: x(from), label: dayText(language, dateText(from), now) }];
  for (let at = first; at < to; at += step) {
    const midnight = (at + zone) % (24 * HOUR) === 0;
    ticks.push({ x: x(at), ...(step >= 24 * HOUR ? {} : { label: midnight ? '24:00' : clockText(at) }) });
    if (midnight && x(at) - (days.at(-1)?.x ?? 0) > 90)
      days.push({ x: x(at), label: dayText(language, dateText(at), now) });
  }
  return { ticks, days };
}
export const factMoment = momentText;
