/** Whom an event reaches, and whom a rule wants reached: relations and local tables resolved for the case. */
import type { DutyRule } from '#core/rulebook';
import { scaleValues } from './condition.ts';
import { listOf, type Fact } from './facts.ts';
import type { Trigger } from './owed.ts';
import { relationNamed, unitsOfRelation } from './parties.ts';
import type { View } from './view.ts';

/** Whom an event reaches. */
export function recipientsOf(fact: Fact): readonly string[] {
  const { data } = fact;
  return [data['to'], data['with'], data['units'], data['outlet'], data['participants'], data['tabledAt']].flatMap(v =>
    typeof v === 'object' && v !== null && !Array.isArray(v) ? [] : listOf(v),
  );
}

/** The recipients a rule names, with relations and local tables resolved for the case. */
export function wantedRecipients(
  view: View,
  rule: DutyRule,
  wanted: { readonly trigger: Trigger; readonly member: string | undefined },
): readonly string[] {
  return (rule.to ?? []).flatMap(word => {
    const relation = relationNamed(word);
    if (relation !== undefined) {
      const units = unitsOfRelation(view, relation, wanted.trigger.at, wanted.trigger.fact);
      // Nobody reports to itself because the matter is its own; only `unit of trigger` says so outright.
      const self = wanted.member ?? wanted.trigger.fact?.by.unit;
      return relation === 'unit of trigger' ? units : units.filter(unit => unit !== self);
    }
    const local = /^local (.+)$/.exec(word)?.[1];
    return local === undefined ? [word] : addresseeByGrade(view, local);
  });
}

/** A local table from the values of a scale to addressees; while there is no value for it, everybody it names (HC-21). */
function addresseeByGrade(view: View, name: string): readonly string[] {
  const table: unknown = view.book.local(name) ?? view.book.of('local').find(l => l.name === name)?.value;
  if (typeof table !== 'object' || table === null || Array.isArray(table)) return [];
  const addressees = Object.entries(table as Readonly<Record<string, unknown>>).flatMap(([value, to]) =>
    value === 'label'
      ? []
      : listOf(to)
          .map(addressee => ({ value, addressee }))
          .filter(() => value !== 'values'),
  );
  const scales = Object.keys(view.book.rulebook.terms.scales);
  const values = scales.flatMap(scale => scaleValues(view, scale, { at: Infinity }));
  const chosen = addressees.filter(a => values.includes(a.value));
  return [...new Set((chosen.length > 0 ? chosen : addressees).map(a => a.addressee))];
}
