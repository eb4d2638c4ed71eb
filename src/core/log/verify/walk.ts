/** The walk along the chain: every entry against its line, its body, its place and the root before it. */
import { type Hash, hashOfHex, hexOf } from './digest.ts';
import { Broken, type BreakKind } from './broken.ts';
import { agrees, bodyHash, isLink, leafBytes, type Link, NO_RULEBOOK, objectOf, readSalt } from './entry.ts';
import { TornFile } from './lines.ts';
import { GrowingTree } from './tree.ts';

export interface Lines {
  readonly events: Iterable<string>;
  readonly chain: Iterable<string>;
  readonly salts: Iterable<string>;
}
export interface Scope {
  readonly case: string;
  readonly entries: number;
}
/** Told of every entry in order; what stands beside the chain is checked from this. */
export type OnEntry = (entry: {
  readonly link: Link;
  /** The zero byte, then the entry. */
  readonly bytes: Buffer;
  readonly leaf: Hash;
  /** The root over all entries up to this one, in hexadecimal digits. */
  readonly root: string;
}) => void;
export interface Walked {
  readonly institution: string;
  readonly entries: number;
  readonly erasedBodies: number;
  readonly root: string;
}
type Json = Readonly<Record<string, unknown>>;

/** Three files read in step. `at` is where the walk stands when it breaks. */
export class Walk {
  entries = 0;
  erased = 0;
  root = new GrowingTree().root();
  readonly #files: Lines;
  readonly #scope: Scope | undefined;

  constructor(files: Lines, scope?: Scope) {
    this.#files = files;
    this.#scope = scope;
  }

  run(onEntry: OnEntry): Walked {
    const chain = this.#reader('chain.ndjson', this.#files.chain);
    const events = this.#reader('events.ndjson', this.#files.events);
    const salts = this.#reader('salts.ndjson', this.#files.salts);
    const tree = new GrowingTree();
    const counters = new Map<string, number>();
    /** Entries without a body, until a later entry says that it was erased: id to place and case counter. */
    const unexplained = new Map<string, Link>();
    const erased: Link[] = [];
    const gaps: { readonly link: Link; readonly caseN: number }[] = [];
    let institution = '';
    let rulebook = NO_RULEBOOK;
    let previous = `sha256:${this.root}`;
    for (let line = chain.next(); line !== undefined; line = chain.next()) {
      const n = ++this.entries;
      const link = objectOf(line);
      if (!link) throw this.#broken(n, '', 'body-changed', 'chain.ndjson', 'the line is torn or is no JSON', line);
      const id = typeof link['id'] === 'string' ? link['id'] : '';
      if (link['n'] !== n) {
        const later = chain.some(rest => objectOf(rest)?.['n'] === n);
        const why = later || Number(link['n']) < n ? 'reordered' : 'missing';
        throw this.#broken(n, id, why, 'chain.ndjson', `entry ${n} is not where it must be`, line);
      }
      if (!isLink(link, n))
        throw this.#broken(n, id, 'link-broken', 'chain.ndjson', 'the line is not what a leaf is made of', line);
      if (n === 1) institution = link.institution ?? '';
      if (link.previous !== previous)
        throw this.#broken(n, id, 'link-broken', 'chain.ndjson', 'it does not follow from the entries before it', line);

      const salt = salts.take(value => {
        const read = readSalt(value);
        if (!read) throw this.#broken(n, id, 'body-changed', 'salts.ndjson', 'a line is torn or holds no salt', value);
        if (read.n < n)
          throw this.#broken(n, id, 'reordered', 'salts.ndjson', `a salt of entry ${read.n} again`, value);
        return read.n === n ? read.salt : undefined;
      });
      if (salt === undefined) {
        // A body may be gone only where a later entry says so, or where the export says that it is of one case.
        if (events.peekId() === link.id)
          throw this.#broken(n, id, 'missing', 'salts.ndjson', 'the body is given, its salt is not');
        this.erased++;
        unexplained.set(link.id, link);
        erased.push(link);
      } else {
        const event = this.#event(events, link, salt);
        const caseId = event['case'] as string | undefined;
        if ((caseId === undefined) !== (link.caseN === 0))
          throw this.#broken(n, id, 'link-broken', 'chain.ndjson', 'case and case counter do not agree', line);
        if (caseId !== undefined) {
          const before = counters.get(caseId) ?? 0;
          gaps.push(...this.#caseCounter(link, before, erased));
          counters.set(caseId, link.caseN);
        }
        if (link.type === 'body.erased') {
          const entry = (event['data'] as { entry?: unknown } | undefined)?.entry;
          if (typeof entry === 'string') unexplained.delete(entry);
        }
        if (link.type === 'rulebook.adopted') {
          const adopted = (event['data'] as { digest?: unknown } | undefined)?.digest;
          if (typeof adopted === 'string' && link.rulebook !== adopted && link.rulebook !== rulebook)
            throw this.#broken(n, id, 'link-broken', 'chain.ndjson', 'it stands under another rulebook', line);
        }
      }
      rulebook = link.rulebook;
      const bytes = leafBytes(institution, link);
      const hex = hexOf(bytes);
      if (`sha256:${hex}` !== link.digest)
        throw this.#broken(n, id, 'link-broken', 'chain.ndjson', 'the leaf is not that of the line', line);
      const leaf = hashOfHex(hex);
      tree.push(leaf);
      this.root = tree.root();
      previous = `sha256:${this.root}`;
      onEntry({ link, bytes, leaf, root: this.root });
    }
    const extra = events.next();
    if (extra !== undefined) {
      const id = String(objectOf(extra)?.['id'] ?? '');
      throw this.#broken(this.entries + 1, id, 'missing', 'events.ndjson', 'an event without an entry', extra);
    }
    const spare = salts.next();
    if (spare !== undefined)
      throw this.#broken(this.entries + 1, '', 'missing', 'salts.ndjson', 'a salt without an entry', spare);
    this.#explainAll(erased, unexplained, counters, gaps);
    return { institution, entries: this.entries, erasedBodies: this.erased, root: this.root };
  }

  #event(events: Reader, link: Link, salt: string): Json {
    const line = events.next();
    const { n, id } = link;
    if (line === undefined)
      throw this.#broken(n, id, 'missing', 'events.ndjson', 'the event is not given, its salt is');
    const event = objectOf(line);
    if (!event) throw this.#broken(n, id, 'body-changed', 'events.ndjson', 'the line is torn or is no JSON', line);
    if (event['id'] !== id) {
      const later = events.some(rest => objectOf(rest)?.['id'] === id);
      const says = later ? 'the event stands further down' : 'the event is not given';
      throw this.#broken(n, id, later ? 'reordered' : 'missing', 'events.ndjson', says, line);
    }
    if (!agrees(event, link) || bodyHash(event, salt) !== link.body)
      throw this.#broken(n, id, 'body-changed', 'events.ndjson', 'the event is not the one that was entered', line);
    return event;
  }

  /** Within a case the counter runs without gaps, but for entries whose body is gone. Returns the gaps. */
  #caseCounter(link: Link, before: number, erased: readonly Link[]): { link: Link; caseN: number }[] {
    const { n, id, caseN } = link;
    if (caseN <= before) throw this.#broken(n, id, 'link-broken', 'chain.ndjson', 'the case counter goes back');
    const gaps = Array.from({ length: Math.min(caseN - before - 1, n) }, (_, i) => ({ link, caseN: before + 1 + i }));
    const missing = gaps.find(gap => !erased.some(e => e.caseN === gap.caseN));
    if (missing) throw this.#broken(n, id, 'missing', 'chain.ndjson', `entry ${missing.caseN} of its case is nowhere`);
    return gaps;
  }

  /** A body may be gone when a later entry says so. Of an export of one case only that case must be whole. */
  #explainAll(
    erased: readonly Link[],
    unexplained: ReadonlyMap<string, Link>,
    counters: ReadonlyMap<string, number>,
    gaps: readonly { readonly link: Link; readonly caseN: number }[],
  ): void {
    const scope = this.#scope;
    if (scope) {
      const last = counters.get(scope.case) ?? 0;
      if (last !== scope.entries)
        throw this.#broken(
          this.entries,
          '',
          'missing',
          'scope.json',
          `${last} of ${scope.entries} entries of the case`,
        );
      const explained = erased.filter(e => !unexplained.has(e.id));
      const gap = gaps.find(g => !explained.some(e => e.caseN === g.caseN));
      if (gap)
        throw this.#broken(
          gap.link.n,
          gap.link.id,
          'missing',
          'events.ndjson',
          `entry ${gap.caseN} of the case is not given`,
        );
      this.erased = explained.length;
      return;
    }
    const [first] = unexplained.values();
    if (first)
      throw this.#broken(first.n, first.id, 'missing', 'events.ndjson', 'the body is gone and no entry says why');
  }

  #reader(file: string, lines: Iterable<string>): Reader {
    return new Reader(lines, says => this.#broken(this.entries + 1, '', 'body-changed', file, says));
  }
  #broken(n: number, id: string, why: BreakKind, file: string, says: string, line?: string): Broken {
    return new Broken({ n, id, why, file, says, ...(line === undefined ? {} : { line: line.slice(0, 400) }) });
  }
}

/** A file's lines, one ahead. */
class Reader {
  readonly #lines: Iterator<string>;
  readonly #torn: (says: string) => Broken;
  #ahead: string | undefined;
  constructor(lines: Iterable<string>, torn: (says: string) => Broken) {
    this.#lines = lines[Symbol.iterator]();
    this.#torn = torn;
  }
  #pull(): string | undefined {
    try {
      const step = this.#lines.next();
      return step.done === true ? undefined : step.value;
    } catch (error) {
      if (error instanceof TornFile) throw this.#torn(error.message);
      throw error;
    }
  }
  next(): string | undefined {
    const line = this.#ahead ?? this.#pull();
    this.#ahead = undefined;
    return line;
  }
  /** The next line is used up when it is wanted. */
  take<T>(want: (line: string) => T | undefined): T | undefined {
    this.#ahead ??= this.#pull();
    if (this.#ahead === undefined) return undefined;
    const wanted = want(this.#ahead);
    if (wanted !== undefined) this.#ahead = undefined;
    return wanted;
  }
  peekId(): unknown {
    this.#ahead ??= this.#pull();
    return this.#ahead === undefined ? undefined : objectOf(this.#ahead)?.['id'];
  }
  /** Reads on to the end: only asked when the walk is over anyway. */
  some(is: (line: string) => boolean): boolean {
    for (;;) {
      let line: string | undefined;
      try {
        line = this.next();
      } catch {
        return false;
      }
      if (line === undefined) return false;
      if (is(line)) return true;
    }
  }
}
