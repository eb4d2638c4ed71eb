/** Cases as people speak of them: number, title, grade, units, whether closed. Read off the entries, never stored. */
import type { StoredEvent } from '../ports.ts';
import type { Hall } from '../state.ts';
import type { Words } from '../words/index.ts';

export interface CaseHead {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly openedAt: number;
  readonly closedAt?: number;
  /** The value that stands on each scale. */
  readonly scales: Readonly<Record<string, readonly string[]>>;
  readonly concerns: readonly string[];
  readonly responsible?: string;
  readonly events: readonly StoredEvent[];
}
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
const at = (e: StoredEvent): number => Date.parse(e.at);

/** What an entry is about, in the institution's own words. */
export const subjectOf = (event: StoredEvent): string | undefined => {
  for (const name of ['subject', 'what', 'matter']) {
    const value = event.data[name];
    if (typeof value === 'string' && name !== 'matter') return value;
  }
  if (event.type === 'media.called') {
    const matter = (event.data['fields'] as Readonly<Record<string, unknown>> | undefined)?.['matter'];
    if (typeof matter === 'string') return matter;
  }
  return undefined;
};

/** Heads as last read off the same entries: a list of a case's entries is made anew when one is added. */
const read = new WeakMap<readonly StoredEvent[], CaseHead>();
function headOf(hall: Hall, key: string, number: string): CaseHead {
  const events = hall.byCase.get(key) ?? [];
  const known = read.get(events);
  if (known) return known.number === number ? known : { ...known, number };
  const made = readHead(hall, key, number, events);
  read.set(events, made);
  return made;
}
function readHead(hall: Hall, key: string, number: string, events: readonly StoredEvent[]): CaseHead {
  const opening = events.find(e => e.type === 'case.opened');
  const from = texts(opening?.data['from']).flatMap(id => hall.byId.get(id) ?? []);
  const sources = [
    ...from,
    ...events.filter(e => ['finding.recorded', 'incident.occurred', 'media.called'].includes(e.type)),
  ];
  const scales: Record<string, readonly string[]> = {};
  for (const e of events.filter(e => e.type === 'classification.set'))
    scales[String(e.data['scale'])] = texts(e.data['value']);
  const concerns = new Set<string>();
  for (const e of [...sources, ...(opening ? [opening] : [])])
    for (const unit of texts(e.data['concerns'])) concerns.add(unit);
  const responsible = events.findLast(e => e.type === 'assignment.made' && e.data['as'] === 'responsible');
  const closing = events.findLast(e => e.type === 'case.closed' || e.type === 'case.reopened');
  const closed = closing?.type === 'case.closed' ? at(closing) : undefined;
  return {
    key,
    number,
    title: sources.map(subjectOf).find(s => s !== undefined) ?? key,
    openedAt: opening ? at(opening) : at(events[0] as StoredEvent),
    ...(closed === undefined ? {} : { closedAt: closed }),
    scales,
    concerns: [...concerns],
    ...(responsible ? { responsible: String(responsible.data['to']) } : {}),
    events,
  };
}

/** Its opening was corrected within its half minute. It leaves its number behind, so that no other case takes it over. */
function wasTakenBack(hall: Hall, key: string): boolean {
  const events = hall.byCase.get(key) ?? [];
  const corrected = new Set(events.flatMap(e => (e.type === 'entry.corrected' ? [e.data['entry']] : [])));
  return corrected.size > 0 && events.some(e => e.type === 'case.opened' && corrected.has(e.id));
}
/** All cases, newest first. A number counts the openings of a year. */
export function caseHeads(hall: Hall, w: Words): readonly CaseHead[] {
  if (hall.kept)
    return [...hall.kept.places]
      .filter(([key]) => !wasTakenBack(hall, key))
      .map(([key, { year, n }]) => headOf(hall, key, w.caseNumber(year, n)))
      .reverse();
  const counts = new Map<string, number>();
  const first = [...hall.byCase].map(([key, events]) => ({
    key,
    start: events.find(e => e.type === 'case.opened') ?? events[0],
  }));
  const heads: CaseHead[] = [];
  for (const { key, start } of first) {
    if (!start) continue;
    const year = start.at.slice(0, 4);
    const n = (counts.get(year) ?? 0) + 1;
    counts.set(year, n);
    if (wasTakenBack(hall, key)) continue;
    heads.push(headOf(hall, key, w.caseNumber(year, n)));
  }
  return heads.reverse();
}
export function caseHead(hall: Hall, w: Words, key: string): CaseHead | undefined {
  if (!hall.kept) return caseHeads(hall, w).find(c => c.key === key);
  const place = hall.kept.places.get(key);
  return place && !wasTakenBack(hall, key) ? headOf(hall, key, w.caseNumber(place.year, place.n)) : undefined;
}

/** Height of a grade on its scale as bars of four, and the value itself. */
export function gradeOf(
  hall: Hall,
  head: CaseHead,
): { readonly value: string; readonly bars: number; readonly scale: string } | undefined {
  for (const rule of hall.rulebook.rules) {
    if (rule.kind !== 'grades' || rule.unordered || rule.values.length === 0) continue;
    const value = head.scales[rule.name]?.[0];
    if (value === undefined) continue;
    const place = rule.values.indexOf(value);
    if (place < 0) continue;
    const bars = rule.values.length === 1 ? 4 : 1 + Math.round((place * 3) / (rule.values.length - 1));
    return { value, bars, scale: rule.name };
  }
  return undefined;
}
