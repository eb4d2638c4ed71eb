/** Forms and bundles wanted after something happened: open until complete, with what is still missing. */
import type { DutyRule, FormRule, Party, Pattern, RetentionRule } from '#core/rulebook';
import type { CaseContext } from './case-duties.ts';
import { dueTime } from './due.ts';
import { endingOf } from './endings.ts';
import { listOf, type Fact } from './facts.ts';
import { formStates, missingIn } from './forms.ts';
import { patternText } from './match.ts';
import { membersOf, type Member } from './members.ts';
import type { Met, Owed, Trigger } from './owed.ts';
import { actsFor, namedFor, roleText } from './parties.ts';
import { settle } from './settle.ts';
import { lowered, triggersOf } from './starts.ts';
import type { View } from './view.ts';

/** A form with `after`: one for each case, and for each triggering event outside cases. Forms of one clause that begin together are owed together. */
export function formRows(context: CaseContext, form: FormRule): readonly Owed[] {
  if (!form.after) return [];
  const { view, now } = context;
  const forms = formsWith(view, form);
  if (forms[0] !== form) return [];
  return triggered(context, [form.after], undefined).map(({ trigger, member }) => {
    const complete = forms.map(f => formStates(view, f).find(s => s.completedBy !== undefined && s.complete));
    const by = complete.flatMap(s => s?.completedBy ?? []).toSorted((a, b) => a.at - b.at);
    const last = by.at(-1);
    const met =
      last && by.length === forms.length
        ? { at: Math.max(last.at, trigger.at), rec: Math.max(...by.map(f => f.rec)), facts: by }
        : undefined;
    const missing = met ? [] : forms.flatMap((f, i) => (complete[i] ? [] : missingIn(view, f, { at: now })));
    const wanted = forms.map(f => `form ${f.name} complete`).join(', ');
    return rowAfter(context, form, form.name, 'form', trigger, member, met, missing, undefined, wanted);
  });
}

/** The forms of a form's clause that begin with the same event, itself among them, in the order of the book. */
export const formsWith = (view: View, form: FormRule): readonly FormRule[] =>
  view.book
    .of('form')
    .filter(f => f.after && form.after && f.clauses[0] === form.clauses[0] && same(f.after, form.after));
const same = (a: Pattern, b: Pattern): boolean => a === b || patternText(a) === patternText(b);

/** A bundle or an evaluation: met by one entry that holds every kind or head it lists. */
export function retentionRows(context: CaseContext, rule: RetentionRule): readonly Owed[] {
  if (!rule.after) return [];
  const each = eachOf(rule.by);
  return triggered(context, rule.after, each).map(({ trigger, member }) => {
    const type = rule.what === 'bundle' ? 'archive.bundled' : 'evaluation.written';
    const entries = context.view.facts
      .of(type)
      .filter(f => f.at >= trigger.at && byParty(context, rule, f, member.unit));
    const lacking = (f: Fact): string[] => rule.items.filter(item => !itemsOf(f).includes(item));
    const whole = entries.find(f => lacking(f).length === 0);
    const last = entries.at(-1);
    const missing = whole ? [] : last ? lacking(last) : [...rule.items];
    const met = whole && { at: whole.at, rec: whole.rec, facts: [whole] };
    return rowAfter(
      context,
      rule,
      rule.name,
      'retention',
      trigger,
      member,
      met,
      missing,
      rule,
      `${type} with ${rule.items.join(', ')}`,
    );
  });
}

const itemsOf = (fact: Fact): readonly string[] => {
  const heads = fact.data['heads'];
  if (typeof heads === 'object' && heads !== null)
    return Object.entries(heads)
      .filter(([, v]) => v !== null && v !== '')
      .map(([k]) => k);
  return listOf(fact.data['kinds']);
};
/** A relation or a kind of unit means one row for each; a named office or unit means one row. */
const eachOf = (by: readonly Party[] | undefined): Party | undefined =>
  by?.length === 1 && (by[0]?.party === 'relation' || by[0]?.party === 'unit-kind') ? by[0] : undefined;

function byParty({ view }: CaseContext, rule: RetentionRule, fact: Fact, member: string | undefined): boolean {
  if (member !== undefined) return namedFor(fact).includes(member) || view.book.org.within(fact.by.unit, member);
  if (!rule.by || rule.by.length === 0) return true;
  return rule.by.some(
    party =>
      actsFor(view, fact.by, party, { at: fact.at, trigger: fact }) ||
      ((party.party === 'unit' || party.party === 'office') && namedFor(fact).includes(party.unit)),
  );
}

function triggered(
  context: CaseContext,
  after: readonly Pattern[],
  each: Party | undefined,
): { trigger: Trigger; member: Member }[] {
  const found = new Map<string, { trigger: Trigger; member: Member }>();
  const rule = { each } as Pick<DutyRule, 'each'> as DutyRule;
  for (const [i, trigger] of triggersOf(context, after).entries())
    for (const member of membersOf(context.view, rule, trigger)) {
      const key = context.view.caseKey === undefined ? `${i}` : (member.unit ?? '');
      if (!found.has(key)) found.set(key, { trigger, member });
    }
  return [...found.values()];
}

function rowAfter(
  context: CaseContext,
  rule: FormRule | RetentionRule,
  name: string,
  kind: 'form' | 'retention',
  trigger: Trigger,
  member: Member,
  met: Met | undefined,
  missing: readonly string[],
  retention: RetentionRule | undefined,
  wanted: string,
): Owed {
  const { view, now } = context;
  const limit = retention?.within ?? { kind: 'none' as const };
  const due = dueTime(view, limit, trigger.at, { unit: member.unit });
  const anchor = {
    name: 'trigger',
    at: trigger.at,
    readings: ['DR-6'],
    ...(trigger.fact ? { from: trigger.fact } : {}),
  };
  const ends = endingOf(context, { clauses: rule.clauses }, { trigger, member });
  const lower = rule.kind === 'form' && rule.after ? lowered(view, [rule.after], now) : undefined;
  const ended = lower && (ends === undefined || lower.at < ends.at) ? { at: lower.at, by: lower } : ends;
  const settled = settle({ knownFrom: trigger.rec, anchor, due }, met, ended, now);
  return {
    clause: rule.clauses[0] ?? '',
    name,
    kind,
    case: view.caseKey,
    unit: member.unit,
    role: roleText(view, retention?.by?.[0], { at: now, trigger: trigger.fact, member: member.unit }),
    trigger,
    anchor,
    bornAt: trigger.rec,
    due,
    limit,
    state: settled.state,
    ...(settled.met ? { met: settled.met } : {}),
    ...(settled.endedAt === undefined ? {} : { endedAt: settled.endedAt }),
    ...(settled.endedBy === undefined ? {} : { endedBy: settled.endedBy }),
    ...(settled.lateAt === undefined ? {} : { lateAt: settled.lateAt }),
    ...(missing.length > 0 ? { missing } : {}),
    wanted: [wanted],
    steps: [],
    readings: view.book.notesAbout(name),
    basis: [],
  };
}
