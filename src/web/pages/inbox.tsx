/** The inbox: one line a story, what folded into it, how it runs; one story open beside the list. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hatch, Spark } from '../parts/heat.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty } from '../parts/small.tsx';
import { UndoToast } from '../parts/undo.tsx';
import type { StoryTab, TriageAct } from '../ports-triage.ts';
import { type CaseHead, caseHeads } from '../view/cases.ts';
import type { StoryView } from '../view/stories.ts';
import { momentText } from '../view/times.ts';
import { valueLabel, type Words } from '../words/index.ts';

export type WindowKey = 'day' | 'week' | 'month' | 'all';
export const WINDOWS: Readonly<Record<WindowKey, number | undefined>> = {
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  all: undefined,
};
export interface InboxState {
  readonly tab: StoryTab;
  readonly window: WindowKey;
  readonly views: readonly StoryView[];
  /** Findings that wait, and the stories they make. */
  readonly waiting: { readonly fresh: number; readonly findings: number };
  readonly sources: { readonly all: number; readonly silent: number };
  /** Place of the newest item when the list was made. */
  readonly head: number;
  readonly titles: ReadonlyMap<string, string>;
  readonly last?: TriageAct;
}
export const inboxQuery = (state: Pick<InboxState, 'tab' | 'window'>): string => {
  const parts = [
    ...(state.tab === 'new' ? [] : [`state=${state.tab}`]),
    ...(state.window === 'all' ? [] : [`window=${state.window}`]),
  ];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};

export const Inbox: FC<{
  visit: Visit;
  counts: Counts;
  state: InboxState;
  open?: string;
  children?: Child;
}> = ({ visit, counts, state, open, children }) => {
  const { w } = visit;
  const cases = new Map(caseHeads(visit.hall, w).map(c => [c.key, c]));
  return (
    <Page visit={visit} tab="inbox" title={w.nav.inbox} counts={counts}>
      <Hatch />
      <div class="page-head">
        <div>
          <h1>{w.inboxTitle(state.waiting.fresh)}</h1>
          <p class="sub">
            {state.waiting.findings > 0 ? w.foldedInto(state.waiting.findings, state.waiting.fresh) : ''}
            {state.sources.all === 0 ? (
              <a href="/sources">{w.noSourcesYet}</a>
            ) : (
              <>
                {w.sourcesRead(state.sources.all - state.sources.silent, state.sources.all)}
                {state.sources.silent > 0 ? (
                  <>
                    {w.comma}
                    <a href="/sources">{w.sourcesSilent(state.sources.silent)}</a>
                  </>
                ) : (
                  ''
                )}
                {w.stop}
              </>
            )}
          </p>
        </div>
        <div class="acts">
          <a class="btn" href="/inbox/new">
            {w.enterByHand}
          </a>
          <a class="btn" href="/do/media.called">
            {w.mediaCall}
          </a>
          <a class="btn" href="/inbox/import">
            {w.importFile}
          </a>
        </div>
      </div>
      <div class="inbox-bar">
        <nav class="tabs" aria-label={w.nav.inbox}>
          {(['new', 'taken', 'dismissed'] as const).map(tab => (
            <a
              href={`/inbox${inboxQuery({ tab, window: state.window })}`}
              {...(tab === state.tab ? { 'aria-current': 'page' as const } : {})}
            >
              {w.inboxTabs[tab]}
            </a>
          ))}
        </nav>
        <nav class="windows" aria-label={w.windowLabel}>
          {(['day', 'week', 'month', 'all'] as const).map(key => (
            <a
              href={`/inbox${inboxQuery({ tab: state.tab, window: key })}`}
              {...(key === state.window ? { 'aria-current': 'true' as const } : {})}
            >
              {w.windows[key]}
            </a>
          ))}
        </nav>
        <KeyHints w={w} />
      </div>
      <div
        class="news-line"
        data-news={`/inbox/news?after=${state.head}`}
        data-home={`/inbox${inboxQuery(state)}`}
        aria-live="polite"
      ></div>
      {state.views.length === 0 ? (
        <Empty
          title={w.inboxEmptyTitles[state.tab]}
          says={state.sources.all === 0 ? w.inboxEmptySays : w.inboxEmptyWindow}
        >
          <a class="btn" href={state.sources.all === 0 ? '/sources' : '/inbox/growing'}>
            {state.sources.all === 0 ? w.addSource : w.toGrowing}
          </a>
          <a class="btn" href="/inbox/new">
            {w.enterByHand}
          </a>
        </Empty>
      ) : (
        <div class={visit.c.req.path === '/inbox' ? 'inbox first' : 'inbox open'}>
          <ol class="list">
            {state.views.map(v => (
              <li>
                <StoryRow visit={visit} view={v} state={state} selected={v.story.id === open} cases={cases} />
              </li>
            ))}
          </ol>
          <div id="pane">{children}</div>
        </div>
      )}
      <nav class="inbox-more" aria-label={w.more}>
        <a href="/inbox/growing">{w.toGrowing}</a>
        <a href="/inbox/topics">{w.toTopics}</a>
        <a href="/inbox/why-not">{w.whyNotTitle}</a>
        <a href="/concerns">{w.toRules}</a>
        <a href="/misses">{w.toMisses}</a>
        <a href="/routing">{w.toRouting}</a>
      </nav>
      {state.last ? <UndoToast visit={visit} act={state.last} back={`/inbox${inboxQuery(state)}`} /> : ''}
    </Page>
  );
};

const KeyHints: FC<{ w: Words }> = ({ w }) => (
  <p class="note only-keys hint-keys">
    <span>
      <kbd>j</kbd>
      <kbd>k</kbd>
      {w.inboxKeys.move}
    </span>
    {(
      [
        ['m', 'join'],
        ['o', 'open'],
        ['s', 'split'],
        ['x', 'dismiss'],
        ['z', 'undo'],
      ] as const
    ).map(([key, name]) => (
      <span>
        <kbd>{key}</kbd>
        {w.inboxKeys[name]}
      </span>
    ))}
  </p>
);

/** No words are deleted sooner: a story without a title that is younger never had one. */
const A_YEAR = 366 * 86_400_000;
const StoryRow: FC<{
  visit: Visit;
  view: StoryView;
  state: InboxState;
  selected: boolean;
  cases: ReadonlyMap<string, CaseHead>;
}> = ({ visit, view, state, selected, cases }) => {
  const { w, language, hall } = visit;
  const { story } = view;
  return (
    <a
      class={`story${selected ? ' sel' : ''}${state.tab === 'new' ? '' : ' seen'}`}
      href={`/inbox/${story.id}${inboxQuery(state)}`}
      data-row
      data-story={story.id}
      {...(selected ? { 'aria-current': 'true' as const } : {})}
    >
      <span class="t">{story.title || (story.lastAt < hall.now - A_YEAR ? w.titleErased : w.noTitle)}</span>
      <span class="sp">
        <Spark bars={view.bars} />
      </span>
      <span class="m">
        <span>
          <b>{story.originals + story.copies}</b> {w.itemCount(story.originals + story.copies).replace(/^\d+\s*/, '')}
        </span>
        <span>
          {view.kinds
            .slice(0, 3)
            .map(k => `${kindName(visit, k.key)} ${k.n}`)
            .join(w.and)}
        </span>
        {view.hotline > 0 ? <span>{w.hotlineCount(view.hotline)}</span> : ''}
        <span>{w.firstSeen(momentText(language, story.firstAt, hall.now))}</span>
      </span>
      <span class="why">{whyHere(visit, view, state.titles, cases)}</span>
    </a>
  );
};

export const kindName = (visit: Visit, key: string): string =>
  visit.w.outletKinds[key as keyof Visit['w']['outletKinds']] ?? valueLabel(visit.language, 'origin', key);

/** Why it stands in the list: what is going on first, then what hit. */
export function whyHere(
  visit: Visit,
  view: StoryView,
  titles: ReadonlyMap<string, string>,
  cases: ReadonlyMap<string, CaseHead>,
): string {
  const { w } = visit;
  const parts: string[] = [];
  const spike = spikeText(w, view);
  if (spike !== undefined) parts.push(spike);
  const known = view.story.caseId === undefined ? undefined : cases.get(view.story.caseId);
  if (known) parts.push(w.caseNew(known.number, view.story.fresh));
  else if (view.rules.length > 0) parts.push(w.matchedTopics(view.rules.map(r => titles.get(r) ?? r).join(w.and)));
  else parts.push(view.story.lane === 'hotline' ? w.onlyHotline : w.enteredByPerson);
  return parts.join(w.semicolon);
}

/** The strongest of the spikes, in words. */
export function spikeText(w: Words, view: StoryView): string | undefined {
  const spike = view.spikes.filter(s => s.spike).sort((a, b) => (b.excess ?? 0) - (a.excess ?? 0))[0];
  if (!spike) return undefined;
  const usual = spike.usual ?? 0;
  return usual < 0.2
    ? w.spikeFromNothing
    : w.spikeSays[spike.baseline](String(Math.round((spike.value / usual) * 10) / 10));
}
