/**
 * Checks an exported log against itself, from the specification alone (docs/specs/event-log.md): it shares no code with
 * the writer, so that a mistake there cannot hide here. Needs no rulebook and no network.
 */
import { createHash } from './digest.ts';

export interface ExportFiles {
  /** Lines of events.ndjson, chain.ndjson and salts.ndjson, as bytes were read; without the empty last one. */
  readonly events: readonly string[];
  readonly chain: readonly string[];
  readonly salts: readonly string[];
  readonly checkpoints: readonly { readonly name: string; readonly text: string }[];
}
export type BreakKind = 'body-changed' | 'link-broken' | 'missing' | 'reordered' | 'checkpoint-differs';
export interface Verdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly erasedBodies: number;
  readonly head: string;
  readonly firstBreak?: { readonly n: number; readonly id: string; readonly why: BreakKind; readonly line?: string };
  readonly signatures: readonly { readonly name: string; readonly ok: boolean }[];
}
interface Link {
  readonly n: number;
  readonly id: string;
  readonly digest: string;
  readonly previous: string;
  readonly caseN: number;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly rulebook: string;
  readonly body: string;
  readonly institution?: string;
}
class Broken extends Error {
  readonly place: NonNullable<Verdict['firstBreak']>;
  constructor(n: number, id: string, why: BreakKind, line?: string) {
    super(why);
    this.place = { n, id, why, ...(line === undefined ? {} : { line }) };
  }
}
const HASH = /^sha256:[0-9a-f]{64}$/;
const ZERO = `sha256:${'0'.repeat(64)}`;
const hex = (hash: string): Buffer => Buffer.from(hash.slice(7), 'hex');

/** The verdict over one export. A line that is not JSON is a finding, not a wrong call. */
export function verifyExport(files: ExportFiles): Verdict {
  const roots: string[] = [];
  let erased = 0;
  try {
    const links = files.chain.map((line, i) => parse<Link>(line, i + 1));
    const salts = new Map(
      files.salts.map((line, i) => parse<{ n: number; salt: string }>(line, i + 1)).map(s => [s.n, s.salt]),
    );
    const institution = String(links[0]?.institution ?? '');
    const erasures = new Set(
      files.events.flatMap(line => {
        const event = tryParse(line);
        return event?.['type'] === 'body.erased'
          ? [String((event['data'] as { entry?: unknown } | undefined)?.entry)]
          : [];
      }),
    );
    const caseCounters = new Map<string, number>();
    const caseOf = new Map<number, string>();
    const peaks: Buffer[] = [];
    let rulebook = ZERO;
    let place = 0;
    for (const [i, link] of links.entries()) {
      const n = i + 1;
      if (link.n !== n) throw new Broken(n, String(link.id), link.n > n ? 'missing' : 'reordered');
      if (!isWhole(link, n)) throw new Broken(n, String(link.id), 'link-broken');
      const root = rootOf(peaks);
      if (link.previous !== root) throw new Broken(n, link.id, 'link-broken');
      const bodyLine = files.events[place];
      const salt = salts.get(n);
      if (salt === undefined) {
        // A body may be gone only where an entry of the log says that it was erased on schedule.
        if (!erasures.has(link.id)) throw new Broken(n, link.id, 'missing');
        erased++;
      } else {
        if (bodyLine === undefined) throw new Broken(n, link.id, 'missing');
        const event = parse<Record<string, unknown>>(bodyLine, n);
        place++;
        if (event['id'] !== link.id) {
          const later = files.events.slice(place).some(line => line.includes(JSON.stringify(link.id)));
          throw new Broken(n, link.id, later ? 'reordered' : 'missing', bodyLine);
        }
        if (event['type'] !== link.type || event['at'] !== link.at || event['recordedAt'] !== link.recordedAt)
          throw new Broken(n, link.id, 'body-changed', bodyLine);
        if (bodyHash(event, salt) !== link.body) throw new Broken(n, link.id, 'body-changed', bodyLine);
        const known = Object.keys(event).every(key =>
          ['id', 'case', 'type', 'at', 'recordedAt', 'lateEntryReason', 'by', 'data'].includes(key),
        );
        if (!known) throw new Broken(n, link.id, 'body-changed', bodyLine);
        if (typeof event['case'] === 'string') caseOf.set(n, event['case']);
        if ((event['case'] === undefined) !== (link.caseN === 0)) throw new Broken(n, link.id, 'link-broken');
        const caseId = caseOf.get(n);
        if (caseId !== undefined) {
          const before = caseCounters.get(caseId) ?? 0;
          // Erased entries of the case may lie between; a counter never goes back.
          if (link.caseN <= before) throw new Broken(n, link.id, 'link-broken');
          caseCounters.set(caseId, link.caseN);
        }
        if (link.type === 'rulebook.adopted') {
          const adopted = (event['data'] as { digest?: unknown }).digest;
          if (typeof adopted === 'string' && link.rulebook !== adopted && link.rulebook !== rulebook)
            throw new Broken(n, link.id, 'link-broken');
        }
      }
      rulebook = link.rulebook;
      const leaf = leafOf(institution, link);
      if (leaf !== link.digest) throw new Broken(n, link.id, 'link-broken');
      push(peaks, hex(leaf), n);
      roots.push(rootOf(peaks));
    }
    if (place < files.events.length) {
      const extra = safeId(files.events[place] ?? '');
      throw new Broken(links.length + 1, extra, 'missing', files.events[place]);
    }
    const bad = checkCheckpoints(files.checkpoints, institution, roots, rootOf([]));
    if (bad) throw new Broken(bad, '', 'checkpoint-differs');
    return { ok: true, entries: links.length, erasedBodies: erased, head: roots.at(-1) ?? rootOf([]), signatures: [] };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return {
      ok: false,
      entries: files.chain.length,
      erasedBodies: erased,
      head: roots.at(-1) ?? rootOf([]),
      firstBreak: error.place,
      signatures: [],
    };
  }
}

/** A chain line says exactly what a leaf is made of; the first one also names the institution. */
function isWhole(link: Link, n: number): boolean {
  const texts = [link.id, link.type, link.at, link.recordedAt];
  const hashes = [link.digest, link.body, link.rulebook, link.previous];
  const keys = n === 1 ? 11 : 10;
  return (
    Object.keys(link).length === keys &&
    (n > 1 || typeof link.institution === 'string') &&
    texts.every(t => typeof t === 'string') &&
    hashes.every(h => typeof h === 'string' && HASH.test(h)) &&
    Number.isSafeInteger(link.caseN) &&
    link.caseN >= 0
  );
}
function parse<T>(line: string, n: number): T {
  try {
    const value = JSON.parse(line) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  } catch {
    // told below: a torn line is a finding
  }
  throw new Broken(n, '', 'body-changed', line.slice(0, 200));
}
function tryParse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
const safeId = (line: string): string => String(tryParse(line)?.['id'] ?? '');
/** RFC 8785, written again from the RFC. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (value !== null && typeof value === 'object') {
    const map = value as Record<string, unknown>;
    const names = Object.keys(map).sort();
    return '{' + names.map(name => JSON.stringify(name) + ':' + canonical(map[name])).join(',') + '}';
  }
  return JSON.stringify(value);
}
function bodyHash(event: Record<string, unknown>, salt: string): string {
  const body: Record<string, unknown> = {};
  for (const name of ['by', 'case', 'data', 'id', 'lateEntryReason']) if (name in event) body[name] = event[name];
  return 'sha256:' + createHash().update(Buffer.from(salt, 'hex')).update(canonical(body), 'utf8').digest('hex');
}
function field(value: string): Buffer {
  const utf8 = Buffer.from(value, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(utf8.length);
  return Buffer.concat([length, utf8]);
}
function count(n: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
}
function leafOf(institution: string, link: Link): string {
  const bytes = Buffer.concat([
    Buffer.from([0, 1]),
    field(institution),
    count(link.n),
    count(link.caseN),
    field(link.type),
    field(link.at),
    field(link.recordedAt),
    hex(link.rulebook),
    hex(link.body),
  ]);
  return 'sha256:' + createHash().update(bytes).digest('hex');
}
/** RFC 6962 2.1 by its perfect subtrees: entry n completes as many of them as n ends in zero bits. */
function push(peaks: Buffer[], leaf: Buffer, n: number): void {
  let node = leaf;
  for (let rest = n; rest % 2 === 0; rest /= 2) {
    const left = peaks.pop();
    if (!left) break;
    node = createHash()
      .update(Buffer.from([1]))
      .update(left)
      .update(node)
      .digest();
  }
  peaks.push(node);
}
function rootOf(peaks: readonly Buffer[]): string {
  let root = peaks.at(-1);
  if (!root) return 'sha256:' + createHash().digest('hex');
  for (let i = peaks.length - 2; i >= 0; i--)
    root = createHash()
      .update(Buffer.from([1]))
      .update(peaks[i] as Buffer)
      .update(root)
      .digest();
  return 'sha256:' + root.toString('hex');
}
/** A checkpoint's first three lines: origin, size, root in base64. Returns the size of the first one that differs. */
function checkCheckpoints(
  list: ExportFiles['checkpoints'],
  institution: string,
  roots: readonly string[],
  empty: string,
): number | undefined {
  for (const { text } of list) {
    const [origin = '', size = '', root = ''] = text.split('\n');
    const n = Number(size);
    const here = n === 0 ? empty : roots[n - 1];
    if (
      !Number.isInteger(n) ||
      here === undefined ||
      !origin.endsWith(institution) ||
      Buffer.from(root, 'base64').toString('hex') !== here.slice(7)
    )
      return Number.isInteger(n) ? Math.max(1, n) : 1;
  }
  return undefined;
}
