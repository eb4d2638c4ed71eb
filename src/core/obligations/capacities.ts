/** Who may sign in which capacity (notation 3): by entry, else a role of that name, else the head of a unit of that name. */
import type { Office } from '#core/log';
import { field, type Fact } from './facts.ts';
import { actsFor } from './parties.ts';
import { documentOf } from './texts.ts';
import { dateIn, type View } from './view.ts';

/** The unit whose answer a text is, as its latest draft says. */
function forUnitOf(view: View, signature: Fact): string | undefined {
  const document = documentOf(signature);
  const drafts = view.facts.about('draft.written', document ?? '').filter(f => f.at <= signature.at);
  return drafts.map(f => field(f, 'forUnit')).findLast(unit => unit !== undefined);
}

/** Whether an office holds a capacity on the date of a signature. An oral approval is entered by its recorder, for the signer. */
export function holdsCapacity(view: View, signature: Fact): boolean {
  if (signature.data['oral'] === true) return isCapacity(view, String(signature.data['as']));
  // Nobody approves the answer to a complaint about oneself (HC-56): the one named instead does.
  if (view.holders.conflicted(signature.by.unit, signature.by.role, dateIn(view, signature.at))) return false;
  const capacity = String(signature.data['as']);
  return officeHolds(view, signature.by, capacity, signature) || samePersonHolds(view, capacity, signature);
}

/** Where an approval says that one person may sign in each of two capacities (HC-47), either office of that person does. */
function samePersonHolds(view: View, capacity: string, signature: Fact): boolean {
  const allowed = view.book
    .of('approval')
    .some(a => a.sameHolder !== undefined && a.steps.some(step => step.includes(capacity)));
  const person = allowed ? holderOf(view, signature) : undefined;
  if (typeof person !== 'string') return false;
  const on = dateIn(view, signature.at);
  return view.book.setup.roles.some(
    ({ unit, role }) =>
      view.holders.holder(unit, role, on) === person &&
      !view.holders.conflicted(unit, role, on) &&
      officeHolds(view, { unit, role }, capacity, signature),
  );
}

/** Whether the word is a capacity at all in this rulebook and setup. */
export function isCapacity(view: View, capacity: string): boolean {
  const { terms } = view.book.rulebook;
  return (
    capacity in terms.capacities ||
    capacity in terms.roles ||
    view.book.org.unitsWithRole(capacity).length > 0 ||
    view.book.org.isUnit(capacity)
  );
}

export function officeHolds(view: View, by: Office, capacity: string, signature: Fact): boolean {
  const { org, rulebook } = view.book;
  const on = dateIn(view, signature.at);
  const entry = rulebook.terms.capacities[capacity];
  if (entry) {
    if (entry.heldBy === 'by-subject') return holdsSubject(view, by, capacity, signature);
    return entry.heldBy.some(party =>
      party.party === 'unit'
        ? by.unit === party.unit || view.holders.actsAs(by, party.unit, 'head', on)
        : actsFor(view, by, party, { at: signature.at, trigger: signature, strict: true }),
    );
  }
  const homes = org.unitsWithRole(capacity);
  if (homes.length > 0) {
    const unit = forUnitOf(view, signature);
    const own = unit !== undefined && homes.includes(unit) ? unit : undefined;
    return view.holders.actsAs(by, own, capacity, on);
  }
  if (org.isUnit(capacity)) return view.holders.actsAs(by, capacity, 'head', on);
  return view.holders.actsAs(by, undefined, capacity, on) && capacity in rulebook.terms.roles;
}

/** By subject: the leader whose responsibility holds the case's subject, else any holder of a role of that name. */
function holdsSubject(view: View, by: Office, capacity: string, signature: Fact): boolean {
  const on = dateIn(view, signature.at);
  const fields = subjectFields(view);
  const answering: string[] = [];
  for (const seats of view.book.of('seats'))
    for (const [office, owned] of Object.entries(seats.responsibleFor ?? {}))
      if (owned !== 'own-field' && owned.some(name => fields.has(name))) answering.push(office);
  const named = answering.filter(office => office.includes('/'));
  if (named.length > 0)
    return named.some(office => view.holders.actsAs(by, office.split('/')[0], office.split('/')[1] ?? capacity, on));
  return view.holders.actsAs(by, undefined, capacity, on);
}

/** The fields a case touches: values of its scales, and the fields of the units it concerns. */
function subjectFields(view: View): ReadonlySet<string> {
  const fields = new Set<string>();
  for (const fact of view.facts.all) {
    if (fact.type === 'classification.set') for (const value of [fact.data['value']].flat()) fields.add(String(value));
    if (fact.type === 'finding.recorded')
      for (const unit of fact.data['concerns'] as readonly string[]) {
        fields.add(unit);
        const own = view.book.rulebook.terms.units[unit]?.field;
        if (own !== undefined) fields.add(own);
      }
  }
  return fields;
}

/** The staff code behind an office, to see one person in two capacities. */
export const holderOf = (view: View, fact: Fact): string | null | undefined =>
  view.holders.holder(fact.by.unit, fact.by.role, dateIn(view, fact.at));
