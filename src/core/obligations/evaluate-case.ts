/**
 * One case alone, given what the institution as a whole has said: its acts judged, its duties settled. The same function
 * serves the facts outside every case, with no case key.
 */
import type { Instant } from '#core/calendar';
import type { DutyRule } from '#core/rulebook';
import { formRows, retentionRows } from './after-rows.ts';
import type { Book, OwingRule } from './book.ts';
import { dutyRows, type CaseContext } from './case-duties.ts';
import { earlyFacts } from './early.ts';
import { explained } from './explained.ts';
import { factSet, standing, type Correction, type Fact, type FactSet } from './facts.ts';
import { withGroups } from './groups.ts';
import { insideRows } from './inside.ts';
import { withJoinedGrades } from './joined-grades.ts';
import { isRoleFact, judgeActs, type Judged, type JudgedBefore } from './judge.ts';
import type { DutyDone } from './needs.ts';
import type { Holders } from './offices.ts';
import { isDone, type Owed } from './owed.ts';
import { keepRows, revisionsOf } from './revisions.ts';
import { holds } from './condition.ts';
import { matches } from './match.ts';
import type { View } from './view.ts';
import { wholeRow } from './whole.ts';

/** What every case of an institution shares. */
export interface InstitutionContext {
  readonly book: Book;
  readonly now: Instant;
  readonly inForce: Instant;
  /** Facts outside every case that stand by now. */
  readonly facts: FactSet;
  /** Those of them that an act may rest on, as entered. */
  readonly support: readonly Fact[];
  readonly holders: Holders;
  readonly roleHolders: (known: readonly Fact[]) => Holders;
  readonly corrections: readonly Correction[];
  readonly folded: ReadonlyMap<string, string>;
  readonly joined: ReadonlyMap<string, { readonly into: string; readonly fact: Fact }>;
  readonly dismissedOutside: ReadonlyMap<string, Fact>;
  readonly toleranceMs: number;
  /** Rows that belong to no case: watch slots, quota gaps; asked for by name. */
  readonly rowsOf: (name: string) => readonly Owed[];
}
export interface CaseResult {
  readonly key: string | undefined;
  readonly view: View;
  readonly rows: readonly Owed[];
  readonly judged: Judged;
  /** Everything of the case, refused acts included. */
  readonly all: readonly Fact[];
  readonly dismissed: ReadonlyMap<string, Fact>;
}

/** The verdicts on the acts of one case alone. */
export function judgeCase(
  institution: InstitutionContext,
  key: string | undefined,
  all: readonly Fact[],
  before?: JudgedBefore,
): Judged {
  const { book, corrections } = institution;
  const facts = key === undefined ? all : withJoinedGrades(book, institution, key, all);
  const dutyDone: DutyDone = (view, duty, act) => dutyDoneAt(institution, view, duty, act);
  return judgeActs(
    {
      book,
      caseKey: key,
      institution: institution.support,
      corrections,
      dutyDone,
      inForce: institution.inForce,
      roleHolders: institution.roleHolders,
    },
    facts,
    before,
  );
}

export function evaluateCase(
  institution: InstitutionContext,
  key: string | undefined,
  facts: readonly Fact[],
  before?: JudgedBefore,
): CaseResult {
  const { book, corrections } = institution;
  const judged = judgeCase(institution, key, facts, before);
  const own = corrections.length === 0 ? corrections : corrections.filter(c => facts.some(f => f.id === c.entry));
  const stand = factSet(standing(judged.accepted, own));
  const view: View = {
    book,
    caseKey: key,
    facts: stand,
    institution: institution.facts,
    holders: holdersFor(institution, judged.accepted),
    early:
      key === undefined ? undefined : earlyFacts(stand, institution.facts, acts => refusedOutside(institution, acts)),
  };
  const context = contextFor(institution, view, institution.now, judged.accepted, own);
  return {
    key,
    view,
    rows: rowsWithPast(institution, context, judged.accepted, own),
    judged,
    all: facts,
    dismissed: context.dismissed,
  };
}

/** Which of these acts outside every case were refused. */
const refusedOutside = (institution: InstitutionContext, acts: readonly Fact[]): ReadonlySet<string> =>
  judgeCase(institution, undefined, institution.facts.all, {
    judged: { accepted: [], refused: [], flagged: [], out: new Set() },
    added: acts,
  }).out;

/** Somebody may stand in, or be named, for one case only. */
function holdersFor(institution: InstitutionContext, facts: readonly Fact[]): Holders {
  const own = facts.filter(f => f.case !== undefined && isRoleFact(f));
  return own.length === 0
    ? institution.holders
    : institution.roleHolders([...institution.facts.all.filter(isRoleFact), ...own]);
}

/** The rows of now, and those that only an entry behind the facts has taken away. */
function rowsWithPast(
  institution: InstitutionContext,
  context: CaseContext,
  accepted: readonly Fact[],
  corrections: readonly Correction[],
): readonly Owed[] {
  const rows = partRows(context);
  const revisions = revisionsOf(accepted, corrections);
  if (revisions.length === 0) return [...rows, ...wholes(rows, context)];
  const before = revisions.map(revision => {
    const known = accepted.filter(f => f.rec < revision.at);
    const then = corrections.filter(c => c.fact.rec < revision.at);
    const view = { ...context.view, facts: factSet(standing(known, then)) };
    return { revision, rows: partRows(contextFor(institution, view, revision.at - 1, known, then)) };
  });
  const kept = keepRows(rows, before);
  return [...kept, ...wholes(kept, context)];
}

function contextFor(
  institution: InstitutionContext,
  view: View,
  now: Instant,
  raw: readonly Fact[],
  corrections: readonly Correction[],
): CaseContext {
  const dismissals = view.facts.of('finding.dismissed');
  const dismissed = new Map(institution.dismissedOutside);
  for (const fact of dismissals) dismissed.set(String(fact.data['finding']), fact);
  const joined = view.caseKey === undefined ? undefined : institution.joined.get(view.caseKey)?.fact;
  const rows = new Map<string, readonly Owed[]>();
  const context: CaseContext = {
    view,
    now,
    inForce: institution.inForce,
    folded: institution.folded,
    dismissed,
    corrections,
    raw,
    joined: joined && joined.at <= now ? joined : undefined,
    toleranceMs: institution.toleranceMs,
    owedOf: name => {
      const known = rows.get(name);
      if (known) return known;
      rows.set(name, []); // A circle of rules waits for itself: it never starts.
      const found = view.book.named(name).flatMap(rule => rowsOf(context, rule));
      const all = found.length > 0 ? found : institution.rowsOf(name);
      rows.set(name, all);
      return all;
    },
  };
  return context;
}

function rowsOf(context: CaseContext, rule: OwingRule): readonly Owed[] {
  switch (rule.kind) {
    case 'duty':
      return dutyRows(context, rule);
    case 'approval':
      return insideRows(context, rule);
    case 'form':
      return formRows(context, rule);
    case 'retention':
      return retentionRows(context, rule);
  }
}

/** Every row of the case save the sums. */
function partRows(context: CaseContext): readonly Owed[] {
  const { book } = context.view;
  const rows: Owed[] = [];
  const done = new Set<string>();
  const types = new Set(context.view.facts.all.map(f => f.type));
  for (const rule of book.owing) {
    if (done.has(rule.name) || (rule.kind === 'duty' && !mayStart(rule.starts, types))) continue;
    done.add(rule.name);
    rows.push(...context.owedOf(rule.name));
  }
  return explained(context.view, withGroups(book, rows));
}

/** Whether anything in the case could start the duty at all. */
function mayStart(starts: DutyRule['starts'], types: ReadonlySet<string>): boolean {
  return starts.some(p => (p.on === 'event' ? types.has(p.type) : p.on !== 'standing'));
}

function wholes(rows: readonly Owed[], context: CaseContext): readonly Owed[] {
  if (context.view.caseKey === undefined) return [];
  const byRule = new Map<string, Owed[]>();
  for (const row of rows) {
    if (row.unit === undefined) continue;
    const parts = byRule.get(row.name);
    if (parts) parts.push(row);
    else byRule.set(row.name, [row]);
  }
  return [...byRule.values()].map(parts => wholeRow(parts)).filter((w): w is Owed => w !== undefined);
}

/** Whether a duty of the case is done as far as an act may know. One that never started is asked for directly, unless its condition does not hold. */
function dutyDoneAt(institution: InstitutionContext, view: View, name: string, act: Fact): boolean {
  const context = contextFor(institution, view, act.at, view.facts.all, []);
  const rows = context.owedOf(name).filter(r => r.state !== 'lifted' && r.state !== 'replaced');
  if (rows.length > 0) return rows.every(isDone);
  const rule = view.book.duty(name);
  if (!rule || !holds(view, rule.condition, { at: act.at, fact: act })) return true;
  const happened = rule.done.patterns.map(p => view.facts.all.some(f => matches(p, f, view.facts)));
  return rule.done.mode === 'all' ? happened.every(Boolean) : happened.some(Boolean);
}
