/**
 * Contacts of the hotline. Every opening needs a reason and stands in the audit; the words are shown once, on that page
 * only, and are never part of a paper, a case or an export.
 */
import { newId } from '../acting.ts';
import type { Visit } from '../context.ts';
import { Contacts, MOST_DAYS, NewContact } from '../pages/contacts.tsx';
import { CONTACT_PURPOSES } from '../ports-contacts.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

const DAY = 86_400_000;
const ORIGINS = new Set(['hotline', 'petition']);

async function listPage(
  visit: Visit,
  more: { opened?: { id: string; text: string }; problems?: readonly string[] } = {},
): Promise<Response> {
  const { c, house } = visit;
  c.header('cache-control', 'no-store');
  return c.html(
    <Contacts
      visit={visit}
      counts={await countsOf(visit)}
      held={await house.desk.contacts.list()}
      problems={more.problems ?? []}
      {...(more.opened === undefined ? {} : { opened: more.opened })}
    />,
    (more.problems ?? []).length > 0 ? 422 : 200,
  );
}
export const list: Show = visit => listPage(visit);

async function newPage(visit: Visit, id: string, given: (name: string) => string, problems: readonly string[]) {
  const { house, c } = visit;
  const finding = await house.desk.findings.get(id);
  // A public text has no contact, and nothing leads from one to any.
  if (!finding || !ORIGINS.has(finding.origin)) return c.notFound() as Response;
  return c.html(
    <NewContact visit={visit} counts={await countsOf(visit)} finding={finding} given={given} problems={problems} />,
    problems.length > 0 ? 422 : 200,
  );
}
export const showNew: Show = visit => newPage(visit, visit.c.req.query('item') ?? '', () => '', []);

async function enter({ visit, text }: Posted): Promise<Response> {
  const { house, user, w, c } = visit;
  const unit = user.office?.unit;
  const problems: string[] = [];
  const days = Number(text('days'));
  const purpose = CONTACT_PURPOSES.find(p => p === text('purpose'));
  if (unit === undefined) problems.push(w.noOffice);
  if (text('contact-text') === '') problems.push(w.fieldMissing(w.contactText));
  if (purpose === undefined) problems.push(w.fieldMissing(w.contactPurpose));
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) problems.push(w.contactDaysWrong(MOST_DAYS));
  if (unit === undefined || purpose === undefined || problems.length > 0)
    return newPage(visit, text('finding'), text, problems);
  const now = house.desk.now();
  const id = newId(now).replace(/^e-/, 'k-');
  const entered = await house.desk.contacts.enter(
    { id, finding: text('finding'), purpose, unit, enteredAt: now, keepUntil: now + days * DAY },
    text('contact-text').slice(0, 200),
  );
  if (!entered) return newPage(visit, text('finding'), text, [w.contactThere]);
  await house.desk.audit(user.person.code, 'contact-entered', `${id} ${unit} ${purpose} ${days}`);
  return goWith(c, '/contacts', w.contactKept);
}

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { house, user, w, c } = visit;
  const unit = user.office?.unit;
  const id = text('contact').slice(0, 60);
  if (text('do') === 'enter') return enter(posted);
  if (unit === undefined) return listPage(visit, { problems: [w.noOffice] });
  if (text('do') === 'open') {
    if (text('why') === '') return listPage(visit, { problems: [w.contactWhyNeeded] });
    const words = await house.desk.contacts.open(id, unit);
    // The reason is the officer's own sentence; what was opened is named, never said.
    await house.desk.audit(user.person.code, 'contact-opened', `${id} ${unit}: ${text('why').slice(0, 120)}`);
    return words === undefined
      ? listPage(visit, { problems: [w.contactNotHere] })
      : listPage(visit, { opened: { id, text: words } });
  }
  const why = text('do') === 'asked' ? 'asked' : 'used';
  if (!(await house.desk.contacts.remove(id, unit, why))) return listPage(visit, { problems: [w.contactNotHere] });
  await house.desk.audit(user.person.code, 'contact-deleted', `${id} ${why}`);
  return goWith(c, '/contacts', w.contactDeleted);
};
