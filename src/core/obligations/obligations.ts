/** The pure function of the product: rulebook, setup, events and calendar in, every line of a replay out, in a stable order. */
import { showInstant, type Calendar, type Instant } from '#core/calendar';
import { formatInstant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Rulebook } from '#core/rulebook';
import { breachResult } from './breaches.ts';
import { prepareBook, type Book } from './book.ts';
import { declinedClauses, declinedInCase } from './declined.ts';
import type { CaseResult } from './evaluate-case.ts';
import { caseFlags } from './flags.ts';
import { formLines } from './form-lines.ts';
import { gapLines } from './gaps.ts';
import type {
  DeclinedLine,
  FlagLine,
  FormLine,
  Line,
  LocalLine,
  MeasureLine,
  ObligationLine,
  RefusedLine,
  StagesLine,
} from './lines.ts';
import { lintFlags, removalFlags } from './lints.ts';
import { caseLocals, standingLocals } from './locals.ts';
import { measureLines } from './measures.ts';
import { inLineOrder } from './order.ts';
import { quotaLines } from './quota.ts';
import { replay, type Replay } from './replay.ts';
import { scoreLines } from './score.ts';
import type { Setup } from './setup.ts';
import { stagesLines } from './stages.ts';
import { obligationLine } from './write-line.ts';

export function obligations(
  rulebook: Rulebook,
  setup: Setup,
  events: readonly HuiyinEvent[],
  calendar: Calendar,
  now: Instant,
): readonly Line[] {
  return linesOf(replay(prepareBook(rulebook, setup, calendar), events, now));
}

/** All lines of a replay. */
export function linesOf(result: Replay): readonly Line[] {
  return allLines(
    result,
    result.cases.map(c => caseLines(result, c)),
  );
}

/** What the lines of one case rest on besides the case itself. */
export type LineContext = Pick<Replay, 'book' | 'now'> & {
  readonly institution: Pick<Replay['institution'], 'inForce' | 'toleranceMs'>;
};
/** The lines of one case by kind, in the order in which they were found. */
export interface CaseLines {
  readonly obligations: readonly ObligationLine[];
  readonly refused: readonly RefusedLine[];
  readonly forms: readonly FormLine[];
  readonly stages: readonly StagesLine[];
  readonly flags: readonly FlagLine[];
  readonly locals: readonly LocalLine[];
  readonly measures: readonly MeasureLine[];
  readonly declined: readonly DeclinedLine[];
}
export function caseLines(context: LineContext, c: CaseResult): CaseLines {
  const { book, now } = context;
  return {
    obligations: c.rows.map(row => obligationLine(book, row, now)),
    refused: refusedLines(book, c),
    forms: formLines(c.view, c.rows, openedForms(c), now),
    stages: stagesLines(c.view),
    flags: flagLines(context, c),
    locals: caseLocals(c.view, c.rows, now),
    measures: measureLines(c.view),
    declined: declinedInCase(book, c.key, c.view.facts.all),
  };
}

/** What belongs to the institution as a whole, and the lines of its cases, in the stable order. */
export function allLines(
  result: Pick<Replay, 'book' | 'now' | 'view' | 'events' | 'rota' | 'cases' | 'standing'>,
  parts: readonly CaseLines[],
): readonly Line[] {
  const { book, now, view, events, rota, cases } = result;
  const quotas = quotaLines(view, events, now);
  const findings = [...events.of('fault.found'), ...events.of('publication.found')];
  const breaches = breachResult(book, [...cases.flatMap(c => c.rows), ...result.standing], findings);
  const lines: Line[] = [
    ...parts.flatMap(p => p.obligations),
    ...result.standing.map(row => obligationLine(book, row, now)),
    ...parts.flatMap(p => p.refused),
    ...gapLines(view, events, now),
    ...rota.gaps,
    ...quotas,
    ...scoreLines(view, events, quotas, now),
    ...parts.flatMap(p => p.forms),
    ...parts.flatMap(p => p.stages),
    ...parts.flatMap(p => p.flags),
    ...rota.flags,
    ...breaches.flags,
    ...parts.flatMap(p => p.locals),
    ...standingLocals(view, events, now),
    ...parts.flatMap(p => p.measures),
    ...breaches.counts,
    ...breaches.accounts,
    ...quotaHits(book, quotas),
    ...declinedClauses(book),
    ...parts.flatMap(p => p.declined),
  ];
  return inLineOrder(lines);
}

const openedForms = (c: CaseResult): ReadonlySet<string> =>
  new Set(c.judged.refused.flatMap(r => (r.opens === undefined ? [] : [r.opens])));

export function refusedLines(
  book: Book,
  { key, judged, all }: Pick<CaseResult, 'key' | 'judged' | 'all'>,
): RefusedLine[] {
  const { offsetMinutes } = book.calendar;
  return judged.refused.map(({ act, clause, reason, missing, opens }) => {
    const later = laterSignatures(act, all);
    return {
      line: 'refused' as const,
      refused: act.type,
      event: act.id,
      clause,
      reason,
      ...(key === undefined ? {} : { case: key }),
      at: formatInstant(act.at, offsetMinutes),
      missing: [...new Set(missing)],
      ...(later.length > 0 ? { enteredLater: later } : {}),
      ...(opens === undefined ? {} : { opens }),
    };
  });
}

/** Signatures of the same wording that were given before the act and entered after it: shown, the verdict stands. */
function laterSignatures(act: CaseResult['all'][number], all: CaseResult['all']): string[] {
  const { document, textHash } = act.data;
  if (document === undefined) return [];
  return all
    .filter(f => f.type === 'signature.given' && f.data['document'] === document && f.data['textHash'] === textHash)
    .filter(f => f.at <= act.at && (f.rec > act.rec || (f.rec === act.rec && f.seq > act.seq)))
    .map(f => f.id);
}

function flagLines(result: LineContext, { key, view, judged, all }: CaseResult): FlagLine[] {
  const inCase = key === undefined ? {} : { case: key };
  const { inForce, toleranceMs } = result.institution;
  const offset = result.book.calendar.offsetMinutes;
  const own = key === undefined ? all : all.filter(f => f.event.case === key || f.case === key);
  return [
    ...judged.flagged.map(({ act, flag, clause, missing }) => ({
      line: 'flag' as const,
      flag,
      clause,
      event: act.id,
      ...inCase,
      missing,
      reason: `${act.type} went ahead without ${missing.join(', ')}`,
    })),
    ...caseFlags(view, own, toleranceMs),
    ...lintFlags(view),
    ...removalFlags(
      view,
      all.filter(f => f.type === 'correction.asked'),
    ),
    ...own
      .filter(f => f.at < inForce)
      .map(f => ({
        line: 'flag' as const,
        flag: 'without-rule',
        clause: 'DR-17',
        event: f.id,
        ...inCase,
        reason: `${showInstant(f.at, offset)} is earlier than the rulebook`,
      })),
  ];
}

/** A hard rhythm that was missed feeds the clause its quota names; it is counted there where that clause counts. */
export function quotaHits(book: Book, quotas: ReturnType<typeof quotaLines>): Line[] {
  const counted = new Map<string, string[]>();
  for (const breach of book.of('breach'))
    if (breach.to.includes('count')) for (const clause of breach.clauses) counted.set(clause, []);
  const named = new Set(book.of('quota').flatMap(rule => (rule.hits === undefined ? [] : [rule.hits])));
  const accounts = book.of('quota').flatMap(rule => {
    const hits = rule.hits;
    if (hits === undefined) return [];
    return quotas
      .filter(q => q.quota === rule.name && (q.state === 'breach' || q.state === 'short'))
      .map(q => {
        counted.get(hits)?.push([q.clause, q.unit, q.from].filter(Boolean).join(' '));
        return {
          line: 'account' as const,
          account: hits,
          kind: 'missed',
          clause: q.clause,
          ...(q.unit === undefined ? {} : { unit: q.unit }),
          to: [`${q.from} to ${q.to}`],
        };
      });
  });
  const counts = [...counted]
    .filter(([clause]) => named.has(clause))
    .map(([clause, of]) => ({ line: 'count' as const, count: clause, kind: 'missed', value: of.length, of }));
  return [...counts, ...accounts];
}
