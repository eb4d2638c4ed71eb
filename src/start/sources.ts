/** Sources read through the one door: what comes back is read by its kind and handed to the one way in. */
import {
  judgeSource,
  maskItem,
  readResponse,
  SOURCE_KINDS,
  sourceKind,
  type BilingualText,
  type SourceKind,
  type SourceReading,
  type SourceResponse,
  type SourceSettings,
  type SourceState,
} from '#watch';
import type { Door } from '#io/fetch';
import type { Source as StoreSource, Tenant } from '#io/store';
import type { Source, SourcePort, SourceTry } from '../web/ports-sources.ts';
import { type Incoming, takeIn } from './intake.ts';

const MINUTE = 60_000;
export const PACE_MS = { 'five-minutes': 5 * MINUTE, hour: 60 * MINUTE, day: 1440 * MINUTE } as const;
/** Parts that one reading may lead to, such as those of a sitemap. */
const MOST_PARTS = 5;

/** What a response holds, or why it cannot be read. Pure. */
export function readSource(
  kind: string,
  settings: SourceSettings,
  response: SourceResponse,
  state: SourceState = {},
): SourceReading {
  const found = sourceKind(kind);
  if (!found) return { ok: false, problem: `there is no kind of source called "${kind}"` };
  return readResponse(found, response, settings, state);
}
/** The items of a reading as they go to the one way in. */
export function incomingOf(
  source: Pick<StoreSource, 'key' | 'kind' | 'outletKind' | 'settings'>,
  reading: SourceReading,
): Incoming[] {
  const kind = sourceKind(source.kind);
  if (!reading.ok || !kind) return [];
  return reading.items.map(item => ({
    ...item,
    outlet: item.outlet ?? hostOf(item.url ?? ''),
    source: source.key,
    origin: originOf(kind, source.settings),
    keeps: kind.keeps,
    ...(source.outletKind === undefined ? {} : { outletKind: source.outletKind }),
  }));
}
/** A kind may let the institution say who it is that sends. */
const originOf = (kind: SourceKind, settings: SourceSettings): string =>
  kind.settings.find(s => s.name === 'origin')?.choices?.find(c => c.value === settings['origin'])?.value ??
  kind.origin;
const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname;
  } catch {
    return url;
  }
};

export interface SourceReader {
  readonly port: (here: () => Promise<Tenant>) => SourcePort;
}
type Fetched = { readonly reading: SourceReading; readonly validators: Record<string, string> } | 'unchanged';

export function makeSourceReader(door: Door, now: () => number): SourceReader {
  const fetchSource = async (kindName: string, settings: SourceSettings, validators: SourceState): Promise<Fetched> => {
    const kind = sourceKind(kindName);
    const [wrong] = kind ? judgeSource(kind, settings) : [];
    if (!kind?.request || wrong)
      return {
        reading: { ok: false, problem: wrong?.says.en ?? `"${kindName}" is no kind of source that is fetched` },
        validators: {},
      };
    const first = kind.request(settings, validators);
    const result = await door.fetch({
      ...first,
      ...(validators['etag'] === undefined ? {} : { etag: validators['etag'] }),
      ...(validators['lastModified'] === undefined ? {} : { lastModified: validators['lastModified'] }),
    });
    if (result.result === 'unchanged') return 'unchanged';
    if (result.result !== 'page') return { reading: { ok: false, problem: result.reason }, validators: {} };
    let reading = readResponse(kind, responseOf(result), settings, validators);
    const kept: Record<string, string> = { ...(reading.ok ? (reading.state ?? {}) : {}) };
    if (result.headers['etag']) kept['etag'] = result.headers['etag'];
    if (result.headers['last-modified']) kept['lastModified'] = result.headers['last-modified'];
    for (const part of reading.ok ? (reading.next ?? []).slice(0, MOST_PARTS) : []) {
      const more = await door.fetch(part);
      const said =
        more.result === 'page'
          ? readResponse(kind, responseOf(more), settings, validators)
          : ({ ok: false, problem: more.result === 'unchanged' ? 'unchanged' : more.reason } as const);
      if (!reading.ok) break;
      reading = said.ok
        ? { ...reading, items: [...reading.items, ...said.items], problems: [...reading.problems, ...said.problems] }
        : { ...reading, problems: [...reading.problems, `${part.url}: ${said.problem}`] };
    }
    return { reading, validators: kept };
  };
  const readOne = async (tenant: Tenant, source: StoreSource): Promise<{ added: number; problem?: string }> => {
    const at = now();
    const { lastFault: _gone, ...rest } = { ...source, nextDueAt: at + PACE_MS[source.pace] };
    const read = await fetchSource(source.kind, source.settings, source.validators);
    if (read === 'unchanged') {
      await tenant.putSource({ ...rest, lastSuccessAt: at });
      return { added: 0 };
    }
    const { reading, validators } = read;
    if (!reading.ok) {
      await tenant.putSource({ ...rest, lastFault: reading.problem });
      return { added: 0, problem: reading.problem };
    }
    const taken = await takeIn(tenant, incomingOf(source, reading), at);
    await tenant.putSource({ ...rest, lastSuccessAt: at, validators });
    return { added: taken.filter(t => t.result === 'added' || t.result === 'copy').length };
  };
  return {
    port: here => ({
      kinds: SOURCE_KINDS,
      list: async () => (await (await here()).sources()).map(fromStore),
      save: async source => saveSource(await here(), source, now()),
      try: async (kind, settings) => {
        const read = await fetchSource(kind, settings, {});
        return read === 'unchanged' ? { ok: false, problems: ['unchanged'] } : shown(read.reading);
      },
      readNow: async key => {
        const tenant = await here();
        const source = (await tenant.sources()).find(s => s.key === key);
        return source ? readOne(tenant, source) : { added: 0, problem: 'there is no such source' };
      },
    }),
  };
}
const responseOf = (page: {
  readonly url: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}): SourceResponse => ({
  url: page.url,
  body: page.body,
  ...(page.headers['content-type'] === undefined ? {} : { contentType: page.headers['content-type'] }),
});
/** A reading as it may be shown: masked, like what would be stored. */
const shown = (reading: SourceReading): SourceTry =>
  reading.ok
    ? {
        ok: true,
        ...(reading.title === undefined ? {} : { title: reading.title }),
        items: reading.items.map(maskItem),
        problems: reading.problems,
      }
    : { ok: false, problems: [reading.problem] };

/** Keeps a source; why it was not kept, or undefined. The second person is judged here and by the table itself. */
async function saveSource(tenant: Tenant, source: Source, now: number): Promise<BilingualText | undefined> {
  const kind = sourceKind(source.kind);
  if (!kind) return { zh: `没有“${source.kind}”这种来源`, en: `there is no kind of source called "${source.kind}"` };
  const [wrong] = judgeSource(kind, source.settings);
  if (wrong) return wrong.says;
  if (source.ownerUnit.trim() === '' || source.purpose.trim() === '')
    return { zh: '来源要有负责的部门和用途', en: 'a source needs a unit that answers for it, and a purpose' };
  if (source.state === 'on' && (source.switchedOnBy === undefined || source.switchedOnBy === source.proposedBy))
    return { zh: '启用来源要由另一个人来做', en: 'another person must switch the source on' };
  const before = (await tenant.sources()).find(s => s.key === source.key);
  const { lastReadAt, problem, ...rest } = source;
  await tenant.putSource({
    ...rest,
    // Another address knows nothing of what the old one answered.
    validators: before && JSON.stringify(before.settings) === JSON.stringify(source.settings) ? before.validators : {},
    nextDueAt: before?.nextDueAt ?? now,
    ...(lastReadAt === undefined ? {} : { lastSuccessAt: lastReadAt }),
    ...(problem === undefined ? {} : { lastFault: problem }),
  });
  return undefined;
}

export function fromStore({ validators: _v, nextDueAt: _n, lastSuccessAt, lastFault, ...s }: StoreSource): Source {
  const { minutes: _old, ...settings } = s.settings;
  return {
    ...s,
    settings,
    ...(lastSuccessAt === undefined ? {} : { lastReadAt: lastSuccessAt }),
    ...(lastFault === undefined ? {} : { problem: lastFault }),
  };
}
