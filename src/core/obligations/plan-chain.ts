/** The chain of a clause as its rulebook gives it: the limit it must fit, the steps with their local allowances. */
import type { ApprovalRule, DutyRule, Limit, Rule } from '#core/rulebook';
import type { Book } from './book.ts';
import { intervalLimit } from './due.ts';
import type { Allowance } from './plan.ts';
import type { View } from './view.ts';

export interface ChainOfClause {
  readonly limit: Limit;
  readonly rule: DutyRule | ApprovalRule;
  readonly steps: readonly {
    readonly step: string;
    readonly role: string;
    readonly allowance: Allowance | undefined;
    readonly after: readonly string[];
  }[];
}

/** The rule with a limit that the clause names, or the approval that must be finished inside one. */
export function chainOfClause(book: Book, view: View, clause: string): ChainOfClause | undefined {
  const own = book.rulebook.rules.filter(r => r.clauses.includes(clause));
  const approval = own.find((r): r is ApprovalRule => r.kind === 'approval') ?? inside(book, own);
  const duty = own.find((r): r is DutyRule => r.kind === 'duty');
  const limit = duty?.within ?? (approval && tightest(book, approval));
  const rule = duty ?? approval;
  if (!limit || !rule) return undefined;
  const chain =
    approval ??
    (duty &&
      book
        .of('approval')
        .find(a =>
          a.before.some(p => duty.done.patterns.some(d => p.on === 'event' && d.on === 'event' && p.type === d.type)),
        ));
  return { limit, rule, steps: chain ? stepsOf(view, chain) : [] };
}

const inside = (book: Book, own: readonly Rule[]): ApprovalRule | undefined =>
  book.of('approval').find(a => a.inside?.limitOf.some(name => own.some(r => r.kind === 'duty' && r.name === name)));

/** Inside several limits the tightest must be met. */
function tightest(book: Book, approval: ApprovalRule): Limit | undefined {
  const limits = (approval.inside?.limitOf ?? [])
    .map(name => book.duty(name)?.within)
    .filter((l): l is Extract<Limit, { kind: 'span' }> => l?.kind === 'span');
  const minutes = (l: Extract<Limit, { kind: 'span' }>): number =>
    l.n * ({ minutes: 1, hours: 60, days: 1440, 'working days': 1440, 'working hours': 60 } as const)[l.unit];
  return limits.toSorted((a, b) => minutes(a) - minutes(b))[0];
}

function stepsOf(view: View, approval: ApprovalRule): ChainOfClause['steps'] {
  const allow = (name: string): Allowance | undefined => {
    const interval = approval.allow?.[name];
    const limit = interval && intervalLimit(view, interval);
    return limit && { n: limit.n, unit: limit.unit };
  };
  const signers = approval.steps.map(step => ({
    step: step.join(' or '),
    role: step.join(' or '),
    allowance: allow(step.find(s => approval.allow?.[s] !== undefined) ?? step[0] ?? ''),
  }));
  const listed = approval.order === 'listed';
  const draft =
    approval.allow?.['draft'] === undefined
      ? []
      : [{ step: 'draft', role: 'drafter', allowance: allow('draft'), after: [] as string[] }];
  const chain = signers.map((s, i) => ({
    ...s,
    after: i === 0 || !listed ? draft.map(d => d.step) : [signers[i - 1]?.step ?? ''],
  }));
  const last = listed ? [chain.at(-1)?.step ?? ''] : chain.map(c => c.step);
  const handover =
    approval.allow?.['hand-over'] === undefined
      ? []
      : [{ step: 'hand-over', role: 'drafter', allowance: allow('hand-over'), after: last }];
  return [...draft, ...chain, ...handover];
}
