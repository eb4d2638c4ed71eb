/** Deciding on a story: a case opened, added to, put aside, split, joined; taken back within half a minute. */
import { formatInstant } from '#core/calendar';
import {
  type About,
  type Decided,
  decideTriage,
  DISMISSALS,
  joinStories,
  splitStory,
  type TriageCommand,
  undoTriage,
} from '#triage';
import { newId } from '../acting.ts';
import type { Visit } from '../context.ts';
import { Inbox } from '../pages/inbox.tsx';
import { proposed } from '../pages/story-forms.tsx';
import { StoryPaneView, trendOf } from '../pages/story.tsx';
import { UNDO_GRACE_MS, UNDO_MS } from '../parts/undo.tsx';
import type { Story, StoryItem, TriageAct } from '../ports-triage.ts';
import { storyViews } from '../view/stories.ts';
import { type Act, countsOf, goWith, type Posted } from '../visiting.tsx';
import { fieldLabel } from '../words/index.ts';
import { refusedTitle } from './refused.tsx';
import { inboxState, paneOf, proposalsOf } from './stories.ts';

/** More of one story than this is recorded as copies are: by count. */
const MOST_ITEMS = 500;

async function again({ visit, all }: Posted, story: Story, problem: string): Promise<Response> {
  const counts = await countsOf(visit);
  const state = await inboxState(visit, story);
  const pane = await paneOf(visit, state, story);
  return visit.c.html(
    <Inbox visit={visit} counts={counts} state={state} open={story.id}>
      <StoryPaneView visit={visit} pane={pane} given={all} problem={problem} />
    </Inbox>,
    422,
  );
}
/** On to the next story of the list that was looked at; after the last one, to the case. */
function onward({ visit, text }: Posted, inCase: string | undefined): Response {
  const query = new URL(visit.c.req.url).search;
  const next = text('next');
  if (next === '' && inCase !== undefined) return visit.c.redirect(`/cases/${inCase}`, 303);
  return visit.c.redirect(`/inbox${/^[\w-]{1,80}$/.test(next) ? `/${next}` : ''}${query}`, 303);
}

export const triage: Act = async posted => {
  const { visit, text } = posted;
  const { c, w, house } = visit;
  const story = await house.desk.triage.story(c.req.param('id') ?? '');
  if (!story || story.lane === 'passed') return goWith(c, '/inbox', w.notFoundTitle);
  switch (text('do')) {
    case 'split':
      return split(posted, story);
    case 'merge':
      return merge(posted, story);
    default:
      return decide(posted, story);
  }
};

async function decide(posted: Posted, story: Story): Promise<Response> {
  const { visit } = posted;
  const { c, w, house, user } = visit;
  const { desk } = house;
  const items = await desk.triage.items(story.id, MOST_ITEMS);
  const fresh = items.filter(i => i.state === 'new');
  if (fresh.length === 0) return goWith(c, '/inbox', w.decidedBefore);
  if (!user.office) return again(posted, story, w.noOffice);
  const command = await commandOf(posted, story, fresh);
  let decided: Decided | undefined;
  let findings: readonly string[] = [];
  const outcome = await house.actor.act(user.office, (_hall, ids) => {
    const result = decideTriage(command, ids);
    if ('fault' in result) return { faults: [sayFault(visit, result.fault)] };
    findings = result.findings;
    decided = {
      what: command.do,
      ...(command.do === 'dismiss' ? {} : { case: command.case }),
      findings: findings.map((entry, i) => ({ entry, data: dataOf(result.append, entry, fresh[i]) })),
      made: result.made,
    };
    return result.append;
  });
  if (outcome.kind === 'invalid') return again(posted, story, outcome.faults.join(' '));
  if (outcome.kind === 'refused')
    return again(posted, story, `${refusedTitle(visit, outcome.attempt.type)}${w.stop}${w.dismissNote}`);
  const inCase: { readonly caseId?: string } = command.do === 'dismiss' ? {} : { caseId: command.case };
  await desk.triage.settle(
    fresh.map(f => f.id),
    {
      state: command.do === 'dismiss' ? 'dismissed' : 'in-case',
      ...inCase,
      events: Object.fromEntries(fresh.map((f, i) => [f.id, findings[i] ?? ''])),
    },
  );
  if (command.do !== 'dismiss') await desk.triage.tellFolds();
  await remember(visit, command.do, story, {
    decided,
    items: fresh.map(f => f.id),
    ...(command.do === 'dismiss' ? { why: command.why } : { case: command.case }),
  });
  return onward(posted, inCase.caseId);
}
const dataOf = (
  append: readonly { readonly id?: string; readonly data: Readonly<Record<string, unknown>> }[],
  entry: string,
  item: StoryItem | undefined,
): Readonly<Record<string, unknown>> => append.find(a => a.id === entry)?.data ?? { subject: item?.title ?? '' };

async function commandOf(posted: Posted, story: Story, fresh: readonly StoryItem[]): Promise<TriageCommand> {
  const { visit, text, all } = posted;
  const quick = DISMISSALS.find(d => d.key === text('dismiss'));
  const dismisses = quick !== undefined || text('do') === 'dismiss';
  const proposals = dismisses
    ? await proposalsOf(visit, story, fresh, await visit.house.desk.triage.ruleVersions())
    : {};
  const or = (given: string, name: string): string =>
    given || (proposed({ proposals, view: { story } }, fresh, name)[0] ?? '');
  const concerns = all('concerns').length > 0 ? all('concerns') : dismisses ? ownUnit(visit) : [];
  const [main, ...others] = fresh.map(item => ({
    origin: item.origin,
    ...(item.outlet === undefined ? {} : { outlet: item.outlet }),
    ...(item.url === undefined ? {} : { url: item.url }),
    ...(item.publishedAt === undefined ? {} : { publishedAt: formatInstant(item.publishedAt) }),
    subject: (item.title || item.text).slice(0, 120),
    matter: text('matter') || (dismisses ? or('', 'matter') || 'report' : ''),
    concerns,
    negative: text('negative') === 'true',
    sudden: text('sudden') === 'true',
    ...(item.eventId === undefined ? {} : { recorded: item.eventId }),
  }));
  const about: About = { ...(main as About), subject: dismisses ? or(text('subject'), 'subject') : text('subject') };
  if (quick) {
    const { why } = visit.w.dismissals[quick.key as keyof typeof visit.w.dismissals];
    return { do: 'dismiss', about, others, reason: quick.reason, why };
  }
  if (dismisses) return { do: 'dismiss', about, others, reason: text('dismiss-reason'), why: text('why') };
  if (text('join') !== '') return { do: 'join', about, others, case: text('join') };
  if (text('do') === 'join') return { do: 'join', about, others, case: text('case') };
  return { do: 'open', about, others, case: newId(visit.house.desk.now()).replace(/^e-/, 'c-') };
}
const ownUnit = ({ user }: Visit): readonly string[] => (user.office?.unit === undefined ? [] : [user.office.unit]);

function sayFault({ w, language }: Visit, fault: string): string {
  const field =
    { 'no-subject': 'subject', 'no-unit': 'concerns', 'no-matter': 'matter', 'no-reason': 'why' }[fault] ?? fault;
  return w.fieldMissing(fieldLabel(language, field));
}
async function remember(
  visit: Visit,
  what: TriageAct['what'],
  story: Story,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const now = visit.house.desk.now();
  await visit.house.desk.triage.putAct({
    id: newId(now).replace(/^e-/, 't-'),
    at: now,
    staffCode: visit.user.person.code,
    what,
    story: story.id,
    detail: { title: story.title.slice(0, 30), ...detail },
  });
}

async function split(posted: Posted, story: Story): Promise<Response> {
  const { visit, text, all } = posted;
  const { w, house, user } = visit;
  if (!user.office) return again(posted, story, w.noOffice);
  const items = (await house.desk.triage.items(story.id, MOST_ITEMS)).filter(i => i.sameOf === undefined);
  const result = splitStory(
    story,
    items.map(i => i.id),
    all('item'),
    text('why'),
  );
  if ('fault' in result) return again(posted, story, w.storyFaults[result.fault]);
  const outcome = await house.actor.act(user.office, () => [result.entry]);
  if (outcome.kind !== 'done')
    return again(posted, story, outcome.kind === 'invalid' ? outcome.faults.join(' ') : w.notSaved);
  await house.desk.triage.move(all('item'), story.id, result.story);
  await remember(visit, 'split', story, { new: result.story });
  return visit.c.redirect(`/inbox/${result.story}`, 303);
}

async function merge(posted: Posted, story: Story): Promise<Response> {
  const { visit, text } = posted;
  const { w, house, user } = visit;
  if (!user.office) return again(posted, story, w.noOffice);
  const into = await house.desk.triage.story(text('with'));
  const entry = into ? joinStories(story, into, text('why')) : ({ fault: 'same-story' } as const);
  if ('fault' in entry || !into)
    return again(posted, story, w.storyFaults['fault' in entry ? entry.fault : 'same-story']);
  const outcome = await house.actor.act(user.office, () => [entry]);
  if (outcome.kind !== 'done')
    return again(posted, story, outcome.kind === 'invalid' ? outcome.faults.join(' ') : w.notSaved);
  const moved = await house.desk.triage.merge(story.id, into.id);
  await remember(visit, 'merge', story, { into: into.id, items: moved });
  return visit.c.redirect(`/inbox/${into.id}`, 303);
}

/** Taking back is a new entry as well. */
export const undo: Act = async ({ visit, text }) => {
  const { c, w, house, user } = visit;
  const { triage: port } = house.desk;
  const now = house.desk.now();
  const back = /^\/inbox[\w/?=&-]*$/.test(text('back')) ? text('back') : '/inbox';
  const act = (await port.acts(now - UNDO_MS - UNDO_GRACE_MS)).find(a => a.id === text('act'));
  if (!act || act.undoneAt !== undefined || act.staffCode !== user.person.code) return goWith(c, back, w.undoLate);
  if (!user.office) return goWith(c, back, w.noOffice);
  const detail = act.detail as {
    readonly decided?: Decided;
    readonly items?: readonly string[];
    readonly into?: string;
    readonly new?: string;
  };
  let stands: readonly string[] = [];
  const outcome = await house.actor.act(user.office, (_hall, ids) => {
    if (act.what === 'merge')
      return [{ type: 'story.split', data: { story: detail.into ?? '', new: act.story, reason: w.undoReason } }];
    if (act.what === 'split')
      return [{ type: 'story.joined', data: { story: detail.new ?? '', into: act.story, reason: w.undoReason } }];
    if (!detail.decided) return { faults: [w.undoLate] };
    const taken = undoTriage(detail.decided, w.undoReason, ids);
    stands = taken.findings;
    return taken.append;
  });
  if (outcome.kind !== 'done') return goWith(c, back, w.notSaved);
  const items = detail.items ?? [];
  if (act.what === 'merge') await port.move(items, detail.into ?? '', act.story);
  else if (act.what === 'split') await port.merge(detail.new ?? '', act.story);
  else
    await port.settle(items, {
      state: 'new',
      events: Object.fromEntries(items.map((id, i) => [id, stands[i] ?? ''])),
    });
  await port.putAct({ ...act, undoneAt: now });
  return goWith(c, `/inbox/${act.story}`, w.undone);
};

/** How the story runs, noted in its case in one step. */
export const trend: Act = async ({ visit }) => {
  const { c, w, house, user } = visit;
  const { desk } = house;
  const story = await desk.triage.story(c.req.param('id') ?? '');
  if (!story) return goWith(c, '/inbox', w.notFoundTitle);
  const { caseId } = story;
  if (caseId === undefined) return goWith(c, `/inbox/${story.id}`, w.trendNoCase);
  if (!user.office) return goWith(c, `/inbox/${story.id}`, w.noOffice);
  const settings = await desk.triage.settings();
  const now = desk.now();
  const { gaps } = await desk.triage.silence(now - 86_400_000, now);
  const [view] = await storyViews(desk, [story], settings, gaps);
  const items = await desk.triage.items(story.id, MOST_ITEMS);
  const day = view?.spikes.find(s => s.baseline === 'day');
  const unit = user.office.unit;
  const outcome = await house.actor.act(user.office, () => [
    {
      case: caseId,
      type: 'trend.noted',
      data: {
        ...(unit === undefined ? {} : { unit }),
        direction: view ? trendOf(view) : 'steady',
        items: day?.count ?? 0,
        outlets: new Set(items.flatMap(i => i.outlet ?? [])).size,
        sharp: view?.spikes.some(s => s.spike) === true,
      },
    },
  ]);
  return goWith(c, `/inbox/${story.id}`, outcome.kind === 'done' ? w.trendDone : w.notSaved);
};
