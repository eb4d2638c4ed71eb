/**
 * What the rules say of a log that goes on: each case is evaluated again only when something was entered in it or one of
 * its moments has passed, the rows outside cases likewise. What it says is what `replay` says; a property test holds it to
 * that, lines and order.
 */
import type { Instant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Book } from './book.ts';
import { evaluateCase, type CaseResult, type InstitutionContext } from './evaluate-case.ts';
import { factSet, standing, type Fact, type FactSet } from './facts.ts';
import { gapLines } from './gaps.ts';
import type { CountLine, GapLine, Line, LocalLine, ObligationLine, QuotaLine, RefusedLine } from './lines.ts';
import { breachResult, type BreachResult } from './breaches.ts';
import { caseLocals, standingLocals } from './locals.ts';
import { nextSlotStart, nextTurn } from './next-wake.ts';
import { allLines, caseLines, quotaHits, type CaseLines } from './obligations.ts';
import { judgeTried } from './judge-tried.ts';
import { inLineOrder } from './order.ts';
import type { Owed } from './owed.ts';
import { dateOfInstant } from './offices.ts';
import { placing } from './placing.ts';
import { quotaLines } from './quota.ts';
import { quotaGapRows } from './quota-gap.ts';
import { institutionContext } from './replay.ts';
import { rotaResult, type RotaResult } from './rota.ts';
import { nextStandingStart, standingRows } from './standing.ts';
import { FOUND, GAP_NEEDS, quotaNeeds, roundNeeds, standingNeeds } from './standing-needs.ts';
import type { View } from './view.ts';
import { obligationLine } from './write-line.ts';

/** What was made anew by a turn. `undefined` among the cases: what stands outside every case. */
export interface Turned {
  readonly cases: ReadonlySet<string | undefined>;
  readonly standing: boolean;
}
export interface Live {
  /** Takes entries in the order in which they were made. */
  readonly append: (events: readonly HuiyinEvent[]) => void;
  /** Another stretch of dates to look at, or other parameters: the entries stay. */
  readonly underBook: (book: Book) => void;
  /** Moves on to an instant and says what that has changed. */
  readonly turn: (now: Instant) => Turned;
  readonly cases: () => readonly string[];
  /** The rows of a case, or of what was entered outside every case. */
  readonly rowsOf: (key: string | undefined) => readonly Owed[];
  readonly viewOf: (key: string | undefined) => View | undefined;
  /** Watch slots, gaps between updates, standing duties. */
  readonly standing: () => readonly Owed[];
  /** From this instant on a turn may change something by itself. */
  readonly nextMoment: () => Instant | undefined;
  /** The rules with the parameters that were decided in the log. */
  readonly book: () => Book;
  readonly lineOf: (row: Owed) => ObligationLine;
  readonly linesOf: (key: string | undefined) => CaseLines;
  readonly gaps: () => readonly GapLine[];
  /** Every row of every case and outside them, unwritten: to count many and write few. */
  readonly allRows: () => readonly Owed[];
  /** Acts that a gate refused: they stand in the log and have no effect. */
  readonly refusedActs: () => ReadonlySet<string>;
  readonly quotas: () => readonly QuotaLine[];
  /** Rounds that come back at an interval of the house's own. */
  readonly rounds: () => readonly LocalLine[];
  /** What lateness and found faults lead to: counts, and candidates that wait for a person. */
  readonly breaches: () => Pick<BreachResult, 'counts' | 'flags'>;
  /** Every line, in the order of a replay. */
  readonly lines: () => readonly Line[];
  /** What acts that have not happened would be refused for if they were entered now; undefined where the whole log must be asked. */
  readonly judge: (tried: readonly HuiyinEvent[]) => readonly RefusedLine[] | undefined;
}
interface Kept {
  result?: CaseResult | undefined;
  /** Earlier verdicts may be kept: this many facts had been judged. */
  judged: number;
  stale: boolean;
  until: Instant | undefined;
  lines?: { readonly at: Instant; readonly lines: CaseLines } | undefined;
}
type Context = InstitutionContext & { readonly own: readonly Fact[] };
/** Entries in their order; those of them that no gate refused; and a view over these. */
interface Whole {
  readonly early: FactSet;
  readonly accepted: FactSet;
  readonly view: View;
}

export function openLive(first: Book): Live {
  let prepared = first;
  let needs = standingNeeds(prepared);
  const files = placing();
  const kept = new Map<string | undefined, Kept>();
  let context: Context | undefined;
  let now = Number.NEGATIVE_INFINITY;
  let rota: RotaResult = { rows: [], gaps: [], flags: [] };
  let rows: readonly Owed[] = [];
  let standingUntil: Instant | undefined = Number.NEGATIVE_INFINITY;
  let nextUntil: Instant | undefined = Number.NEGATIVE_INFINITY;
  let whole: Whole | undefined;
  let gaps: { readonly on: string; readonly lines: readonly GapLine[] } | undefined;
  let written: readonly Line[] | undefined;
  let counted: {
    quotas?: readonly QuotaLine[];
    rounds?: readonly LocalLine[];
    breaches?: BreachResult;
    rows?: readonly Owed[];
  } = {};
  // A duty may start in a case when a watch outside it is missed.
  const waited = new Set(
    prepared
      .of('duty')
      .flatMap(d =>
        d.starts.flatMap(p =>
          (p.on === 'missed' || p.on === 'late') && prepared.named(p.duty).length === 0 ? [p.duty] : [],
        ),
      ),
  );
  const slotsWaitedFor = (): string =>
    rota.rows
      .filter(r => waited.has(r.name))
      .map(r => `${r.name} ${r.unit ?? ''} ${r.anchor.at} ${r.state} ${r.role}`)
      .join('|');

  const contextNow = (): Context => {
    if (context && context.now === now) return context;
    if (context) return (context = { ...context, now });
    const known = files.known();
    const read = { ...known, facts: [...files.outside(), ...files.settings()] };
    return (context = institutionContext(prepared, read, now, () => name => rota.rows.filter(o => o.name === name)));
  };
  const keptOf = (key: string | undefined): Kept => {
    const own = kept.get(key);
    if (own) return own;
    const made: Kept = { judged: 0, stale: true, until: undefined };
    kept.set(key, made);
    return made;
  };
  const factsOf = (key: string | undefined): readonly Fact[] => (key === undefined ? contextNow().own : files.of(key));

  const evaluate = (key: string | undefined, own: Kept): void => {
    const facts = factsOf(key);
    const before =
      own.result && own.judged > 0 ? { judged: own.result.judged, added: facts.slice(own.judged) } : undefined;
    own.result = evaluateCase(contextNow(), key, facts, before);
    own.judged = facts.length;
    own.stale = false;
    own.lines = undefined;
    own.until = nextMoment(own.result, facts, now);
  };
  const linesAt = (key: string | undefined, own: Kept): CaseLines => {
    if (own.lines?.at === now) return own.lines.lines;
    if (!own.result) evaluate(key, own);
    const lines = caseLines({ book: contextNow().book, now, institution: contextNow() }, own.result as CaseResult);
    own.lines = { at: now, lines };
    return lines;
  };
  /** Rows outside cases, from the entries that they can rest on. */
  const standingNow = (): void => {
    const { inForce } = contextNow();
    const { view, early, accepted } = viewOver(needs);
    gaps = undefined;
    rota = rotaResult({ ...view, facts: early }, early, now);
    rows = [...rota.rows, ...quotaGapRows(view, accepted, now), ...standingRows(view, now, inForce)];
    const moments = [nextTurn(rows, now), nextSlotStart(view, now), nextStandingStart(view, now, inForce)];
    standingUntil = moments
      .filter((at): at is Instant => at !== undefined && at > now)
      .reduce<Instant | undefined>((min, at) => (min === undefined || at < min ? at : min), undefined);
  };
  const refusedNow = (): ReadonlySet<string> => {
    const out = new Set<string>();
    for (const { result } of kept.values()) if (result) for (const id of refusedIn(result)) out.add(id);
    return out;
  };
  /** A view over the entries of these types, or of all, with what they say and what of it has effect. */
  const viewOver = (types: ReadonlySet<string> | undefined): Whole => {
    const { facts, corrections } = files.known();
    const institution = contextNow();
    const early = factSet(standing(types === undefined ? facts : facts.filter(f => types.has(f.type)), corrections));
    const out = refusedNow();
    const accepted = out.size === 0 ? early : factSet(early.all.filter(f => !out.has(f.id)));
    const view: View = {
      book: institution.book,
      caseKey: undefined,
      facts: accepted,
      institution: institution.facts,
      holders: institution.holders,
    };
    return { early, accepted, view };
  };
  const wholeNow = (): Whole => (whole ??= viewOver(undefined));

  const turn = (at: Instant): Turned => {
    const back = at < now;
    const moved = at !== now;
    now = at;
    const touched = files.take(now);
    const entered = touched.types.size > 0 || touched.everywhere !== 'nothing';
    if (moved || entered) {
      written = undefined;
      counted = {};
    }
    if (entered || back) whole = undefined;
    if (back || touched.everywhere !== 'nothing' || [...touched.types].some(t => GAP_NEEDS.has(t))) gaps = undefined;
    if (touched.outside !== 'same' || touched.everywhere !== 'nothing' || back) context = undefined;
    if (touched.everywhere === 'verdicts' || back) {
      const keys = new Set(files.keys());
      for (const key of kept.keys()) if (key !== undefined && !keys.has(key)) kept.delete(key);
      for (const own of kept.values()) own.judged = 0;
    }
    if (touched.everywhere !== 'nothing' || back) for (const own of kept.values()) own.stale = true;
    for (const key of touched.grown) keptOf(key).stale = true;
    for (const key of touched.changed) Object.assign(keptOf(key), { stale: true, judged: 0 });
    const rest = keptOf(undefined);
    if (touched.outside !== 'same') rest.stale = true;
    if (touched.outside === 'changed') rest.judged = 0;
    if (touched.everywhere !== 'nothing' || back) for (const key of files.keys()) keptOf(key);

    const mayMove =
      back ||
      touched.everywhere !== 'nothing' ||
      (touched.types.size > 0 && (needs === undefined || [...touched.types].some(t => needs?.has(t))));
    const due = mayMove || standingUntil === undefined ? mayMove : now >= standingUntil;
    // The slots come first: they rest on facts, not on acts, and a case may wait for one to be missed.
    if (due && waited.size > 0) {
      const before = slotsWaitedFor();
      standingNow();
      if (before !== slotsWaitedFor()) for (const own of kept.values()) own.stale = true;
    }
    const cases = new Set<string | undefined>();
    let refusals = false;
    if (!entered && !back && !due && (nextUntil === undefined || now < nextUntil)) return { cases, standing: false };
    for (const [key, own] of kept) {
      if (!own.stale && (own.until === undefined || now < own.until)) continue;
      const again = own.judged === 0;
      const before = own.result?.judged.out.size ?? 0;
      evaluate(key, own);
      const after = own.result?.judged.out.size ?? 0;
      refusals ||= after !== before || (again && after > 0);
      cases.add(key);
    }
    nextUntil = undefined;
    for (const { until } of kept.values()) nextUntil = earliest(nextUntil, until);
    if (due || refusals) standingNow();
    if (refusals) whole = undefined;
    return { cases, standing: due || refusals };
  };
  /** Of these types alone; the whole, which is kept, where a rule looks further. */
  const needed = (types: ReadonlySet<string> | undefined): Whole =>
    types === undefined ? wholeNow() : viewOver(types);
  const quotasNow = (): readonly QuotaLine[] => {
    if (counted.quotas) return counted.quotas;
    const { view, accepted } = needed(quotaNeeds(contextNow().book));
    return (counted.quotas = quotaLines(view, accepted, now));
  };
  const rowsNow = (): readonly Owed[] =>
    (counted.rows ??= [...[...kept.values()].flatMap(own => own.result?.rows ?? []), ...rows]);
  const gapsNow = (): readonly GapLine[] => {
    const on = dateOfInstant(now, prepared.calendar.offsetMinutes);
    if (gaps?.on !== on) {
      const { view, accepted } = viewOver(GAP_NEEDS);
      gaps = { on, lines: inLineOrder([...gapLines(view, accepted, now), ...rota.gaps]) as GapLine[] };
    }
    return gaps.lines;
  };

  return {
    append: events => {
      for (const event of events) files.add(event);
    },
    underBook: book => {
      prepared = book;
      needs = standingNeeds(book);
      context = undefined;
      whole = undefined;
      gaps = undefined;
      written = undefined;
      counted = {};
      standingUntil = Number.NEGATIVE_INFINITY;
    },
    turn,
    cases: () => files.keys().toSorted(),
    rowsOf: key => kept.get(key)?.result?.rows ?? [],
    viewOf: key => kept.get(key)?.result?.view,
    standing: () => rows,
    nextMoment: () => earliest(nextUntil, standingUntil),
    book: () => contextNow().book,
    lineOf: row => obligationLine(contextNow().book, row, now),
    linesOf: key => {
      const own = kept.get(key);
      return own ? linesAt(key, own) : NO_LINES;
    },
    gaps: gapsNow,
    allRows: rowsNow,
    refusedActs: refusedNow,
    quotas: quotasNow,
    rounds: () => {
      if (counted.rounds) return counted.rounds;
      const { view, accepted } = needed(roundNeeds(contextNow().book));
      return (counted.rounds = standingLocals(view, accepted, now));
    },
    breaches: () => {
      if (counted.breaches) return counted.breaches;
      const { book } = contextNow();
      const { accepted } = needed(FOUND);
      const findings = [...accepted.of('fault.found'), ...accepted.of('publication.found')];
      const found = breachResult(book, rowsNow(), findings);
      if (!book.of('quota').some(q => q.hits !== undefined)) return (counted.breaches = found);
      // A rhythm that was missed counts under the clause it feeds, as in the whole.
      const missed = quotaHits(book, quotasNow()).filter((l): l is CountLine => l.line === 'count');
      return (counted.breaches = { ...found, counts: [...found.counts, ...missed] });
    },
    lines: () => {
      if (written) return written;
      const keys = [...files.keys().toSorted((a, b) => (a < b ? -1 : 1)), undefined];
      const all = keys.map(key => [key, keptOf(key)] as const);
      const parts = all.map(([key, own]) => linesAt(key, own));
      const { view, accepted } = wholeNow();
      const cases = all.flatMap(([, own]) => own.result ?? []);
      const { book } = contextNow();
      written = allLines({ book, now, view, events: accepted, rota, cases, standing: rows }, parts);
      return written;
    },
    judge: tried => judgeTried({ context: contextNow(), files, factsOf, kept }, tried),
  };
}
const NO_LINES: CaseLines = {
  obligations: [],
  refused: [],
  forms: [],
  stages: [],
  flags: [],
  locals: [],
  measures: [],
  declined: [],
};
const earliest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);
const refusedIn = (result: CaseResult): readonly string[] => result.judged.refused.map(r => r.act.id);

/** The next instant at which a case may say something else by itself: a due time, a local window, an entry about what is to come. */
function nextMoment(result: CaseResult, facts: readonly Fact[], now: Instant): Instant | undefined {
  let next = nextTurn(result.rows, now);
  const consider = (at: Instant): void => {
    if (at > now && (next === undefined || at < next)) next = at;
  };
  for (const fact of facts) consider(fact.at);
  for (const local of caseLocals(result.view, result.rows, now)) {
    if (local.state !== 'open') continue;
    consider(Date.parse(local.dueAt));
    consider(Date.parse(local.dueAt) + 1000);
  }
  return next;
}
