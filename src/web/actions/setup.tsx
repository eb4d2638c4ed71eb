/** First run, and leaving the example: only an administrator of the present institution, or the first who comes to an empty one. */
import type { Handler } from 'hono';
import { readOfficeHours } from '#core/calendar';
import { readRulebook } from '#core/rulebook';
import type { Ask, Env, House } from '../context.ts';
import { newId } from '../acting.ts';
import { Notice } from '../pages/door.tsx';
import { Setup } from '../pages/setup.tsx';
import { hashPassword, judgePassword } from '../passwords.ts';
import type { Institution, Person, RulebookChoice } from '../ports.ts';
import { doorCookie, doorToken, openSession, sameToken } from '../session.ts';
import { dateText } from '../view/times.ts';
import { sameOrigin } from '../visiting.tsx';
import { formatInstant } from '#core/calendar';

/** Whether this visitor may found an institution here. A house that is somebody's own is never replaced from a page. */
async function mayFound(house: House, c: Ask): Promise<{ readonly may: boolean; readonly leaving: boolean }> {
  const present = await house.desk.institution();
  if (!present) return { may: true, leaving: false };
  const user = c.get('user');
  return {
    may: present.example && user !== undefined && user.person.administrator && !user.person.mustChange,
    leaving: true,
  };
}

export const show =
  (house: House): Handler<Env> =>
  async c => {
    const { may, leaving } = await mayFound(house, c);
    if (!may) return c.redirect(c.get('user') ? '/desk' : '/sign-in');
    return setupPage(house, c, leaving, c.req.query('rulebook') ?? '', () => '', []);
  };

async function setupPage(
  house: House,
  c: Ask,
  leaving: boolean,
  wanted: string,
  given: (name: string) => string,
  problems: readonly string[],
): Promise<Response> {
  const choices = await house.desk.choices();
  const chosen = choices.find(r => r.folder === wanted) ?? choices.find(r => r.folder === 'blank') ?? choices[0];
  if (!chosen) return c.html(<Notice c={c} title={c.get('w').faultTitle} says="rulebooks/" />, 500);
  return c.html(
    <Setup
      c={c}
      csrf={doorToken(c)}
      choices={choices}
      chosen={chosen}
      leaving={leaving}
      given={given}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}

export const found =
  (house: House): Handler<Env> =>
  async c => {
    const { may, leaving } = await mayFound(house, c);
    if (!may) return c.redirect('/sign-in');
    const w = c.get('w');
    const form = await c.req.formData().catch(() => undefined);
    const text = (name: string): string => String(form?.get(name) ?? '').trim();
    if (!form || !sameToken(doorCookie(c), form.get('csrf')) || !sameOrigin(c))
      return c.html(<Notice c={c} title={w.notSaved} says={w.formOld} />, 403);
    const choice = (await house.desk.choices()).find(r => r.folder === text('rulebook'));
    const read = choice ? readFounding(c, choice, text, house.desk.now()) : { problems: [w.setupRulebook] };
    if ('problems' in read) return setupPage(house, c, leaving, text('rulebook'), text, read.problems);
    const fault = judgePassword(
      { login: text('login'), words: [text('person'), ...Object.values(read.institution.name)] },
      { old: '', wanted: String(form.get('wanted') ?? ''), again: String(form.get('again') ?? '') },
    );
    if (fault) return setupPage(house, c, leaving, text('rulebook'), text, [w.passwordFaults[fault]]);
    const administrator: Person = {
      code: text('code'),
      login: text('login').toLowerCase(),
      name: text('person'),
      passwordHash: await hashPassword(String(form.get('wanted'))),
      mustChange: false,
      failed: 0,
      lockedUntil: null,
      administrator: true,
      active: true,
    };
    await house.desk.saveInstitution(read.institution);
    house.keeper.forget();
    await house.desk.startEmpty(administrator);
    const { digest, text: book } = read.institution.rulebook;
    const rulebook = readRulebook({ file: 'rulebook.md', text: book, digest });
    const at = formatInstant(Math.floor(house.desk.now() / 1000) * 1000);
    if (rulebook.ok)
      await house.desk.log.append(
        [
          {
            id: newId(house.desk.now()),
            type: 'rulebook.adopted',
            at,
            recordedAt: at,
            by: { unit: 'institution', role: 'system' },
            data: { version: rulebook.rulebook.version, digest, effectiveFrom: dateText(house.desk.now()) },
          },
        ],
        0,
      );
    await openSession(house.desk, c, administrator);
    return c.redirect(`/people?said=${encodeURIComponent(`${w.setupDone}${w.stop}${w.setupNext}`)}`, 303);
  };

type Founding = { readonly institution: Institution } | { readonly problems: readonly string[] };
function readFounding(c: Ask, choice: RulebookChoice, text: (name: string) => string, now: number): Founding {
  const w = c.get('w');
  const problems: string[] = [];
  if (text('name') === '') problems.push(w.fieldMissing(w.setupName));
  if (!/^[A-Z]\d{2,6}$/.test(text('code'))) problems.push(`${w.fieldWrong(w.personCode)} ${w.codeHint}`);
  if (text('person') === '') problems.push(w.fieldMissing(w.personName));
  if (!/^[\p{L}\d._-]{2,40}$/u.test(text('login'))) problems.push(w.fieldWrong(w.loginName));
  const hours = readOfficeHours(text('hours'));
  if (!Array.isArray(hours)) problems.push(`${w.fieldWrong(w.setupHours)} ${w.setupHoursHint}`);
  const units: { key: string; kind: string }[] = [];
  const names: Record<string, { zh: string; en: string }> = {};
  for (const [i, line] of text('units')
    .split('\n')
    .map(l => l.trim())
    .filter(l => l !== '')
    .entries()) {
    const cut = /^([a-z][a-z0-9-]*)\s+([a-z][a-z-]*)\s+(.+)$/.exec(line);
    if (!cut) {
      problems.push(w.rowProblem(i + 1, w.setupUnitsHint));
      continue;
    }
    const [, key = '', kind = '', name = ''] = cut;
    units.push({ key, kind });
    names[key] = { zh: name, en: choice.template.names[key]?.en ?? name };
  }
  if (!units.some(u => u.kind === 'institution')) units.unshift({ key: 'institution', kind: 'institution' });
  if (problems.length > 0 || !Array.isArray(hours)) return { problems };
  const { setup } = choice.template;
  const here = new Set(units.map(u => u.key));
  return {
    institution: {
      id: `i-${now.toString(36)}`,
      name: { zh: text('name'), en: text('nameEn') || text('name') },
      example: false,
      rulebook: { folder: choice.folder, text: choice.text, digest: choice.digest },
      setup: {
        ...setup,
        institution: choice.institution,
        officeHours: hours,
        period: { from: dateText(now), to: '2099-12-31' },
        units,
        // Offices stand as vacancies until somebody is assigned: the desk lists them as gaps.
        roles: setup.roles.filter(r => here.has(r.unit)).map(r => ({ unit: r.unit, role: r.role, holder: null })),
      },
      names: { ...choice.template.names, ...names },
    },
  };
}
