/** The institution's own house: log, people, sources, settings. Administering never changes what the rules say. */
import type { Visit } from '../context.ts';
import { Log } from '../pages/log.tsx';
import { People } from '../pages/people.tsx';
import { SettingsPage } from '../pages/settings.tsx';
import { hashPassword, oneTimePassword } from '../passwords.ts';
import type { Institution, Person, Settings } from '../ports.ts';
import { heldBefore, keepFormer } from '../take-back.ts';
import { naming } from '../view/naming.ts';
import { dateText } from '../view/times.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

export const log: Show = (visit, counts) => (
  <Log visit={visit} counts={counts} before={Number(visit.c.req.query('before') ?? '') || visit.hall.seq} />
);
export const exportLog: Show = async visit => {
  const { name, bytes } = await visit.house.desk.exportLog();
  return visit.c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name}"`,
  });
};

type Once = readonly { login: string; password: string }[];
async function peoplePage(visit: Visit, problems: readonly string[] = [], once: Once = []): Promise<Response> {
  const { house, c } = visit;
  const hall = await house.keeper.look();
  const counts = await countsOf(visit);
  return c.html(
    <People
      visit={{ ...visit, hall }}
      counts={counts}
      people={await house.desk.people.list()}
      problems={problems}
      once={once}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const people: Show = visit => peoplePage(visit);

export const CODE = /^[A-Z]\d{2,6}$/;
export async function addPerson(
  visit: Visit,
  code: string,
  name: string,
  login: string,
): Promise<{ readonly problem: string } | { readonly login: string; readonly password: string }> {
  const { w, house } = visit;
  const { desk } = house;
  if (!CODE.test(code)) return { problem: `${w.fieldWrong(w.personCode)} ${w.codeHint}` };
  if (name === '') return { problem: w.fieldMissing(w.personName) };
  const wanted = login.toLowerCase();
  if (!/^[\p{L}\d._-]{2,40}$/u.test(wanted)) return { problem: w.fieldWrong(w.loginName) };
  if ((await desk.people.byCode(code)) || (await desk.people.byLogin(wanted)))
    return { problem: `${code} ${wanted}${w.colon}${w.fieldWrong(w.loginName)}` };
  const password = oneTimePassword();
  const person: Person = {
    code,
    login: wanted,
    name,
    passwordHash: await hashPassword(password),
    mustChange: true,
    failed: 0,
    lockedUntil: null,
    administrator: false,
    active: true,
  };
  await desk.people.save(person);
  return { login: wanted, password };
}

async function assign(visit: Visit, code: string, unit: string, role: string): Promise<string | undefined> {
  const { house, user, hall, w } = visit;
  if (!hall.book.org.isUnit(unit) || !/^[a-z][a-z0-9-]*$/.test(role)) return w.fieldWrong(w.offices);
  const outcome = await house.actor.act(user.office ?? { unit: 'institution', role: 'system' }, h => [
    { type: 'role.assigned', data: { unit, role, holder: code, from: dateText(h.now) } },
  ]);
  return outcome.kind === 'invalid' ? outcome.faults.join(' ') : undefined;
}

/** An office that stands empty is a gap at once: for half a minute it is one click to fill it again. */
async function vacate({ visit, text }: Posted): Promise<Response> {
  const { house, hall, user, w, c, language } = visit;
  const [unit, role, from] = [text('unit'), text('role'), dateText(hall.now)];
  const outcome = await house.actor.act(user.office ?? { unit: 'institution', role: 'system' }, () => [
    { type: 'role.vacated', data: { unit, role, from } },
  ]);
  if (outcome.kind !== 'done') return peoplePage(visit, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
  const said = w.officeVacated(naming(hall, language).office({ unit, role }));
  const held = heldBefore(visit, [{ unit, role }], from);
  const entries = outcome.events.map(e => e.id);
  return goWith(c, '/people', said, await keepFormer(visit, 'offices', { from, held, entries }, '/people'));
}

export const changePeople: Act = async posted => {
  const { visit, text } = posted;
  const { house, user, w } = visit;
  const { desk } = house;
  await desk.audit(user.person.code, `people-${text('do')}`, text('code'));
  const person = await desk.people.byCode(text('code'));
  switch (text('do')) {
    case 'add': {
      const added = await addPerson(visit, text('code'), text('name'), text('login'));
      return 'problem' in added ? peoplePage(visit, [added.problem]) : peoplePage(visit, [], [added]);
    }
    case 'reset': {
      if (!person) return peoplePage(visit, [w.notFoundTitle]);
      const password = oneTimePassword();
      await desk.people.save({
        ...person,
        passwordHash: await hashPassword(password),
        mustChange: true,
        failed: 0,
        lockedUntil: null,
      });
      await desk.sessions.endAll(person.code);
      await desk.access.clearTries(`login:${person.login}`);
      return peoplePage(visit, [], [{ login: person.login, password }]);
    }
    case 'disable':
    case 'enable': {
      if (!person || person.code === user.person.code) return peoplePage(visit, [w.notFoundTitle]);
      await desk.people.save({ ...person, active: text('do') === 'enable' });
      await desk.sessions.endAll(person.code);
      if (text('do') === 'enable') return peoplePage(visit);
      const undo = await keepFormer(visit, 'person', { code: person.code }, '/people');
      return goWith(visit.c, '/people', w.personShutOut(person.name), undo);
    }
    case 'assign': {
      const problem = person ? await assign(visit, person.code, text('unit'), text('role')) : w.notFoundTitle;
      return peoplePage(visit, problem === undefined ? [] : [problem]);
    }
    case 'vacate':
      return vacate(posted);
    case 'unit':
      return addUnit(posted);
    case 'import':
      return importPeople(posted);
    default:
      return peoplePage(visit, [w.formOld]);
  }
};

async function addUnit({ visit, text }: Posted): Promise<Response> {
  const { house, hall, w } = visit;
  const key = text('key');
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(key) || hall.book.org.isUnit(key))
    return peoplePage(visit, [w.fieldWrong(w.unitKey)]);
  if (text('name') === '') return peoplePage(visit, [w.fieldMissing(w.unitName)]);
  const { institution } = hall;
  const changed: Institution = {
    ...institution,
    setup: { ...institution.setup, units: [...institution.setup.units, { key, kind: text('kind') }] },
    names: { ...institution.names, [key]: { zh: text('name'), en: text('name') } },
  };
  await house.desk.saveInstitution(changed);
  house.keeper.forget();
  return peoplePage(visit);
}

/** A sheet with the columns code, name, login, unit, role; every row stands or is named with its reason. */
async function importPeople({ visit, file }: Posted): Promise<Response> {
  const { house, w } = visit;
  const given = file('file');
  if (!given) return peoplePage(visit, [w.fileNeeded]);
  const table = await house.desk.readTable(given.name, new Uint8Array(await given.arrayBuffer()));
  if ('problem' in table) return peoplePage(visit, [table.problem]);
  const problems: string[] = [];
  const once: { login: string; password: string }[] = [];
  for (const [i, row] of table.rows.entries()) {
    const [code = '', name = '', login = '', unit = '', role = ''] = row.map(v => v.trim());
    if (i === 0 && !CODE.test(code)) continue; // the headings
    if (row.every(v => v.trim() === '')) continue;
    const known = await house.desk.people.byCode(code);
    const added = known ? undefined : await addPerson(visit, code, name, login || code.toLowerCase());
    if (added && 'problem' in added) {
      problems.push(w.rowProblem(i + 1, added.problem));
      continue;
    }
    if (added) once.push(added);
    if (unit !== '' && role !== '') {
      const key = unitByName(visit, unit);
      const problem =
        key === undefined ? w.fieldWrong(w.unitWord) : await assign(visit, code, key, roleByName(visit, role));
      if (problem !== undefined) problems.push(w.rowProblem(i + 1, problem));
    }
  }
  return peoplePage(visit, problems, once);
}
/** A unit as a table calls it: by key, or by what pages call it in either language. */
export const unitByName = ({ hall }: Visit, said: string): string | undefined => {
  const [zh, en] = [naming(hall, 'zh'), naming(hall, 'en')];
  return hall.institution.setup.units.find(u => [u.key, zh.unit(u.key), en.unit(u.key)].includes(said))?.key;
};
export const roleByName = ({ hall }: Visit, said: string): string => {
  const [zh, en] = [naming(hall, 'zh'), naming(hall, 'en')];
  const roles = [...Object.keys(hall.rulebook.terms.roles), ...hall.institution.setup.roles.map(r => r.role)];
  return roles.find(r => [r, zh.role(r), en.role(r)].includes(said)) ?? said;
};

async function settingsPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { desk } = visit.house;
  const counts = await countsOf(visit);
  return visit.c.html(
    <SettingsPage visit={visit} counts={counts} settings={await desk.settings.read()} problems={problems} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const settings: Show = visit => settingsPage(visit);

export const changeSettings: Act = async posted => {
  const { visit, text } = posted;
  const { house, c, w } = visit;
  const { desk } = house;
  const now = await desk.settings.read();
  switch (text('do')) {
    case 'save': {
      await desk.settings.save(readSettings(now, posted));
      return goWith(c, '/settings', w.settingsSaved);
    }
    default:
      return settingsPage(visit, [w.formOld]);
  }
};

function readSettings(now: Settings, { sent }: Posted): Settings {
  const helpNumbers = (sent.get('help')?.[0] ?? '').split('\n').flatMap(line => {
    const cut = /^(\d[\d-]{1,14})\s+([^/]+?)(?:\s*\/\s*(.+))?$/.exec(line.trim());
    return cut
      ? [{ number: cut[1] ?? '', label: { zh: (cut[2] ?? '').trim(), en: (cut[3] ?? cut[2] ?? '').trim() } }]
      : [];
  });
  return { ...now, helpNumbers };
}
