/** The registers of the house: shown, written in by the office that acts, and given out as a workbook. */
import { readFields } from '#case';
import { sha256, showHash } from '#core/log';
import type { Child } from 'hono/jsx';
import type { Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import { DirectoryRegister, MapRegister } from '../pages/register-outside.tsx';
import { OfficesRegister } from '../pages/register-offices.tsx';
import { LocalsRegister } from '../pages/register-locals.tsx';
import { QuestionsRegister, ReadingsRegister } from '../pages/register-rules.tsx';
import { AccountsRegister, PermissionsRegister } from '../pages/register-who.tsx';
import { RiskRegister, TrainingRegister } from '../pages/register-work.tsx';
import { Registers, type Said } from '../pages/registers.tsx';
import type { Counts } from '../parts/layout.tsx';
import { digestOf } from '../session.ts';
import { keepFormer } from '../take-back.ts';
import { BODY_KINDS, bodyByName, notAnOrganisation } from '../view/directory.ts';
import { registerTables } from '../view/register-tables.ts';
import { ACCOUNT_FORM, isRegister, type RegisterKey, TYPES_OF } from '../view/registers.ts';
import { asked, outsideRules } from '../view/settled.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { eventLabel, fieldLabel } from '../words/index.ts';
import { refusedText } from './refused.tsx';

export const list: Show = (visit, counts) => <Registers visit={visit} counts={counts} />;

async function body(visit: Visit, counts: Counts, key: RegisterKey, said: Said): Promise<Child> {
  const given = { visit, counts, said };
  const { desk } = visit.house;
  switch (key) {
    case 'offices':
      return <OfficesRegister {...given} people={await desk.people.list()} />;
    case 'map':
      return <MapRegister {...given} map={(await desk.settings.read()).responsibilities ?? []} />;
    case 'directory':
      return <DirectoryRegister {...given} />;
    case 'training':
      return <TrainingRegister {...given} />;
    case 'risk':
      return <RiskRegister {...given} />;
    case 'readings':
      return <ReadingsRegister {...given} />;
    case 'questions':
      return <QuestionsRegister {...given} />;
    case 'locals':
      return (
        <LocalsRegister
          {...given}
          proposals={(await desk.settings.read()).proposedLocals ?? []}
          grading={(await desk.triage.settings()).grading}
          people={new Map((await desk.people.list()).map(p => [p.code, p.name]))}
        />
      );
    case 'accounts':
      return <AccountsRegister {...given} />;
    case 'permissions':
      return <PermissionsRegister {...given} />;
  }
}
export const show: Show = (visit, counts) => {
  const key = visit.c.req.param('register') ?? '';
  return isRegister(key) ? body(visit, counts, key, {}) : (visit.c.notFound() as Response);
};

export const workbook: Show = async visit => {
  const key = visit.c.req.param('register') ?? '';
  if (!isRegister(key)) return visit.c.notFound();
  const { desk } = visit.house;
  const kept = { people: await desk.people.list(), map: (await desk.settings.read()).responsibilities ?? [] };
  const bytes = desk.writeWorkbook(registerTables(visit.hall, visit.w, visit.language, key, kept));
  return visit.c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename="${key}.xlsx"`,
  });
};

/** The same page again with what was typed and every reason why it does not stand. */
export async function again(posted: Posted, key: RegisterKey, problems: readonly string[]): Promise<Response> {
  const { visit, sent } = posted;
  const counts = await countsOf(visit);
  return visit.c.html(<>{await body(visit, counts, key, { problems, given: sent })}</>, 422);
}
const SYSTEM = { unit: 'institution', role: 'system' } as const;

/** Writes what was proposed and goes back to the register, or says why not. */
async function write(
  posted: Posted,
  key: RegisterKey,
  proposals: readonly Proposal[],
  done: string,
): Promise<Response> {
  const { visit } = posted;
  const { house, user, c } = visit;
  const outcome = await house.actor.act(user.office ?? SYSTEM, () => proposals);
  if (outcome.kind === 'invalid') return again(posted, key, outcome.faults);
  if (outcome.kind === 'refused')
    return again(
      posted,
      key,
      outcome.refused.map(r => refusedText(visit, r)),
    );
  return goWith(c, `/registers/${key}`, done);
}

/** An entry drawn from the vocabulary: only types that stand in this register. */
async function entry(posted: Posted, key: RegisterKey): Promise<Response> {
  const { visit, text, sent } = posted;
  const { w, language, user } = visit;
  const type = text('type');
  if (!TYPES_OF[key].includes(type)) return again(posted, key, [w.formOld]);
  if (!user.office) return again(posted, key, [w.noOffice]);
  const read = readFields(type, sent);
  if (!read.ok)
    return again(
      posted,
      key,
      read.faults.map(f =>
        (f.fault === 'missing' ? w.fieldMissing : w.fieldWrong)(fieldLabel(language, f.field, type)),
      ),
    );
  const unknown = Object.entries(read.data).flatMap(([name, value]) =>
    ['unit', 'units', 'for'].includes(name) ? [value].flat().filter(u => !visit.hall.book.org.isUnit(String(u))) : [],
  );
  if (unknown.length > 0) return again(posted, key, [w.reg.unitUnknown(unknown.map(String).join(w.and))]);
  return write(posted, key, [{ type, data: read.data }], w.savedFlash(eventLabel(language, type)));
}
export const training: Act = posted => entry(posted, 'training');
export const risk: Act = posted => entry(posted, 'risk');

export const directory: Act = async posted => {
  const { visit, text } = posted;
  const { house, hall, w, user } = visit;
  const name = text('name').normalize('NFC');
  const fault = notAnOrganisation(name);
  if (fault !== undefined) return again(posted, 'directory', [w.reg.notOrganisation[fault]]);
  if (!user.office) return again(posted, 'directory', [w.noOffice]);
  if (!(BODY_KINDS as readonly string[]).includes(text('kind')))
    return again(posted, 'directory', [w.fieldMissing(w.reg.bodyKind)]);
  const known = bodyByName(hall, name);
  const key = known ?? `b-${digestOf(name).slice(0, 10)}`;
  if (known === undefined) {
    // The name first: the log knows the organisation by its key alone.
    const { institution } = hall;
    await house.desk.saveInstitution({
      ...institution,
      names: { ...institution.names, [key]: { zh: name, en: name } },
    });
    house.keeper.forget();
  }
  const level = text('level');
  const data = { body: key, bodyKind: text('kind'), ...(level === '' ? {} : { level }) };
  return write(posted, 'directory', [{ type: 'contact.entered', data }], w.savedFlash(name));
};

export const map: Act = async posted => {
  const { visit, text } = posted;
  const { house, hall, w, c, user } = visit;
  const settings = await house.desk.settings.read();
  const before = settings.responsibilities ?? [];
  const save = (responsibilities: typeof before): Promise<void> =>
    house.desk.settings.save({ ...settings, responsibilities });
  await house.desk.audit(user.person.code, text('do'), text('topic').slice(0, 80));
  if (text('do') === 'map-remove') {
    const n = Number(text('line'));
    // Somebody else may have changed the list since this page was shown.
    if (!before[n] || before[n].topic !== text('topic')) return again(posted, 'map', [w.reg.lineGone]);
    await save(before.filter((_, i) => i !== n));
    const undo = await keepFormer(visit, 'map-line', { line: before[n], at: n }, '/registers/map');
    return goWith(c, '/registers/map', w.reg.lineRemoved(text('topic')), undo);
  }
  const [topic, words, unit] = [text('topic'), text('words'), text('unit')];
  const problems = [
    ...(topic === '' ? [w.fieldMissing(w.reg.topic)] : []),
    ...(words === '' ? [w.fieldMissing(w.reg.wordsIn)] : []),
    ...(hall.book.org.isUnit(unit) ? [] : [w.fieldMissing(w.reg.answering)]),
    ...(before.length >= 500 ? [w.reg.mapFull] : []),
  ];
  if (problems.length > 0) return again(posted, 'map', problems);
  await save([...before, { topic, words, unit }]);
  return goWith(c, '/registers/map', w.savedFlash(topic));
};

export const readings: Act = async posted => {
  const { visit, text } = posted;
  const { hall, w } = visit;
  if (text('do') === 'entry') return entry(posted, 'readings');
  if (text('do') === 'supplied') {
    const rule = outsideRules(hall).find(o => o.rule === text('rule'));
    if (!rule) return again(posted, 'readings', [w.notFoundTitle]);
    const data = { rule: rule.rule, owner: rule.owner, clause: rule.clause, status: 'supplied' };
    return write(posted, 'readings', [{ type: 'outside-rule.registered', data }], w.savedFlash(w.reg.outsideTitle));
  }
  if (!hall.rulebook.clauses.some(x => x.id === text('clause')))
    return again(posted, 'readings', [w.fieldWrong(w.reg.clause)]);
  if (text('text') === '') return again(posted, 'readings', [w.fieldMissing(w.reg.interpretation)]);
  const data = { clause: text('clause'), text: text('text'), decidedBy: text('decidedBy') };
  return write(posted, 'readings', [{ type: 'interpretation.recorded', data }], w.savedFlash(w.reg.interpretation));
};

export const questions: Act = async posted => {
  const { visit, text } = posted;
  const { hall, w } = visit;
  const question = asked(hall).find(q => q.key === text('key') && q.clause === text('clause') && q.kind === 'note');
  if (!question) return again(posted, 'questions', [w.notFoundTitle]);
  const value = text('value');
  const allowed = question.values.length > 0 ? question.values : ['as-read', ...question.alternatives];
  if (!allowed.includes(value)) return again(posted, 'questions', [w.fieldMissing(w.reg.readAs)]);
  if (text('reason') === '') return again(posted, 'questions', [w.fieldMissing(w.reg.why)]);
  const data = {
    key: question.key,
    value,
    clause: question.clause,
    label: question.values.length > 0 ? 'switch' : 'gap-filled',
    reason: text('reason'),
    decidedBy: text('decidedBy'),
  };
  return write(posted, 'questions', [{ type: 'setting.decided', data }], w.reg.decided);
};

export const accounts: Act = async posted => {
  const { visit, text } = posted;
  const { hall, w, user, language } = visit;
  if (!user.office) return again(posted, 'accounts', [w.noOffice]);
  if (text('sign') !== '') {
    const data = { document: text('document'), textHash: text('hash'), as: text('sign') };
    return write(
      posted,
      'accounts',
      [{ type: 'signature.given', data }],
      w.savedFlash(eventLabel(language, 'signature.given')),
    );
  }
  if (text('do') === 'file') {
    const data = { with: text('with'), documents: [ACCOUNT_FORM], unit: user.office.unit };
    return write(posted, 'accounts', [{ type: 'filing.made', data }], w.savedFlash(w.reg.filed));
  }
  const missing = (
    [
      ['office', w.reg.speaksAs],
      ['platform', w.reg.platform],
      ['purpose', w.reg.purpose],
    ] as const
  ).filter(([name]) => text(name) === '');
  if (missing.length > 0)
    return again(
      posted,
      'accounts',
      missing.map(([, label]) => w.fieldMissing(label)),
    );
  if (text('own') !== 'true') return again(posted, 'accounts', [w.reg.ownWishNeeded]);
  if (!hall.book.org.isUnit(text('unit'))) return again(posted, 'accounts', [w.fieldMissing(w.unitWord)]);
  const written = [
    `${w.unitWord}${w.colon}${hall.institution.names[text('unit')]?.[language] ?? text('unit')}`,
    `${w.reg.speaksAs}${w.colon}${text('office')}`,
    `${w.reg.platform}${w.colon}${text('platform')}`,
    `${w.reg.purpose}${w.colon}${text('purpose')}`,
    w.reg.ownWish,
  ].join('\n');
  const data = {
    document: `staff-channel-${hall.seq + 1}`,
    form: ACCOUNT_FORM,
    textHash: showHash(sha256(new TextEncoder().encode(written))),
    text: written,
    forUnit: text('unit'),
  };
  return write(posted, 'accounts', [{ type: 'draft.written', data }], w.savedFlash(w.reg.names.accounts));
};
