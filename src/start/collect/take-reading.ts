/** What one reading of a source gave goes to the one way in, once; its dates are kept beside it, and its pages are planned. */
import { freshOf, isAhead, maskItem, type ReadItem, type SourceReading, type SourceState } from '#watch';
import type { FindingDate, Source, Tenant } from '#io/store';
import { createHash } from 'node:crypto';
import { takeIn } from '../intake/index.ts';
import { incomingOf } from '../sources.ts';
import { planLooks } from './evidence.ts';

export interface TakenReading {
  readonly items: number;
  readonly fresh: number;
  readonly added: number;
  /** The memory of what was seen, to be kept with the validators. */
  readonly state: SourceState;
}
const digest = (item: ReadItem): string =>
  createHash('sha256')
    .update(`${item.url ?? ''}\n${item.ref ?? ''}\n${item.title}\n${item.text}`)
    .digest('base64url');

/** Takes a reading in. `rulesMark` names the words of concern: when they change, everything shown is looked at anew. */
export async function takeReading(
  tenant: Tenant,
  source: Source,
  reading: SourceReading & { readonly ok: true },
  rulesMark: string,
  now: number,
): Promise<TakenReading> {
  if (reading.page) await keepVersion(tenant, source.key, reading.page, now);
  const before = source.validators['seenRules'] === rulesMark ? (source.validators['seen'] ?? '') : '';
  const { fresh, seen } = freshOf(reading.items, digest, before);
  const state = { seen, seenRules: rulesMark };
  if (fresh.length === 0) return { items: reading.items.length, fresh: 0, added: 0, state };
  // A date that lies ahead is a slip of the source: it stays its claim and does not become the date.
  const sound = fresh.map(({ publishedAt, ...item }) =>
    publishedAt === undefined || isAhead(publishedAt, now) ? item : { ...item, publishedAt },
  );
  const incoming = incomingOf(source, { ...reading, items: sound });
  const taken = await takeIn(tenant, incoming, now);
  const kept = taken.flatMap((t, i) =>
    t.result === 'added' || t.result === 'copy' ? [{ id: t.id, item: fresh[i] as ReadItem, result: t.result }] : [],
  );
  // Nothing of a source is older than its first reading can say.
  const notBefore =
    source.lastSuccessAt !== undefined && source.validators['seen'] !== undefined ? source.lastSuccessAt : undefined;
  await tenant.collecting.putDates(
    kept.map(({ id, item }): FindingDate => ({
      findingId: id,
      firstSeenAt: now,
      ...(item.publishedAt === undefined ? {} : { claimedAt: item.publishedAt }),
      ...(item.publishedAtFrom === undefined ? {} : { claimedFrom: item.publishedAtFrom }),
      ...(notBefore === undefined ? {} : { notBefore }),
    })),
  );
  await planLooks(
    tenant,
    kept.flatMap(({ id, item, result }) => (item.url === undefined || result === 'copy' ? [] : [id])),
    now,
  );
  return { items: reading.items.length, fresh: fresh.length, added: kept.length, state };
}
/** What a watched page says now, each time it says something else; masked like everything that comes in. */
async function keepVersion(
  tenant: Tenant,
  sourceKey: string,
  page: { readonly title: string; readonly text: string },
  seenAt: number,
): Promise<void> {
  const { title, text } = maskItem(page);
  const digest = createHash('sha256').update(`${title}\n${text}`).digest('hex');
  const [last] = await tenant.pageVersions(sourceKey, 1);
  if (last?.digest !== digest) await tenant.addPageVersion({ sourceKey, seenAt, digest, title, text });
}
