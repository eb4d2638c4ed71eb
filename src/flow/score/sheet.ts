/**
 * The year-end sheet of a unit, or of the whole institution: targets, points, veto, promptness, marks that persons set, and
 * beside them what the score leaves out. Every number carries the events or duties behind it.
 */
import type { HuiyinEvent } from '#core/log';
import {
  type AccountLine,
  explainScore,
  type Explained,
  linesOf,
  type ObligationLine,
  type QuotaLine,
  type Replay,
  type ScoreOutputLine,
} from '#core/obligations';
import { ignoredBy, type Ignored } from './fairness.ts';

export type ExplainedScore = ScoreOutputLine & { readonly explain: Explained };
export type ExplainedQuota = QuotaLine & { readonly explain: Explained };
export interface Promptness {
  readonly clause: string;
  readonly duty: string;
  readonly onTime: readonly ObligationLine[];
  readonly late: readonly ObligationLine[];
  readonly open: readonly ObligationLine[];
}
export interface Sheet {
  readonly year: number;
  /** Absent: the institution as a whole. */
  readonly unit?: string;
  readonly targets: readonly ExplainedQuota[];
  readonly scores: readonly ExplainedScore[];
  /** The same scores a year earlier, where the log reaches back; always by the rules of now. */
  readonly before: readonly ScoreOutputLine[];
  readonly promptness: readonly Promptness[];
  /** Faults that a person found, and what they lead to by the regulation. */
  readonly marks: readonly AccountLine[];
  readonly faults: readonly HuiyinEvent[];
  readonly appraisals: readonly HuiyinEvent[];
  readonly ignored: Ignored;
}
/** What of a replay all sheets of a year share. */
export interface Year {
  readonly result: Replay;
  readonly year: number;
  readonly quotas: readonly QuotaLine[];
  readonly scores: readonly ScoreOutputLine[];
  readonly earlier: readonly ScoreOutputLine[];
  readonly duties: readonly ObligationLine[];
  readonly accounts: readonly AccountLine[];
}

export function readYear(result: Replay, year: number): Year {
  const lines = linesOf(result);
  const of = <K extends (typeof lines)[number]['line']>(line: K) =>
    lines.filter((l): l is Extract<(typeof lines)[number], { line: K }> => l.line === line);
  return {
    result,
    year,
    // Of daily rhythms a year holds hundreds: they are counted on the sheet of own channels, not listed here.
    quotas: of('quota').filter(q => q.from === `${year}-01-01` && q.to === `${year}-12-31`),
    scores: of('score').filter(s => s.year === year),
    earlier: of('score').filter(s => s.year === year - 1),
    duties: of('obligation').filter(l => !l.whole && l.startedAt.startsWith(String(year))),
    accounts: of('account'),
  };
}

/** Units that the regulation scores or sets targets for, in the order of the setup. */
export function scoredUnits({ result, quotas, scores }: Year): readonly string[] {
  const named = new Set([...scores.map(s => s.unit), ...quotas.flatMap(q => (q.unit === undefined ? [] : [q.unit]))]);
  return result.book.org.units.filter(u => named.has(u));
}

export function sheetOf(of: Year, unit: string | undefined): Sheet {
  const { result, year } = of;
  const targets = of.quotas.filter(q => q.unit === unit).map(q => explainScore(result, q) as ExplainedQuota);
  const scores = of.scores.filter(s => s.unit === unit).map(s => explainScore(result, s) as ExplainedScore);
  const duties = of.duties.filter(l => unit === undefined || ownerOf(result, l) === unit);
  const faults = result.events
    .of('fault.found')
    .filter(f => f.event.at.startsWith(String(year)))
    .filter(f => unit === undefined || f.data['unit'] === unit)
    .map(f => f.event);
  const own = new Set(faults.map(f => f.id));
  return {
    year,
    ...(unit === undefined ? {} : { unit }),
    targets,
    scores,
    before: of.earlier.filter(s => s.unit === unit),
    promptness: promptnessOf(duties),
    marks: of.accounts.filter(a => a.event !== undefined && own.has(a.event)),
    faults,
    appraisals: result.events
      .of('appraisal.recorded')
      .filter(f => f.data['year'] === year && (unit === undefined || f.data['unit'] === unit))
      .map(f => f.event),
    ignored: ignoredBy(of, unit, { targets, scores, duties }),
  };
}

/** The unit whose desk a duty lies on. */
export function ownerOf({ book }: Replay, line: ObligationLine): string | undefined {
  const [first = '', second] = line.role.split('/');
  if (second !== undefined || book.org.isUnit(first)) return first;
  const inUnit = line.unit !== undefined && book.setup.roles.some(r => r.unit === line.unit && r.role === first);
  if (inUnit) return line.unit;
  const homes = book.org.unitsWithRole(first);
  return homes.length === 1 ? homes[0] : undefined;
}

const LATE: ReadonlySet<string> = new Set(['late', 'done-late', 'missed']);
/** Only duties with a figure can be late; a soft word is never counted as a breach. */
function promptnessOf(duties: readonly ObligationLine[]): readonly Promptness[] {
  const groups = new Map<string, ObligationLine[]>();
  for (const line of duties) {
    if (line.dueAt === null || line.state === 'lifted' || line.state === 'replaced') continue;
    const key = `${line.clause}|${line.duty}`;
    const known = groups.get(key);
    if (known) known.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].map(lines => ({
    clause: lines[0]?.clause ?? '',
    duty: lines[0]?.duty ?? '',
    onTime: lines.filter(l => l.state === 'done'),
    late: lines.filter(l => LATE.has(l.state)),
    open: lines.filter(l => l.state === 'open'),
  }));
}
