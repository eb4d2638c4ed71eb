/**
 * Changes somebody might make to an export: bits, deletions, insertions, reordering, truncation, forks, renumbered and
 * swapped files. Each is made as is, or by somebody who also rewrites SHA256SUMS to fit.
 */
import {
  appendLeaf,
  bodyDigest,
  type Bytes,
  EMPTY_TREE,
  folderOf,
  fromHex,
  type HuiyinEvent,
  leafHash,
  readHash,
  rootOf,
  sha256,
  showCheckpoint,
  showHash,
  toHex,
  type TreeState,
} from '#core/log';

export type Folder = ReadonlyMap<string, Bytes>;
export type Random = () => number;
export interface Change {
  readonly kind: string;
  readonly says: string;
  readonly folder: Folder;
}
/** A repeatable series of numbers from 0 to 1. */
export function generator(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const upTo = (random: Random, n: number): number => Math.floor(random() * n);
const pick = <T>(random: Random, list: readonly T[]): T => list[upTo(random, list.length)] as T;
const WALKED = ['events.ndjson', 'chain.ndjson', 'salts.ndjson'];
const SUMS = 'SHA256SUMS';
const linesOf = (bytes: Bytes | undefined): string[] =>
  Buffer.from(bytes ?? new Uint8Array())
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
const bytesOf = (lines: readonly string[]): Bytes => Buffer.from(lines.map(line => `${line}\n`).join(''));
/** Giving less than there was, with sums that fit, changes nothing that is given: such files are never left out whole. */
const needed = (name: string): boolean => !/^(checkpoints|proofs|rulebooks)\//.test(name) && name !== SUMS;

type Maker = (folder: Folder, random: Random) => Promise<Folder> | Folder;
const changed = (folder: Folder, name: string, bytes: Bytes): Folder => new Map([...folder, [name, bytes]]);

const MAKERS: Readonly<Record<string, Maker>> = {
  bit: (folder, random) => {
    const name = pick(random, [...folder.keys()]);
    const bytes = Uint8Array.from(folder.get(name) ?? []);
    const at = upTo(random, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << upTo(random, 8));
    return changed(folder, name, bytes);
  },
  'deleted bytes': (folder, random) => {
    const name = pick(random, [...folder.keys()]);
    const bytes = Buffer.from(folder.get(name) ?? []);
    const at = upTo(random, bytes.length);
    return changed(folder, name, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + upTo(random, 40))]));
  },
  'deleted line': (folder, random) => {
    const name = pick(random, WALKED);
    const lines = linesOf(folder.get(name));
    lines.splice(upTo(random, lines.length), 1);
    return changed(folder, name, bytesOf(lines));
  },
  'deleted entry': (folder, random) => {
    const at = upTo(random, linesOf(folder.get('chain.ndjson')).length);
    const gone = (name: string): readonly [string, Bytes] => {
      const lines = linesOf(folder.get(name));
      lines.splice(at, 1);
      return [name, bytesOf(lines)];
    };
    return new Map([...folder, ...WALKED.map(gone)]);
  },
  'deleted file': (folder, random) => {
    const name = pick(random, [...folder.keys()].filter(needed));
    return new Map([...folder].filter(([key]) => key !== name));
  },
  'inserted bytes': (folder, random) => {
    const name = pick(random, [...folder.keys()]);
    const bytes = Buffer.from(folder.get(name) ?? []);
    const at = upTo(random, bytes.length + 1);
    const extra = Buffer.from(
      Array.from({ length: 1 + upTo(random, 8) }, () => pick(random, [...Buffer.from('0 a"\n{}')])),
    );
    return changed(folder, name, Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]));
  },
  'inserted line': (folder, random) => {
    const name = pick(random, WALKED);
    const lines = linesOf(folder.get(name));
    lines.splice(upTo(random, lines.length + 1), 0, pick(random, lines));
    return changed(folder, name, bytesOf(lines));
  },
  'inserted event': (folder, random) => {
    const events = linesOf(folder.get('events.ndjson'));
    const event = JSON.parse(pick(random, events)) as HuiyinEvent;
    const extra = JSON.stringify({ ...event, id: `new-${upTo(random, 1e6)}` });
    events.splice(upTo(random, events.length + 1), 0, extra);
    return changed(folder, 'events.ndjson', bytesOf(events));
  },
  'reordered lines': (folder, random) => {
    const name = pick(random, WALKED);
    const lines = linesOf(folder.get(name));
    const a = upTo(random, lines.length);
    const b = (a + 1 + upTo(random, lines.length - 1)) % lines.length;
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return changed(folder, name, bytesOf(lines));
  },
  'truncated file': (folder, random) => {
    const name = pick(random, [...folder.keys()]);
    const bytes = Buffer.from(folder.get(name) ?? []);
    const left = bytes.subarray(0, upTo(random, bytes.length));
    // A checkpoint without its last co-signature is a good checkpoint: that, too, is only giving less.
    const less = name.startsWith('checkpoints/') && left.at(-1) === 0x0a && left.includes('\n\n— ');
    return less ? folder : changed(folder, name, left);
  },
  'truncated log': (folder, random) => {
    const left = upTo(random, linesOf(folder.get('chain.ndjson')).length);
    const cut = (name: string): readonly [string, Bytes] => [name, bytesOf(linesOf(folder.get(name)).slice(0, left))];
    return new Map([...folder, ...WALKED.map(cut)]);
  },
  fork,
  'renumbered file': (folder, random) => {
    const name = pick(
      random,
      [...folder.keys()].filter(n => /^(checkpoints|tile|proofs)\//.test(n)),
    );
    const to = name.replace(/\d+(?=(\.txt|\.tlog-proof)?$)/, digits => {
      const other = String((Number(digits) + 1 + upTo(random, 9)) % 10 ** Math.max(2, digits.length));
      return name.startsWith('tile/') ? other.padStart(digits.length, '0') : other;
    });
    // Onto another file's name it would only be gone.
    return folder.has(to) ? folder : new Map([...folder].map(([key, bytes]) => [key === name ? to : key, bytes]));
  },
  'renumbered entry': (folder, random) => {
    const name = pick(random, ['chain.ndjson', 'salts.ndjson']);
    const lines = linesOf(folder.get(name));
    const at = upTo(random, lines.length);
    const line = JSON.parse(lines[at] ?? '{}') as { n: number };
    lines[at] = JSON.stringify({ ...line, n: line.n + (random() < 0.5 ? -1 : 1) * (1 + upTo(random, 3)) });
    return changed(folder, name, bytesOf(lines));
  },
  'swapped checkpoints': (folder, random) => {
    const names = [...folder.keys()].filter(n => n === 'checkpoint' || n.startsWith('checkpoints/'));
    const bytes = names.map(n => Buffer.from(folder.get(n) ?? []));
    const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b, k) => [a, b, i, i + 1 + k] as const));
    const [a, b, i, k] = pick(
      random,
      pairs.filter(([, , x, y]) => !bytes[x]?.equals(bytes[y] ?? Buffer.alloc(0))),
    );
    return new Map([...folder, [a, bytes[k] ?? Buffer.alloc(0)], [b, bytes[i] ?? Buffer.alloc(0)]]);
  },
  'changed event': (folder, random) => {
    const lines = linesOf(folder.get('events.ndjson'));
    const at = upTo(random, lines.length);
    const event = JSON.parse(lines[at] ?? '{}') as HuiyinEvent;
    lines[at] = JSON.stringify({ ...event, data: { ...event.data, subject: `other ${upTo(random, 1e6)}` } });
    return changed(folder, 'events.ndjson', bytesOf(lines));
  },
};
export const KINDS = Object.keys(MAKERS);

/** History rewritten from some entry on with the writer's own code; only the signatures cannot be made again. */
async function fork(folder: Folder, random: Random): Promise<Folder> {
  const events = linesOf(folder.get('events.ndjson')).map(line => JSON.parse(line) as HuiyinEvent);
  const salts = linesOf(folder.get('salts.ndjson')).map(line => (JSON.parse(line) as { salt: string }).salt);
  const old = linesOf(folder.get('chain.ndjson')).map(
    line => JSON.parse(line) as { rulebook: string; institution?: string },
  );
  const institution = old[0]?.institution ?? '';
  const from = upTo(random, events.length);
  const told = events.map((event, i) => (i < from ? event : { ...event, data: { ...event.data, retold: i } }));
  const kept = random() < 0.5 ? told.length : from + 1;
  let tree: TreeState = EMPTY_TREE;
  const cases = new Map<string, number>();
  const chain = told.slice(0, kept).map((event, i) => {
    const n = i + 1;
    const caseN = event.case === undefined ? 0 : (cases.get(event.case) ?? 0) + 1;
    if (event.case !== undefined) cases.set(event.case, caseN);
    const body = bodyDigest(event, fromHex(salts[i] ?? ''));
    const { type, at, recordedAt } = event;
    const rulebook = old[i]?.rulebook ?? '';
    const rulebookDigest = readHash(rulebook);
    const leaf = leafHash({
      institution,
      counter: n,
      caseCounter: caseN,
      type,
      at,
      recordedAt,
      rulebookDigest,
      bodyDigest: body,
    });
    const previous = showHash(rootOf(tree));
    tree = appendLeaf(tree, leaf);
    const line = {
      n,
      id: event.id,
      digest: showHash(leaf),
      previous,
      caseN,
      type,
      at,
      recordedAt,
      rulebook,
      body: showHash(body),
    };
    return JSON.stringify(n === 1 ? { institution, ...line } : line);
  });
  const note = Buffer.from(folder.get('checkpoint') ?? []).toString('utf8');
  const text = showCheckpoint({ origin: note.split('\n')[0] ?? '', size: kept, root: rootOf(tree) });
  // With the old signatures under the new head, or with none at all.
  const forged = random() < 0.5 ? `${text}${note.slice(note.lastIndexOf('\n\n') + 1)}` : text;
  const books = [...folder].filter(([name]) => name.startsWith('rulebooks/'));
  const files = await folderOf({
    events: told.slice(0, kept).map(e => JSON.stringify(e)),
    chain,
    salts: salts.slice(0, kept).map((salt, i) => JSON.stringify({ n: i + 1, salt })),
    rulebooks: new Map(books.map(([, b]) => [showHash(sha256(b)), Buffer.from(b).toString('utf8')])),
    checkpoints: [{ size: kept, note: forged }],
    keys: linesOf(folder.get('keys.txt')),
  });
  return files;
}

/** The sums as somebody would write them who has changed the files. */
function withSums(folder: Folder): Folder {
  const names = [...folder.keys()].filter(name => name !== SUMS).sort();
  const lines = names.map(name => `${toHex(sha256(folder.get(name) ?? new Uint8Array()))}  ${name}`);
  return changed(folder, SUMS, bytesOf(lines));
}
const same = (a: Folder, b: Folder): boolean =>
  a.size === b.size && [...a].every(([name, bytes]) => Buffer.from(bytes).equals(b.get(name) ?? Buffer.from('\0')));

/** One change of the given kind that does change something. */
export async function makeChange(folder: Folder, kind: string, random: Random): Promise<Change> {
  for (;;) {
    const made = await MAKERS[kind]?.(folder, random);
    if (!made) throw new RangeError(`there is no change "${kind}"`);
    const fit = random() < 0.5;
    const result = fit ? withSums(made) : made;
    if (!same(result, folder)) return { kind, says: fit ? 'with sums that fit' : 'as is', folder: result };
  }
}
