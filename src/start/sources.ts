/** Sources read through the one door: a feed or a page becomes items, masked on the way in, matched, kept once. */
import { compileRules, makeMatcher, type MatchCertificate, type RuleSource } from '#core/text';
import { decode, extractPage, FeedRefused, maskText, PageRefused, readFeed } from '#watch';
import type { Door } from '#io/fetch';
import type { Source as StoreSource, Tenant } from '#io/store';
import { createHash } from 'node:crypto';
import type { Item, Source, SourceKind, SourcePort, SourceTry } from '../web/ports.ts';
import { toFinding } from './desk.ts';

const KINDS: readonly SourceKind[] = [
  {
    kind: 'rss',
    title: { zh: '订阅（RSS、Atom、JSON Feed）', en: 'Feed (RSS, Atom, JSON Feed)' },
    settings: [
      { name: 'url', label: { zh: '地址', en: 'Address' }, needed: true },
      { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
    ],
  },
  {
    kind: 'page',
    title: { zh: '一个网页', en: 'One page' },
    settings: [
      { name: 'url', label: { zh: '地址', en: 'Address' }, needed: true },
      { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
    ],
  },
];
const MOST_ITEMS = 500;
const MINUTE = 60_000;

/** What a response holds, or why it cannot be read. Pure. */
export function readSource(
  kind: string,
  settings: Readonly<Record<string, string>>,
  body: Uint8Array,
  url: string,
  contentType: string | undefined,
): SourceTry {
  const { text } = decode(body, contentType);
  const outlet = settings['outlet'] ?? hostOf(url);
  try {
    if (kind === 'page') {
      const page = extractPage(text, url);
      const problems = page.text === '' ? ['no article was found on this page'] : [...page.problems];
      const at = page.publishedAt ?? undefined;
      return {
        ok: page.text !== '',
        title: page.title,
        problems,
        items: page.text === '' ? [] : [itemOf(outlet, page.canonicalUrl ?? url, page.title, page.text, at)],
      };
    }
    const feed = readFeed(text, url);
    return {
      ok: true,
      title: feed.title,
      problems: [...feed.problems],
      items: feed.items
        .slice(0, MOST_ITEMS)
        .map(i => itemOf(outlet, i.url ?? undefined, i.title, i.text ?? i.summary, i.publishedAt ?? undefined)),
    };
  } catch (error) {
    if (error instanceof FeedRefused || error instanceof PageRefused)
      return { ok: false, items: [], problems: [error.message] };
    throw error;
  }
}
const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname;
  } catch {
    return url;
  }
};
function itemOf(
  outlet: string,
  url: string | undefined,
  title: string,
  text: string,
  publishedAt: number | undefined,
): Item {
  const said = { title: maskText(title).text, text: maskText(text).text };
  return {
    id: `it-${createHash('sha256')
      .update(url ?? `${said.title}\n${said.text}`)
      .digest('hex')
      .slice(0, 20)}`,
    origin: 'own-watch',
    outlet,
    ...(url === undefined ? {} : { url }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...said,
  };
}

type Matched = Item & { readonly matched: readonly MatchCertificate[] };
/** Items with the words of concern that they hit. */
export function markItems(items: readonly Item[], rules: readonly RuleSource[]): readonly Matched[] {
  if (rules.length === 0) return items.map(i => ({ ...i, matched: [] }));
  const matcher = makeMatcher(compileRules(rules));
  return items.map(i => ({ ...i, matched: matcher.match({ id: i.id, title: i.title, text: i.text }).matched }));
}
/** Of what a source holds, only what the words of concern hit is put before people; everything when there are none yet. */
export const matchItems = (items: readonly Item[], rules: readonly RuleSource[]): readonly Matched[] =>
  rules.length === 0 ? markItems(items, rules) : markItems(items, rules).filter(i => i.matched.length > 0);
export const rulesOf = async (tenant: Tenant): Promise<RuleSource[]> =>
  (await tenant.rules()).filter(r => r.state === 'on').map(r => r.rule as RuleSource);

export interface SourceReader {
  readonly port: (here: () => Promise<Tenant>) => SourcePort;
  /** Reads every source that is due, one after the other. */
  readonly readDue: (tenant: Tenant, now: number) => Promise<void>;
}

export function makeSourceReader(door: Door, now: () => number): SourceReader {
  const fetchSource = async (
    kind: string,
    settings: Readonly<Record<string, string>>,
    validators: Readonly<Record<string, string>> = {},
  ): Promise<(SourceTry & { readonly validators?: Record<string, string> }) | 'unchanged'> => {
    const url = settings['url'] ?? '';
    const result = await door.fetch({
      url,
      ...(validators['etag'] === undefined ? {} : { etag: validators['etag'] }),
      ...(validators['lastModified'] === undefined ? {} : { lastModified: validators['lastModified'] }),
    });
    if (result.result === 'unchanged') return 'unchanged';
    if (result.result !== 'page') return { ok: false, items: [], problems: [result.reason] };
    const kept: Record<string, string> = {};
    if (result.headers['etag']) kept['etag'] = result.headers['etag'];
    if (result.headers['last-modified']) kept['lastModified'] = result.headers['last-modified'];
    return { ...readSource(kind, settings, result.body, result.url, result.headers['content-type']), validators: kept };
  };
  const readOne = async (tenant: Tenant, source: StoreSource): Promise<{ added: number; problem?: string }> => {
    const minutes = Number(source.settings['minutes'] ?? '30');
    const at = now();
    const next = at + minutes * MINUTE;
    const read = await fetchSource(source.kind, source.settings, source.validators);
    if (read === 'unchanged') {
      const { lastFault: _gone, ...rest } = source;
      await tenant.putSource({ ...rest, nextDueAt: next, lastSuccessAt: at });
      return { added: 0 };
    }
    if (!read.ok) {
      const problem = read.problems[0] ?? 'cannot be read';
      await tenant.putSource({ ...source, nextDueAt: next, lastFault: problem });
      return { added: 0, problem };
    }
    const items = matchItems(read.items, await rulesOf(tenant)).map(i => toFinding({ ...i, source: source.key }, at));
    const { added } = await tenant.addFindings(items);
    const { lastFault: _gone, ...rest } = source;
    await tenant.putSource({ ...rest, nextDueAt: next, lastSuccessAt: at, validators: read.validators ?? {} });
    return { added: added.length };
  };
  return {
    port: here => ({
      kinds: KINDS,
      list: async () => (await (await here()).sources()).filter(s => s.state !== 'proposed').map(fromStore),
      save: async source => {
        const tenant = await here();
        const before = (await tenant.sources()).find(s => s.key === source.key);
        await tenant.putSource({
          key: source.key,
          kind: source.kind,
          title: source.title,
          ownerUnit: before?.ownerUnit ?? 'institution',
          purpose: before?.purpose ?? 'watch',
          settings: { ...source.settings, minutes: String(source.minutes) },
          state: source.on ? 'on' : 'off',
          validators: before?.validators ?? {},
          nextDueAt: before?.nextDueAt ?? now(),
          ...(before?.lastSuccessAt === undefined ? {} : { lastSuccessAt: before.lastSuccessAt }),
          ...(before?.lastFault === undefined ? {} : { lastFault: before.lastFault }),
        });
      },
      try: async (kind, settings) => {
        const read = await fetchSource(kind, settings);
        return read === 'unchanged' ? { ok: true, items: [], problems: [] } : read;
      },
      readNow: async key => {
        const tenant = await here();
        const source = (await tenant.sources()).find(s => s.key === key);
        return source ? readOne(tenant, source) : { added: 0, problem: 'there is no such source' };
      },
    }),
    readDue: async (tenant, at) => {
      for (const source of await tenant.sources())
        if (source.state === 'on' && source.nextDueAt <= at) await readOne(tenant, source);
    },
  };
}

function fromStore(s: StoreSource): Source {
  const { minutes, ...settings } = s.settings;
  return {
    key: s.key,
    kind: s.kind,
    title: s.title,
    settings,
    on: s.state === 'on',
    minutes: Number(minutes ?? '30'),
    ...(s.lastSuccessAt === undefined ? {} : { lastReadAt: s.lastSuccessAt }),
    ...(s.lastFault === undefined ? {} : { problem: s.lastFault }),
  };
}
