/**
 * Judges items against compiled rules. Every hit is a certificate: rule, version and each term that counted with its
 * offsets in the item as given; a miss can say the smallest part that failed. Characters are compared, never word segments.
 */
import type { Field } from './expression.ts';
import { makeHitIndex } from './hit-index.ts';
import { makeJudge } from './judge.ts';
import type { Hit } from './near.ts';
import type { CompiledRule, CompiledRules } from './rules.ts';
import { makeHits, MOST_HITS, NONE } from './scan.ts';
import { makeWaiting } from './waiting.ts';

export interface Item {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly outlet?: string;
  readonly outletKind?: string;
  readonly region?: string;
  readonly url?: string;
  readonly publishedAt?: string;
}
export interface Span {
  readonly field: Field;
  readonly term: string;
  /** UTF-16 units of the field as given, end excluded. */
  readonly from: number;
  readonly to: number;
}
export interface MatchCertificate {
  readonly rule: string;
  readonly version: string;
  readonly spans: readonly Span[];
}
/**
 * What one text may cost: a text of ten million characters that hits everywhere would ask for gigabytes otherwise. Whether a
 * term hits is always known up to MOST_HITS (scan.ts); places (for NEAR, SENT, the fields) and listed spans end earlier.
 */
const MOST_PLACES_OF_TERM = 20_000;
const MOST_PLACES = 1_000_000;
const MOST_SPANS_OF_RULE = 1_000;
const MOST_SPANS = 100_000;
export interface Miss {
  readonly rule: string;
  readonly because: string;
}
export interface MatchResult {
  readonly matched: readonly MatchCertificate[];
  readonly not?: readonly Miss[];
  /** The text hits so often that not everything was looked at or listed: what was left out. */
  readonly problem?: string;
}
/** Up to so many spans are put in order by hand. */
const FEW = 24;

/** A matcher over compiled rules. It keeps buffers between texts and is not re-entrant; one per thread. */
export function makeMatcher(compiled: CompiledRules): {
  readonly match: (item: Item, options?: { readonly why?: boolean }) => MatchResult;
} {
  const { rules, terms, termIndex, scanner } = compiled;
  const judge = makeJudge(termIndex, terms);
  const waiting = makeWaiting(compiled);
  const index = makeHitIndex(waiting.begins);
  const hits = makeHits();
  let inTitle = 0;
  /** Places of the terms asked for so far, and how many they are. */
  const places = new Map<number, Hit[]>();
  let kept = 0;
  /** What was left out of the item at hand, and how many spans were listed. */
  let cut: string | undefined;
  let listed = 0;

  function hitsOf(term: number): readonly Hit[] {
    const known = places.get(term);
    if (known) return known;
    const own: Hit[] = [];
    const most = kept < MOST_PLACES ? MOST_PLACES_OF_TERM : 1;
    let h = index.first(term);
    for (; h !== NONE && own.length < most; h = index.next(h)) {
      const from = hits.starts[h] as number;
      own.push({ term, field: h < inTitle ? 0 : 1, from, to: from + (lengths[term] as number) });
    }
    if (h !== NONE)
      cut = `of a term that hits more than ${MOST_PLACES_OF_TERM} times only the first places were looked at`;
    kept += own.length;
    places.set(term, own);
    return own;
  }

  /** The spans of a rule of plain groups, in the order of the text. */
  function spansOf(rule: CompiledRule, number: number): readonly Span[] {
    // Once a text has listed very many, each further rule lists its first.
    const most = listed < MOST_SPANS ? MOST_SPANS_OF_RULE : 1;
    const tooMany = `of a rule that hits more than ${most} times only the first places are listed`;
    if (rule.tree || rule.exact || rule.fields !== 3 || rule.near.length > 0) {
      const all = judge.spans(rule);
      if (all.length > most) cut ??= tooMany;
      return all.length > most ? all.slice(0, most) : all;
    }
    let count = 0;
    for (let i = groupsOf[number] as number; i < (groupsOf[number + 1] as number); i++) {
      const term = groups[i] as number;
      if (!index.has(term)) continue;
      let left = most + 1;
      for (let h = index.first(term); h !== NONE && left > 0; h = index.next(h), left--) chosen[count++] = h;
    }
    inOrder(count);
    if (count > most) cut ??= tooMany;
    const out: Span[] = [];
    for (let i = 0; i < Math.min(count, most); i++) {
      const h = chosen[i] as number;
      const term = hits.terms[h] as number;
      const from = hits.starts[h] as number;
      out.push({
        field: h < inTitle ? 'title' : 'text',
        term: terms[term] as string,
        from,
        to: from + (lengths[term] as number),
      });
    }
    return out;
  }
  /** Hits of a rule, put in order before they are listed. */
  const chosen: number[] = [];
  const byPlace = (a: number, b: number): number =>
    Number(a >= inTitle) - Number(b >= inTitle) ||
    (hits.starts[a] as number) - (hits.starts[b] as number) ||
    (lengths[hits.terms[a] as number] as number) - (lengths[hits.terms[b] as number] as number) ||
    (hits.terms[a] as number) - (hits.terms[b] as number);
  function inOrder(count: number): void {
    chosen.length = count;
    if (count > FEW) return void chosen.sort(byPlace);
    for (let i = 1; i < count; i++) {
      const own = chosen[i] as number;
      let to = i;
      for (; to > 0 && byPlace(chosen[to - 1] as number, own) > 0; to--) chosen[to] = chosen[to - 1] as number;
      chosen[to] = own;
    }
  }
  /** A term's length, and the terms of a rule's groups, without going to the strings and objects they come from. */
  const lengths = Uint16Array.from(terms, term => term.length);
  const groupsOf = new Int32Array(rules.length + 1);
  const own = rules.map(rule => [...new Set(rule.groups.flat())]);
  own.forEach((list, r) => (groupsOf[r + 1] = (groupsOf[r] as number) + list.length));
  const groups = Int32Array.from(own.flat());

  return {
    match(item, options) {
      places.clear();
      kept = 0;
      cut = undefined;
      listed = 0;
      const title = item.title ?? '';
      index.clear();
      hits.count = 0;
      if (title !== '') scanner.scan(title, hits);
      inTitle = hits.count;
      scanner.scan(item.text, hits);
      if (hits.count >= MOST_HITS) cut = `hits past the first ${MOST_HITS} were not looked at`;
      const asked = waiting.candidates(index, index.take(hits));
      judge.take({ item, texts: [title, item.text], has: index.has, hitsOf });
      const matched: MatchCertificate[] = [];
      const held = new Set<number>();
      for (const number of asked) {
        const rule = rules[number];
        if (!rule || judge.miss(rule, true) !== undefined) continue;
        const spans = spansOf(rule, number);
        listed += spans.length;
        matched.push({ rule: rule.source.id, version: rule.source.version, spans });
        if (options?.why) held.add(number);
      }
      if (!options?.why) return cut === undefined ? { matched } : { matched, problem: cut };
      const not = rules.flatMap((rule, i) =>
        held.has(i) ? [] : [{ rule: rule.source.id, because: judge.miss(rule) ?? '' }],
      );
      return { matched, not, ...(cut === undefined ? {} : { problem: cut }) };
    },
  };
}
