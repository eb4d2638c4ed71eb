/** Parties: which units and offices they mean in a case, and whether an office acts for one of them. */
import type { Instant } from '#core/calendar';
import type { Office } from '#core/log';
import type { Party, Relation } from '#core/rulebook';
import { field, listOf, type Fact } from './facts.ts';
import { concernedUnits, dateIn, handlingUnit, opening, responsibleUnit, unitOfTrigger, type View } from './view.ts';

const RELATIONS: Readonly<Record<string, Relation>> = {
  'concerned units': 'concerned units',
  'notified units': 'notified units',
  'responsible unit': 'responsible unit',
  'responsible-unit': 'responsible unit',
  'handling unit': 'handling unit',
  'handling-unit': 'handling unit',
  'unit of trigger': 'unit of trigger',
  recipients: 'recipients',
};
/** Recipients are written as keys; some of them are relations. */
export const relationNamed = (word: string): Relation | undefined => RELATIONS[word];

/** The units a relation means at a moment. `strict` gives nothing where nobody has been named; else the opener owes. */
export function unitsOfRelation(
  view: View,
  relation: Relation,
  at: Instant,
  trigger: Fact | undefined,
  strict = false,
): readonly string[] {
  const orOpener = (unit: string | undefined): readonly string[] => {
    if (unit !== undefined) return [unit];
    const opener = strict ? undefined : opening(view)?.by.unit;
    return opener === undefined ? [] : [opener];
  };
  switch (relation) {
    case 'concerned units':
      return [...concernedUnits(view).entries()].filter(([, fact]) => fact.at <= at).map(([unit]) => unit);
    case 'notified units':
      return [
        ...new Set(
          [...view.facts.of('notice.sent'), ...view.facts.of('notice.received')]
            .filter(f => f.at <= at)
            .flatMap(notified),
        ),
      ];
    case 'responsible unit':
      return orOpener(responsibleUnit(view, at));
    case 'handling unit':
      return orOpener(handlingUnit(view, at));
    case 'unit of trigger':
      return trigger ? [unitOfTrigger(trigger)] : [];
    case 'recipients':
      return trigger ? listOf(trigger.data['to']) : [];
  }
}
export const notified = (fact: Fact): readonly string[] =>
  fact.type === 'notice.sent' ? listOf(fact.data['to']) : listOf(fact.data['unit']);

export interface PartyContext {
  readonly at: Instant;
  readonly trigger?: Fact | undefined;
  /** The member an instance is for. */
  readonly member?: string | undefined;
  readonly strict?: boolean;
}

/** The units a party means; a role alone means none in particular. */
export function unitsOfParty(view: View, party: Party, context: PartyContext): readonly string[] {
  switch (party.party) {
    case 'unit':
    case 'office':
      return [party.unit];
    case 'unit-kind':
      return context.member !== undefined && view.book.org.kindOf(context.member) === party.unitKind
        ? [context.member]
        : view.book.org.unitsOfKind(party.unitKind);
    case 'relation':
      return unitsOfRelation(view, party.relation, context.at, context.trigger, context.strict);
    case 'role':
      return context.member === undefined ? [] : [context.member];
  }
}

/** Whether an office acts for a party at the time of a fact. */
export function actsFor(view: View, by: Office, party: Party, context: PartyContext): boolean {
  const { org } = view.book;
  const on = dateIn(view, context.at);
  switch (party.party) {
    case 'office':
      // An office of a kind of unit: that role in any unit of the kind, or in the member.
      if (!org.isUnit(party.unit) && org.unitsOfKind(party.unit).length > 0)
        return org.kindOf(by.unit) === party.unit && view.holders.actsAs(by, context.member, party.role, on);
      return view.holders.actsAs(by, party.unit, party.role, on);
    case 'role': {
      if (context.member === undefined) return view.holders.actsAs(by, undefined, party.role, on);
      // The role may sit in the member's unit or, where that has none, anywhere in the institution.
      if (org.within(by.unit, context.member)) return view.holders.actsAs(by, undefined, party.role, on);
      return (
        !org.unitsWithRole(party.role).includes(context.member) && view.holders.actsAs(by, undefined, party.role, on)
      );
    }
    case 'unit':
    case 'unit-kind':
    case 'relation':
      return unitsOfParty(view, party, context).some(unit => org.within(by.unit, unit));
  }
}

/** The units that an event entered by another office counts for: those it names as its own. */
export const namedFor = (fact: Fact): readonly string[] =>
  [field(fact, 'unit'), field(fact, 'forUnit'), fact.type === 'form.returned' ? field(fact, 'from') : undefined].filter(
    (unit): unit is string => unit !== undefined,
  );

/** The office as screens show it: a unit is owed by its head. */
export function roleText(view: View, party: Party | undefined, context: PartyContext): string {
  if (party === undefined) return '';
  switch (party.party) {
    case 'office':
      return `${party.unit}/${party.role}`;
    case 'unit':
      return `${party.unit}/head`;
    case 'role': {
      const homes = view.book.org.unitsWithRole(party.role);
      const [home] = homes;
      if (context.member !== undefined && homes.includes(context.member)) return `${context.member}/${party.role}`;
      return homes.length === 1 && home !== undefined ? `${home}/${party.role}` : party.role;
    }
    case 'unit-kind':
    case 'relation': {
      const [unit] = context.member !== undefined ? [context.member] : unitsOfParty(view, party, context);
      return unit === undefined ? (party.party === 'relation' ? party.relation : party.unitKind) : `${unit}/head`;
    }
  }
}
/** A party as the rulebook writes it. */
export function partyText(party: Party): string {
  switch (party.party) {
    case 'office':
      return `${party.unit}/${party.role}`;
    case 'unit':
      return party.unit;
    case 'role':
      return party.role;
    case 'unit-kind':
      return party.unitKind;
    case 'relation':
      return party.relation;
  }
}
