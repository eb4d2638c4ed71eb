/** Looks at the pages of findings: at once, after an hour, six hours, a day, a week, and when an office asks. */
import { compareLooks, errorPageProblem, isGone, keepsBytes, LOOKS, looksOf, maskText } from '#watch';
import type { DoorResult } from '#io/fetch';
import type { EvidenceLook, LookWhy, Tenant } from '#io/store';
import { createHash } from 'node:crypto';
import { fetchPolitely, type FetchTools } from './fetch-source.ts';

/** Enough for a bad day of one source; what floods in by thousands is not evidence of anything. */
const MOST_PLANNED = 100;
const MOST_TRIES = 4;
const KEEP_SEALED_MS = 30 * 86_400_000;
/** Headers that say what was answered and when; none of them speaks of a person. */
const HEADERS = ['content-type', 'content-length', 'last-modified', 'etag', 'date', 'server', 'location'];

export async function planLooks(tenant: Tenant, findings: readonly string[], now: number): Promise<void> {
  await tenant.evidence.plan(findings.slice(0, MOST_PLANNED), looksOf(now));
}

export interface AskedLook {
  readonly unit: string;
  readonly role: string;
  readonly staffCode?: string;
  readonly reason: string;
}
/** One look at the page of a finding; what was found, or undefined where there is no page to look at. */
export async function lookAt(
  tools: FetchTools,
  tenant: Tenant,
  findingId: string,
  why: LookWhy,
  asked?: AskedLook,
): Promise<EvidenceLook['outcome'] | undefined> {
  const finding = await tenant.finding(findingId);
  if (!finding?.url) return undefined;
  const source = (await tenant.sources()).find(s => s.key === finding.sourceKey);
  const keeps = source && keepsBytes(source.class) ? 'bytes' : 'digest';
  const base = { findingId, why, keeps, url: finding.url } as const;
  const answer = await fetchPolitely(tools, tenant, { url: finding.url, accept: 'text/html,*/*;q=0.5' });
  const lookedAt = tools.now();
  if (answer.result !== 'page') {
    const outcome = answer.result === 'refused' ? 'refused' : isGone(statusOf(answer)) ? 'gone' : 'unreachable';
    const status = statusOf(answer);
    await tenant.evidence.addLook({
      ...base,
      lookedAt,
      outcome,
      headers: {},
      fault: answer.result === 'unchanged' ? 'unchanged' : answer.reason,
      ...(status === undefined ? {} : { status }),
    });
    return outcome;
  }
  const contentType = answer.headers['content-type'];
  const reading = await tools.pool.read({
    what: 'page',
    url: answer.url,
    body: answer.body,
    at: lookedAt,
    ...(contentType === undefined ? {} : { contentType }),
  });
  const page = reading.what === 'page' ? reading.page : undefined;
  const nothing = page && errorPageProblem(page.title, page.whole);
  const digest = `sha256:${createHash('sha256').update(answer.body).digest('hex')}`;
  const text = maskText(page?.text ?? '').text;
  const before = (await tenant.evidence.looks(findingId)).findLast(l => l.digest !== undefined && l.outcome !== 'gone');
  const outcome = nothing
    ? 'gone'
    : compareLooks(before && { digest: before.digest ?? '', text: before.text ?? '' }, { digest, text });
  const fault = nothing ?? (reading.what === 'refused' ? reading.problem : undefined);
  await tenant.evidence.addLook(
    {
      ...base,
      lookedAt,
      outcome,
      url: answer.url,
      status: answer.status,
      headers: Object.fromEntries(
        HEADERS.flatMap(h => (answer.headers[h] === undefined ? [] : [[h, answer.headers[h]]])),
      ),
      digest,
      size: answer.body.length,
      ...(page ? { title: maskText(page.title).text, text } : {}),
      ...(fault === undefined ? {} : { fault }),
    },
    answer.body,
    asked && keeps === 'digest' ? { ...asked, at: lookedAt, keepUntil: lookedAt + KEEP_SEALED_MS } : undefined,
  );
  if (page?.publishedAt !== undefined)
    await tenant.collecting.putDates([
      {
        findingId,
        firstSeenAt: finding.seenAt,
        extractedAt: page.publishedAt,
        ...(page.publishedAtFrom === undefined ? {} : { extractedFrom: page.publishedAtFrom }),
      },
    ]);
  return outcome;
}
const statusOf = (answer: DoorResult): number | undefined =>
  answer.result === 'unchanged' ? undefined : answer.status;

/**
 * The planned looks of a finding that are due: one look, under the latest name (after a standstill several are due).
 * Tried again later when the page could not be reached; after some tries the failure stands as the look.
 */
export async function doPlannedLook(
  tools: FetchTools,
  tenant: Tenant,
  finding: string,
  leaseMs: number,
): Promise<void> {
  const now = tools.now();
  const due = await tenant.evidence.take(finding, now, now + leaseMs);
  const latest = LOOKS.findLast(why => due.some(d => d.why === why));
  if (latest === undefined) return;
  const outcome = await lookAt(tools, tenant, finding, latest);
  if (outcome === 'unreachable' && due.every(d => d.tries < MOST_TRIES)) return;
  await tenant.evidence.finish(
    finding,
    due.map(d => d.why),
  );
}
