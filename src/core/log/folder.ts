/** An export as the files of one folder (docs/specs/event-log.md): also a static log that C2SP tools can read. */
import { type Bytes, readHash, sha256, toHex } from './digest.ts';
import { leafBytes } from './leaf.ts';
import { proveInclusion, rangesOf } from './prove.ts';
import { bundleBytes, TILE_WIDTH, tileBytes, tilePath, tilesOf } from './tile.ts';
import { showProof } from './tlog-proof.ts';
import type { HuiyinEvent } from './types.ts';

export interface FolderParts {
  readonly events: readonly string[];
  readonly chain: readonly string[];
  readonly salts: readonly string[];
  /** By digest. */
  readonly rulebooks: ReadonlyMap<string, string>;
  /** Signed notes, oldest first; the last one is over all entries. Empty: an export nobody has signed. */
  readonly checkpoints: readonly { readonly size: number; readonly note: string }[];
  /** Verifier keys of the log, its heartbeats and its witnesses. */
  readonly keys: readonly string[];
  readonly heartbeats?: readonly string[];
  /** Of one case only: how many entries it has. */
  readonly scope?: { readonly case: string; readonly entries: number };
}
interface Line {
  readonly n: number;
  readonly digest: string;
  readonly caseN: number;
  readonly type: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly rulebook: string;
  readonly body: string;
  readonly institution?: string;
}
/** Entries that the public may ask about; an export of one case proves every entry it gives. */
const PUBLIC = new Set(['publication.made', 'publication.withdrawn']);

export async function folderOf(parts: FolderParts): Promise<Map<string, Bytes>> {
  const files = new Map<string, Bytes>();
  const put = (name: string, content: Bytes | string): void =>
    void files.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  const text = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('');
  put('events.ndjson', text(parts.events));
  put('chain.ndjson', text(parts.chain));
  put('salts.ndjson', text(parts.salts));
  for (const [digest, book] of parts.rulebooks) put(`rulebooks/${digest.replace(':', '-')}.md`, book);
  if (parts.scope) put('scope.json', `${JSON.stringify(parts.scope)}\n`);
  if (parts.heartbeats && parts.heartbeats.length > 0)
    put('heartbeats.ndjson', text(parts.heartbeats.map((note, i) => JSON.stringify({ n: i + 1, note }))));
  if (parts.keys.length > 0) put('keys.txt', text([...parts.keys].sort()));

  const lines = parts.chain.map(line => JSON.parse(line) as Line);
  const institution = lines[0]?.institution ?? '';
  const leaves = lines.map(line => readHash(line.digest));
  const ranges = rangesOf(leaves);
  for (const tile of tilesOf(leaves.length)) {
    const { level, index } = tile;
    if (level === 'entries') {
      const part = lines.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
      put(tilePath(tile), bundleBytes(part.map(line => entryOf(institution, line))));
    } else put(tilePath(tile), tileBytes({ ...tile, level }, ranges));
  }
  for (const { size, note } of parts.checkpoints) put(`checkpoints/${size}.txt`, note);
  const head = parts.checkpoints.at(-1);
  if (head) {
    put('checkpoint', head.note);
    const salts = parts.salts.map(line => JSON.parse(line) as { readonly n: number; readonly salt: string });
    for (const [i, { n, salt }] of salts.entries()) {
      const line = lines[n - 1];
      if (!line || n > head.size || !(parts.scope !== undefined || PUBLIC.has(line.type))) continue;
      const event = JSON.parse(parts.events[i] ?? '') as HuiyinEvent;
      const path = await proveInclusion(n - 1, head.size, ranges);
      const extra = { entry: entryLine(institution, line), salt, event };
      put(`proofs/${n}.tlog-proof`, showProof({ extra, index: n - 1, path, checkpoint: head.note }));
    }
  }
  const names = [...files.keys()].sort();
  put('SHA256SUMS', text(names.map(name => `${toHex(sha256(files.get(name) ?? ''))}  ${name}`)));
  return files;
}

/** What a proof says of its entry: the chain's line without its link to the ones before, with the institution. */
export function entryLine(institution: string, line: object): Readonly<Record<string, unknown>> {
  const { previous: _previous, ...rest } = line as Line & { readonly previous?: string };
  return { institution, ...rest };
}
const entryOf = (institution: string, line: Line): Bytes =>
  leafBytes({
    institution,
    counter: line.n,
    caseCounter: line.caseN,
    type: line.type,
    at: line.at,
    recordedAt: line.recordedAt,
    rulebookDigest: readHash(line.rulebook),
    bodyDigest: readHash(line.body),
  });
