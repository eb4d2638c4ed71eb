/** Information upward: leads of the departments in the order in which they matter, and what became of them. */
import { issuesIn, leadDesk, leadsIn } from '#report';
import type { Visit } from '../context.ts';
import { Information } from '../pages/information.tsx';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

async function informationPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { hall, c } = visit;
  return c.html(
    <Information
      visit={visit}
      counts={await countsOf(visit)}
      leads={leadsIn(hall.events, hall.rulebook.rules)}
      issues={issuesIn(hall.events)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const list: Show = visit => informationPage(visit);

/** A department passes a lead: it is a matter of its own from the first moment, so that its clocks run. */
export const pass: Act = async ({ visit, text }) => {
  const { house, user, w, c } = visit;
  const what = text('what');
  const rank = Number(text('rank') || '1');
  const { office } = user;
  if (!office) return informationPage(visit, [w.noOffice]);
  if (what === '') return informationPage(visit, [w.fieldMissing(w.informationWhat)]);
  if (!Number.isInteger(rank) || rank < 1 || rank > 99)
    return informationPage(visit, [w.fieldWrong(w.informationImportance)]);
  const outcome = await house.actor.act(office, (hall, ids) => {
    const to = leadDesk(hall.rulebook.rules);
    const id = ids();
    let n = hall.byCase.size + 1;
    while (hall.byCase.has(`C${n}`)) n++;
    const key = `C${n}`;
    const { unit } = office;
    return [
      { id, case: key, type: 'information.arose', data: { what, unit } },
      { case: key, type: 'case.opened', data: { from: [id], concerns: [unit] } },
      ...(to === undefined || to === unit ? [] : [{ case: key, type: 'lead.passed', data: { unit, to, rank } }]),
    ];
  });
  if (outcome.kind === 'invalid') return informationPage(visit, outcome.faults);
  if (outcome.kind === 'refused')
    return informationPage(
      visit,
      outcome.refused.map(r => r.reason),
    );
  return goWith(c, '/information', w.savedFlash(w.informationNew));
};
