/** Reads what the inbox and one story show. Asks the world; decides nothing. */
import { makeRouter, type RuleSource } from '#core/text';
import { proposeMatter, proposeUnit, resembling } from '#triage';
import type { Visit } from '../context.ts';
import { type InboxState, inboxQuery, WINDOWS, type WindowKey } from '../pages/inbox.tsx';
import type { RuleShown, StoryPane } from '../pages/story.tsx';
import { UNDO_MS } from '../parts/undo.tsx';
import type { RuleVersion, Story, StoryItem, StoryTab } from '../ports-triage.ts';
import { caseHeads } from '../view/cases.ts';
import { expressionOf } from '../view/rule-text.ts';
import { barsOf, heatSpan, storyViews, titlesOf } from '../view/stories.ts';

const MOST_STORIES = 100;
const MOST_ITEMS = 300;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

function tabOf(visit: Visit, story: Story | undefined): StoryTab {
  const asked = visit.c.req.query('state');
  if (asked === 'taken' || asked === 'dismissed') return asked;
  if (!story || story.fresh > 0 || asked === 'new') return 'new';
  return story.caseId === undefined ? 'dismissed' : 'taken';
}
const windowOf = (visit: Visit): WindowKey => {
  const asked = visit.c.req.query('window') ?? '';
  return asked in WINDOWS ? (asked as WindowKey) : 'all';
};

export async function inboxState(visit: Visit, open?: Story): Promise<InboxState> {
  const { desk } = visit.house;
  const { triage } = desk;
  const now = desk.now();
  const [tab, window] = [tabOf(visit, open), windowOf(visit)];
  const span = WINDOWS[window];
  const [settings, stories, waiting, silence, head, versions, acts] = await Promise.all([
    triage.settings(),
    triage.stories({ tab, limit: MOST_STORIES, ...(span === undefined ? {} : { from: now - span }) }),
    triage.count(),
    triage.silence(now - DAY_MS, now),
    triage.head(),
    triage.ruleVersions(),
    triage.acts(now - UNDO_MS),
  ]);
  const views = [...(await storyViews(desk, stories, settings, silence.gaps))];
  if (tab === 'new') views.sort((a, b) => b.heat.heat - a.heat.heat || b.story.lastAt - a.story.lastAt);
  const last = acts.find(a => a.staffCode === visit.user.person.code && a.what !== 'undo');
  return {
    tab,
    window,
    views,
    waiting,
    sources: {
      all: silence.sources.length,
      silent: new Set(silence.gaps.filter(g => g.open).map(g => g.source)).size,
    },
    head,
    titles: new Map([...titlesOf(versions)].map(([rule, v]) => [rule, v.title])),
    ...(last && last.undoneAt === undefined ? { last } : {}),
  };
}

export async function paneOf(visit: Visit, state: InboxState, story: Story): Promise<StoryPane> {
  const { desk } = visit.house;
  const { triage } = desk;
  const now = desk.now();
  const [settings, all, silence, versions, { matchRules }, siblings] = await Promise.all([
    triage.settings(),
    triage.items(story.id, MOST_ITEMS + 1),
    triage.silence(heatSpan(story, now).from, now),
    triage.ruleVersions(),
    desk.settings.read(),
    triage.stories({ tab: 'new', limit: 50 }),
  ]);
  const items = all.slice(0, MOST_ITEMS);
  const known = state.views.find(v => v.story.id === story.id);
  const [view = known] = known ? [known] : await storyViews(desk, [story], settings, silence.gaps);
  if (!view) throw new Error(`the story ${story.id} cannot be shown`);
  const span = heatSpan(story, now);
  const sightings = await triage.sightings([story.id], span.from);
  const looked = await triage.evidenceOf(items.map(i => i.id));
  const hour = view.spikes.find(s => s.baseline === 'hour');
  const place = state.views.findIndex(v => v.story.id === story.id);
  const next = state.views[place + 1] ?? state.views[place - 1];
  const cases = caseHeads(visit.hall, visit.w);
  const knownCase = cases.find(c => c.key === story.caseId);
  return {
    view,
    items,
    evidence: new Map(
      looked.map(l => [
        l.finding,
        [
          visit.w.evidenceKept(l.looks),
          ...(l.changed > 0 ? [visit.w.evidenceChanged(l.changed)] : []),
          ...(l.gone ? [visit.w.evidenceGone] : []),
        ].join(visit.w.comma),
      ]),
    ),
    more: Math.max(0, story.originals + story.copies - items.length),
    // The picture itself is hatched only where a place that this story stood at could not be read.
    bars: barsOf(
      sightings,
      span,
      view.spikes,
      silence.gaps.filter(g => items.some(i => i.outlet !== undefined && g.title.startsWith(i.outlet))),
    ),
    step: span.step,
    usual: usualOf(hour?.usual, span.step),
    gaps: silence.gaps,
    sources: silence.sources,
    rules: view.rules.map(rule => ruleShown(rule, items, versions, matchRules)),
    proposals: await proposalsOf(visit, story, items, versions),
    thresholds: {
      near: settings.same.near,
      story: settings.story.threshold,
      days: Math.round((settings.story.windowHours ?? 24) / 24),
      halfLife: settings.heat.halfLifeHours,
    },
    ...(knownCase ? { knownCase } : {}),
    siblings: siblings.filter(s => s.id !== story.id && s.lane === story.lane).map(s => ({ id: s.id, title: s.title })),
    ...(next ? { next: next.story.id } : {}),
    query: inboxQuery(state),
  };
}

function ruleShown(
  rule: string,
  items: readonly StoryItem[],
  versions: readonly RuleVersion[],
  active: readonly RuleSource[],
): RuleShown {
  const version = items.flatMap(i => i.matched).find(m => m.rule === rule)?.version ?? '';
  const kept = versions.find(v => v.rule === rule && String(v.version) === version);
  // A version that was on before there was a register stands in the active list only.
  const source = (kept?.body as RuleSource | undefined) ?? active.find(r => r.id === rule);
  return {
    rule,
    title: kept?.title ?? rule,
    version,
    expression: source ? expressionOf(source) : '',
    excluded: source?.none ?? [],
    ...(kept?.onAt === undefined ? {} : { onAt: kept.onAt }),
  };
}

export async function proposalsOf(
  visit: Visit,
  story: Story,
  items: readonly StoryItem[],
  versions: readonly RuleVersion[],
): Promise<StoryPane['proposals']> {
  const { hall, w, house } = visit;
  const first = items.find(i => i.sameOf === undefined) ?? items[0];
  if (!first) return {};
  const matter = proposeMatter(first.title, first.text);
  const route = await house.desk.triage.route();
  const routed = route && makeRouter(route.model)({ title: first.title, text: first.text });
  const titles = titlesOf(versions);
  const units = new Set(hall.institution.setup.units.map(u => u.key));
  const unit = proposeUnit(
    routed,
    // The rule that says most comes first: one that hits by our name alone says least.
    [...first.matched]
      .sort((a, b) => termsOf(b) - termsOf(a))
      .flatMap(m => {
        const version = titles.get(m.rule);
        return version?.unit === undefined ? [] : [{ unit: version.unit, rule: version.title }];
      }),
    units,
  );
  const open = caseHeads(hall, w).filter(c => c.closedAt === undefined);
  const like = resembling(
    `${first.title} ${first.text}`,
    open.map(c => ({ key: c.key, text: c.title })),
  );
  const likeCase = open.find(c => c.key === (story.caseId ?? like?.key));
  return {
    ...(matter
      ? { matter }
      : story.lane === 'hotline'
        ? { matter: { value: 'complaint', because: [w.hotlineStrip] } }
        : {}),
    ...(unit ? { unit } : {}),
    ...(likeCase ? { like: likeCase } : {}),
  };
}

/** The usual hour as one bar of the picture; what is next to nothing draws no line. */
function usualOf(hour: number | null | undefined, step: number): number | undefined {
  const usual = ((hour ?? 0) * step) / HOUR_MS;
  return usual < 0.2 ? undefined : usual;
}
const termsOf = (m: StoryItem['matched'][number]): number => new Set(m.spans.map(s => s.term)).size;
