/** Sources: proposed by one person, tried for a look, switched on by another. */
import { FeedRefused, isCollected, readOpml, writeOpml } from '#watch';
import type { Visit } from '../context.ts';
import { newId } from '../acting.ts';
import { FoundSources, SourceForm } from '../pages/source-form.tsx';
import type { Given } from '../pages/source-parts.tsx';
import { Preview } from '../pages/source-parts.tsx';
import { Sources } from '../pages/sources.tsx';
import { Opml, Packs } from '../pages/source-lists.tsx';
import { permissionsOf } from '../permissions.ts';
import { SOURCE_CLASSES, SOURCE_PACES, type Source, type SourceTry } from '../ports-sources.ts';
import { keepFormer } from '../take-back.ts';
import { faultText } from '../view/source-faults.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { PushTokens } from '../pages/source-push.tsx';
import { pushTokensOf } from './push.ts';

const DAY = 86_400_000;
/** Whoever enters things may propose; whoever runs the house may as well. */
export const mayConnect = ({ hall, user }: Visit): boolean => {
  const held = permissionsOf(hall, user.office, user.person);
  return held.has('enter') || held.has('administer');
};
const refused = (visit: Visit): Response => goWith(visit.c, '/sources', visit.w.noOffice);

export async function sourcesPage(visit: Visit, problems: readonly string[] = []): Promise<Response> {
  const { desk } = visit.house;
  const [sources, fresh] = await Promise.all([desk.sources.list(), desk.sources.fresh(visit.hall.now - 7 * DAY)]);
  return visit.c.html(
    <Sources
      visit={visit}
      counts={await countsOf(visit)}
      sources={sources.map(s => ({ ...s, fresh: fresh.get(s.key) ?? 0 }))}
      may={mayConnect(visit)}
      problems={problems}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
export const list: Show = visit => sourcesPage(visit);

export const find: Act = async ({ visit, text }) => {
  if (!mayConnect(visit)) return refused(visit);
  const { found, problem } = await visit.house.desk.sources.find(text('address'));
  return visit.c.html(
    <FoundSources
      visit={visit}
      counts={await countsOf(visit)}
      address={text('address')}
      found={found}
      {...(problem === undefined ? {} : { problem: problem[visit.language] })}
    />,
    problem === undefined ? 200 : 422,
  );
};

/** `set.url` → `url`; empty ones are left out. */
const settingsOf = (sent: Posted['sent']): Record<string, string> =>
  Object.fromEntries(
    [...sent].flatMap(([name, [value = '']]) =>
      name.startsWith('set.') && value.trim() !== '' ? [[name.slice(4), value.trim()]] : [],
    ),
  );
const givenOf =
  (sent: Posted['sent']): Given =>
  name =>
    sent.get(name)?.[0] ?? '';
const kindOf = (visit: Visit, name: string) => visit.house.desk.sources.kinds.find(k => k.kind === name);

export const preview: Act = async ({ visit, sent, text }) => {
  if (!mayConnect(visit)) return refused(visit);
  const key = text('key');
  const tried = await visit.house.desk.sources.try(text('kind'), settingsOf(sent), key === '' ? undefined : key);
  return visit.c.html(<Preview visit={visit} tried={tried} />);
};

export const showNew: Show = (visit, counts) => {
  const { c, user, w } = visit;
  const kind = kindOf(visit, c.req.query('kind') ?? 'rss');
  if (!kind || !mayConnect(visit)) return refused(visit);
  const own: Readonly<Record<string, string>> = {
    owner: user.office?.unit ?? 'institution',
    purpose: w.sourcePurposeUsual,
  };
  return (
    <SourceForm
      visit={visit}
      counts={counts}
      kind={kind}
      given={name => c.req.query(name) ?? own[name] ?? ''}
      problems={[]}
    />
  );
};

/** What a form says of a source; whoever sends it proposes it, also when it was there before. */
function sourceOf({ visit, sent, text }: Posted, key: string, kind: string, tried: SourceTry | undefined): Source {
  const at = visit.house.desk.now();
  const found = <T extends string>(all: readonly T[], name: string, otherwise: T): T =>
    all.find(v => v === text(name)) ?? otherwise;
  return {
    key,
    kind,
    title: text('title'),
    settings: settingsOf(sent),
    state: tried?.ok ? 'tried' : 'proposed',
    ownerUnit: text('owner'),
    purpose: text('purpose'),
    class: found(SOURCE_CLASSES, 'class', 'outlet'),
    reach: found(['domestic', 'foreign'] as const, 'reach', 'domestic'),
    pace: found(SOURCE_PACES, 'pace', 'hour'),
    proposedBy: visit.user.person.code,
    ...(text('outletKind') === '' ? {} : { outletKind: text('outletKind') }),
    ...(tried?.ok ? { triedAt: at, triedItems: tried.items.length } : {}),
  };
}
async function formPage(
  { visit, sent, text }: Posted,
  more: { readonly problems: readonly string[]; readonly tried?: SourceTry; readonly source?: Source },
): Promise<Response> {
  const kind = kindOf(visit, text('kind'));
  if (!kind) return sourcesPage(visit, [visit.w.formOld]);
  return visit.c.html(
    <SourceForm visit={visit} counts={await countsOf(visit)} kind={kind} given={givenOf(sent)} {...more} />,
    more.problems.length > 0 ? 422 : 200,
  );
}
/** Looks where there is something to look at; what is pushed or written by hand is never fetched. */
async function lookAt({ visit, sent, text }: Posted, key?: string): Promise<SourceTry | undefined> {
  const way = kindOf(visit, text('kind'))?.way;
  if (way === 'pushed') return { ok: true, items: [], problems: [] };
  return way !== undefined && isCollected(way)
    ? visit.house.desk.sources.try(text('kind'), settingsOf(sent), key)
    : undefined;
}

export const propose: Act = async posted => {
  const { visit, text } = posted;
  const { house, w, c, language, user } = visit;
  if (!mayConnect(visit)) return refused(visit);
  const kind = kindOf(visit, text('kind'));
  if (!kind) return sourcesPage(visit, [w.formOld]);
  const tried = await lookAt(posted);
  const more = tried === undefined ? {} : { tried };
  if (text('do') === 'try') return formPage(posted, { problems: [], ...more });
  if (text('title') === '') return formPage(posted, { problems: [w.fieldMissing(w.src.nameWord)], ...more });
  const source = sourceOf(posted, newId(house.desk.now()).replace(/^e-/, 's-'), kind.kind, tried);
  const problem = await house.desk.sources.save(source);
  if (problem) return formPage(posted, { problems: [problem[language]], ...more });
  await house.desk.audit(user.person.code, 'source-proposed', `${source.key} ${source.title}`);
  return goWith(c, `/sources/${source.key}`, w.src.proposedFlash(source.title));
};

const known = async (visit: Visit): Promise<Source | undefined> =>
  (await visit.house.desk.sources.list()).find(s => s.key === visit.c.req.param('key'));
/** What is kept of a source, by the names of its form. */
const keptOf =
  (s: Source): Given =>
  name =>
    name.startsWith('set.')
      ? (s.settings[name.slice(4)] ?? '')
      : ({
          title: s.title,
          owner: s.ownerUnit,
          purpose: s.purpose,
          class: s.class,
          reach: s.reach,
          pace: s.pace,
          outletKind: s.outletKind ?? '',
        }[name] ?? '');

export async function sourcePage(
  visit: Visit,
  source: Source,
  more: { readonly problems?: readonly string[]; readonly tried?: SourceTry; readonly once?: string } = {},
): Promise<Response> {
  const kind = kindOf(visit, source.kind);
  if (!kind) return sourcesPage(visit, [visit.w.notFoundTitle]);
  const versions = kind.kind === 'change' ? await visit.house.desk.sources.versions(source.key) : undefined;
  const tokens = kind.way === 'pushed' ? await pushTokensOf(visit, source.key) : undefined;
  return visit.c.html(
    <SourceForm
      visit={visit}
      counts={await countsOf(visit)}
      kind={kind}
      given={keptOf(source)}
      source={source}
      problems={more.problems ?? []}
      {...(more.tried === undefined ? {} : { tried: more.tried })}
      {...(versions === undefined ? {} : { versions })}
      {...(tokens === undefined
        ? {}
        : {
            beside: (
              <PushTokens
                visit={visit}
                source={source}
                tokens={tokens}
                {...(more.once === undefined ? {} : { once: more.once })}
              />
            ),
          })}
    />,
    (more.problems ?? []).length > 0 ? 422 : 200,
  );
}
export const show: Show = async visit => {
  const source = await known(visit);
  return source ? sourcePage(visit, source) : sourcesPage(visit, [visit.w.notFoundTitle]);
};

export const change: Act = async posted => {
  const { visit, text } = posted;
  const { house, w, c, language, user } = visit;
  const { sources } = house.desk;
  if (!mayConnect(visit)) return refused(visit);
  const source = await known(visit);
  if (!source) return sourcesPage(visit, [w.notFoundTitle]);
  const note = (what: string): Promise<void> =>
    house.desk.audit(user.person.code, what, `${source.key} ${source.title}`);
  switch (text('do')) {
    case 'try':
    case 'keep': {
      const tried = await lookAt(posted, source.key);
      const more = tried === undefined ? {} : { tried };
      if (text('do') === 'try') return formPage(posted, { problems: [], source, ...more });
      // Who reads the same as before is told nothing new by a second person.
      const wanted = sourceOf(posted, source.key, source.kind, tried);
      const same =
        JSON.stringify(Object.entries(wanted.settings).sort()) ===
        JSON.stringify(Object.entries(source.settings).sort());
      const { title, ownerUnit, purpose, class: class_, reach, pace, outletKind } = wanted;
      const kept: Source = same
        ? {
            ...source,
            title,
            ownerUnit,
            purpose,
            class: class_,
            reach,
            pace,
            ...(outletKind === undefined ? {} : { outletKind }),
          }
        : wanted;
      const problem = await sources.save(kept);
      if (problem) return formPage(posted, { problems: [problem[language]], source, ...more });
      await note('source-changed');
      return goWith(c, `/sources/${source.key}`, w.savedFlash(kept.title));
    }
    case 'on': {
      // What a second person agrees to has been read at least once by then.
      const tried = isCollected(kindOf(visit, source.kind)?.way ?? 'by-hand')
        ? await sources.try(source.kind, source.settings, source.key)
        : undefined;
      if (tried && !tried.ok)
        return sourcePage(visit, source, { tried, problems: tried.problems.map(p => faultText(language, p)) });
      const looked = tried === undefined ? {} : { triedAt: house.desk.now(), triedItems: tried.items.length };
      // A proposal that came in a list was read by nobody yet: it has been now.
      if (tried && source.state === 'proposed') await sources.save({ ...source, ...looked, state: 'tried' });
      const problem = await sources.save({
        ...source,
        ...looked,
        state: 'on',
        switchedOnBy: user.person.code,
        switchedOnAt: house.desk.now(),
      });
      if (problem) return sourcePage(visit, source, { problems: [problem[language]] });
      await note('source-on');
      return goWith(c, `/sources/${source.key}`, w.src.onFlash(source.title));
    }
    case 'off': {
      const problem = await sources.save({ ...source, state: 'off' });
      if (problem) return sourcePage(visit, source, { problems: [problem[language]] });
      await note('source-off');
      const undo = await keepFormer(visit, 'source', { key: source.key }, '/sources');
      return goWith(c, '/sources', w.src.offFlash(source.title), undo);
    }
    case 'read': {
      const read = await sources.readNow(source.key);
      return read.problem === undefined
        ? goWith(c, `/sources/${source.key}`, w.src.readFlash(read.added))
        : sourcePage(visit, source, { problems: [faultText(language, read.problem)] });
    }
    default:
      return sourcePage(visit, source, { problems: [w.formOld] });
  }
};

export const packs: Show = async (visit, counts) => (
  <Packs visit={visit} counts={counts} packs={await visit.house.desk.sources.packs()} />
);
export const showOpml: Show = (visit, counts) => <Opml visit={visit} counts={counts} problems={[]} />;
export const exportOpml: Show = async visit => {
  const feeds = (await visit.house.desk.sources.list()).filter(
    s => s.kind === 'rss' && s.settings['url'] !== undefined,
  );
  const text = writeOpml(
    visit.hall.institution.name[visit.language],
    feeds.map(s => ({ title: s.title, url: s.settings['url'] ?? '' })),
  );
  return visit.c.body(text, 200, {
    'content-type': 'text/x-opml; charset=utf-8',
    'content-disposition': 'attachment; filename="sources.opml"',
  });
};
export const importOpml: Act = async posted => {
  const { visit, file } = posted;
  const { house, w, c, language, user } = visit;
  if (!mayConnect(visit)) return refused(visit);
  const again = async (problem: string): Promise<Response> =>
    c.html(<Opml visit={visit} counts={await countsOf(visit)} problems={[problem]} />, 422);
  const given = file('file');
  if (!given) return again(w.src.opmlNone);
  let read: ReturnType<typeof readOpml>;
  try {
    read = readOpml(await given.text());
  } catch (error) {
    if (error instanceof FeedRefused) return again(faultText(language, error.message));
    throw error;
  }
  const there = new Set((await house.desk.sources.list()).map(s => s.settings['url']));
  let added = 0;
  let refusedOnes = 0;
  for (const outline of read.outlines) {
    if (there.has(outline.url)) continue;
    const problem = await house.desk.sources.save({
      key: newId(house.desk.now()).replace(/^e-/, 's-'),
      kind: 'rss',
      title: outline.title.slice(0, 120),
      settings: { url: outline.url },
      state: 'proposed',
      ownerUnit: user.office?.unit ?? 'institution',
      purpose: w.sourcePurposeUsual,
      class: 'outlet',
      reach: 'domestic',
      pace: 'hour',
      proposedBy: user.person.code,
    });
    if (problem) refusedOnes++;
    else added++;
  }
  await house.desk.audit(user.person.code, 'source-proposed', `opml ${added}`);
  const alreadyThere = read.outlines.length - added - refusedOnes;
  return goWith(c, '/sources', w.src.opmlDone(added, alreadyThere, refusedOnes + read.problems.length));
};
