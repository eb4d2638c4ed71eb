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

  /** The spans of a rule that the judge looked at. */
  function judgedSpans(rule: CompiledRule): readonly Span[] {
    const most = mostSpans();
    const all = judge.spans(rule);
    if (all.length <= most) return all;
    cut ??= tooMany(most);
    return all.slice(0, most);
  }
  /** Once a text has listed very many, each further rule lists its first. */
  const mostSpans = (): number => (listed < MOST_SPANS ? MOST_SPANS_OF_RULE : 1);
  const tooMany = (most: number): string =>
    `of a rule that hits more than ${most} times only the first places are listed`;
  /** The spans of a rule of plain groups, in the order of the text. */
  function spansOf(number: number): readonly Span[] {
    const most = mostSpans();
    let count = 0;
    for (let i = groupsOf[number] as number; i < (groupsOf[number + 1] as number); i++) {
      const term = groups[i] as number;
      if (!index.has(term)) continue;
      let left = most + 1;
      for (let h = index.first(term); h !== NONE && left > 0; h = index.next(h), left--) chosen[count++] = h;
    }
    inOrder(count);
    if (count > most) cut ??= tooMany(most);
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
  /** A term's length, what a rule of plain groups asks, and its name, without going to the strings and objects they come from. */
  const lengths = Uint16Array.from(terms, term => term.length);
  const isPlain = Uint8Array.from(rules, rule =>
    !rule.tree && !rule.exact && rule.fields === 3 && rule.near.length === 0 ? 1 : 0,
  );
  const [groups, groupsOf] = flat(rules.map(rule => [...new Set(rule.groups.flat())]));
  const [none, noneOf] = flat(rules.map(rule => rule.none));
  const names = rules.map(({ source: { id, version } }) => ({ id, version }));
  function isExcluded(number: number): boolean {
    for (let i = noneOf[number] as number; i < (noneOf[number + 1] as number); i++)
      if (index.has(none[i] as number)) return true;
    return false;
  }
  /** The certificate's spans where a rule whose groups hit holds. */
  function judged(number: number): readonly Span[] | undefined {
    if (isPlain[number] === 1) return isExcluded(number) ? undefined : spansOf(number);
    const rule = rules[number] as CompiledRule;
    return judge.miss(rule, true) === undefined ? judgedSpans(rule) : undefined;
  }

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
      const asked = waiting.find(index, index.take(hits));
      judge.take({ item, texts: [title, item.text], has: index.has, hitsOf });
      const matched: MatchCertificate[] = [];
      const held: number[] = [];
      for (let a = 0; a < asked; a++) {
        const number = waiting.rules[a] as number;
        const spans = judged(number);
        if (spans === undefined) continue;
        listed += spans.length;
        const { id, version } = names[number] as { id: string; version: string };
        matched.push({ rule: id, version, spans });
        held.push(number);
      }
      if (!options?.why) return cut === undefined ? { matched } : { matched, problem: cut };
      const holds = new Set(held);
      const not = rules.flatMap((rule, i) =>
        holds.has(i) ? [] : [{ rule: rule.source.id, because: judge.miss(rule) ?? '' }],
      );
      return { matched, not, ...(cut === undefined ? {} : { problem: cut }) };
    },
  };
}

/** Lists one behind the other in one array, and where each begins; the last number is the end. */
function flat(lists: readonly (readonly number[])[]): readonly [list: Int32Array, begins: Int32Array] {
  const begins = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (begins[i + 1] = (begins[i] as number) + list.length));
  return [Int32Array.from(lists.flat()), begins];
}
