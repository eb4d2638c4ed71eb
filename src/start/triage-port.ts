/** Carries triage across between the pages and the store. Holds no rule. */
import type { RouteModel } from '#core/text';
import type { Tenant } from '#io/store';
import type { SourceGap, TriagePort } from '../web/ports-triage.ts';
import { trainRouting } from '#triage';
import { labelledOf } from './routing.ts';
import { takeInHeld } from './intake/index.ts';
import { placeHeld, settingsOf, tellFolds } from './triage.ts';

export function triagePort(here: () => Promise<Tenant>, now: () => number): TriagePort {
  const triage = async (): Promise<Tenant['triage']> => (await here()).triage;
  return {
    settings: async () => settingsOf(await here()),
    saveSettings: async settings => (await here()).putSetting('triage', settings),
    head: async () => (await triage()).head(),
    stories: async query => (await triage()).stories(query),
    count: async () => (await triage()).countStories(),
    story: async id => {
      const store = await triage();
      const own = await store.story(id);
      if (own) return own;
      const of = await store.storyOf(id);
      return of === undefined ? undefined : store.story(of);
    },
    items: async (story, limit) => (await triage()).findingsOf(story, limit),
    sightings: async (stories, from) => (await triage()).sightings(stories, from),
    byOrigin: async stories => (await triage()).byOrigin(stories),
    topicsOf: async stories => (await triage()).topicsOf(stories),
    topicCounts: async (from, to) => (await triage()).topicCounts(from, to),
    silence: async (from, to) => silenceOf(await here(), from, to),
    evidenceOf: async items => (await triage()).evidenceOf(items),
    settle: async (items, to) => (await triage()).settle(items, to),
    tellFolds: async () => tellFolds(await here(), now()),
    merge: async (story, into) => (await triage()).merge(story, into),
    move: async (items, from, to) => (await triage()).move(items, from, to),
    acts: async since => (await triage()).acts(since),
    putAct: async act => (await triage()).putAct(act),
    passed: async (from, limit) => (await triage()).passed(from, limit),
    passedOf: async ids => (await triage()).passedOf(ids),
    findPassed: async id => (await placeHeld(await here(), now(), item => ({ ...item, wanted: true }), [id])) > 0,
    recent: async (from, limit) => (await triage()).recent(from, limit),
    ruleVersions: async () => (await triage()).ruleVersions(),
    addRuleVersion: async version => (await triage()).addRuleVersion(version),
    tried: async (rule, version, at, trial) => (await triage()).tried(rule, version, at, trial),
    switchOn: async (rule, version, by, at) => (await triage()).switchOn(rule, version, by, at),
    takeInHeld: async rule => takeInHeld(await here(), [rule], now()),
    switchOff: async (rule, by, at) => (await triage()).switchOff(rule, by, at),
    switchBack: async (rule, version, by) => (await triage()).switchBack(rule, version, by),
    misses: async () => (await triage()).misses(),
    addMiss: async miss => (await triage()).addMiss(miss),
    drill: async month => (await triage()).drill(month),
    drillMonths: async () => (await triage()).drillMonths(),
    addDrill: async (month, items) => (await triage()).addDrill(month, items),
    sayDrill: async (month, item, verdict, by, at) => (await triage()).sayDrill(month, item, verdict, by, at),
    route: async () => {
      const kept = await (await triage()).routeModel();
      // It was written by `putRoute` and is read by nobody else.
      return kept && { ...kept, model: kept.model as RouteModel };
    },
    train: async () => {
      const tenant = await here();
      const examples = await labelledOf(tenant);
      const trained = trainRouting(examples);
      if (trained) await tenant.triage.putRouteModel(trained.model, now(), trained.model.items, trained.accuracy);
      return { examples: examples.length, trained: trained !== undefined };
    },
  };
}

/** Stretches in which a source could not be read; what fails now has been silent since it was read last. */
async function silenceOf(tenant: Tenant, from: number, to: number): ReturnType<TriagePort['silence']> {
  const sources = (await tenant.sources()).filter(s => s.lastSuccessAt !== undefined || s.lastFault !== undefined);
  const spans = await tenant.collecting.spans({ from, to });
  const gaps: SourceGap[] = sources.flatMap(s => {
    const own = spans.filter(span => span.sourceKey === s.key && span.state === 'failed');
    const past = own.map(span => ({
      source: s.key,
      title: s.title,
      from: Math.max(from, span.beganAt),
      to: Math.min(to, span.endedAt),
      open: false,
    }));
    if (s.lastFault === undefined) return past;
    const since = Math.max(from, s.lastSuccessAt ?? from);
    const before = past.filter(g => g.from < since);
    return since < to ? [...before, { source: s.key, title: s.title, from: since, to, open: true }] : before;
  });
  return {
    sources: sources.map(s => ({
      key: s.key,
      title: s.title,
      ...(s.lastSuccessAt === undefined ? {} : { lastReadAt: s.lastSuccessAt }),
    })),
    gaps: gaps.filter(g => g.to > g.from),
  };
}
