/**
 * The last safe moment to move: planned back from the due time over the steps of the chain that are still open. Where no
 * allowance has been set for a chain, it is the due time itself.
 */
import type { Instant } from '#core/calendar';
import type { Book } from './book.ts';
import type { Fact } from './facts.ts';
import type { Owed } from './owed.ts';
import { planBackwards, workingOrder, type PlanStep } from './plan.ts';
import { chainOfClause } from './plan-chain.ts';
import type { View } from './view.ts';

export interface SafeStep {
  readonly step: string;
  readonly role: string;
  readonly startBy: Instant;
  readonly finishBy: Instant;
  readonly doneAt?: Instant;
}
export interface SafePath {
  readonly steps: readonly SafeStep[];
  /** The earliest of the latest starts of what is still to do. */
  readonly moveBy: Instant;
}

const chains = new WeakMap<Book, Map<string, readonly PlanStep[]>>();
/** The steps of a clause's chain that have an allowance, in working order; none where they wait for one another. */
function chainSteps(view: View, clause: string): readonly PlanStep[] {
  const known = chains.get(view.book) ?? new Map<string, readonly PlanStep[]>();
  chains.set(view.book, known);
  const kept = known.get(clause);
  if (kept) return kept;
  const found = chainOfClause(view.book, view, clause)?.steps ?? [];
  const allowed = found.flatMap(s => (s.allowance === undefined ? [] : [{ ...s, allowance: s.allowance }]));
  const named = new Set(allowed.map(s => s.step));
  const sorted = workingOrder(allowed.map(s => ({ ...s, after: s.after.filter(a => named.has(a)) })));
  const order = 'order' in sorted ? sorted.order : [];
  known.set(clause, order);
  return order;
}

/** `view` = the case that owes it. Nothing where there is no due time or no chain with allowances. */
export function safePath(view: View, row: Owed): SafePath | undefined {
  if (row.due.at === null) return undefined;
  const order = chainSteps(view, row.clause);
  if (order.length === 0) return undefined;
  const plan = planBackwards(view.book.calendar, order, row.anchor.at, row.due.at);
  const done = doneSteps(view, row);
  const steps = plan.steps.map((s): SafeStep => {
    const doneAt = done(s.step);
    const { step, role, startBy, finishBy } = s;
    return { step, role, startBy, finishBy, ...(doneAt === undefined ? {} : { doneAt }) };
  });
  const open = steps.filter(s => s.doneAt === undefined);
  return { steps, moveBy: Math.min(row.due.at, ...open.map(s => s.startBy)) };
}
export const moveBy = (view: View, row: Owed): Instant | undefined =>
  row.due.at === null ? undefined : (safePath(view, row)?.moveBy ?? row.due.at);

/** When a step was done, on the newest wording since the duty began. */
function doneSteps(view: View, row: Owed): (step: string) => Instant | undefined {
  const since = (f: Fact): boolean => f.at >= row.anchor.at;
  const draft = view.facts.of('draft.written').findLast(since);
  const signed = draft
    ? view.facts
        .about('signature.given', String(draft.data['document']))
        .filter(f => f.data['textHash'] === draft.data['textHash'])
    : [];
  return step => {
    if (step === 'draft') return draft?.at;
    if (step === 'hand-over') return view.facts.of('handover.made').find(since)?.at;
    const capacities = step.split(' or ');
    return signed.find(f => capacities.includes(String(f.data['as'])))?.at;
  };
}
