/** Watch slots as things owed: each becomes missed by itself, and a check-in meets the earliest open one that contains it. */
import type { Instant } from '#core/calendar';
import type { Party, Pattern, RotaRule, Round } from '#core/rulebook';
import { field, listOf, type Fact, type FactSet } from './facts.ts';
import type { FlagLine, GapLine } from './lines.ts';
import { matches, patternText } from './match.ts';
import type { Owed } from './owed.ts';
import { actsFor, roleText } from './parties.ts';
import { slotsOfRound, type SlotTime } from './slots.ts';
import type { View } from './view.ts';

export interface RotaResult {
  readonly rows: readonly Owed[];
  readonly gaps: readonly GapLine[];
  readonly flags: readonly FlagLine[];
}
interface Slot extends SlotTime {
  readonly rule: RotaRule;
  readonly round: Round;
  readonly clause: string;
  readonly done: Pattern;
  readonly unit: string | undefined;
}

/** Whom a rota is for: nobody in particular (whoever holds the role), or each unit. */
function watchers(view: View, rule: RotaRule): readonly (string | undefined)[] {
  const { each } = rule;
  const { org } = view.book;
  if (each === undefined) return [undefined];
  if (each.party === 'unit-kind') return org.unitsOfKind(each.unitKind);
  if (each.party === 'role') return org.unitsWithRole(each.role);
  if (each.party === 'unit' || each.party === 'office') return [each.unit];
  return [undefined];
}

/** The office that must look: the role the rota names, in the unit it is for. */
function roleOf(rule: RotaRule): string | undefined {
  for (const party of [...(rule.who ?? []), ...(rule.each ? [rule.each] : [])])
    if (party.party === 'role' || party.party === 'office') return party.role;
  return undefined;
}

/** Whether anybody holds the office on a date; true where no office is named. */
function isStaffed(view: View, rule: RotaRule, unit: string | undefined, date: string): boolean {
  const role = roleOf(rule);
  if (role === undefined) return true;
  const office = rule.who?.find(p => p.party === 'office');
  const home = unit ?? (office?.party === 'office' ? office.unit : undefined);
  if (home !== undefined) return view.holders.filled(home, role, date);
  return view.holders.heldIn(role, date).length > 0;
}

export function rotaResult(view: View, events: FactSet, now: Instant): RotaResult {
  const rows: Owed[] = [];
  const gaps: GapLine[] = [];
  const flags: FlagLine[] = [];
  for (const rule of view.book.of('rota')) {
    const slots: Slot[] = [];
    const holes = new Map<string, { unit: string | undefined; dates: string[] }>();
    for (const round of rule.rounds)
      for (const unit of watchers(view, rule))
        for (const time of slotsOfRound(view, round)) {
          if (time.startsAt > now) continue;
          if (isStaffed(view, rule, unit, time.date)) {
            slots.push({
              ...time,
              rule,
              round,
              clause: round.clause ?? rule.clauses[0] ?? '',
              done: round.done ?? rule.done,
              unit,
            });
            continue;
          }
          const hole = holes.get(unit ?? '') ?? { unit, dates: [] };
          if (!hole.dates.includes(time.date)) hole.dates.push(time.date);
          holes.set(unit ?? '', hole);
        }
    for (const { unit, dates } of holes.values()) gaps.push(hole(rule, unit, dates));
    const taken = assign(view, events, slots);
    for (const slot of slots.toSorted((a, b) => a.startsAt - b.startsAt)) {
      const met = taken.get(slot);
      rows.push(slotRow(view, slot, met, now));
      if (met) flags.push(...partial(view, slot, met), ...annotations(events, slot, met));
    }
  }
  return { rows, gaps, flags: dedupe(flags) };
}

function hole(rule: RotaRule, unit: string | undefined, dates: readonly string[]): GapLine {
  const role = roleOf(rule);
  const [from] = dates;
  const to = dates.at(-1);
  return {
    line: 'gap',
    gap: 'slot-without-person',
    clause: rule.clauses[0] ?? '',
    ...(unit === undefined ? {} : { unit }),
    ...(role === undefined ? {} : { role }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Each check-in, in order, to the earliest open slot that contains it; with `concerns` only slots of that clause. */
function assign(view: View, events: FactSet, slots: readonly Slot[]): ReadonlyMap<Slot, Fact> {
  const taken = new Map<Slot, Fact>();
  const ordered = slots.toSorted((a, b) => a.startsAt - b.startsAt || a.dueAt - b.dueAt);
  const types = new Set(ordered.flatMap(s => (s.done.on === 'event' ? [s.done.type] : [])));
  for (const type of types) {
    let first = 0;
    for (const fact of events.of(type)) {
      while (first < ordered.length && (ordered[first]?.dueAt ?? Infinity) < fact.at - LOOK_BACK) first++;
      const met = new Set<string>();
      for (let i = first; i < ordered.length; i++) {
        const slot = ordered[i];
        if (!slot || slot.opensAt > fact.at) {
          if (slot && slot.startsAt > fact.at + LOOK_BACK) break;
          continue;
        }
        // One check-in meets one slot of each clause and unit.
        const key = `${slot.clause} ${slot.unit ?? ''}`;
        if (met.has(key) || taken.has(slot) || !contains(slot, fact) || !answers(view, slot, fact)) continue;
        taken.set(slot, fact);
        met.add(key);
      }
    }
  }
  return taken;
}
/** Slots are shorter than this. */
const LOOK_BACK = 2 * 86_400_000;

const contains = (slot: Slot, fact: Fact): boolean =>
  fact.at >= slot.opensAt && (slot.dueKind === 'date' ? fact.at < slot.dueAt : fact.at <= slot.dueAt);

function answers(view: View, slot: Slot, fact: Fact): boolean {
  if (!matches(slot.done, fact, view.facts)) return false;
  const concerns = field(fact, 'concerns');
  if (concerns !== undefined && concerns !== slot.clause) return false;
  const dated = field(fact, 'for');
  if (dated !== undefined && fact.type === 'zero-report.filed' && dated !== slot.date) return false;
  const unit = field(fact, 'unit') ?? fact.by.unit;
  if (slot.unit !== undefined && unit !== slot.unit && fact.by.unit !== slot.unit) return false;
  if (fact.type.endsWith('.received')) return true;
  const parties: readonly Party[] =
    slot.rule.who ?? (slot.unit === undefined || !slot.rule.each ? [] : [slot.rule.each]);
  if (parties.length === 0) return true;
  const context = { at: fact.at, trigger: fact, member: slot.unit };
  return parties.some(
    party =>
      actsFor(view, fact.by, party, context) ||
      (party.party !== 'role' &&
        party.party !== 'office' &&
        party.party !== 'relation' &&
        field(fact, 'unit') !== undefined &&
        actsFor(view, { unit, role: fact.by.role }, party, context)),
  );
}

function slotRow(view: View, slot: Slot, met: Fact | undefined, now: Instant): Owed {
  const past = slot.dueKind === 'date' ? now >= slot.dueAt : now > slot.dueAt;
  const party = slot.rule.who?.[0] ?? slot.rule.each;
  return {
    clause: slot.clause,
    name: slot.rule.name,
    kind: 'rota',
    case: undefined,
    unit: slot.unit,
    role: roleText(view, party, { at: slot.startsAt, member: slot.unit }),
    trigger: undefined,
    anchor: { name: 'slot', at: slot.startsAt, readings: slot.dueKind === 'date' ? ['DR-12'] : ['DR-2'] },
    bornAt: slot.startsAt,
    due: {
      kind: slot.dueKind,
      at: slot.dueAt,
      ...(slot.dueKind === 'date' ? { on: slot.date } : {}),
      basis: slot.local ? 'local' : 'rule',
      steps: slot.steps,
      readings: [],
    },
    limit: { kind: 'same day' },
    state: met ? 'done' : past ? 'missed' : 'open',
    ...(met ? { met: { at: met.at, rec: met.rec, facts: [met] } } : {}),
    wanted: [patternText(slot.done)],
    steps: [],
    readings: view.book.notesAbout(slot.rule.name),
    basis: [],
  };
}

/** A watch that lists fewer sources than the article covers meets the slot and is marked. */
function partial(view: View, slot: Slot, fact: Fact): FlagLine[] {
  const { covers } = slot.rule;
  if (!covers || fact.type !== 'watch.done') return [];
  const wanted =
    'kinds' in covers
      ? covers.kinds
      : view.book
          .of('sources')
          .filter(s => s.clauses.includes(covers.sourcesOf))
          .flatMap(s => s.kinds);
  const looked = listOf(fact.data['sources']);
  const missing = [...new Set(wanted)].filter(kind => !looked.includes(kind));
  if (missing.length === 0) return [];
  return [
    {
      line: 'flag',
      flag: 'partial-watch',
      clause: slot.clause,
      event: fact.id,
      ...(slot.unit === undefined ? {} : { unit: slot.unit }),
      missing,
      reason: 'not every kind of source was looked through',
    },
  ];
}

/** Something found on the date after its zero report: the report stays, with a note. */
function annotations(events: FactSet, slot: Slot, fact: Fact): FlagLine[] {
  if (slot.round.annotateWith === undefined) return [];
  const later = events.of('finding.recorded').filter(f => f.at > fact.at && f.at < slot.dueAt && f.at >= slot.startsAt);
  return later.flatMap(f => [
    {
      line: 'flag' as const,
      flag: 'annotated',
      clause: slot.clause,
      event: fact.id,
      reason: `after the report: ${f.id}`,
    },
    {
      line: 'flag' as const,
      flag: 'annotated',
      clause: slot.clause,
      event: f.id,
      ...(f.case === undefined ? {} : { case: f.case }),
      reason: `found after the report ${fact.id} of ${slot.date}`,
    },
  ]);
}

function dedupe(flags: readonly FlagLine[]): FlagLine[] {
  const seen = new Set<string>();
  return flags.filter(f => {
    const key = `${f.flag} ${f.clause} ${f.event ?? ''} ${f.unit ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
