/** A month of shifts from a pattern: looked at first, then set as one roster. */
import { announcedUntil, clockMinutes } from '#core/calendar';
import { type PlannedShift, planRota } from '#watch';
import type { Visit } from '../context.ts';
import { type PlanGiven, RotaPlan } from '../pages/rota-plan.tsx';
import { addDays, dateTyped } from '../view/dates.ts';
import { lookOfDay, manned, officesOf, roleOfRota, rotaPath, type RotaScene, shiftsOf } from '../view/rota.ts';
import { dateText, OFFSET } from '../view/times.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { askedScene, maySet, rosterOf } from './rota.tsx';

const MOST_DAYS = 62;
const ROWS = 4;
const MOST_REST = 48;
const THREE = [
  { name: '日', opens: '08:30', closes: '17:30' },
  { name: '晚', opens: '17:30', closes: '23:00' },
  { name: '夜', opens: '23:00', closes: '08:30' },
];
const ONE = [{ name: '日', opens: '08:30', closes: '17:30' }];

/** What the form begins with: the unit's pattern, or one that fits what the article asks for. */
function proposed({ hall }: Visit, scene: RotaScene): PlanGiven {
  const today = dateText(hall.now);
  const shifts = scene.pattern?.shifts ?? (scene.rule.cover === '24h' ? THREE : ONE);
  const own = roleOfRota(scene.rule);
  return {
    from: addDays(today, 1),
    to: addDays(today, 30),
    shifts: [...shifts, ...Array.from({ length: ROWS }, () => ({ name: '', opens: '', closes: '' }))].slice(0, ROWS),
    offices:
      scene.pattern?.offices ??
      officesOf(hall, scene.rule, scene.unit, today).filter(r => own === undefined || r === own),
    restHours: String(scene.pattern?.restHours ?? 11),
  };
}
function given({ text, all, sent }: Posted): PlanGiven {
  const list = (name: string): readonly string[] => (sent.get(name) ?? []).map(v => v.trim());
  const [names, opens, closes] = [list('shift-name'), list('shift-opens'), list('shift-closes')];
  return {
    from: text('from'),
    to: text('to'),
    shifts: Array.from({ length: ROWS }, (_, i) => ({
      name: names[i] ?? '',
      opens: opens[i] ?? '',
      closes: closes[i] ?? '',
    })),
    offices: all('offices'),
    restHours: text('rest'),
  };
}

export const show: Show = async (visit, counts) => {
  const scene = await askedScene(visit);
  if (!scene) return visit.c.redirect('/rota');
  return <RotaPlan visit={visit} counts={counts} scene={scene} given={proposed(visit, scene)} problems={[]} />;
};

export const plan: Act = async posted => {
  const { visit, text } = posted;
  const { c, w, house, user } = visit;
  const scene = await askedScene(visit);
  if (!scene) return c.redirect('/rota', 303);
  const wish = given(posted);
  const page = async (problems: readonly string[], shifts?: readonly PlannedShift[]): Promise<Response> => {
    const counts = await countsOf(visit);
    return c.html(
      <RotaPlan
        visit={visit}
        counts={counts}
        scene={scene}
        given={wish}
        problems={problems}
        {...(shifts ? { planned: shifts } : {})}
      />,
      problems.length > 0 ? 422 : 200,
    );
  };
  if (!user.office) return page([w.noOffice]);
  if (!maySet(visit, scene.unit)) return page([w.rotaNotOurs]);
  const problems = problemsOf(visit, scene, wish);
  if (problems.length > 0) return page(problems);
  const shifts = shiftsFor(visit, scene, wish);
  if (text('do') !== 'save') return page([], shifts);
  const slots = shifts.flatMap(s => (s.role === undefined ? [] : [{ from: s.from, to: s.to, role: s.role }]));
  await house.desk.rota.putPattern({
    rota: scene.rule.name,
    unit: scene.unit,
    shifts: wish.shifts.filter(s => s.opens !== ''),
    offices: wish.offices,
    restHours: Number(wish.restHours),
  });
  if (slots.length === 0) return goWith(c, rotaPath(scene), w.rotaPlanNothing);
  const outcome = await house.actor.act(user.office, () => [rosterOf(scene, slots)]);
  if (outcome.kind === 'invalid') return page(outcome.faults);
  return goWith(c, rotaPath(scene, wish.from), w.rotaPlanned(slots.length));
};

function problemsOf({ hall, w }: Visit, scene: RotaScene, wish: PlanGiven): readonly string[] {
  const problems: string[] = [];
  const [from, to] = [dateTyped(wish.from), dateTyped(wish.to)];
  const known = announcedUntil(hall.calendar);
  const sound =
    from !== undefined &&
    to !== undefined &&
    from <= to &&
    to < addDays(from, MOST_DAYS) &&
    to < known &&
    from >= dateText(hall.now);
  if (!sound) problems.push(w.rotaRangeWrong);
  const rows = wish.shifts.filter(s => s.name !== '' || s.opens !== '' || s.closes !== '');
  const clocks = rows.every(s => s.name !== '' && isClock(s.opens) && isClock(s.closes));
  if (rows.length === 0 || !clocks) problems.push(w.rotaShiftsWrong);
  const offices = new Set(officesOf(hall, scene.rule, scene.unit, dateText(hall.now)));
  if (wish.offices.length === 0) problems.push(w.rotaOfficesWrong);
  if (wish.offices.some(o => !offices.has(o))) problems.push(w.rotaOfficeNotHere);
  if (!/^\d{1,2}$/.test(wish.restHours) || Number(wish.restHours) > MOST_REST) problems.push(w.rotaRestWrong);
  return problems;
}
const isClock = (text: string): boolean => /^\d\d:\d\d$/.test(text) && clockMinutes(text) !== undefined;

function shiftsFor({ hall }: Visit, scene: RotaScene, wish: PlanGiven): readonly PlannedShift[] {
  return planRota({
    shifts: wish.shifts.filter(s => s.opens !== ''),
    offices: wish.offices,
    from: wish.from,
    to: addDays(wish.to, 1),
    restHours: Number(wish.restHours),
    offsetMinutes: OFFSET,
    isAway: (role, date) => scene.presence.awayUntil(scene.unit, role, date) !== undefined,
    isRestDay: date => lookOfDay(hall, date).look === 'rest',
    standing: shiftsOf(hall, scene).filter(s => manned(scene.presence, s)),
  });
}
