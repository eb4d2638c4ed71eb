/** What the institution has not filled: seats, owners, approvers, scales, local parameters, rules that were never supplied. */
import type { CivilDate, Instant } from '#core/calendar';
import { formatInstant } from '#core/calendar';
import type { Party, SeatsRule } from '#core/rulebook';
import { authorisationStands, SPEAKING } from './built-in.ts';
import { coverGaps } from './cover.ts';
import { field, type FactSet } from './facts.ts';
import type { GapLine } from './lines.ts';
import { withLevel } from './quota.ts';
import { dateIn, near, type View } from './view.ts';

export function gapLines(view: View, events: FactSet, now: Instant): readonly GapLine[] {
  const on = dateIn(view, now);
  const seats = view.book.of('seats').flatMap(rule => seatGaps(view, rule, events, on));
  return [
    ...seats,
    ...vacancies(view, seats, on),
    ...coverGaps(view, events),
    ...localGaps(view),
    ...outsideGaps(view),
    ...approverGaps(view),
    ...scaleGaps(view),
    ...outletGaps(view, events),
  ];
}

/** Units a seats block speaks of: the body itself, or each unit of a kind. */
function homes(view: View, rule: SeatsRule): readonly string[] {
  const party = rule.body ?? rule.each;
  if (!party) return [];
  if (party.party === 'unit' || party.party === 'office') return [party.unit];
  if (party.party === 'unit-kind') return view.book.org.unitsOfKind(party.unitKind);
  return party.party === 'role' ? view.book.org.unitsWithRole(party.role) : [];
}

function seatGaps(view: View, rule: SeatsRule, events: FactSet, on: CivilDate): GapLine[] {
  const gaps: GapLine[] = [];
  const [clause = ''] = rule.clauses;
  const wanted = Object.entries(rule.seats);
  for (const unit of homes(view, rule)) {
    const formed = events.of('body.formed').findLast(f => field(f, 'unit') === unit || field(f, 'body') === unit);
    const enough = formed !== undefined && Number(formed.data['seats']) >= wanted.reduce((sum, [, s]) => sum + s.n, 0);
    for (const [role, { n }] of wanted) {
      const held = holdersIn(view, unit, role, on);
      if (held.length >= n || enough) continue;
      const vacant = view.holders.holder(unit, role, on) === null;
      gaps.push({ line: 'gap', gap: vacant && held.length === 0 ? 'vacant-role' : 'missing-seat', clause, unit, role });
    }
  }
  for (const [owner, fields] of Object.entries(rule.responsibleFor ?? {}))
    gaps.push(...ownerGaps(view, clause, owner, fields, on));
  return gaps;
}

/** A vacant office that no seats block speaks of is a gap of the first duty that needs it; a rota tells its own. */
function vacancies(view: View, seats: readonly GapLine[], on: CivilDate): GapLine[] {
  const open = view.book.setup.roles.filter(
    r => view.holders.holder(r.unit, r.role, on) === null && !seats.some(g => g.unit === r.unit && g.role === r.role),
  );
  const unique = new Map(open.map(r => [`${r.unit}/${r.role}`, r]));
  return [...unique.values()].flatMap(({ unit, role }) => {
    const needs = (p: Party): boolean =>
      (p.party === 'role' && p.role === role) || (p.party === 'office' && p.role === role && p.unit === unit);
    const rule = view.book.of('duty').find(r => r.who.some(needs));
    const clause = rule?.clauses[0];
    return clause === undefined ? [] : [{ line: 'gap' as const, gap: 'vacant-role', clause, unit, role }];
  });
}

/** Staff codes in an office on a date: the setup may list several for one office. */
function holdersIn(view: View, unit: string, role: string, on: CivilDate): readonly string[] {
  const listed = view.book.setup.roles.filter(
    r =>
      r.unit === unit &&
      r.role === role &&
      r.holder !== null &&
      (r.from === undefined || r.from <= on) &&
      (r.to === undefined || on <= r.to),
  );
  const codes = new Set(listed.map(r => r.holder as string));
  const current = view.holders.holder(unit, role, on);
  if (typeof current === 'string') codes.add(current);
  // A vacancy recorded since takes the one seat it speaks of.
  return current === null && codes.size <= 1 ? [] : [...codes];
}

/** A field that nobody answers for: every unit of a kind its own, or the fields listed for a unit. */
function ownerGaps(
  view: View,
  clause: string,
  owner: string,
  fields: readonly string[] | 'own-field',
  on: CivilDate,
): GapLine[] {
  const kind =
    /^each (.+)$/.exec(owner)?.[1] ?? (view.book.org.isUnit(owner) || owner.includes('/') ? undefined : owner);
  const units = kind === undefined ? [owner.split('/')[0] ?? owner] : view.book.org.unitsOfKind(kind);
  const gap = (unit: string | undefined): GapLine => ({
    line: 'gap',
    gap: 'no-owner',
    clause,
    ...(unit === undefined ? {} : { unit }),
  });
  if (units.length === 0) return fields === 'own-field' ? [] : [gap(undefined)];
  const role = owner.includes('/') ? owner.split('/')[1] : undefined;
  return units
    .filter(unit => {
      const heads = role === undefined ? ['head'] : [role];
      const offices = heads.filter(r => view.holders.holder(unit, r, on) !== undefined);
      // A unit whose head is not listed at all says nothing about who answers for it.
      return offices.length > 0 && offices.every(r => view.holders.holder(unit, r, on) === null);
    })
    .map(gap);
}

/** One line for each clause a local parameter is for, while it is not set. */
function localGaps(view: View): GapLine[] {
  return view.book
    .of('local')
    .filter(l => l.unset === 'gap' && l.value === undefined && view.book.local(l.name) === undefined)
    .flatMap(l =>
      (l.for.length > 0 ? l.for : l.clauses).map(clause => ({ line: 'gap' as const, gap: 'unset-local', clause })),
    );
}

function outsideGaps(view: View): GapLine[] {
  const supplied = new Set(
    near(view, 'outside-rule.registered')
      .filter(f => f.data['status'] === 'supplied')
      .map(f => String(f.data['rule'])),
  );
  const own = view.book.of('outside').filter(o => o.status === 'not-supplied' && !supplied.has(o.name));
  const gap = (clause: string): GapLine => ({ line: 'gap', gap: 'outside-rule', clause });
  // A rule put on the register later is as missing as one the text names.
  const later = near(view, 'outside-rule.registered').filter(
    f =>
      f.data['status'] === 'not-supplied' &&
      !supplied.has(String(f.data['rule'])) &&
      !view.book.of('outside').some(o => o.name === f.data['rule']),
  );
  return [...own.map(o => gap(o.clauses[0] ?? '')), ...later.map(f => gap(String(f.data['clause'])))];
}

/** A text without an approver: the rulebook names none for what the institution says, and nobody has been named locally. */
function approverGaps(view: View): GapLine[] {
  if (view.book.local('text-approver') !== undefined) return [];
  const open = [...SPEAKING].some(type => type === 'publication.made' && !authorisationStands(view, type));
  return open ? [{ line: 'gap', gap: 'no-approver', clause: 'HC-63' }] : [];
}

function scaleGaps(view: View): GapLine[] {
  return view.book
    .of('grades')
    .filter(g => g.values.length === 0 && (g.local === undefined || view.book.local(g.local) === undefined))
    .map(g => ({ line: 'gap' as const, gap: 'no-scale', clause: g.clauses[0] ?? '' }));
}

/** A piece in an outlet of no known level: it is not scored until the outlet has one. */
function outletGaps(view: View, events: FactSet): GapLine[] {
  const rule = view.book.of('local').find(l => l.name === 'outlet-levels');
  const clause = rule?.for[0] ?? rule?.clauses[0];
  if (clause === undefined) return [];
  const unknown = events
    .of('coverage.entered')
    .map(f => withLevel(view, f))
    .filter(f => f.data['level'] === 'unknown');
  return unknown.map(f => ({
    line: 'gap' as const,
    gap: 'unmapped-outlet',
    clause,
    unit: String(f.data['unit']),
    from: formatInstant(f.at, view.book.calendar.offsetMinutes).slice(0, 10),
  }));
}
