/** Learning from what was missed, and lists that need no rule: growing, recurring, misses, recall drill, routing. */
import { compileRules, makeMatcher, makeRouter } from '#core/text';
import { drawSample, recallOf, weightsOf } from '#triage';
import { maskText } from '#watch';
import { newId } from '../acting.ts';
import type { Visit } from '../context.ts';
import { GrowingPage, TopicsPage } from '../pages/growing.tsx';
import { Drill, HOWS, Misses, MissForm } from '../pages/misses.tsx';
import { Routing } from '../pages/routing.tsx';
import type { Miss } from '../ports-triage.ts';
import { concernsOf } from '../view/concerns.ts';
import { titlesOf } from '../view/stories.ts';
import { dateText } from '../view/times.ts';
import { growingOf, recurrences } from '../view/topics.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

const DAY_MS = 86_400_000;
const MOST = 20_000;
const nothing = (): readonly string[] => [];

export const growing: Show = async (visit, counts) => {
  const { desk } = visit.house;
  const settings = await desk.triage.settings();
  const now = desk.now();
  const passed = await desk.triage.passed(now - 2 * DAY_MS, MOST);
  return (
    <GrowingPage visit={visit} counts={counts} growing={growingOf(passed, now, settings)} places={settings.places} />
  );
};
/** It is ours: into the inbox, and the form that asks which rule should have caught it. */
export const takeGrowing: Act = async ({ visit, text }) => {
  const { c, w, house } = visit;
  const [item] = await house.desk.triage.passedOf([text('item')]);
  if (!item || !(await house.desk.triage.findPassed(item.id))) return goWith(c, '/inbox/growing', w.notFoundTitle);
  const said = { how: 'growing', title: item.title, text: item.text, passed: item.id };
  return c.html(
    <MissForm
      visit={visit}
      counts={await countsOf(visit)}
      rules={await ruleNames(visit)}
      given={name => (name in said ? [said[name as keyof typeof said]] : [])}
      problem={w.growingTaken}
    />,
  );
};

const PERIOD_MS = 30 * DAY_MS;
async function topicsNow(visit: Visit) {
  const { desk } = visit.house;
  const now = desk.now();
  const all = (
    await Promise.all((['new', 'taken', 'dismissed'] as const).map(tab => desk.triage.stories({ tab, limit: 1000 })))
  ).flat();
  const stories = all.filter(s => s.lane === 'hotline');
  const sightings =
    stories.length === 0
      ? []
      : await desk.triage.sightings(
          stories.map(s => s.id),
          now - PERIOD_MS,
        );
  return recurrences(stories, sightings, { from: now - PERIOD_MS, to: now + 1 });
}
export const topics: Show = async (visit, counts) => {
  const { desk } = visit.house;
  const now = desk.now();
  const titles = titlesOf(await desk.triage.ruleVersions());
  const sums = new Map<string, number>();
  for (const c of await desk.triage.topicCounts(now - PERIOD_MS, now))
    sums.set(c.topic, (sums.get(c.topic) ?? 0) + c.n);
  const byRule = [...sums]
    .map(([rule, n]) => ({ title: titles.get(rule)?.title ?? rule, n }))
    .sort((a, b) => b.n - a.n);
  return <TopicsPage visit={visit} counts={counts} topics={await topicsNow(visit)} byRule={byRule} />;
};
export const makeTopics: Act = async ({ visit }) => {
  const { c, w, house, user } = visit;
  if (!user.office) return goWith(c, '/inbox/topics', w.noOffice);
  const list = await topicsNow(visit);
  if (list.length === 0) return goWith(c, '/inbox/topics', w.topicsNone);
  const outcome = await house.actor.act(user.office, () => [
    {
      type: 'topic-list.made',
      data: { topics: list.slice(0, 30).map(t => `${t.title.slice(0, 60)}（${w.topicsCount(t.count, t.days)}）`) },
    },
  ]);
  return goWith(c, '/inbox/topics', outcome.kind === 'done' ? w.topicsMade : w.notSaved);
};

const ruleNames = async (visit: Visit) =>
  concernsOf(await visit.house.desk.triage.ruleVersions()).map(c => ({
    rule: c.rule,
    title: (c.on ?? c.versions[0])?.title ?? c.rule,
  }));
/** Whether the rules that are on now catch what was missed. */
export const misses: Show = async (visit, counts) => {
  const { desk } = visit.house;
  const { matchRules } = await desk.settings.read();
  const matcher = makeMatcher(compileRules(matchRules));
  const list = (await desk.triage.misses()).map(m => ({
    ...m,
    ...(m.rule === undefined
      ? {}
      : {
          caught: matcher
            .match({ id: m.id, title: m.title, text: m.text })
            .matched.some(certificate => certificate.rule === m.rule),
        }),
  }));
  const titles = new Map((await ruleNames(visit)).map(r => [r.rule, r.title]));
  return <Misses visit={visit} counts={counts} misses={list} titles={titles} />;
};
export const showMiss: Show = async (visit, counts) => (
  <MissForm visit={visit} counts={counts} rules={await ruleNames(visit)} given={nothing} />
);
export const addMiss: Act = async ({ visit, text, all }) => {
  const { c, w, house, user } = visit;
  const { desk } = house;
  const rules = await ruleNames(visit);
  const said = maskText(text('text')).text.slice(0, 50_000);
  const missing = said === '' ? w.missText : text('why') === '' ? w.missWhy : undefined;
  if (missing !== undefined)
    return c.html(
      <MissForm
        visit={visit}
        counts={await countsOf(visit)}
        rules={rules}
        given={all}
        problem={w.fieldMissing(missing)}
      />,
      422,
    );
  const now = desk.now();
  const miss: Miss = {
    id: newId(now).replace(/^e-/, 'm-'),
    foundAt: now,
    how: HOWS.find(h => h === text('how')) ?? 'other',
    title: maskText(text('title')).text.slice(0, 200),
    text: said,
    ...(rules.some(r => r.rule === text('rule')) ? { rule: text('rule') } : {}),
    why: maskText(text('why')).text,
    ...(text('passed') === '' ? {} : { passedItem: text('passed') }),
    enteredBy: user.person.code,
  };
  await desk.triage.addMiss(miss);
  if (text('take') === 'true')
    await desk.findings.add([
      {
        id: newId(now).replace(/^e-/, 'i-'),
        origin: miss.how === 'superior' ? 'superior' : 'staff',
        title: miss.title,
        text: said,
      },
    ]);
  return goWith(c, '/misses', w.missSaved);
};

const monthOf = (at: number): string => dateText(at).slice(0, 7);
export const drill: Show = async (visit, counts) => {
  const { triage, now } = visit.house.desk;
  const month = monthOf(now());
  const items = await triage.drill(month);
  const from = Date.parse(`${month}-01T00:00:00+08:00`);
  const found = (await triage.recent(from, MOST)).filter(i => i.lane === 'public').length;
  const passed = (await triage.passed(from, MOST)).length;
  const estimate = recallOf(items, found, passed);
  return (
    <Drill
      visit={visit}
      counts={counts}
      month={month}
      items={items}
      months={await triage.drillMonths()}
      {...(estimate ? { estimate } : {})}
    />
  );
};
export const changeDrill: Act = async ({ visit, text }) => {
  const { c, w, house, user } = visit;
  const { triage, now } = house.desk;
  const month = monthOf(now());
  const verdict = text('do');
  if (verdict === 'start') {
    const settings = await triage.settings();
    const all = await triage.passed(now() - settings.keepPassedDays * DAY_MS, MOST);
    const sample = drawSample(all, month, settings.drill);
    if (sample.length === 0) return goWith(c, '/misses/drill', w.drillEmpty);
    await triage.addDrill(
      month,
      sample.map(p => ({
        item: p.id,
        title: p.title,
        text: p.text,
        ...(p.outlet === undefined ? {} : { outlet: p.outlet }),
      })),
    );
    return c.redirect('/misses/drill', 303);
  }
  if (verdict !== 'ours' && verdict !== 'not-ours') return goWith(c, '/misses/drill', w.notFoundTitle);
  const item = (await triage.drill(month)).find(i => i.item === text('item'));
  if (!item) return goWith(c, '/misses/drill', w.notFoundTitle);
  await triage.sayDrill(month, item.item, verdict, user.person.code, now());
  if (verdict === 'not-ours') return c.redirect('/misses/drill', 303);
  await triage.findPassed(item.item);
  const said = { how: 'drill', title: item.title, text: item.text, passed: item.item };
  return c.html(
    <MissForm
      visit={visit}
      counts={await countsOf(visit)}
      rules={await ruleNames(visit)}
      given={name => (name in said ? [said[name as keyof typeof said]] : [])}
      problem={w.growingTaken}
    />,
  );
};

export const routing: Show = async (visit, counts) => {
  const known = await visit.house.desk.triage.route();
  return (
    <Routing
      visit={visit}
      counts={counts}
      {...(known ? { known } : {})}
      weights={known ? weightsOf(known.model, 12) : []}
      text=""
    />
  );
};
export const changeRouting: Act = async ({ visit, text }) => {
  const { c, w, house } = visit;
  const { triage } = house.desk;
  if (text('do') === 'train') {
    const { examples, trained } = await triage.train();
    if (trained) return goWith(c, '/routing', w.routingTrained);
    const known = await triage.route();
    return c.html(
      <Routing
        visit={visit}
        counts={await countsOf(visit)}
        {...(known ? { known } : {})}
        weights={known ? weightsOf(known.model, 12) : []}
        examples={examples}
        text=""
      />,
      422,
    );
  }
  const known = await triage.route();
  const said = maskText(text('text')).text;
  const proposal = known && said !== '' ? makeRouter(known.model)({ text: said }) : undefined;
  return c.html(
    <Routing
      visit={visit}
      counts={await countsOf(visit)}
      {...(known ? { known } : {})}
      weights={known ? weightsOf(known.model, 12) : []}
      text={said}
      {...(proposal ? { proposal } : {})}
    />,
  );
};
