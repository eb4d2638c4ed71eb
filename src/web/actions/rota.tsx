/** The rota: holes filled, swaps asked and agreed, shifts handed over. Every change of who stands is one more roster in the log. */
import { formatInstant, HOUR } from '#core/calendar';
import type { Shift, Span } from '#core/obligations';
import { hindrance } from '#watch';
import { newId, type Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import { Rota, RotaNone } from '../pages/rota.tsx';
import type { ShiftSwap } from '../ports-rota.ts';
import { dateTyped } from '../view/dates.ts';
import { naming } from '../view/naming.ts';
import { mondayOf, officesOf, rotaPath, type RotaScene, sceneOf, shiftsOf } from '../view/rota.ts';
import { clockText, dateText, fullMoment } from '../view/times.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

export async function askedScene(visit: Visit): Promise<RotaScene | undefined> {
  const { rota } = visit.house.desk;
  const asked = (name: string): string | undefined => visit.c.req.query(name);
  const [patterns, swaps] = [await rota.patterns(), await rota.swaps()];
  const [named, unit] = [asked('rota'), asked('unit')];
  return sceneOf(
    visit.hall,
    { ...(named === undefined ? {} : { rota: named }), ...(unit === undefined ? {} : { unit }) },
    patterns,
    swaps,
  );
}

async function rotaPage(visit: Visit, problem?: string): Promise<Response> {
  const { c, house, hall } = visit;
  const counts = await countsOf(visit);
  const scene = await askedScene(visit);
  if (!scene) return c.html(<RotaNone visit={visit} counts={counts} />);
  const from = mondayOf(dateTyped(c.req.query('from') ?? '') ?? dateText(hall.now));
  return c.html(
    <Rota
      visit={visit}
      counts={counts}
      scene={scene}
      from={from}
      sources={await house.desk.sources.list()}
      sourceKinds={await house.desk.rota.sourceKinds()}
      {...(problem === undefined ? {} : { problem })}
    />,
    problem === undefined ? 200 : 422,
  );
}
export const show: Show = visit => rotaPage(visit);

/** Who sets shifts of a unit: its own offices, those above it, and whoever runs the house. */
export function maySet({ hall, user }: Visit, unit: string): boolean {
  const { office } = user;
  if (!office) return false;
  const { org } = hall.book;
  return org.within(office.unit, unit) || org.within(unit, office.unit) || user.person.administrator;
}

export const rosterOf = (scene: RotaScene, slots: readonly (Span & { readonly role: string })[]): Proposal => ({
  type: 'duty-roster.set',
  data: {
    rota: scene.rule.name,
    unit: scene.unit,
    slots: slots.map(s => ({ from: formatInstant(s.from), to: formatInstant(s.to), role: s.role })),
  },
});

export const act: Act = async posted => {
  const scene = await askedScene(posted.visit);
  if (!scene) return rotaPage(posted.visit, posted.visit.w.formOld);
  switch (posted.text('do')) {
    case 'fill':
      return fill(posted, scene);
    case 'swap':
      return ask(posted, scene);
    case 'accept':
    case 'decline':
    case 'withdraw':
      return settle(posted, scene, posted.text('do') as 'accept' | 'decline' | 'withdraw');
    case 'hand-over':
      return handOver(posted, scene);
    case 'kinds':
      return kinds(posted, scene);
    default:
      return rotaPage(posted.visit, posted.visit.w.formOld);
  }
};

async function fill({ visit, text }: Posted, scene: RotaScene): Promise<Response> {
  const { c, w, hall, house, user, language } = visit;
  const [from, to, role] = [Number(text('from')), Number(text('to')), text('role')];
  if (!user.office) return rotaPage(visit, w.noOffice);
  if (!maySet(visit, scene.unit)) return rotaPage(visit, w.rotaNotOurs);
  const sound = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from < to && to - from <= 24 * HOUR;
  if (!sound || to <= hall.now) return rotaPage(visit, w.rotaHoursWrong);
  if (!officesOf(hall, scene.rule, scene.unit, dateText(from)).includes(role))
    return rotaPage(visit, w.rotaOfficeNotHere);
  const outcome = await house.actor.act(user.office, now => {
    // Somebody else may have filled it a moment ago: theirs stands.
    const fresh = sceneOf(now, { rota: scene.rule.name, unit: scene.unit }, [], []);
    const taken = fresh && shiftsOf(now, fresh).find(s => s.role !== role && s.from === from && s.to === to);
    if (taken && fresh.presence.awayUntil(taken.unit, taken.role, dateText(from)) === undefined)
      return { faults: [w.rotaTaken] };
    return [rosterOf(scene, [{ from, to, role }])];
  });
  if (outcome.kind === 'invalid') return rotaPage(visit, outcome.faults.join(' '));
  return goWith(c, rotaPath(scene), w.rotaFilled(naming(hall, language).role(role)));
}

const spanOf = (text: string): (Span & { readonly role?: string }) | undefined => {
  const cut = /^(\d{10,15})-(\d{10,15})(?:-([A-Za-z0-9][\w.-]*))?$/.exec(text);
  return cut ? { from: Number(cut[1]), to: Number(cut[2]), ...(cut[3] ? { role: cut[3] } : {}) } : undefined;
};
const stands = (shifts: readonly Shift[], span: Span, role: string): boolean =>
  shifts.some(s => s.role === role && s.from === span.from && s.to === span.to);

/**
 * Whether an office could take some hours, once it has given up others. The rest between shifts is the unit's own wish:
 * a short one is said before the other agrees, and two who agree may have it so.
 */
function able(scene: RotaScene, shifts: readonly Shift[], role: string, takes: Span, gives: Span | undefined): boolean {
  const left = shifts.filter(s => !(s.role === role && s.from === gives?.from && s.to === gives.to));
  const away = scene.presence.awayUntil(scene.unit, role, dateText(takes.from)) !== undefined;
  return hindrance(role, takes, left, 0, away) === undefined;
}

async function ask({ visit, text }: Posted, scene: RotaScene): Promise<Response> {
  const { c, w, hall, house, user, language } = visit;
  const names = naming(hall, language);
  const { office } = user;
  if (!office) return rotaPage(visit, w.noOffice);
  const [mine, wanted] = [spanOf(text('mine')), text('with')];
  const back = spanOf(text('back-shift'));
  const shifts = shiftsOf(hall, scene);
  if (office.unit !== scene.unit || !mine || mine.from <= hall.now || !stands(shifts, mine, office.role))
    return rotaPage(visit, w.swapNotStanding);
  const other = back?.role ?? wanted;
  if (other === office.role) return rotaPage(visit, w.swapSame);
  if (!officesOf(hall, scene.rule, scene.unit, dateText(mine.from)).includes(other))
    return rotaPage(visit, w.rotaOfficeNotHere);
  if (back && (back.from <= hall.now || !stands(shifts, back, other))) return rotaPage(visit, w.swapGone);
  if (!able(scene, shifts, other, mine, back)) return rotaPage(visit, w.swapClash(names.role(other)));
  if (back && !able(scene, shifts, office.role, back, mine))
    return rotaPage(visit, w.swapClash(names.role(office.role)));
  const swap: ShiftSwap = {
    id: newId(house.desk.now()).replace(/^e/, 's'),
    rota: scene.rule.name,
    unit: scene.unit,
    role: office.role,
    from: mine.from,
    to: mine.to,
    with: other,
    ...(back ? { back: { from: back.from, to: back.to } } : {}),
    askedAt: house.desk.now(),
    state: 'asked',
  };
  await house.desk.rota.askSwap(swap);
  const what = `${fullMoment(language, mine.from, hall.now)}–${clockText(mine.to)}`;
  await house.desk.notices.tell({
    key: `swap|${swap.id}`,
    offices: [{ unit: scene.unit, role: other }],
    subject: w.swapNotice(names.role(office.role), what),
    text: w.swapNoticeText,
    path: rotaPath(scene),
  });
  return goWith(c, `${rotaPath(scene)}#swaps`, w.swapAsked);
}

async function settle(
  { visit, text }: Posted,
  scene: RotaScene,
  what: 'accept' | 'decline' | 'withdraw',
): Promise<Response> {
  const { c, w, hall, house, user, language } = visit;
  const { office } = user;
  const swap = scene.swaps.find(s => s.id === text('swap'));
  if (!office) return rotaPage(visit, w.noOffice);
  if (!swap || swap.state !== 'asked') return rotaPage(visit, w.swapGone);
  const wanted = what === 'withdraw' ? swap.role : swap.with;
  if (office.unit !== swap.unit || office.role !== wanted) return rotaPage(visit, w.swapNotYours);
  const at = house.desk.now();
  if (what !== 'accept') {
    const settled = await house.desk.rota.settleSwap(swap.id, {
      state: what === 'decline' ? 'declined' : 'withdrawn',
      at,
    });
    if (!settled) return rotaPage(visit, w.swapGone);
    return goWith(c, `${rotaPath(scene)}#swaps`, what === 'decline' ? w.swapDeclined : w.swapWithdrawn);
  }
  const outcome = await house.actor.act(office, now => {
    const fresh = sceneOf(now, { rota: scene.rule.name, unit: scene.unit }, [], []);
    const shifts = fresh ? shiftsOf(now, fresh) : [];
    const still = stands(shifts, swap, swap.role) && (!swap.back || stands(shifts, swap.back, swap.with));
    if (!still || swap.from <= now.now) return { faults: [w.swapGone] };
    const whole = { ...scene, presence: fresh?.presence ?? scene.presence };
    if (!able(whole, shifts, swap.with, swap, swap.back))
      return { faults: [w.swapClash(naming(hall, language).role(swap.with))] };
    return [
      rosterOf(scene, [
        { from: swap.from, to: swap.to, role: swap.with },
        ...(swap.back ? [{ ...swap.back, role: swap.role }] : []),
      ]),
    ];
  });
  if (outcome.kind === 'invalid') return rotaPage(visit, outcome.faults.join(' '));
  const event = outcome.kind === 'done' ? outcome.events[0]?.id : undefined;
  await house.desk.rota.settleSwap(swap.id, { state: 'accepted', at, ...(event === undefined ? {} : { event }) });
  return goWith(c, rotaPath(scene), w.swapAccepted);
}

async function handOver({ visit, text }: Posted, scene: RotaScene): Promise<Response> {
  const { c, w, hall, house, user, language } = visit;
  const { office } = user;
  if (!office) return rotaPage(visit, w.noOffice);
  const role = text('role');
  const onWatch = shiftsOf(hall, scene).some(
    s => s.role === office.role && s.unit === office.unit && s.from <= hall.now && hall.now < s.to + HOUR,
  );
  if (!onWatch) return rotaPage(visit, w.handNotOn);
  if (role === office.role || !officesOf(hall, scene.rule, scene.unit, dateText(hall.now)).includes(role))
    return rotaPage(visit, w.rotaOfficeNotHere);
  const outcome = await house.actor.act(office, () => [
    { type: 'shift.handed-over', data: { rota: scene.rule.name, unit: scene.unit, to: role } },
  ]);
  if (outcome.kind !== 'done') return rotaPage(visit, w.notSaved);
  return goWith(c, `/rota/hand-over/${outcome.events[0]?.id ?? ''}`, w.handDone(naming(hall, language).role(role)));
}

async function kinds({ visit, sent }: Posted, scene: RotaScene): Promise<Response> {
  const { c, w, house } = visit;
  const known = new Set(visit.hall.rulebook.rules.flatMap(r => (r.kind === 'sources' ? r.kinds : [])));
  const sources = new Set((await house.desk.sources.list()).map(s => s.key));
  const chosen = [...sent].flatMap(([name, [value = '']]) => {
    const key = name.startsWith('kind.') ? name.slice(5) : '';
    return sources.has(key) && known.has(value) ? [[key, value] as const] : [];
  });
  await house.desk.rota.putSourceKinds(Object.fromEntries(chosen));
  return goWith(c, rotaPath(scene), w.kindsSaved);
}
