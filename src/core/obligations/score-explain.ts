/** For each line of a score or target: the events that counted, and for each event that did not, why. */
import type { HuiyinEvent } from '#core/log';
import { passes } from './match.ts';
import { field, type Fact } from './facts.ts';
import type { QuotaLine, ScoreOutputLine } from './lines.ts';
import { type Dispute, disputesOf } from './disputes.ts';
import { countedFacts, countedOn, matchesLevel, withLevel } from './quota.ts';
import type { Replay } from './replay.ts';
import { dateOfDay } from '#core/calendar';

export interface Explained {
  readonly counted: readonly HuiyinEvent[];
  readonly notCounted: readonly { readonly event: string; readonly why: string }[];
  /** What the unit contested here, and how it was decided. */
  readonly disputes: readonly Dispute[];
}

export function explainScore(
  result: Replay,
  line: ScoreOutputLine | QuotaLine,
): (ScoreOutputLine | QuotaLine) & { readonly explain: Explained } {
  const explain = line.line === 'score' ? ofScore(result, line) : ofQuota(result, line);
  return { ...line, explain };
}

function ofScore(result: Replay, line: ScoreOutputLine): Explained {
  const { view, events, book } = result;
  const rule = book.of('score').find(s => s.name === line.score);
  const counted = new Set(line.lines.flatMap(l => l.basis));
  const types = new Set((rule?.lines ?? []).flatMap(l => (l.count.on === 'event' ? [l.count.type] : [])));
  const own = events.all.filter(f => types.has(f.type) && field(f, 'unit') === line.unit);
  const why = (fact: Fact): string => {
    const date = dateOfDay(countedOn(view, fact));
    if (!date.startsWith(`${line.year}-`)) return `it counts for ${date.slice(0, 4)}`;
    const fits = (rule?.lines ?? []).filter(l => matchesLevel(view, l.count, fact));
    if (fits.length === 0)
      return withLevel(view, fact).data['level'] === 'unknown' ? 'its outlet has no level' : 'no line counts it';
    if (fits.every(l => l.notFor?.includes(line.unit))) return `the line is not for ${line.unit}`;
    if (fits.some(l => l.needsBase) && line.base !== 'met') return 'the base task is not met';
    return 'it is part of the base task';
  };
  const clauses = new Set([...(rule?.clauses ?? []), ...(rule?.lines ?? []).map(l => l.clause)]);
  return {
    counted: own.filter(f => counted.has(f.id)).map(f => f.event),
    notCounted: [
      ...own.filter(f => !counted.has(f.id)).map(f => ({ event: f.id, why: why(f) })),
      ...corrected(result, types, f => field(f, 'unit') === line.unit && inYear(result, f, line.year)),
    ],
    disputes: disputesOf(result, line.unit, line.year, clauses),
  };
}

/** Entries that another took the place of: they stay readable and count for nothing. */
function corrected(
  { known }: Replay,
  types: ReadonlySet<string>,
  wanted: (fact: Fact) => boolean,
): { event: string; why: string }[] {
  return known.corrections.flatMap(({ entry, replacement }) => {
    const fact = known.byId(entry);
    return fact && types.has(fact.type) && wanted(fact)
      ? [{ event: entry, why: `it was corrected by ${replacement}` }]
      : [];
  });
}
const inYear = ({ view }: Replay, fact: Fact, year: number): boolean =>
  dateOfDay(countedOn(view, fact)).startsWith(`${year}-`);

function ofQuota(result: Replay, line: QuotaLine): Explained {
  const { view, events, book, cases } = result;
  const rule = book.of('quota').find(q => q.name === line.quota);
  const types = new Set((rule?.count ?? []).flatMap(p => (p.on === 'event' ? [p.type] : [])));
  const refused = new Map(cases.flatMap(c => c.judged.refused.map(r => [r.act.id, r.clause] as const)));
  const all = [...events.all, ...cases.flatMap(c => c.all.filter(f => refused.has(f.id)))].filter(f =>
    types.has(f.type),
  );
  const inTime = (fact: Fact): boolean => {
    const date = dateOfDay(countedOn(view, fact));
    return date >= line.from && date <= line.to;
  };
  const ours = (fact: Fact): boolean => line.unit === undefined || (field(fact, 'unit') ?? fact.by.unit) === line.unit;
  // Exactly what the target counted, so that the list behind a number adds up to it.
  const counted = new Set(
    rule
      ? countedFacts(view, rule, events)
          .filter(f => inTime(f) && ours(f))
          .map(f => f.id)
      : [],
  );
  const why = (fact: Fact): string => {
    const clause = refused.get(fact.id);
    if (clause !== undefined) return `it was refused (${clause})`;
    if (!rule?.count.some(p => matchesLevel(view, p, fact)))
      return withLevel(view, fact).data['level'] === 'unknown'
        ? 'its outlet has no level'
        : 'it is not of the kind counted';
    if (rule.excludes?.some(t => passes(t, fact, view.facts))) return 'it is excluded';
    return ours(fact) ? 'its ledger leaves it out' : `it is of ${field(fact, 'unit') ?? fact.by.unit}`;
  };
  const judged = all.filter(inTime);
  return {
    counted: judged.filter(f => counted.has(f.id)).map(f => f.event),
    notCounted: [
      ...judged.filter(f => !counted.has(f.id)).map(f => ({ event: f.id, why: why(f) })),
      ...corrected(result, types, f => inTime(f) && ours(f)),
    ],
    disputes:
      line.unit === undefined
        ? []
        : disputesOf(result, line.unit, Number(line.from.slice(0, 4)), new Set(rule?.clauses ?? [])),
  };
}
