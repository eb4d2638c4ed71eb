/** A case opened by hand: a call, an incident, a word of staff, a report of the agency. */
import { openCase, type Opening, type OpeningFault, OPENINGS } from '#case';
import { newId } from '../acting.ts';
import type { Visit } from '../context.ts';
import { CaseNew } from '../pages/case-new.tsx';
import { caseHead } from '../view/cases.ts';
import { momentOfInput } from '../view/times.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';
import { fieldLabel } from '../words/index.ts';

const howOf = (text: string | undefined): Opening => OPENINGS.find(o => o === text) ?? 'finding';

export const show: Show = (visit, counts) => (
  <CaseNew visit={visit} counts={counts} how={howOf(visit.c.req.query('how'))} />
);

const FIELD_OF: Readonly<Record<OpeningFault, (visit: Visit) => string>> = {
  'no-subject': ({ w }) => w.newCaseSubject,
  'no-unit': ({ language }) => fieldLabel(language, 'concerns'),
  'no-outlet': ({ w }) => w.newCaseCaller,
  'no-moment': ({ w }) => w.newCaseHappened,
  'no-matter': ({ language }) => fieldLabel(language, 'matter'),
};

export const open: Act = async ({ visit, sent, text, all }) => {
  const { house, user, c, w } = visit;
  const how = howOf(text('how'));
  const again = async (problem: string): Promise<Response> =>
    c.html(<CaseNew visit={visit} counts={await countsOf(visit)} how={how} sent={sent} problem={problem} />, 422);
  const { office } = user;
  if (!office) return again(w.noOffice);
  const key = newId(house.desk.now()).replace(/^e-/, 'c-');
  const optional = (name: string) => {
    const at = text(name) === '' ? undefined : momentOfInput(text(name));
    return at === undefined ? {} : { [name]: at };
  };
  const outcome = await house.actor.act(office, (_hall, ids) => {
    const decided = openCase(
      {
        how,
        subject: text('subject'),
        concerns: all('concerns'),
        outlet: text('outlet'),
        contactPoint: text('contactPoint'),
        ...optional('publishedAt'),
        ...optional('happenedAt'),
        origin: text('origin') || 'staff',
        matter: text('matter'),
        negative: text('negative') === 'true',
        sudden: text('sudden') === 'true',
        unit: office.unit,
      },
      key,
      ids,
    );
    return 'fault' in decided ? { faults: [w.fieldMissing(FIELD_OF[decided.fault](visit))] } : decided.append;
  });
  if (outcome.kind !== 'done') return again(outcome.kind === 'invalid' ? outcome.faults.join(' ') : w.notSaved);
  const head = caseHead(await house.keeper.look(), w, key);
  return goWith(c, `/cases/${key}`, w.openedFlash(head?.number ?? key));
};
