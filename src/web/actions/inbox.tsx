/** What comes in: listed, entered by hand, imported; opened as a case, added to one, put aside with a reason. */
import { formatInstant } from '#core/calendar';
import { type About, decideTriage, type TriageCommand } from '#triage';
import type { Visit } from '../context.ts';
import { newId } from '../acting.ts';
import { ImportTable, NewItem } from '../pages/inbox-forms.tsx';
import { Inbox } from '../pages/inbox.tsx';
import type { FindingState } from '../ports.ts';
import { caseHead } from '../view/cases.ts';
import { momentOfInput } from '../view/times.ts';
import { type Act, goWith, type Posted, type Show } from '../visiting.tsx';
import { refusedTitle } from './refused.tsx';
import { mapTable } from './table.ts';
import { fieldLabel } from '../words/index.ts';

const MOST = 100;
const stateOf = (visit: Visit): FindingState => {
  const asked = visit.c.req.query('state');
  return asked === 'taken' || asked === 'dismissed' ? asked : 'new';
};
const nothing = (): readonly string[] => [];

export const list: Show = async (visit, counts) => {
  const state = stateOf(visit);
  const findings = await visit.house.desk.findings.list({ state, limit: MOST });
  const [open] = findings;
  return (
    <Inbox
      visit={visit}
      counts={counts}
      state={state}
      findings={findings}
      given={nothing}
      {...(open ? { open } : {})}
    />
  );
};

async function showOne(
  visit: Visit,
  inbox: number,
  given: (name: string) => readonly string[],
  problem?: string,
): Promise<Response> {
  const { desk } = visit.house;
  const open = await desk.findings.get(visit.c.req.param('id') ?? '');
  if (!open) return visit.c.notFound() as Response;
  const findings = await desk.findings.list({ state: open.state, limit: MOST });
  return visit.c.html(
    <Inbox
      visit={visit}
      counts={{ inbox }}
      state={open.state}
      findings={findings}
      open={open}
      given={given}
      {...(problem === undefined ? {} : { problem })}
    />,
    problem === undefined ? 200 : 422,
  );
}
export const show: Show = (visit, counts) => showOne(visit, counts.inbox, nothing);

export const triage: Act = async posted => {
  const { visit, text, all } = posted;
  const { house, user, w, c } = visit;
  const finding = await house.desk.findings.get(c.req.param('id') ?? '');
  if (!finding || finding.state !== 'new') return goWith(c, '/inbox', w.notFoundTitle);
  const again = async (problem: string): Promise<Response> =>
    showOne(visit, await house.desk.findings.count('new'), all, problem);
  if (!user.office) return again(w.noOffice);
  const about: About = {
    origin: finding.origin,
    ...(finding.outlet === undefined ? {} : { outlet: finding.outlet }),
    ...(finding.url === undefined ? {} : { url: finding.url }),
    ...(finding.publishedAt === undefined ? {} : { publishedAt: formatInstant(finding.publishedAt) }),
    subject: text('subject'),
    matter: text('matter'),
    concerns: all('concerns'),
    negative: text('negative') === 'true',
    sudden: text('sudden') === 'true',
  };
  const command = commandOf(posted, about, house.desk.now());
  let findingEvent = '';
  const outcome = await house.actor.act(user.office, (_hall, ids) => {
    const decided = decideTriage(command, ids);
    if ('fault' in decided) return { faults: [sayFault(visit, decided.fault)] };
    findingEvent = decided.finding;
    return decided.append;
  });
  if (outcome.kind === 'invalid') return again(outcome.faults.join(' '));
  if (outcome.kind === 'refused') return again(`${refusedTitle(visit, outcome.attempt.type)}${w.stop}${w.dismissNote}`);
  const key = command.do === 'dismiss' ? undefined : command.case;
  await house.desk.findings.settle(finding.id, {
    state: command.do === 'dismiss' ? 'dismissed' : 'taken',
    event: findingEvent,
    ...(key === undefined ? {} : { case: key }),
  });
  if (key === undefined) return goWith(c, '/inbox', w.dismissedFlash);
  const head = caseHead(await house.keeper.look(), w, key);
  return goWith(
    c,
    `/cases/${key}`,
    command.do === 'open' ? w.openedFlash(head?.number ?? key) : w.joinedFlash(head?.number ?? key),
  );
};

function commandOf({ text }: Posted, about: About, now: number): TriageCommand {
  if (text('join') !== '') return { do: 'join', about, case: text('join') };
  switch (text('do')) {
    case 'join':
      return { do: 'join', about, case: text('case') };
    case 'dismiss':
      return { do: 'dismiss', about, reason: text('dismiss-reason'), why: text('why') };
    default:
      return { do: 'open', about, case: newId(now).replace(/^e-/, 'c-') };
  }
}
function sayFault({ w, language }: Visit, fault: string): string {
  const field =
    { 'no-subject': 'subject', 'no-unit': 'concerns', 'no-matter': 'matter', 'no-reason': 'why' }[fault] ?? fault;
  return w.fieldMissing(fieldLabel(language, field));
}

export const showNew: Show = (visit, counts) => <NewItem visit={visit} counts={counts} given={nothing} />;
export const enter: Act = async ({ visit, text, all }) => {
  const { house, w, c, language } = visit;
  const again = async (problem: string) =>
    c.html(
      <NewItem
        visit={visit}
        counts={{ inbox: await house.desk.findings.count('new') }}
        given={all}
        problem={problem}
      />,
      422,
    );
  const published = text('publishedAt') === '' ? undefined : momentOfInput(text('publishedAt'));
  if (text('title') === '') return again(w.fieldMissing(w.titleWord));
  if (text('text') === '') return again(w.fieldMissing(w.contentWord));
  if (text('publishedAt') !== '' && published === undefined)
    return again(w.fieldWrong(fieldLabel(language, 'publishedAt')));
  if (text('url') !== '' && !/^https?:\/\//.test(text('url'))) return again(w.fieldWrong(fieldLabel(language, 'url')));
  const id = newId(house.desk.now()).replace(/^e-/, 'i-');
  await house.desk.findings.add([
    {
      id,
      origin: text('origin') || 'paste',
      ...(text('outlet') === '' ? {} : { outlet: text('outlet') }),
      ...(text('url') === '' ? {} : { url: text('url') }),
      ...(published === undefined ? {} : { publishedAt: Date.parse(published) }),
      title: text('title'),
      text: text('text'),
    },
  ]);
  return c.redirect(`/inbox/${id}`, 303);
};

export const showImport: Show = (visit, counts) => <ImportTable visit={visit} counts={counts} />;
export const importTable: Act = async ({ visit, file }) => {
  const { house, w, c } = visit;
  const { desk } = house;
  const again = async (problem: string) =>
    c.html(<ImportTable visit={visit} counts={{ inbox: await desk.findings.count('new') }} problem={problem} />, 422);
  const given = file('file');
  if (!given) return again(w.fileNeeded);
  const bytes = new Uint8Array(await given.arrayBuffer());
  const table = await desk.readTable(given.name, bytes);
  if ('problem' in table) return again(table.problem);
  const mapped = mapTable(table.rows);
  if ('problem' in mapped) return again(`${w.importColumns} ${mapped.problem}`);
  const { added, duplicates } = await desk.findings.add(mapped.items);
  return goWith(
    c,
    '/inbox',
    w.importDone({ added, duplicates, refused: mapped.refused, dropped: mapped.dropped.join(w.and) }),
  );
};
