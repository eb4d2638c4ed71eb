/** The book as a whole: what each rule alone cannot see. Every check reports at its block; none stops another. */
import { checkActs } from './check-acts.ts';
import { checkFigures } from './check-figures.ts';
import { checkParent } from './check-parent.ts';
import { checkReferences } from './check-references.ts';
import { checkScales } from './check-scales.ts';
import { checkShapes } from './check-shapes.ts';
import { ABOUT_THE_TEXT } from './keywords.ts';
import { makeProblem } from './problem.ts';
import type { Code } from './codes.ts';
import { nearest } from './nearest.ts';
import type { Problem, Rule, Rulebook } from './types.ts';

/** What can happen, as the checks need it: handed in, because the reader knows no vocabulary of its own. */
export interface KnownEvents {
  /** Event type → its fields. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
  readonly acts: ReadonlySet<string>;
  /** The words of a field with a closed list; undefined where it takes anything. */
  readonly valuesOf: (type: string, field: string) => readonly string[] | undefined;
  readonly asksForIdentity: (field: string) => boolean;
}
export interface CheckOptions {
  readonly events: KnownEvents;
  /** The clause ids the institution's table lists; absent = not compared. */
  readonly clauseIds?: readonly string[];
  /** The rulebook named as parent; absent = limits are not compared. */
  readonly parent?: Rulebook;
}
export type Report = (rule: Rule, code: Code, message: string, mend: string, near?: readonly string[]) => void;

export function checkRulebook(book: Rulebook, options: CheckOptions): Problem[] {
  const problems: Problem[] = [];
  const report: Report = (rule, code, message, mend, near = []) =>
    void problems.push(
      makeProblem(book.file, rule.at, code, message, mend, {
        clause: rule.clauses[0],
        article: rule.articleNumber || undefined,
        paragraph: rule.paragraph || undefined,
        near,
      }),
    );
  checkReferences(book, options.events, report);
  checkShapes(book, options.events, report);
  checkFigures(book, report);
  checkActs(book, options.events, report);
  checkScales(book, report);
  if (options.parent) checkParent(book, options.parent, report);
  if (options.clauseIds) problems.push(...checkClauses(book, options.clauseIds));
  return problems.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column || (a.code < b.code ? -1 : 1));
}

/** Check 1: every clause of the table has a block, and every block's clause stands in the table. */
function checkClauses(book: Rulebook, ids: readonly string[]): Problem[] {
  const have = new Map(book.clauses.map(c => [c.id, c]));
  const wanted = new Set(ids);
  const end = { line: Math.max(1, ...book.passages.map(p => p.line)), column: 1 };
  const missing = ids
    .filter(id => !have.has(id))
    .map(id =>
      makeProblem(
        book.file,
        end,
        'HY-R8',
        `clause ${id} has no block`,
        'write the block under its clause; human or declined where nothing can be held',
        { clause: id },
      ),
    );
  const surplus = book.clauses
    .filter(c => !wanted.has(c.id))
    .map(c =>
      makeProblem(
        book.file,
        { line: c.line, column: 4 },
        'HY-R8',
        `there is no clause ${c.id} in the table`,
        'write the id of the clause table',
        { clause: c.id, near: nearest(c.id, ids) },
      ),
    );
  return [...missing, ...surplus];
}

export interface Coverage {
  readonly clauses: number;
  readonly executed: number;
  readonly declined: number;
  readonly human: number;
  readonly missing: number;
}
/** How each clause id is held; the four counts add up. */
export function coverageOf(book: Rulebook, ids: readonly string[]): Coverage {
  const count = { executed: 0, declined: 0, human: 0, missing: 0 };
  const kinds = new Map(book.clauses.map(c => [c.id, c.kinds]));
  for (const id of ids) {
    const of = kinds.get(id) ?? [];
    if (of.some(k => !ABOUT_THE_TEXT.has(k))) count.executed++;
    else if (of.includes('declined')) count.declined++;
    else if (of.includes('human')) count.human++;
    else count.missing++;
  }
  return { clauses: ids.length, ...count };
}
