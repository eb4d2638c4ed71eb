/** Acts that have not happened, judged on top of what stands, case by case; nothing is kept. */
import type { HuiyinEvent } from '#core/log';
import { judgeCase, type CaseResult, type InstitutionContext } from './evaluate-case.ts';
import { toFact, type Fact } from './facts.ts';
import type { RefusedLine } from './lines.ts';
import { refusedLines } from './obligations.ts';
import type { Placing } from './placing.ts';
import { SUPPORT } from './replay.ts';

/** What is kept up of a log that goes on. */
interface Standing {
  readonly context: InstitutionContext;
  readonly files: Pick<Placing, 'fact' | 'chain'>;
  readonly factsOf: (key: string | undefined) => readonly Fact[];
  /** Verdicts of each case, and how many of its facts had been judged for them. */
  readonly kept: ReadonlyMap<string | undefined, { readonly result?: CaseResult | undefined; readonly judged: number }>;
}
/** Entries that move others about, or change what was said before: what is tried together with them is judged slowly. */
const MOVING: ReadonlySet<string> = new Set(['case.joined', 'item.folded', 'entry.corrected', 'setting.decided']);
const AFTER_ALL = 1e12;

/** What they would be refused for; undefined where the whole log must be asked. */
export function judgeTried(
  { context, files, factsOf, kept }: Standing,
  tried: readonly HuiyinEvent[],
): readonly RefusedLine[] | undefined {
  if (tried.some(e => MOVING.has(e.type))) return undefined;
  const facts = tried.map((event, i) => toFact(event, AFTER_ALL + i));
  const pulled = new Map<string, Fact>();
  for (const fact of facts.filter(f => f.type === 'case.opened' && f.case !== undefined))
    for (const id of fact.data['from'] as readonly string[]) {
      const found = files.fact(id);
      if (found?.case === undefined && found) pulled.set(id, { ...found, case: fact.case });
    }
  const outside = facts.filter(f => f.case === undefined && SUPPORT.has(f.type));
  const support = [...context.support.filter(f => !pulled.has(f.id)), ...outside];
  const institution: InstitutionContext = { ...context, support };
  const ids = new Set(tried.map(e => e.id));
  // An act in a case that became part of another is judged in both.
  const inCases = (f: Fact): readonly (string | undefined)[] =>
    f.case === undefined ? [undefined] : files.chain(f.case);
  return [...new Set(facts.flatMap(inCases))].flatMap(key => {
    const own = kept.get(key);
    const old = factsOf(key);
    const here = (f: Fact): Fact[] => (inCases(f).includes(key) ? [{ ...f, case: key }] : []);
    const taken = [...pulled.values()].flatMap(here);
    const added = facts.flatMap(here);
    const all = [...old, ...taken, ...added];
    const earlier = own?.result && taken.length === 0 && own.judged === old.length && own.judged > 0;
    const before = earlier && own?.result ? { judged: own.result.judged, added } : undefined;
    const judged = judgeCase(institution, key, all, before);
    return refusedLines(context.book, { key, judged, all }).filter(l => ids.has(l.event));
  });
}
