/** What stands beside the chain: keys, checkpoints, tiles, proofs, heartbeats, rulebooks and the list of sums. */
import { Broken, type BreakKind } from './broken.ts';
import { type Hash, showDigest } from './digest.ts';
import type { Link } from './entry.ts';
import { objectOf } from './entry.ts';
import { readLines, TornFile } from './lines.ts';
import { type Head, parseHead, parseKey, parseNote, type Signature, type VerifierKey } from './note.ts';
import { judgeProof } from './proof.ts';
import { judgeTiles, TileMaker } from './tiles.ts';
import type { Scope, Walked } from './walk.ts';

/** Every file of the export but what the walk reads, by its path with "/" between. */
export interface OtherFiles {
  readonly names: readonly string[];
  readonly read: (name: string) => Uint8Array;
  /** `sha256:…` of any file of the export, the three of the walk included. */
  readonly digest: (name: string) => string;
}
export interface Besides {
  readonly signatures: readonly Signature[];
  readonly heartbeats?: { readonly beats: number; readonly longestSilenceSeconds: number };
  /** Files nobody asked about and nothing speaks for. */
  readonly notJudged: readonly string[];
}
const WALKED = ['events.ndjson', 'chain.ndjson', 'salts.ndjson'];
const SUMS = 'SHA256SUMS';
const KEYS = 'keys.txt';
const HEAD = 'checkpoint';
const FOLDERS = /^(checkpoints|tile|proofs|rulebooks)\//;

/** Remembers what the files beside will be compared with, while the walk goes by. */
export class Beside {
  readonly #files: OtherFiles;
  readonly #trusted: VerifierKey | undefined;
  readonly #texts = new Map<string, string>();
  readonly #roots = new Map<number, string>();
  readonly #links = new Map<number, { readonly link: Link; readonly leaf: Hash }>();
  readonly #books = new Set<string>();
  readonly #tiles: TileMaker;

  constructor(files: OtherFiles, trusted: VerifierKey | undefined) {
    this.#files = files;
    this.#trusted = trusted;
    for (const name of this.#notes()) this.#roots.set(Number(this.#text(name).split('\n')[1]), '');
    for (const line of this.#beats()) this.#roots.set(Number(/^entries (\d+)$/m.exec(line)?.[1]), '');
    for (const name of this.#names('proofs/')) this.#links.set(Number(/^proofs\/(\d+)\./.exec(name)?.[1]), NOTHING);
    this.#tiles = new TileMaker(
      files.names.filter(n => n.startsWith('tile/')),
      files.read,
    );
  }

  /** The case this export is of, when it is of one. */
  scope(): Scope | undefined {
    if (!this.#files.names.includes('scope.json')) return undefined;
    const value = objectOf(this.#text('scope.json').replace(/\n$/, ''));
    const { case: caseId, entries } = value ?? {};
    if (typeof caseId === 'string' && typeof entries === 'number') return { case: caseId, entries };
    throw this.#broken(1, 'body-changed', 'scope.json', 'the file does not say which case it is of');
  }

  see(entry: { readonly link: Link; readonly bytes: Buffer; readonly leaf: Hash; readonly root: string }): void {
    const { n, rulebook } = entry.link;
    if (this.#roots.has(n)) this.#roots.set(n, entry.root);
    if (this.#links.has(n)) this.#links.set(n, { link: entry.link, leaf: entry.leaf });
    this.#books.add(rulebook);
    this.#tiles.add(entry.bytes, entry.leaf);
  }

  judge(walked: Walked): Besides {
    const all = walked.entries;
    if (this.#roots.has(0)) this.#roots.set(0, showDigest('').slice(7));
    const keys = this.#keys(all);
    const notes = new Map(this.#notes().map(name => [name, this.#note(name, keys, walked)]));
    const head = [...notes.values()].find(n => n.head.size === all);
    const signed = keys.length > 0;
    if (signed && !head)
      throw this.#broken(
        all,
        'checkpoint-differs',
        HEAD,
        'no checkpoint is over all entries: the end is cut off or the checkpoint is gone',
      );
    if (signed && !notes.has(HEAD)) throw this.#broken(all, 'missing', HEAD, 'the file is not there');
    if (notes.has(HEAD) && notes.get(HEAD)?.head.size !== all)
      throw this.#broken(all, 'checkpoint-differs', HEAD, 'it is not over all entries');
    const copy = `checkpoints/${all}.txt`;
    if (notes.has(HEAD) && notes.has(copy) && this.#text(HEAD) !== this.#text(copy))
      throw this.#broken(all, 'checkpoint-differs', copy, `it is not the same as the file ${HEAD}`);
    const trusted = this.#trusted;
    const isTrusted = (s: Signature): boolean => s.ok && s.key === trusted?.publicKey.toString('base64');
    if (trusted && !head?.signatures.some(isTrusted))
      throw this.#broken(all, 'checkpoint-differs', HEAD, `it is not signed by the given key of ${trusted.name}`);
    judgeTiles(this.#tiles, signed, (name, n, says) => this.#broken(n, 'link-broken', name, says));
    this.#rulebooks(all);
    for (const name of this.#names('proofs/')) this.#proof(name, keys, [...notes.keys()]);
    const heartbeats = this.#heartbeats(walked, keys);
    const listed = this.#sums(all, signed);
    return {
      signatures: head?.signatures ?? [],
      ...(heartbeats ? { heartbeats } : {}),
      notJudged: this.#files.names.filter(n => !listed.has(n) && !this.#isKnown(n)),
    };
  }

  #isKnown(name: string): boolean {
    return [SUMS, KEYS, HEAD, 'scope.json', 'heartbeats.ndjson', ...WALKED].includes(name) || FOLDERS.test(name);
  }
  #names(folder: string): string[] {
    return this.#files.names.filter(name => name.startsWith(folder));
  }
  #notes(): string[] {
    return this.#files.names.filter(name => name === HEAD || /^checkpoints\/[^/]+\.txt$/.test(name));
  }
  #beats(): string[] {
    if (!this.#files.names.includes('heartbeats.ndjson')) return [];
    return this.#text('heartbeats.ndjson')
      .split('\n')
      .slice(0, -1)
      .map(line => String(objectOf(line)?.['note'] ?? ''));
  }
  /** Strictly read; an unreadable file is found when its turn comes, so here it is empty. */
  #text(name: string): string {
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    let text = '';
    try {
      for (const line of readLines([this.#files.read(name)])) text += `${line}\n`;
    } catch (error) {
      if (!(error instanceof TornFile)) throw error;
      text = '';
    }
    this.#texts.set(name, text);
    return text;
  }
  #keys(all: number): VerifierKey[] {
    const keys: VerifierKey[] = this.#trusted ? [this.#trusted] : [];
    if (!this.#files.names.includes(KEYS)) return keys;
    const lines = this.#text(KEYS).split('\n').slice(0, -1);
    if (lines.length === 0) throw this.#broken(all, 'checkpoint-differs', KEYS, 'the file is torn or empty');
    for (const line of lines) {
      const key = parseKey(line);
      if (!key)
        throw this.#broken(all, 'checkpoint-differs', KEYS, 'a line is no key, or its id is not that of the key', line);
      keys.push(key);
    }
    if (lines.some((line, i) => i > 0 && line <= (lines[i - 1] ?? '')))
      throw this.#broken(all, 'reordered', KEYS, 'the keys are not in order');
    return keys;
  }
  #note(name: string, keys: readonly VerifierKey[], walked: Walked): { head: Head; signatures: readonly Signature[] } {
    const text = this.#text(name);
    const note = parseNote(text, keys);
    const head = note && parseHead(note.text);
    const fault = (says: string): Broken =>
      this.#broken(Math.max(1, head?.size ?? walked.entries), 'checkpoint-differs', name, says);
    if (!note || !head) throw fault('it is no checkpoint');
    const numbered = /^checkpoints\/(\d+)\.txt$/.exec(name);
    if (numbered && Number(numbered[1]) !== head.size) throw fault('its name is not the number of its entries');
    if (walked.entries > 0 && !`/${head.origin}`.endsWith(`/${walked.institution}`))
      throw fault('it is of another log');
    if (head.size > walked.entries) throw fault('it is over more entries than there are: the end is cut off');
    if (this.#roots.get(head.size) !== head.root) throw fault('its root is not that of the entries');
    const bad = note.signatures.find(s => !s.ok);
    if (bad)
      throw fault(
        bad.type === 0 ? `signed by ${bad.name}, whose key is not given` : `the signature of ${bad.name} is bad`,
      );
    const [first] = note.signatures;
    if (keys.length > 0 && !(first?.type === 1 && first.name === head.origin)) throw fault('the log has not signed it');
    return { head, signatures: note.signatures };
  }
  #rulebooks(all: number): void {
    for (const name of this.#names('rulebooks/')) {
      const digest = showDigest(this.#files.read(name));
      const [, told = ''] = /^rulebooks\/(?:sha256-)?([0-9a-f]{16,64})\.md$/.exec(name) ?? [];
      if (told === '' || !digest.slice(7).startsWith(told))
        throw this.#broken(all, 'body-changed', name, 'the text is not the one its name tells');
      if (!this.#books.has(digest)) throw this.#broken(all, 'link-broken', name, 'no entry stands under this rulebook');
    }
  }
  #proof(name: string, keys: readonly VerifierKey[], notes: readonly string[]): void {
    const n = Number(/^proofs\/(\d+)\.tlog-proof$/.exec(name)?.[1] ?? 0);
    const entry = this.#links.get(n);
    const proof = judgeProof(this.#text(name), keys, true);
    const fault = (says: string): Broken => this.#broken(Math.max(1, n), 'link-broken', name, says);
    if (!proof.ok) throw fault(proof.says);
    if (!entry || entry === NOTHING || proof.n !== n || proof.leaf !== entry.leaf)
      throw fault('it is not of the entry its name tells');
    if (!notes.some(note => this.#text(note) === proof.checkpoint))
      throw fault('its checkpoint is none of this export');
  }
  #heartbeats(walked: Walked, keys: readonly VerifierKey[]): Besides['heartbeats'] | undefined {
    const file = 'heartbeats.ndjson';
    if (!this.#files.names.includes(file)) return undefined;
    const lines = this.#text(file).split('\n').slice(0, -1);
    if (lines.length === 0) throw this.#broken(walked.entries, 'missing', file, 'the file is torn or empty');
    let previous = '';
    let last = { at: NaN, entries: 0 };
    let longest = 0;
    for (const [i, line] of lines.entries()) {
      const text = String(objectOf(line)?.['note'] ?? '');
      const note = parseNote(text, keys);
      const fault = (says: string): Broken =>
        this.#broken(walked.entries, 'link-broken', file, `beat ${i + 1}: ${says}`);
      const read = BEAT.exec(note?.text ?? '');
      if (objectOf(line)?.['n'] !== i + 1 || !note || !read)
        throw fault('it is no heartbeat, or one before it is missing');
      const [, origin = '', beat, at = '', entries, root = '', , , , before = ''] = read;
      if (Number(beat) !== i + 1) throw fault('its number is not its place');
      if (!note.signatures.some(s => s.ok && s.name === `${origin}/heartbeat`) || note.signatures.some(s => !s.ok))
        throw fault('it is not signed by the log');
      if (before !== (previous === '' ? NO_BEAT : showDigest(previous)))
        throw fault('it does not follow the one before');
      const here = { at: Date.parse(at), entries: Number(entries) };
      if (here.entries < last.entries || here.at < last.at) throw fault('it goes back');
      if (Buffer.from(root, 'base64').toString('hex') !== this.#roots.get(here.entries))
        throw fault('its root is not that of the entries');
      if (i > 0) longest = Math.max(longest, (here.at - last.at) / 1000);
      previous = text;
      last = here;
    }
    return { beats: lines.length, longestSilenceSeconds: longest };
  }
  #sums(all: number, signed: boolean): ReadonlySet<string> {
    const listed = new Set<string>();
    let last = '';
    if (!this.#files.names.includes(SUMS)) {
      if (signed && this.#files.names.includes(KEYS)) throw this.#broken(all, 'missing', SUMS, 'the file is not there');
      return listed;
    }
    const lines = this.#text(SUMS).split('\n').slice(0, -1);
    if (lines.length === 0) throw this.#broken(all, 'body-changed', SUMS, 'the file is torn or empty');
    for (const line of lines) {
      const [, digest = '', name = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
      const fault = (why: BreakKind, says: string): Broken => this.#broken(all, why, name === '' ? SUMS : name, says);
      if (name === '' || name <= last) throw fault('reordered', 'a line is torn, stands twice or out of order');
      last = name;
      if (!this.#files.names.includes(name)) throw fault('missing', 'the file is not there');
      if (this.#files.digest(name) !== `sha256:${digest}`)
        throw fault('body-changed', `the file is not the one that ${SUMS} lists`);
      listed.add(name);
    }
    const extra = this.#files.names.find(name => name !== SUMS && this.#isKnown(name) && !listed.has(name));
    if (extra !== undefined) throw this.#broken(all, 'link-broken', extra, `${SUMS} does not list it`);
    return listed;
  }
  #broken(n: number, why: BreakKind, file: string, says: string, line?: string): Broken {
    return new Broken({ n: Math.max(1, n), id: '', why, file, says, ...(line === undefined ? {} : { line }) });
  }
}
const NOTHING = { link: {} as Link, leaf: '' };
const NO_BEAT = `sha256:${'0'.repeat(64)}`;
const BEAT =
  /^([^\n]+)\/heartbeat\nbeat (\d+)\nat ([^\n]+)\nentries (\d+)\nroot ([A-Za-z0-9+/]+=*)\ntimers due (\d+) fired (\d+) late (\d+)\nprevious (sha256:[0-9a-f]{64})\n$/;
