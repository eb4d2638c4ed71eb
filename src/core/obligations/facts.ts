/**
 * Events as the rules read them: times as numbers, each with its place in the log, each filed under its case, and sets
 * of them as somebody knew them at a moment (reading rules 1 and 6).
 */
import type { Instant } from '#core/calendar';
import type { HuiyinEvent, Office } from '#core/log';

export interface Fact {
  readonly id: string;
  readonly type: string;
  /** When it happened. */
  readonly at: Instant;
  /** When it was entered. */
  readonly rec: Instant;
  /** Place in the file: breaks ties. */
  readonly seq: number;
  readonly case: string | undefined;
  readonly by: Office;
  readonly data: Readonly<Record<string, unknown>>;
  readonly event: HuiyinEvent;
}
/** Facts in the order in which they happened, found by type. */
export interface FactSet {
  readonly all: readonly Fact[];
  readonly of: (type: string) => readonly Fact[];
  /** Those of a type that speak of one document (a notice's key is a document's). */
  readonly about: (type: string, document: string) => readonly Fact[];
}

const NONE: readonly Fact[] = [];
/** Happened earlier; entered earlier; earlier in the file. */
export const inOrder = (a: Fact, b: Fact): number => a.at - b.at || a.rec - b.rec || a.seq - b.seq;
/** Entered earlier; earlier in the file. */
export const inEntryOrder = (a: Fact, b: Fact): number => a.rec - b.rec || a.seq - b.seq;

export function factSet(facts: readonly Fact[]): FactSet {
  const all = facts.toSorted(inOrder);
  const types = new Map<string, Fact[]>();
  for (const fact of all) {
    const list = types.get(fact.type);
    if (list) list.push(fact);
    else types.set(fact.type, [fact]);
  }
  const byDocument = new Map<string, ReadonlyMap<string, readonly Fact[]>>();
  return {
    all,
    of: type => types.get(type) ?? NONE,
    about: (type, document) => {
      let index = byDocument.get(type);
      if (!index) byDocument.set(type, (index = documentsOf(types.get(type) ?? NONE)));
      return index.get(document) ?? NONE;
    },
  };
}

function documentsOf(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const index = new Map<string, Fact[]>();
  for (const fact of facts) {
    const document = String(fact.data['document'] ?? fact.data['notice']);
    const list = index.get(document);
    if (list) list.push(fact);
    else index.set(document, [fact]);
  }
  return index;
}

/** `2026-09-18T22:30:00+08:00` was checked at the border: its figures stand at fixed places. */
function instantOf(text: string): Instant {
  if (text.length !== 25) return Date.parse(text);
  const two = (i: number): number => text.charCodeAt(i) * 10 + text.charCodeAt(i + 1) - 528;
  const month = two(5);
  // Years begin in March here, so that the leap day is the last of its year.
  const year = two(0) * 100 + two(2) - (month <= 2 ? 1 : 0);
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + two(8) - 1;
  const day = year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + ofYear - 719_468;
  const offset = (two(20) * 60 + two(23)) * (text[19] === '-' ? -1 : 1);
  return ((day * 24 + two(11)) * 60 + two(14) - offset) * 60_000 + two(17) * 1000;
}

export const toFact = (event: HuiyinEvent, seq: number): Fact => ({
  id: event.id,
  type: event.type,
  at: instantOf(event.at),
  rec: event.recordedAt === event.at ? instantOf(event.at) : instantOf(event.recordedAt),
  seq,
  case: event.case,
  by: event.by,
  data: event.data,
  event,
});

/** One correction: an entry gives way to its replacement for everything known from then on (reading rule 6). */
export interface Correction {
  readonly entry: string;
  readonly replacement: string;
  readonly fact: Fact;
}
/** All facts known at a moment, with what was corrected, folded, joined and put aside by then. */
export interface Known {
  readonly facts: readonly Fact[];
  readonly byId: (id: string) => Fact | undefined;
  readonly corrections: readonly Correction[];
  /** Item to the item it is another sighting of. */
  readonly folded: ReadonlyMap<string, string>;
  /** Case to the case it became part of, with the fact that says so. */
  readonly joined: ReadonlyMap<string, { readonly into: string; readonly fact: Fact }>;
}

/** The events entered by `now`, each under its case: its own, or the one a `case.opened` took it into. */
export const knownAt = (events: readonly HuiyinEvent[], now: Instant): Known => known(events.map(toFact), now);

/** The same of facts as they were entered, each under the case its event names. */
export function known(entered: readonly Fact[], now: Instant): Known {
  const raw = entered.filter(fact => fact.rec <= now);
  const takenInto = new Map<string, string>();
  const folded = new Map<string, string>();
  const joined = new Map<string, { into: string; fact: Fact }>();
  const corrections: Correction[] = [];
  for (const fact of raw) {
    const { type, data } = fact;
    if (type === 'case.opened' && fact.case !== undefined)
      for (const id of data['from'] as readonly string[]) if (!takenInto.has(id)) takenInto.set(id, fact.case);
    if (type === 'item.folded') folded.set(String(data['item']), String(data['into']));
    if (type === 'case.joined' && fact.case !== undefined) joined.set(fact.case, { into: String(data['into']), fact });
    if (type === 'entry.corrected')
      corrections.push({ entry: String(data['entry']), replacement: String(data['replacement']), fact });
  }
  const caseOf = (fact: Fact): string | undefined => {
    if (fact.case !== undefined) return fact.case;
    const own = takenInto.get(fact.id);
    if (own !== undefined) return own;
    const head = folded.get(fact.id);
    return head === undefined ? undefined : (raw.find(f => f.id === head)?.case ?? takenInto.get(head));
  };
  const facts =
    takenInto.size === 0 && folded.size === 0
      ? raw
      : raw.map(f => (f.case === undefined ? { ...f, case: caseOf(f) } : f));
  let byId: ReadonlyMap<string, Fact> | undefined;
  return { facts, byId: id => (byId ??= new Map(facts.map(f => [f.id, f]))).get(id), corrections, folded, joined };
}

/** The facts that stand once corrections are applied: entries that were replaced are gone. */
export function standing(facts: readonly Fact[], corrections: readonly Correction[]): readonly Fact[] {
  if (corrections.length === 0) return facts;
  const gone = new Set(corrections.map(c => c.entry));
  return facts.filter(f => !gone.has(f.id));
}

/** Text of a field, however deep its value's kind: what tests compare. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value));
/** A field as a list of texts: nothing, one, or many. */
export function listOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]).map(textOf) : [textOf(value)];
}
export const field = (fact: Fact, name: string): string | undefined => {
  const value = fact.data[name];
  return value === undefined || value === null ? undefined : textOf(value);
};
/** The last of an ordered list at or before an instant. */
export function latestBy(facts: readonly Fact[], at: Instant): Fact | undefined {
  let found: Fact | undefined;
  for (const fact of facts) {
    if (fact.at > at) break;
    found = fact;
  }
  return found;
}
