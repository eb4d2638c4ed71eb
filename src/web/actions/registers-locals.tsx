/** Figures of the house's own: written down by one person, switched on by a second, from then on in the log. */
import { GRADING_COUNTS, readGrading, sayGrading } from '#triage';
import type { LocalProposal } from '../ports.ts';
import { keepFormer } from '../take-back.ts';
import { figureKind, gradedLocally, GRADING_KEY, localProblem, locals } from '../view/settled.ts';
import { type Act, goWith, type Posted } from '../visiting.tsx';
import { again } from './registers.tsx';

const SYSTEM = { unit: 'institution', role: 'system' } as const;
const PAGE = '/registers/locals';
/** A whole number is one for the rules too. */
const scalarOf = (value: string): string | number => (/^\d{1,9}$/.test(value) ? Number(value) : value);

export const change: Act = posted => {
  switch (posted.text('do')) {
    case 'propose':
      return propose(posted);
    case 'on':
      return switchOn(posted);
    case 'drop':
      return drop(posted);
    default:
      return again(posted, 'locals', [posted.visit.w.formOld]);
  }
};

/** The value and its clause as typed, or every reason why it does not stand. */
function read({
  visit,
  text,
}: Posted): Pick<LocalProposal, 'value' | 'clause'> | { readonly problems: readonly string[] } {
  const { hall, w } = visit;
  if (text('key') === GRADING_KEY) {
    const rule = gradedLocally(hall);
    const said = [
      ...GRADING_COUNTS.flatMap(c => {
        const bounds = text(c)
          .replaceAll(/[、，,]/g, ' ')
          .trim();
        return bounds === '' ? [] : [`${c} ${bounds}`];
      }),
      `step ${text('step')}`,
    ].join('; ');
    const grading = readGrading(said);
    if (!rule || !grading) return { problems: [w.reg.gradingWrong] };
    return { value: sayGrading(grading), clause: rule.clauses[0] ?? '' };
  }
  const row = locals(hall).find(l => l.rule.name === text('key'));
  if (!row) return { problems: [w.notFoundTitle] };
  const kind = figureKind(hall, row.rule.name);
  const value = kind === 'span' && text('value') !== '' ? `${text('value')} ${text('unit')}` : text('value');
  const problem = localProblem(row, kind, value);
  if (problem !== undefined)
    return { problems: [w.reg.figureProblem[problem](String(row.rule[problem === 'high' ? 'max' : 'min']))] };
  const [unit = '', role = ''] = value.split('/');
  if (kind === 'office' && !hall.institution.setup.roles.some(r => r.unit === unit && r.role === role))
    return { problems: [w.fieldWrong(w.offices)] };
  return {
    value: scalarOf(value),
    clause: row.clauses.includes(text('clause')) ? text('clause') : (row.clauses[0] ?? ''),
  };
}

async function propose(posted: Posted): Promise<Response> {
  const { visit, text } = posted;
  const { house, hall, user, w, c } = visit;
  const figure = read(posted);
  if ('problems' in figure) return again(posted, 'locals', figure.problems);
  if (text('reason') === '') return again(posted, 'locals', [w.fieldMissing(w.reg.why)]);
  if (!hall.book.org.isUnit(text('decidedBy'))) return again(posted, 'locals', [w.fieldMissing(w.decidedByWord)]);
  const proposal: LocalProposal = {
    key: text('key'),
    ...figure,
    reason: text('reason').slice(0, 400),
    decidedBy: text('decidedBy'),
    by: user.person.code,
    at: house.desk.now(),
  };
  const settings = await house.desk.settings.read();
  const others = (settings.proposedLocals ?? []).filter(p => p.key !== proposal.key);
  await house.desk.settings.save({ ...settings, proposedLocals: [...others, proposal] });
  await house.desk.audit(user.person.code, 'local-proposed', `${proposal.key} ${proposal.value}`.slice(0, 160));
  return goWith(c, `${PAGE}#l-${proposal.key}`, w.reg.figureProposed);
}

/** The proposal that the page showed: one that was changed since is not switched on unseen. */
async function shown({ visit, text }: Posted): Promise<LocalProposal | undefined> {
  const { proposedLocals = [] } = await visit.house.desk.settings.read();
  return proposedLocals.find(p => p.key === text('key') && String(p.at) === text('at'));
}
async function remove(posted: Posted, { key }: LocalProposal): Promise<void> {
  const { settings } = posted.visit.house.desk;
  const now = await settings.read();
  await settings.save({ ...now, proposedLocals: (now.proposedLocals ?? []).filter(p => p.key !== key) });
}

async function switchOn(posted: Posted): Promise<Response> {
  const { house, user, w, c } = posted.visit;
  const proposal = await shown(posted);
  if (!proposal) return again(posted, 'locals', [w.formOld]);
  if (proposal.by === user.person.code) return again(posted, 'locals', [w.reg.ownFigure]);
  const { key, value, clause, reason, decidedBy } = proposal;
  const grading = key === GRADING_KEY ? readGrading(String(value)) : undefined;
  const outcome = await house.actor.act(user.office ?? SYSTEM, () => [
    { type: 'setting.decided', data: { key, value, clause, label: 'local', reason, decidedBy } },
  ]);
  if (outcome.kind !== 'done')
    return again(posted, 'locals', outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
  if (grading) {
    const { triage } = house.desk;
    await triage.saveSettings({ ...(await triage.settings()), grading });
  }
  await remove(posted, proposal);
  await house.desk.audit(user.person.code, 'local-on', `${key} ${value}, written by ${proposal.by}`.slice(0, 160));
  return goWith(c, `${PAGE}#l-${key}`, w.reg.figureOn);
}

async function drop(posted: Posted): Promise<Response> {
  const { visit } = posted;
  const { house, user, w, c } = visit;
  const proposal = await shown(posted);
  if (!proposal) return again(posted, 'locals', [w.formOld]);
  await remove(posted, proposal);
  await house.desk.audit(user.person.code, 'local-dropped', proposal.key);
  return goWith(c, PAGE, w.reg.figureDropped, await keepFormer(visit, 'local', proposal, PAGE));
}
