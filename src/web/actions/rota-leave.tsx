/** Leave and stand-ins: what they touch is shown first; leave and stand-in are recorded together. Hand-over sheets. */
import { linesOf, type ObligationLine, replay } from '#core/obligations';
import type { Office } from '#core/log';
import type { Visit } from '../context.ts';
import { type LeaveEffect, type LeaveGiven, RotaLeave } from '../pages/rota-leave.tsx';
import { HandOverSheet } from '../pages/rota-hand-over.tsx';
import { officesHeld, ownCapacities } from '../permissions.ts';
import { dateTyped } from '../view/dates.ts';
import { keptOf } from '../state.ts';
import { naming } from '../view/naming.ts';
import { presenceIn } from '../view/presence.ts';
import { reasonOf } from '../view/pressing.ts';
import { rotasOf } from '../view/rota.ts';
import { dateText } from '../view/times.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import type { Proposal } from '../acting.ts';

/** Offices for which the visitor may record leave: the own one first, then those of the own unit. */
function offices({ hall, user }: Visit): readonly Office[] {
  const { office } = user;
  if (!office) return [];
  const today = dateText(hall.now);
  const held = officesHeld(hall, today).map(o => ({ unit: o.unit, role: o.role }));
  const all = user.person.administrator ? held : held.filter(o => o.unit === office.unit);
  const unique = [
    ...new Map([{ unit: office.unit, role: office.role }, ...all].map(o => [`${o.unit}/${o.role}`, o])).values(),
  ];
  return unique;
}
const WHY = ['leave', 'vacancy', 'subject-of-complaint'] as const;

async function leavePage(
  visit: Visit,
  given: LeaveGiven,
  problems: readonly string[] = [],
  effect?: LeaveEffect,
): Promise<Response> {
  const { c } = visit;
  const counts = await countsOf(visit);
  return c.html(
    <RotaLeave
      visit={visit}
      counts={counts}
      offices={offices(visit)}
      given={given}
      problems={problems}
      {...(effect ? { effect } : {})}
    />,
    problems.length > 0 ? 422 : 200,
  );
}

export const show: Show = visit => {
  const { hall, user } = visit;
  const today = dateText(hall.now);
  const office = user.office ? `${user.office.unit}/${user.office.role}` : '';
  return leavePage(visit, { office, from: today, to: today, standIn: '', why: 'leave' });
};

export const record: Act = async ({ visit, text }: Posted) => {
  const { c, w, hall, house, user, language } = visit;
  const names = naming(hall, language);
  const why = WHY.find(x => x === text('why')) ?? 'leave';
  const given: LeaveGiven = {
    office: text('office'),
    from: text('from'),
    to: text('to'),
    standIn: text('stand-in'),
    why,
  };
  if (!user.office) return leavePage(visit, given, [w.noOffice]);
  const office = offices(visit).find(o => `${o.unit}/${o.role}` === given.office);
  const [from, to] = [dateTyped(given.from), dateTyped(given.to)];
  const problems = [
    ...(office ? [] : [w.leaveOwnOnly]),
    ...(from !== undefined && to !== undefined && from <= to ? [] : [w.leaveDatesWrong]),
  ];
  if (!office || from === undefined || to === undefined || problems.length > 0)
    return leavePage(visit, given, problems);
  const standIn = given.standIn === '' ? undefined : given.standIn;
  const unitRoles = new Set(
    officesHeld(hall, dateText(hall.now))
      .filter(o => o.unit === office.unit)
      .map(o => o.role),
  );
  if (standIn === office.role) problems.push(w.leaveSelf);
  else if (standIn !== undefined && !unitRoles.has(standIn)) problems.push(w.rotaOfficeNotHere);
  else if (standIn !== undefined && presenceIn(hall).awayUntil(office.unit, standIn, from) !== undefined)
    problems.push(w.leaveAwayToo(names.role(standIn)));
  if (why !== 'leave' && standIn === undefined) problems.push(w.fieldMissing(w.leaveStandIn));
  if (problems.length > 0) return leavePage(visit, given, problems);
  if (text('do') !== 'save') return leavePage(visit, given, [], effectOf(visit, office, from, to, standIn));
  const entries: Proposal[] = [
    ...(why === 'leave' ? [{ type: 'leave.recorded', data: { unit: office.unit, role: office.role, from, to } }] : []),
    ...(standIn === undefined
      ? []
      : [{ type: 'stand-in.named', data: { unit: office.unit, role: office.role, standIn, from, to, why } }]),
  ];
  const outcome = await house.actor.act(user.office, () => entries);
  if (outcome.kind !== 'done')
    return leavePage(visit, given, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
  return goWith(c, '/rota/leave', w.leaveSaved);
};

/** What the days away touch: shifts, capacities to sign in, duties that go on running. */
function effectOf({ hall }: Visit, office: Office, from: string, to: string, standIn: string | undefined): LeaveEffect {
  const shifts = presenceIn(hall).shifts.filter(
    s =>
      s.unit === office.unit &&
      s.role === office.role &&
      dateText(s.from) >= from &&
      dateText(s.from) <= to &&
      s.to > hall.now,
  );
  const { duties } = keptOf(hall);
  const whose = ({ role }: { readonly role: string }): boolean => role === `${office.unit}/${office.role}`;
  const owes = (['limited', 'soft', 'late'] as const).reduce((n, s) => n + duties.count(s, whose), 0);
  return {
    shifts: shifts.map(s => ({ from: s.from, to: s.to })),
    capacities: ownCapacities(hall, office),
    owes,
    ...(standIn === undefined ? {} : { standIn }),
  };
}

export const handOver: Show = async (visit, counts) => {
  const { hall, house, c } = visit;
  const event = hall.byId.get(c.req.param('event') ?? '');
  if (event?.type !== 'shift.handed-over') return c.notFound();
  const at = Date.parse(event.at);
  // As the log stood at that moment: later entries are not in it.
  const known = hall.events.filter(e => Date.parse(e.recordedAt) <= at);
  const lines = linesOf(replay(hall.book, known, at)).filter(
    (l): l is ObligationLine => l.line === 'obligation' && !l.whole,
  );
  const rotas = new Set(rotasOf(hall).map(r => r.name));
  const before = { ...hall, now: at, events: known, lines };
  const waiting = (await house.desk.findings.list({ state: 'new', limit: 200 })).filter(f => f.seenAt <= at);
  const silent = (await house.desk.sources.list()).filter(s => s.state === 'on' && s.problem !== undefined);
  return (
    <HandOverSheet
      visit={visit}
      counts={counts}
      event={event}
      then={before}
      duties={lines.filter(l => (l.state === 'open' || l.state === 'late') && !rotas.has(l.duty))}
      missed={lines.filter(l => l.state === 'missed' && rotas.has(l.duty) && reasonOf(before, l) === undefined)}
      waiting={waiting.length}
      silent={silent.map(s => s.title)}
    />
  );
};
