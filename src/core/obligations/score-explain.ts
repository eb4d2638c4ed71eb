/** For each line of a score or target: the events that counted, and for each event that did not, why. */
import type { HuiyinEvent } from '#core/log';
import { passes } from './match.ts';
import { field, type Fact } from './facts.ts';
import type { QuotaLine, ScoreOutputLine } from './lines.ts';
import { countedOn, matchesLevel, withLevel } from './quota.ts';
import type { Replay } from './replay.ts';
import { dateOfDay } from '#core/calendar';

export interface Explained {
  readonly counted: readonly HuiyinEvent[];
  readonly notCounted: readonly { readonly event: string; readonly why: string }[];
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
  return {
    counted: own.filter(f => counted.has(f.id)).map(f => f.event),
    notCounted: own.filter(f => !counted.has(f.id)).map(f => ({ event: f.id, why: why(f) })),
  };
}

function ofQuota(result: Replay, line: QuotaLine): Explained {
  const { view, events, book, cases } = result;
  const rule = book.of('quota').find(q => q.name === line.quota);
  const types = new Set((rule?.count ?? []).flatMap(p => (p.on === 'event' ? [p.type] : [])));
  const refused = new Map(cases.flatMap(c => c.judged.refused.map(r => [r.act.id, r.clause] as const)));
  const all = [...events.all, ...cases.flatMap(c => c.all.filter(f => refused.has(f.id)))].filter(f =>
    types.has(f.type),
  );
  const inTime = all.filter(f => {
    const date = dateOfDay(countedOn(view, f));
    return date >= line.from && date <= line.to;
  });
  const why = (fact: Fact): string | undefined => {
    const clause = refused.get(fact.id);
    if (clause !== undefined) return `it was refused (${clause})`;
    if (!rule?.count.some(p => matchesLevel(view, p, fact))) return 'it is not of the kind counted';
    if (rule.excludes?.some(t => passes(t, fact, view.facts))) return 'it is excluded';
    if (line.unit !== undefined && (field(fact, 'unit') ?? fact.by.unit) !== line.unit)
      return `it is of ${field(fact, 'unit') ?? fact.by.unit}`;
    return undefined;
  };
  const judged = inTime.map(fact => ({ fact, why: why(fact) }));
  return {
    counted: judged.filter(j => j.why === undefined).map(j => j.fact.event),
    notCounted: judged.flatMap(j => (j.why === undefined ? [] : [{ event: j.fact.id, why: j.why }])),
  };
}
