/** One source asked for and read: conditions, robots.txt, the answer's digest, its kind's reading, its further parts. */
import {
  afterBody,
  conditions,
  decode,
  errorPageProblem,
  judgeSource,
  plainText,
  sourceKind,
  type SourceReading,
  type SourceRequest,
  type SourceResponse,
  type SourceSettings,
  type SourceState,
  VALIDATOR_NAMES,
} from '#watch';
import type { Door, DoorRequest, DoorResult } from '#io/fetch';
import type { Tenant } from '#io/store';
import { createHash } from 'node:crypto';
import type { ReadingPool } from './reading-pool.ts';
import type { RobotsGate } from './robots-gate.ts';

export interface FetchTools {
  readonly door: Door;
  readonly mayRead: RobotsGate;
  readonly pool: ReadingPool;
  readonly now: () => number;
}
export type Fetched =
  | { readonly result: 'unchanged'; readonly validators: SourceState }
  | {
      readonly result: 'read';
      readonly reading: SourceReading & { readonly ok: true };
      readonly validators: SourceState;
      /** There is more to be had at once: one reading takes only so much. */
      readonly more?: true;
    }
  | { readonly result: 'failed'; readonly fault: string; readonly retryAfterMs?: number };
/** Parts that one reading may lead to, such as those of a sitemap. */
const MOST_PARTS = 5;
/** A feed up to this size is read where it is: handing it to a worker would cost more. */
const SMALL_BYTES = 256 * 1024;

const digestOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64url').slice(0, 22);

export async function fetchSource(
  tools: FetchTools,
  tenant: Tenant,
  kindName: string,
  settings: SourceSettings,
  before: SourceState,
  paceMs: number,
  /** The whole is asked for and read even if it is the same: the words of concern have changed. */
  anew = false,
): Promise<Fetched> {
  const kind = sourceKind(kindName);
  const [wrong] = kind ? judgeSource(kind, settings) : [];
  if (!kind?.request || wrong)
    return { result: 'failed', fault: wrong?.says.en ?? `"${kindName}" is no kind of source that is fetched` };
  const request = kind.request(settings, before);
  const first = await ask(tools, tenant, request, anew ? {} : conditions(before, tools.now(), paceMs));
  if (first.result === 'failed') return first;
  if (first.result === 'unchanged') return { result: 'unchanged', validators: before };
  const { changed, validators } = afterBody(before, first, tools.now());
  const remembered = Object.fromEntries(
    Object.entries(before).filter(([name]) => name === 'seen' || name === 'seenRules' || !isValidator(name)),
  );
  const kept: SourceState = { ...remembered, ...(validators as SourceState) };
  if (!changed && !anew) return { result: 'unchanged', validators: kept };
  let reading = await read(tools, kindName, first.response, settings, before);
  for (const part of reading.ok ? (reading.next ?? []).slice(0, MOST_PARTS) : []) {
    const more = await ask(tools, tenant, part, {});
    const said =
      more.result === 'body'
        ? await read(tools, kindName, more.response, settings, before)
        : ({ ok: false, problem: more.result === 'failed' ? more.fault : 'unchanged' } as const);
    if (!reading.ok) break;
    reading = said.ok
      ? { ...reading, items: [...reading.items, ...said.items], problems: [...reading.problems, ...said.problems] }
      : { ...reading, problems: [...reading.problems, `${part.url}: ${said.problem}`] };
  }
  if (!reading.ok) return { result: 'failed', fault: reading.problem };
  return { result: 'read', reading, validators: { ...kept, ...reading.state } };
}
const isValidator = (name: string): boolean => (VALIDATOR_NAMES as readonly string[]).includes(name);

type Asked =
  | { readonly result: 'unchanged' }
  | {
      readonly result: 'body';
      readonly response: SourceResponse;
      readonly digest: string;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly result: 'failed'; readonly fault: string; readonly retryAfterMs?: number };

/** One answer, asked for as politely as everything else: robots.txt first, then the door with its pace and its limits. */
export async function fetchPolitely(
  { door, mayRead }: Pick<FetchTools, 'door' | 'mayRead'>,
  tenant: Tenant,
  request: DoorRequest,
): Promise<DoorResult> {
  const refused = await mayRead(tenant, request.url);
  return refused ? { result: 'refused', reason: refused } : door.fetch(request);
}
async function ask(
  tools: FetchTools,
  tenant: Tenant,
  request: SourceRequest,
  conditional: { readonly etag?: string; readonly lastModified?: string },
): Promise<Asked> {
  const result = await fetchPolitely(tools, tenant, { ...request, ...conditional });
  if (result.result === 'unchanged') return { result: 'unchanged' };
  if (result.result !== 'page')
    return {
      result: 'failed',
      fault: result.reason,
      ...(result.retryAfterMs === undefined ? {} : { retryAfterMs: result.retryAfterMs }),
    };
  const { url, body, headers } = result;
  const contentType = headers['content-type'];
  const problem = nothingProblem(body, contentType);
  if (problem) return { result: 'failed', fault: problem };
  return {
    result: 'body',
    response: { url, body, at: tools.now(), ...(contentType === undefined ? {} : { contentType }) },
    digest: digestOf(body),
    ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
    ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
  };
}
/** A web page that says there is nothing is never content, whatever its status. Only small ones can be such pages. */
function nothingProblem(body: Uint8Array, contentType: string | undefined): string | undefined {
  if (body.length === 0) return 'the answer is empty';
  if (body.length > 64 * 1024) return undefined;
  const { text } = decode(body, contentType);
  if (!/<(?:!doctype html|html|body|head)[\s>]/i.test(text.slice(0, 2000))) return undefined;
  const title = plainText(/<title[^>]*>([\s\S]{0,300}?)<\/title>/i.exec(text)?.[1] ?? '');
  return errorPageProblem(title, plainText(text));
}
async function read(
  { pool }: FetchTools,
  kind: string,
  response: SourceResponse,
  settings: SourceSettings,
  state: SourceState,
): Promise<SourceReading> {
  const small = kind === 'rss' && response.body.length <= SMALL_BYTES;
  if (small) {
    const found = sourceKind(kind);
    if (found) return found.read(response, settings, state);
  }
  const reading = await pool.read({ what: 'source', kind, response, settings, state });
  if (reading.what === 'source') return reading.reading;
  return { ok: false, problem: reading.what === 'refused' ? reading.problem : 'it cannot be read' };
}
