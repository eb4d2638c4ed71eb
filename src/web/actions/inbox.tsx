/** What comes in: stories listed and shown, an item entered by hand, a table imported. Deciding is in triage.tsx. */
import { countsOf, type Show } from '../visiting.tsx';
import { newId } from '../acting.ts';
import { NewItem } from '../pages/inbox-forms.tsx';
import { Inbox } from '../pages/inbox.tsx';
import { StoryPaneView } from '../pages/story.tsx';
import { WhyNot } from '../pages/why-not.tsx';
import { momentOfInput } from '../view/times.ts';
import { type Act, goWith } from '../visiting.tsx';
import { inboxState, paneOf } from './stories.ts';
import { fieldLabel } from '../words/index.ts';
import { compileRules, makeMatcher } from '#core/text';
import { maskText } from '#watch';

const nothing = (): readonly string[] => [];

export const list: Show = async (visit, counts) => {
  const state = await inboxState(visit);
  const first = state.views[0];
  const pane = first && (await paneOf(visit, state, first.story));
  return (
    <Inbox visit={visit} counts={counts} state={state} {...(first ? { open: first.story.id } : {})}>
      {pane ? <StoryPaneView visit={visit} pane={pane} given={nothing} /> : ''}
    </Inbox>
  );
};

/** One story beside the list; `?part=pane` is the story alone, for a script that walks the list. */
export const show: Show = async (visit, counts) => {
  const { c, house } = visit;
  const story = await house.desk.triage.story(c.req.param('id') ?? '');
  if (!story || story.lane === 'passed') return c.notFound() as Response;
  const state = await inboxState(visit, story);
  const pane = await paneOf(visit, state, story);
  const view = <StoryPaneView visit={visit} pane={pane} given={nothing} />;
  if (c.req.query('part') === 'pane') return view;
  return (
    <Inbox visit={visit} counts={counts} state={state} open={story.id}>
      {view}
    </Inbox>
  );
};

/** How many items came in since the list was made; the list itself does not move under the reader's eyes. */
export const news: Show = async ({ c, w, house }) => {
  const after = Number(c.req.query('after') ?? '0');
  const from = Number.isFinite(after) ? after : 0;
  const fresh = (await house.desk.triage.stories({ tab: 'new', limit: 200 })).filter(s => s.n > from).length;
  return fresh === 0 ? '' : <a href="/inbox">{w.newArrived(fresh)}</a>;
};

/** Why a text is not matched: every rule and the smallest part of it that failed. What is pasted is not kept. */
export const showWhyNot: Show = (visit, counts) => <WhyNot visit={visit} counts={counts} text="" />;
export const whyNot: Act = async ({ visit, text }) => {
  const { house, c } = visit;
  const counts = await countsOf(visit);
  const said = maskText(text('text')).text.slice(0, 100_000);
  const { matchRules } = await house.desk.settings.read();
  const result =
    said === '' ? undefined : makeMatcher(compileRules(matchRules)).match({ id: 'pasted', text: said }, { why: true });
  const versions = await house.desk.triage.ruleVersions();
  return c.html(
    <WhyNot visit={visit} counts={counts} text={said} versions={versions} {...(result ? { result } : {})} />,
  );
};

export const showNew: Show = (visit, counts) => <NewItem visit={visit} counts={counts} given={nothing} />;
export const enter: Act = async ({ visit, text, all }) => {
  const { house, w, c, language } = visit;
  const again = async (problem: string) =>
    c.html(<NewItem visit={visit} counts={await countsOf(visit)} given={all} problem={problem} />, 422);
  const published = text('publishedAt') === '' ? undefined : momentOfInput(text('publishedAt'));
  if (text('title') === '') return again(w.fieldMissing(w.titleWord));
  if (text('text') === '') return again(w.fieldMissing(w.contentWord));
  if (text('publishedAt') !== '' && published === undefined)
    return again(w.fieldWrong(fieldLabel(language, 'publishedAt')));
  if (text('url') !== '' && !/^https?:\/\//.test(text('url'))) return again(w.fieldWrong(fieldLabel(language, 'url')));
  const id = newId(house.desk.now()).replace(/^e-/, 'i-');
  const { added } = await house.desk.findings.add([
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
  return added === 0 ? goWith(c, '/inbox', w.enteredBefore) : c.redirect(`/inbox/${id}`, 303);
};
