/** Rules of concern: written by one, tried on what came in, switched on by another. */
import type { RuleSource } from '#core/text';
import { faultsOfSettings, type Said, tryRule, type TriageSettings } from '#triage';
import { maskText } from '#watch';
import type { Visit } from '../context.ts';
import { ConcernPage } from '../pages/concern.tsx';
import { Concerns } from '../pages/concerns.tsx';
import { permissionsOf } from '../permissions.ts';
import { keepFormer } from '../take-back.ts';
import { type Concern, concernsOf, directoryOf, readConcern, TRIAL_DAYS, trialMaterial } from '../view/concerns.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';

const DAY_MS = 86_400_000;
const nothing = (): readonly string[] => [];
const peopleOf = async (visit: Visit): Promise<ReadonlyMap<string, string>> =>
  new Map((await visit.house.desk.people.list()).map(p => [p.code, p.name]));

async function hitsOf(visit: Visit): Promise<ReadonlyMap<string, number>> {
  const hits = new Map<string, number>();
  const { desk } = visit.house;
  for (const item of await desk.triage.recent(desk.now() - 14 * DAY_MS, 20_000))
    for (const { rule } of item.matched) hits.set(rule, (hits.get(rule) ?? 0) + 1);
  return hits;
}
export const list: Show = async (visit, counts) => {
  const { triage } = visit.house.desk;
  return (
    <Concerns
      visit={visit}
      counts={counts}
      concerns={concernsOf(await triage.ruleVersions())}
      hits={await hitsOf(visit)}
      settings={await triage.settings()}
    />
  );
};
async function concernAsked(visit: Visit): Promise<Concern | undefined> {
  const asked = visit.c.req.param('rule') ?? '';
  return concernsOf(await visit.house.desk.triage.ruleVersions()).find(c => c.rule === asked);
}
export const show: Show = async (visit, counts) => {
  const concern = await concernAsked(visit);
  if (!concern) return visit.c.notFound() as Response;
  const people = await peopleOf(visit);
  return (
    <ConcernPage
      visit={visit}
      counts={counts}
      concern={concern}
      people={people}
      given={nothing}
      problems={[]}
      suspects={[]}
    />
  );
};
export const showNew: Show = async (visit, counts) => (
  <ConcernPage
    visit={visit}
    counts={counts}
    people={await peopleOf(visit)}
    given={nothing}
    problems={[]}
    suspects={[]}
  />
);

/** A key for a new rule: certificates and addresses carry it, people read its title. */
const newKey = (now: number): string => `c-${now.toString(36)}`;

async function addVersion(posted: Posted, concern: Concern | undefined): Promise<Response> {
  const { visit, text, all } = posted;
  const { c, w, house, user } = visit;
  const now = house.desk.now();
  const said: Said[] = all('said-term').flatMap((term, i) => {
    const is = all('said-is')[i];
    return is === undefined || is === 'person' ? [] : [{ term, is }];
  });
  const kept = [...(concern?.versions[0]?.said ?? []), ...said];
  const rule = concern?.rule ?? newKey(now);
  const read = readConcern(
    visit,
    rule,
    { expr: text('expr'), groups: text('groups'), none: text('none'), said: kept },
    await directoryOf(visit),
  );
  const problems = [
    ...(text('title') === '' ? [w.fieldMissing(w.concernName)] : []),
    ...(text('note') === '' ? [w.fieldMissing(w.concernNote)] : []),
    ...read.problems,
  ];
  if (problems.length > 0 || !read.rule)
    return c.html(
      <ConcernPage
        visit={visit}
        counts={await countsOf(visit)}
        {...(concern ? { concern } : {})}
        people={await peopleOf(visit)}
        given={all}
        problems={problems}
        suspects={read.suspects}
      />,
      422,
    );
  const units = new Set(visit.hall.institution.setup.units.map(u => u.key));
  const version = await house.desk.triage.addRuleVersion({
    rule,
    title: maskText(text('title')).text,
    // The version it gets is its certificate's: set where it is switched on.
    body: { ...read.rule, version: String((concern?.versions[0]?.version ?? 0) + 1) },
    ...(units.has(text('unit')) ? { unit: text('unit') } : {}),
    note: maskText(text('note')).text,
    said: kept,
    madeBy: user.person.code,
    madeAt: now,
  });
  await house.desk.audit(user.person.code, 'rule', `written ${rule} ${version}`);
  return goWith(c, `/concerns/${rule}`, w.concernSaved);
}

export const change: Act = async posted => {
  if (posted.text('do') === 'thresholds') return saveThresholds(posted);
  return addVersion(posted, undefined);
};

export const changeOne: Act = async posted => {
  const { visit, text } = posted;
  const { c, w, house, user } = visit;
  const { triage } = house.desk;
  const concern = await concernAsked(visit);
  if (!concern) return goWith(c, '/concerns', w.concernGone);
  const back = `/concerns/${encodeURIComponent(concern.rule)}`;
  const now = house.desk.now();
  const version = concern.versions.find(v => String(v.version) === text('version'));
  switch (text('do')) {
    case 'off':
      await triage.switchOff(concern.rule, user.person.code, now);
      await house.desk.audit(user.person.code, 'rule', `off ${concern.rule}`);
      const undo =
        concern.on && (await keepFormer(visit, 'concern', { rule: concern.rule, version: concern.on.version }, back));
      return goWith(c, back, w.concernSwitchedOff, undo);
    case 'try': {
      if (!version || version.onAt !== undefined) return goWith(c, back, w.concernGone);
      const { items, labelled } = await trialMaterial(visit, concern.rule);
      const trial = tryRule(
        version.body as RuleSource,
        concern.on?.body as RuleSource | undefined,
        items,
        labelled,
        TRIAL_DAYS,
      );
      await triage.tried(concern.rule, version.version, now, trial);
      return goWith(c, back, w.concernTried);
    }
    case 'on': {
      if (!version || version.onAt !== undefined) return goWith(c, back, w.concernGone);
      if (version.triedAt === undefined) return goWith(c, back, w.concernTriedOnly);
      if (version.madeBy === user.person.code) return goWith(c, back, w.concernOwn);
      if (!(await triage.switchOn(concern.rule, version.version, user.person.code, now)))
        return goWith(c, back, w.concernTriedOnly);
      await house.desk.audit(user.person.code, 'rule', `on ${concern.rule} ${version.version}`);
      const taken = await triage.takeInHeld(concern.rule);
      await house.desk.audit(user.person.code, 'rule', `taken in ${concern.rule} ${version.version}: ${taken}`);
      return goWith(c, back, `${w.concernSwitched}${w.concernTakenIn(taken)}${w.stop}`);
    }
    default:
      return addVersion(posted, concern);
  }
};

async function saveThresholds({ visit, text }: Posted): Promise<Response> {
  const { c, w, hall, house, user } = visit;
  const { triage } = house.desk;
  if (!permissionsOf(hall, user.office, user.person).has('administer')) return goWith(c, '/concerns', w.forbiddenTitle);
  const before = await triage.settings();
  const number = (name: string): number => Number(text(name).replace('，', '.'));
  const settings: TriageSettings = {
    ...before,
    same: { near: number('near') },
    story: {
      ...before.story,
      threshold: number('threshold'),
      evidence: { share: number('share'), price: number('price'), apart: number('apart') },
      windowHours: number('window') * 24,
    },
    sameMatter: number('matter'),
    heat: { ...before.heat, halfLifeHours: number('halfLife') },
    spike: { ...before.spike, excess: number('excess') },
    keepPassedDays: number('keep'),
    keepTextDays: number('keepTexts'),
    drill: number('drill'),
    places: text('places')
      .split(/[\s,，、;；]+/)
      .filter(p => p !== ''),
  };
  const faults = faultsOfSettings(settings);
  if (faults.length > 0)
    return c.html(
      <Concerns
        visit={visit}
        counts={await countsOf(visit)}
        concerns={concernsOf(await triage.ruleVersions())}
        hits={await hitsOf(visit)}
        settings={settings}
        problem={`${w.thresholdsWrong}${faults.map(f => w.thresholdFields[f]).join(w.and)}${w.stop}`}
      />,
      422,
    );
  await triage.saveSettings(settings);
  await house.desk.audit(user.person.code, 'triage', JSON.stringify(settings).slice(0, 400));
  return goWith(c, '/concerns#thresholds', w.thresholdsSaved);
}
