/** Offices change hands: one by one, from a table with a report row by row, or all at once when somebody leaves. */
import type { Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import { Handover, OfficesRegister, type Report } from '../pages/register-offices.tsx';
import type { Person } from '../ports.ts';
import { heldBefore, keepFormer } from '../take-back.ts';
import { leaving } from '../view/offices.ts';
import { naming } from '../view/naming.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { addPerson, CODE, roleByName, unitByName } from './office.tsx';
import { again } from './registers.tsx';

const DATE = /^\d{4}-\d\d-\d\d$/;
const isDate = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
const MOST_ROWS = 2000;
const SYSTEM = { unit: 'institution', role: 'system' } as const;

interface Line {
  readonly unit: string;
  readonly role: string;
  readonly holder: string;
  readonly from: string;
  readonly to: string;
}
/** Assigned from a day on, or vacated where nobody is named. */
const proposal = ({ unit, role, holder, from, to }: Line): Proposal =>
  holder === ''
    ? { type: 'role.vacated', data: { unit, role, from } }
    : { type: 'role.assigned', data: { unit, role, holder, from, ...(to === '' ? {} : { to }) } };

export const change: Act = async posted => {
  const { visit, text } = posted;
  await visit.house.desk.audit(visit.user.person.code, `offices-${text('do')}`, text('code').slice(0, 20));
  switch (text('do')) {
    case 'assign':
      return assign(posted);
    case 'check':
      return check(posted);
    case 'write':
      return writeRows(posted);
    case 'handover':
      return handOver(posted);
    default:
      return again(posted, 'offices', [visit.w.formOld]);
  }
};

async function assign(posted: Posted): Promise<Response> {
  const { visit, text } = posted;
  const { house, hall, user, w, language, c } = visit;
  const [unit = '', role = ''] = text('office').split('/');
  const [from, to, holder] = [text('from'), text('to'), text('code')];
  const problems = [
    ...(hall.book.org.isUnit(unit) && /^[A-Za-z][A-Za-z0-9-]*$/.test(role) ? [] : [w.fieldWrong(w.offices)]),
    ...(isDate(from) ? [] : [w.fieldWrong(w.reg.from)]),
    ...(to === '' || (isDate(to) && to >= from) ? [] : [w.fieldWrong(w.reg.to)]),
    ...(holder === '' || (await house.desk.people.byCode(holder))?.active ? [] : [w.fieldWrong(w.reg.holder)]),
  ];
  if (problems.length > 0) return again(posted, 'offices', problems);
  const outcome = await house.actor.act(user.office ?? SYSTEM, () => [proposal({ unit, role, holder, from, to })]);
  if (outcome.kind === 'invalid') return again(posted, 'offices', outcome.faults);
  const back = '/registers/offices';
  const said = w.savedFlash(naming(hall, language).office({ unit, role }));
  // What ends by itself on a day, or concerns one of several members, is changed by hand.
  if (to !== '' || role === 'member' || outcome.kind !== 'done') return goWith(c, back, said);
  const held = heldBefore(visit, [{ unit, role }], from);
  const entries = outcome.events.map(e => e.id);
  return goWith(c, back, said, await keepFormer(visit, 'offices', { from, held, entries }, back));
}

type Rows = readonly (readonly string[])[];
interface ReadRow {
  readonly n: number;
  readonly said: string;
  readonly problem?: string;
  readonly line?: Line;
  readonly person?: { readonly code: string; readonly name: string; readonly login: string };
}
/** 工号 姓名 登录名 单位 岗位 起 止; the headings may stand in any order under the names a person would use. */
const COLUMNS: Readonly<Record<'code' | 'name' | 'login' | 'unit' | 'role' | 'from' | 'to', readonly string[]>> = {
  code: ['工号', 'code', 'staff code'],
  name: ['姓名', 'name'],
  login: ['登录名', 'login', 'sign-in name'],
  unit: ['单位', '部门', '科室', 'unit'],
  role: ['岗位', '职务', 'office', 'role'],
  from: ['起', '任职日期', '从', 'from'],
  to: ['止', '到', 'to', 'until'],
};
const KEYS = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

export async function readRows(visit: Visit, rows: Rows, today: string): Promise<readonly ReadRow[]> {
  const { w, hall, language, house } = visit;
  const names = naming(hall, language);
  const people = new Map((await house.desk.people.list()).map(p => [p.code, p]));
  const logins = new Map([...people.values()].map(p => [p.login, p.code]));
  const first = (rows[0] ?? []).map(h => h.trim().toLowerCase());
  const headed = KEYS.some(k => first.some(h => COLUMNS[k].includes(h)));
  const place = new Map(KEYS.map((k, i) => [k, headed ? first.findIndex(h => COLUMNS[k].includes(h)) : i]));
  const seen = new Set<string>();
  return rows.flatMap((row, i): ReadRow[] => {
    if ((headed && i === 0) || row.every(v => v.trim() === '')) return [];
    const cell = (k: keyof typeof COLUMNS): string => (row[place.get(k) ?? -1] ?? '').trim();
    const [code, name, unitName, roleName] = [cell('code'), cell('name'), cell('unit'), cell('role')];
    const login = (cell('login') || code).toLowerCase();
    const from = cell('from').replaceAll(/[./]/g, '-').slice(0, 10) || today;
    const to = cell('to').replaceAll(/[./]/g, '-').slice(0, 10);
    const said = [code, name, unitName, roleName, cell('from'), to].filter(v => v !== '').join(' ');
    const bad = (problem: string): ReadRow[] => [{ n: i + 1, said, problem }];
    if (!CODE.test(code)) return bad(`${w.fieldWrong(w.personCode)} ${w.codeHint}`);
    const known = people.get(code);
    if (!known && name === '') return bad(w.fieldMissing(w.personName));
    if (known && name !== '' && known.name !== name) return bad(w.reg.otherName(code, known.name));
    if (!known && logins.has(login) && logins.get(login) !== code) return bad(w.reg.loginTaken(login));
    const unit = unitName === '' ? undefined : unitByName(visit, unitName);
    if (unitName !== '' && unit === undefined) return bad(w.reg.unitUnknown(unitName));
    if ((unitName === '') !== (roleName === '')) return bad(w.reg.unitAndRole);
    const role = roleName === '' ? '' : roleByName(visit, roleName);
    if (role !== '' && !/^[A-Za-z][A-Za-z0-9-]*$/.test(role)) return bad(w.reg.roleUnknown(roleName));
    if (!isDate(from)) return bad(w.fieldWrong(w.reg.from));
    if (to !== '' && (!isDate(to) || to < from)) return bad(w.fieldWrong(w.reg.to));
    const key = `${code} ${unit ?? ''} ${role} ${from}`;
    if (seen.has(key)) return bad(w.reg.rowTwice);
    seen.add(key);
    logins.set(login, code);
    return [
      {
        n: i + 1,
        said:
          unit === undefined ? said : `${code} ${name || (known?.name ?? '')} ${names.office({ unit, role })} ${from}`,
        ...(unit === undefined ? {} : { line: { unit, role, holder: code, from, to } }),
        ...(known ? {} : { person: { code, name, login } }),
      },
    ];
  });
}

async function withReport(posted: Posted, report: Report, status: 200 | 422): Promise<Response> {
  const { visit } = posted;
  const { house, c } = visit;
  const hall = await house.keeper.look();
  const counts = await countsOf(visit);
  return c.html(
    <OfficesRegister
      visit={{ ...visit, hall }}
      counts={counts}
      people={await house.desk.people.list()}
      said={{}}
      report={report}
    />,
    status,
  );
}
const todayOf = (visit: Visit): string => new Date(visit.hall.now + 8 * 3_600_000).toISOString().slice(0, 10);

/** Nothing is written yet: every row is told what would become of it. */
async function check(posted: Posted): Promise<Response> {
  const { visit, file } = posted;
  const { house, w } = visit;
  const given = file('file');
  if (!given) return again(posted, 'offices', [w.fileNeeded]);
  const table = await house.desk.readTable(given.name, new Uint8Array(await given.arrayBuffer()));
  if ('problem' in table) return again(posted, 'offices', [table.problem]);
  if (table.rows.length > MOST_ROWS) return again(posted, 'offices', [w.importTooMany(MOST_ROWS)]);
  const rows = await readRows(visit, table.rows, todayOf(visit));
  const bad = rows.some(r => r.problem !== undefined);
  return withReport(posted, { rows, table: JSON.stringify(table.rows), once: [] }, bad ? 422 : 200);
}
/** The good rows are written, each on its own; the others are named again. */
async function writeRows(posted: Posted): Promise<Response> {
  const { visit, text } = posted;
  const { house, user, w } = visit;
  const kept = readTable(text('table'));
  if (!kept) return again(posted, 'offices', [w.formOld]);
  const report: { n: number; said: string; problem?: string; done?: string }[] = [];
  const once: { login: string; password: string }[] = [];
  for (const row of await readRows(visit, kept, todayOf(visit))) {
    const { n, said, problem, line, person } = row;
    if (problem !== undefined) {
      report.push({ n, said, problem });
      continue;
    }
    const added =
      person && !(await house.desk.people.byCode(person.code))
        ? await addPerson(visit, person.code, person.name, person.login)
        : undefined;
    if (added && 'problem' in added) {
      report.push({ n, said, problem: added.problem });
      continue;
    }
    if (added) once.push(added);
    const outcome = line ? await house.actor.act(user.office ?? SYSTEM, () => [proposal(line)]) : undefined;
    report.push(
      outcome?.kind === 'invalid' ? { n, said, problem: outcome.faults.join(' ') } : { n, said, done: w.reg.rowDone },
    );
  }
  return withReport(posted, { rows: report, once }, 200);
}
function readTable(text: string): Rows | undefined {
  try {
    const kept = JSON.parse(text) as unknown;
    const good =
      Array.isArray(kept) &&
      kept.length <= MOST_ROWS &&
      kept.every(r => Array.isArray(r) && r.every(v => typeof v === 'string'));
    return good ? (kept as Rows) : undefined;
  } catch {
    return undefined;
  }
}

const personOf = async (visit: Visit, code: string): Promise<Person | undefined> =>
  visit.house.desk.people.byCode(code);

export const showHandover: Show = async (visit, counts) => {
  const person = await personOf(visit, visit.c.req.query('code') ?? '');
  if (!person) return visit.c.notFound();
  return (
    <Handover visit={visit} counts={counts} people={await visit.house.desk.people.list()} person={person} said={{}} />
  );
};
/** One step: every office of the one who leaves gets its successor, or stands vacant and is listed as a gap. */
async function handOver(posted: Posted): Promise<Response> {
  const { visit, text } = posted;
  const { house, hall, user, w, c } = visit;
  const person = await personOf(visit, text('code'));
  if (!person) return again(posted, 'offices', [w.notFoundTitle]);
  const from = text('from');
  const hands = leaving(hall, person.code);
  const chosen = hands.map(({ office }) => ({ office, to: text(`to.${office.unit}/${office.role}`) }));
  const active = new Set((await house.desk.people.list()).filter(p => p.active).map(p => p.code));
  const problems = [
    ...(isDate(from) ? [] : [w.fieldWrong(w.reg.handoverFrom)]),
    ...(hands.length === 0 ? [w.reg.holdsNothing] : []),
    ...chosen
      .filter(x => x.to !== '' && (!active.has(x.to) || x.to === person.code))
      .map(() => w.fieldWrong(w.reg.successor)),
  ];
  if (problems.length > 0) {
    const counts = await countsOf(visit);
    const people = await house.desk.people.list();
    return c.html(<Handover visit={visit} counts={counts} people={people} person={person} said={{ problems }} />, 422);
  }
  const outcome = await house.actor.act(user.office ?? SYSTEM, () =>
    chosen.map(({ office, to }) => proposal({ ...office, holder: to, from, to: '' })),
  );
  if (outcome.kind === 'invalid') return again(posted, 'offices', outcome.faults);
  if (text('disable') === 'true' && person.code !== user.person.code) {
    await house.desk.people.save({ ...person, active: false });
    await house.desk.sessions.endAll(person.code);
  }
  const back = '/registers/offices';
  const said = w.reg.handedOver(chosen.length);
  if (outcome.kind !== 'done' || chosen.some(x => x.office.role === 'member')) return goWith(c, back, said);
  const former = {
    from,
    held: chosen.map(({ office }) => ({ ...office, holder: person.code })),
    entries: outcome.events.map(e => e.id),
    ...(text('disable') === 'true' && person.code !== user.person.code ? { person: person.code } : {}),
  };
  return goWith(c, back, said, await keepFormer(visit, 'offices', former, back));
}
