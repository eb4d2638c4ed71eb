/**
 * What one evaluation looks at: the facts of one case (or of the institution outside its cases) as known at a moment,
 * with refused acts left out, and the institution's own facts beside them.
 */
import type { CivilDate, Instant } from '#core/calendar';
import type { Book } from './book.ts';
import type { Fact, FactSet } from './facts.ts';
import { dateOfInstant, type Holders } from './offices.ts';

export interface View {
  readonly book: Book;
  readonly caseKey: string | undefined;
  readonly facts: FactSet;
  /** Facts outside every case: rosters, contacts, outside rules, settings. */
  readonly institution: FactSet;
  readonly holders: Holders;
  /** What had been done about a finding, by its id, before a case was opened for it. */
  readonly early?: ReadonlyMap<string, readonly Fact[]> | undefined;
}

export const dateIn = (view: View, at: Instant): CivilDate => dateOfInstant(at, view.book.calendar.offsetMinutes);

/** Facts of a type in the case and outside it, in order of time. */
export function near(view: View, type: string): readonly Fact[] {
  const own = view.facts.of(type);
  if (view.caseKey === undefined) return own;
  const outside = view.institution.of(type);
  return outside.length === 0
    ? own
    : [...outside, ...own].toSorted((a, b) => a.at - b.at || a.rec - b.rec || a.seq - b.seq);
}

/** The office that owes or acts, as text. */
export const officeText = (unit: string, role: string): string => `${unit}/${role}`;

const concernedIn = new WeakMap<FactSet, ReadonlyMap<string, Fact>>();
/** The units a matter is about: what its findings and its opening say, each with the fact that says it first. */
export function concernedUnits(view: View): ReadonlyMap<string, Fact> {
  const known = concernedIn.get(view.facts);
  if (known) return known;
  const units = new Map<string, Fact>();
  concernedIn.set(view.facts, units);
  for (const fact of view.facts.all) {
    if (fact.type !== 'finding.recorded' && fact.type !== 'case.opened') continue;
    for (const unit of fact.data['concerns'] as readonly string[]) if (!units.has(unit)) units.set(unit, fact);
  }
  return units;
}

/** The fact that opened the case: its `case.opened`, else its first. */
export const opening = (view: View): Fact | undefined => view.facts.of('case.opened')[0] ?? view.facts.all[0];

/** The newest unit a case was given to in some capacity, as of an instant. */
export function assignedUnit(view: View, as: string, at: Instant): string | undefined {
  let unit: string | undefined;
  for (const fact of view.facts.of('assignment.made'))
    if (fact.at <= at && fact.data['as'] === as) unit = String(fact.data['to']);
  return unit;
}

/** Who answers for the case: as assigned; nobody has been named while this is undefined. */
export const responsibleUnit = (view: View, at: Instant): string | undefined => assignedUnit(view, 'responsible', at);

/** Who works on the case: as assigned for handling, else where it was transferred, else who answers for it. */
export function handlingUnit(view: View, at: Instant): string | undefined {
  const assigned = assignedUnit(view, 'handling', at);
  if (assigned !== undefined) return assigned;
  let to: string | undefined;
  for (const fact of view.facts.of('transfer.made')) if (fact.at <= at) to = String(fact.data['to']);
  return to ?? responsibleUnit(view, at);
}

/** The trigger's own unit: the one it names, else the one that entered it. */
export const unitOfTrigger = (fact: Fact): string => {
  const named = fact.data['unit'];
  return typeof named === 'string' ? named : fact.by.unit;
};
