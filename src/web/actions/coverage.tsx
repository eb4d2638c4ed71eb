/** Proof of silence for a period, and who is told when a source falls silent. */
import type { Visit } from '../context.ts';
import { Coverage, type Period } from '../pages/coverage.tsx';
import { permissionsOf } from '../permissions.ts';
import { type Act, goWith, type Show } from '../visiting.tsx';
import { dateText, momentOfInput } from '../view/times.ts';

const DAY = 86_400_000;
const LONGEST_DAYS = 400;

/** Days in China, both ends included; today where nothing sensible is asked for. */
function periodOf(visit: Visit): Period {
  const { c, hall } = visit;
  const today = dateText(hall.now);
  const at = (name: string): string => {
    const asked = c.req.query(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(asked) && momentOfInput(`${asked}T00:00`) !== undefined ? asked : today;
  };
  const [a, b] = [at('from'), at('to')].toSorted() as [string, string];
  const from = Date.parse(momentOfInput(`${a}T00:00`) ?? '');
  const to = Math.min(Date.parse(momentOfInput(`${b}T00:00`) ?? '') + DAY, from + LONGEST_DAYS * DAY);
  return { from, to, first: a, last: dateText(to - 1) };
}

export const show: Show = async (visit, counts) => {
  const { house, hall, user } = visit;
  const period = periodOf(visit);
  return (
    <Coverage
      visit={visit}
      counts={counts}
      period={period}
      sources={await house.desk.silence.coverage(period)}
      alarm={await house.desk.silence.alarmOffice()}
      mayName={permissionsOf(hall, user.office, user.person).has('administer')}
    />
  );
};

export const nameOffice: Act = async ({ visit, text }) => {
  const { house, hall, c, w, user } = visit;
  const [unit = '', role = ''] = text('office').split('/');
  const known = hall.institution.setup.roles.find(r => r.unit === unit && r.role === role);
  await house.desk.silence.setAlarmOffice(known && { unit: known.unit, role: known.role });
  await house.desk.audit(user.person.code, 'source-alarm', known ? `${unit}/${role}` : 'own unit');
  return goWith(c, '/watch/coverage', w.coverageAlarmSaved);
};
