/** Closed cases and their terms; what is over may be erased by an office that names its authority. */
import { erasures, type Keeping, keepingOf, keptUntil } from '#report';
import type { Visit } from '../context.ts';
import { KeepingPage, type KeptCase } from '../pages/keeping.tsx';
import { caseHeads } from '../view/cases.ts';
import { dateText } from '../view/times.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

const keepingHere = ({ hall }: Visit): Keeping => keepingOf(hall.rulebook.rules);

function kept(visit: Visit): readonly KeptCase[] {
  const { hall, w } = visit;
  const { years } = keepingHere(visit);
  const today = dateText(hall.now);
  const gone = new Set(hall.events.flatMap(e => (e.type === 'body.erased' && e.case !== undefined ? [e.case] : [])));
  return caseHeads(hall, w).flatMap(c => {
    if (c.closedAt === undefined) return [];
    const until = keptUntil(dateText(c.closedAt), years);
    const erased = gone.has(c.key) ? c.events.filter(e => e.type === 'body.erased').length : 0;
    return [{ key: c.key, number: c.number, title: c.title, closedAt: c.closedAt, until, due: until < today, erased }];
  });
}

async function keepingPage(visit: Visit, problems: readonly string[]): Promise<Response> {
  return visit.c.html(
    <KeepingPage
      visit={visit}
      counts={await countsOf(visit)}
      keeping={keepingHere(visit)}
      cases={kept(visit)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const list: Show = visit => keepingPage(visit, []);

export const erase: Act = async ({ visit, text }) => {
  const { house, user, w, c, hall: hallBefore } = visit;
  if (!user.office) return keepingPage(visit, [w.noOffice]);
  if (text('why') === '' || text('sure') !== 'yes') return keepingPage(visit, [w.keepingSureNeeded]);
  const found = kept(visit).find(k => k.key === text('case'));
  if (!found?.due || found.erased > 0) return keepingPage(visit, [w.keepingNotDue]);
  const schedule = `case-${keepingHere(visit).years}-years`;
  let gone = 0;
  const outcome = await house.actor.act(user.office, hall => {
    const proposed = erasures(hall.byCase.get(found.key) ?? [], text('why').slice(0, 200), schedule);
    gone = proposed.length;
    return proposed.map(p => ({ ...p, case: found.key }));
  });
  if (outcome.kind !== 'done') return keepingPage(visit, outcome.kind === 'invalid' ? outcome.faults : [w.notSaved]);
  await house.desk.findings.erase(found.key);
  // Files of the case and of its documents go with it: beyond the month in which they could be brought back.
  const documents = (hallBefore.byCase.get(found.key) ?? []).flatMap(e =>
    e.type === 'draft.written' ? [`document:${String(e.data['document'])}`] : [],
  );
  for (const subject of [`case:${found.key}`, ...new Set(documents)])
    for (const file of await house.desk.attachments.list(subject))
      await house.desk.attachments.setRemoved(file.id, house.desk.now() - 31 * 86_400_000);
  await house.desk.audit(user.person.code, 'case-erased', `${found.key} ${gone}`);
  house.keeper.forget();
  return goWith(c, '/keeping', w.keepingDone(gone));
};
