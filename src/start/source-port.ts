/** Sources for the pages: judged, tried for a look, kept; a second person switches them on. */
import {
  type BilingualText,
  isCollected,
  judgeSource,
  maskItem,
  readPushed,
  SOURCE_KINDS,
  sourceKind,
  type SourceKind,
  type SourceReading,
  type SourceSettings,
} from '#watch';
import type { DoorRequest, DoorResult } from '#io/fetch';
import type { Tenant } from '#io/store';
import type { PushTaken, Source, SourcePort, SourceTry, StarterPack } from '../web/ports-sources.ts';
import type { Collector } from './collect/collector.ts';
import { findSources } from './find-sources.ts';
import { takeIn } from './intake/index.ts';
import { fromStore, incomingOf } from './sources.ts';
import { type Mailboxes, secretKey, secretsOf } from './mailboxes.ts';

export interface SourceReader {
  readonly port: (here: () => Promise<Tenant>) => SourcePort;
}
export interface SourceReaderParts {
  /** Whatever a page of the desk asks for goes the way and keeps the limits of what is collected. */
  readonly collector: Pick<Collector, 'look' | 'page' | 'readNow'>;
  readonly mailboxes: Mailboxes;
  readonly now: () => number;
  readonly packs: () => readonly StarterPack[];
}

export function makeSourceReader({ collector, mailboxes, now, packs }: SourceReaderParts): SourceReader {
  const look = async (tenant: Tenant, kindName: string, settings: SourceSettings): Promise<SourceTry> => {
    const kind = sourceKind(kindName);
    if (!kind) return { ok: false, problems: [`there is no kind of source called "${kindName}"`] };
    const wrong = judgeSource(kind, settings);
    if (wrong.length > 0) return { ok: false, problems: wrong.map(p => p.says.zh), said: wrong.map(p => p.says) };
    if (kind.way === 'mailbox') return mailboxes.look(settings);
    if (!kind.request) return { ok: true, items: [], problems: [] };
    const fetched = await collector.look(tenant, kindName, settings);
    if (fetched.result === 'read') return shown(fetched.reading);
    if (fetched.result === 'unchanged') return { ok: false, problems: ['unchanged'] };
    return {
      ok: false,
      problems: [fetched.fault, ...(await health(request => collector.page(tenant, request), kind, settings))],
    };
  };
  return {
    port: here => ({
      kinds: SOURCE_KINDS,
      list: async () => (await (await here()).sources()).map(fromStore),
      save: async source => saveSource(await here(), source, now()),
      try: async (kind, settings, key) => {
        const tenant = await here();
        return look(tenant, kind, key === undefined ? settings : { ...(await secretsOf(tenant, key)), ...settings });
      },
      find: async address => {
        const tenant = await here();
        return findSources(
          request => collector.page(tenant, request),
          (kind, settings) => look(tenant, kind, settings),
          address,
        );
      },
      fresh: async since => freshOf(await here(), since, now()),
      packs: async () => packs(),
      push: async (key, body) => takePushed(await here(), key, body, now()),
      versions: async key => (await here()).pageVersions(key, 20),
      readNow: async key => {
        const tenant = await here();
        const source = (await tenant.sources()).find(s => s.key === key);
        if (!source) return { added: 0, problem: 'there is no such source' };
        if (source.state !== 'on') return { added: 0, problem: 'the source is not switched on' };
        return collector.readNow(tenant, key);
      },
    }),
  };
}

async function freshOf(tenant: Tenant, from: number, to: number): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (const span of await tenant.collecting.spans({ from, to }))
    sums.set(span.sourceKey, (sums.get(span.sourceKey) ?? 0) + span.added);
  return sums;
}
/** Items of one delivery; each is refused alone, with its reason. */
async function takePushed(
  tenant: Tenant,
  key: string,
  body: Uint8Array,
  now: number,
): Promise<PushTaken | { readonly problem: string; readonly off?: true }> {
  const source = (await tenant.sources()).find(s => s.key === key && s.kind === 'push');
  if (!source) return { problem: 'the source of this token is gone' };
  if (source.state !== 'on') return { problem: 'the source is not switched on', off: true };
  const pushed = readPushed(body);
  if ('problem' in pushed) return pushed;
  const items = pushed.rows.flatMap(r => ('item' in r ? [r.item] : []));
  const taken = await takeIn(tenant, incomingOf(source, { ok: true, items, problems: [] }), now);
  await tenant.putSource({ ...source, lastSuccessAt: now });
  let n = 0;
  return {
    items: pushed.rows.map(row => {
      if ('refused' in row) return { ref: null, id: null, result: 'refused', reason: row.refused };
      const of = taken[n++];
      return { ref: row.item.ref ?? null, id: of?.id ?? null, result: of?.result ?? 'known' };
    }),
    dropped: pushed.dropped,
  };
}

/** A reading as it may be shown: masked, like what would be stored. */
const shown = (reading: SourceReading): SourceTry =>
  reading.ok
    ? {
        ok: true,
        ...(reading.title === undefined ? {} : { title: reading.title }),
        items: reading.items.map(maskItem),
        problems: reading.problems,
        ...(reading.page === undefined ? {} : { page: maskItem(reading.page) }),
      }
    : { ok: false, problems: [reading.problem] };
/** Whether the service behind a source is up: a broken route and a dead instance are mended differently. */
async function health(
  ask: (request: DoorRequest) => Promise<DoorResult>,
  kind: SourceKind,
  settings: SourceSettings,
): Promise<readonly string[]> {
  if (!kind.health) return [];
  const answer = await ask(kind.health(settings));
  return [
    answer.result === 'page'
      ? 'the instance is up: it is the route that cannot be read'
      : `the instance itself does not answer: ${answer.result === 'unchanged' ? 'unchanged' : answer.reason}`,
  ];
}

/** What a source is; when it changes, what a second person agreed to is no longer what is read. */
const substance = (s: Pick<Source, 'kind' | 'settings'>): string =>
  JSON.stringify([s.kind, Object.entries(s.settings).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** Keeps a source; why it was not kept, or undefined. The second person is judged here and by the table itself. */
async function saveSource(tenant: Tenant, source: Source, now: number): Promise<BilingualText | undefined> {
  const kind = sourceKind(source.kind);
  if (!kind) return { zh: `没有“${source.kind}”这种来源`, en: `there is no kind of source called "${source.kind}"` };
  const known = await secretsOf(tenant, source.key);
  const { open, secret } = apart(kind, source.settings);
  const [wrong] = judgeSource(kind, { ...open, ...known, ...secret });
  if (wrong) return wrong.says;
  if (source.ownerUnit.trim() === '' || source.purpose.trim() === '')
    return { zh: '来源要有负责的部门和用途', en: 'a source needs a unit that answers for it, and a purpose' };
  const before = (await tenant.sources()).find(s => s.key === source.key);
  const same = before !== undefined && substance(before) === substance({ kind: source.kind, settings: open });
  if (source.state === 'on') {
    if (source.switchedOnBy === undefined || source.switchedOnBy === source.proposedBy)
      return { zh: '启用来源要由另一个人来做', en: 'another person must switch the source on' };
    if (!same || Object.keys(secret).length > 0)
      return {
        zh: '改过的来源要重新试读，再由另一个人启用',
        en: 'a source that was changed is tried again and switched on by another person',
      };
    if (before.state === 'proposed' && isCollected(kind.way))
      return { zh: '还没有试读成功，先试读', en: 'it has not been read for a look yet' };
  }
  if (Object.keys(secret).length > 0) await tenant.access.putSecret(secretKey(source.key), { ...known, ...secret });
  const { lastReadAt: _read, problem: _problem, ...rest } = source;
  await tenant.putSource({
    ...rest,
    settings: open,
    // Another address knows nothing of what the old one answered.
    validators: same ? before.validators : {},
    nextDueAt: same ? before.nextDueAt : now,
    ...(before?.lastSuccessAt === undefined ? {} : { lastSuccessAt: before.lastSuccessAt }),
    ...(before?.lastFault === undefined ? {} : { lastFault: before.lastFault }),
  });
  return undefined;
}
/** Secrets are kept apart from the rest of the settings. */
function apart(
  kind: SourceKind,
  settings: SourceSettings,
): { readonly open: SourceSettings; readonly secret: SourceSettings } {
  const secrets = new Set(kind.settings.filter(s => s.secret).map(s => s.name));
  const entries = Object.entries(settings).filter(([, value]) => value !== '');
  return {
    open: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    secret: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
  };
}
