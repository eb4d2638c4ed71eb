/** What ends a duty otherwise than by meeting it: a finding put aside, a duty lifted by a named office, a case that joined another. */
import type { DutyRule } from '#core/rulebook';
import type { CaseContext } from './case-duties.ts';
import type { Fact } from './facts.ts';
import { openers } from './members.ts';
import type { Ending } from './settle.ts';
import type { Start } from './starts.ts';

export function endingOf(
  context: CaseContext,
  rule: Pick<DutyRule, 'clauses' | 'each'>,
  start: Pick<Start, 'trigger' | 'member'>,
): Ending | undefined {
  const ends = [
    dismissal(context, start),
    lifting(context, rule, start),
    passedOn(context, rule, start),
    context.joined,
  ].filter((f): f is Fact => f !== undefined);
  const first = ends.toSorted((a, b) => a.at - b.at || a.seq - b.seq)[0];
  return first && { at: first.at, by: first };
}

/** The finding that started it was put aside, or every finding of the case was and nothing else stands behind the case. */
function dismissal({ view, dismissed }: CaseContext, { trigger }: Pick<Start, 'trigger'>): Fact | undefined {
  if (dismissed.size === 0) return undefined;
  const own = trigger.fact && dismissed.get(trigger.fact.id);
  if (own) return own;
  if (view.caseKey === undefined) return undefined;
  const sources = [
    'finding.recorded',
    'media.called',
    'agency-report.received',
    'incident.occurred',
    'information.arose',
  ].flatMap(t => view.facts.of(t));
  if (sources.length === 0 || !sources.every(f => dismissed.has(f.id))) return undefined;
  return sources
    .map(f => dismissed.get(f.id))
    .filter((f): f is Fact => f !== undefined)
    .toSorted((a, b) => b.at - a.at)[0];
}

/** `obligation.lifted` names a clause and, where it is for one unit only, the unit. */
function lifting(
  { view }: CaseContext,
  rule: Pick<DutyRule, 'clauses'>,
  { trigger, member }: Pick<Start, 'trigger' | 'member'>,
): Fact | undefined {
  return view.facts
    .of('obligation.lifted')
    .find(
      f =>
        f.at >= trigger.at &&
        rule.clauses.includes(String(f.data['clause'])) &&
        (f.data['unit'] === undefined || member.unit === undefined || f.data['unit'] === member.unit),
    );
}

/** Until somebody is named, the unit that opened the case owes; the assignment of another ends that. */
function passedOn(
  { view }: CaseContext,
  rule: Pick<DutyRule, 'each'>,
  { member }: Pick<Start, 'member'>,
): Fact | undefined {
  const { each } = rule;
  if (each?.party !== 'relation' || member.joined === undefined || member.unit === undefined) return undefined;
  if (each.relation !== 'responsible unit' && each.relation !== 'handling unit') return undefined;
  const as = each.relation === 'responsible unit' ? ['responsible'] : ['handling', 'responsible'];
  const given = view.facts.of('assignment.made').filter(f => as.includes(String(f.data['as'])));
  const named = [...given, ...(each.relation === 'handling unit' ? view.facts.of('transfer.made') : [])];
  if (named.some(f => f.data['to'] === member.unit)) return undefined;
  const owners = openers(view);
  return owners[owners.findIndex(o => o.unit === member.unit) + 1]?.joined ?? named[0];
}
