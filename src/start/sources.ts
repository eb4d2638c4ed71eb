/** From what a source's kind reads to what goes to the one way in. */
import {
  sourceKind,
  type SourceKind,
  type SourceReading,
  type SourceResponse,
  type SourceSettings,
  type SourceState,
} from '#watch';
import type { Source as StoreSource } from '#io/store';
import type { Source } from '../web/ports-sources.ts';
import type { Incoming } from './intake/index.ts';

/** What a response holds, or why it cannot be read. Pure. */
export function readSource(
  kind: string,
  settings: SourceSettings,
  response: SourceResponse,
  state: SourceState = {},
): SourceReading {
  const found = sourceKind(kind);
  if (!found) return { ok: false, problem: `there is no kind of source called "${kind}"` };
  return found.read(response, settings, state);
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

/** A source as the pages see it. */
export function fromStore({ validators: _v, nextDueAt: _n, lastSuccessAt, lastFault, ...s }: StoreSource): Source {
  const { minutes: _old, ...settings } = s.settings;
  return {
    ...s,
    settings,
    ...(lastSuccessAt === undefined ? {} : { lastReadAt: lastSuccessAt }),
    ...(lastFault === undefined ? {} : { problem: lastFault }),
  };
}
