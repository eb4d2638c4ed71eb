/**
 * Judges items against compiled rules. Every hit is a certificate: rule, version and each term that counted with its
 * offsets in the item as given; a miss can say the smallest part that failed. Characters are compared, never word segments.
 */
import type { Field } from './expression.ts';
import { makeJudge } from './judge.ts';
import type { Hit } from './near.ts';
import type { CompiledRule, CompiledRules } from './rules.ts';
import { makeHits } from './scan.ts';

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
export interface Miss {
  readonly rule: string;
  readonly because: string;
}
export interface MatchResult {
  readonly matched: readonly MatchCertificate[];
  readonly not?: readonly Miss[];
}
const NONE = -1;

/** A matcher over compiled rules. It keeps buffers between texts and is not re-entrant; one per thread. */
export function makeMatcher(compiled: CompiledRules): {
  readonly match: (item: Item, options?: { readonly why?: boolean }) => MatchResult;
} {
  const { rules, terms, termIndex, scanner, underTerm, always } = compiled;
  const judge = makeJudge(termIndex, terms);
  const hits = makeHits();
  // Four words a term, in one line of the processor's cache: the item it last hit in, its first and last hit there (hits of
  // a term are a chain through `follower`), and where the list of rules begins that wait under it.
  const stateOf = new Int32Array(terms.length * 4);
  const waiting: number[] = [];
  terms.forEach((_, term) => {
    const rulesUnder = underTerm[term];
    stateOf[term * 4 + 3] = rulesUnder === undefined ? NONE : waiting.length;
    for (const rule of rulesUnder ?? []) waiting.push(rule);
    if (rulesUnder !== undefined) waiting.push(NONE);
  });
  const lists = Int32Array.from(waiting);
  let follower = new Int32Array(256);
  const lookedAt = new Int32Array(rules.length);
  let stamp = 0;
  let inTitle = 0;

  function hitsOf(term: number): readonly Hit[] {
    if (stateOf[term * 4] !== stamp) return [];
    const out: Hit[] = [];
    const length = terms[term]?.length ?? 0;
    for (let h = stateOf[term * 4 + 1] ?? NONE; h !== NONE; h = follower[h] ?? NONE) {
      const from = hits.starts[h] ?? 0;
      out.push({ term, field: h < inTitle ? 0 : 1, from, to: from + length });
    }
    return out;
  }
  /** Chains the hits of each term, and gathers the rules that could hold. */
  function candidates(): number[] {
    const found: number[] = [...always];
    if (follower.length < hits.count) follower = new Int32Array(hits.terms.length);
    const under: number[] = [];
    for (let h = 0; h < hits.count; h++) {
      const at = (hits.terms[h] as number) * 4;
      follower[h] = NONE;
      if (stateOf[at] === stamp) follower[stateOf[at + 2] as number] = h;
      else {
        stateOf[at] = stamp;
        stateOf[at + 1] = h;
        if (stateOf[at + 3] !== NONE) under.push(stateOf[at + 3] as number);
      }
      stateOf[at + 2] = h;
    }
    for (const begin of under) {
      for (let i = begin; lists[i] !== NONE; i++) {
        const rule = lists[i] as number;
        if (lookedAt[rule] === stamp) continue;
        lookedAt[rule] = stamp;
        if (couldHold(rules[rule] as CompiledRule)) found.push(rule);
      }
    }
    return found.sort((a, b) => a - b);
  }
  /** Whether each group of terms of which one must hit has one: what most candidates fail, asked before anything dearer. */
  function couldHold(rule: CompiledRule): boolean {
    const { needs } = rule;
    for (let at = 0; at < needs.length;) {
      const end = at + 1 + (needs[at] as number);
      let found = false;
      for (let i = at + 1; i < end && !found; i++) found = stateOf[(needs[i] as number) * 4] === stamp;
      if (!found) return false;
      at = end;
    }
    return true;
  }

  return {
    match(item, options) {
      stamp++;
      const texts = [item.title ?? '', item.text];
      hits.count = 0;
      scanner.scan(texts[0] ?? '', hits);
      inTitle = hits.count;
      scanner.scan(texts[1] ?? '', hits);
      const asked = candidates();
      judge.take({ item, texts, hitsOf });
      const matched: MatchCertificate[] = [];
      const hit = new Set<number>();
      for (const index of asked) {
        const rule = rules[index];
        if (!rule || judge.miss(rule) !== undefined) continue;
        hit.add(index);
        matched.push({ rule: rule.source.id, version: rule.source.version, spans: judge.spans(rule) });
      }
      const not = options?.why
        ? rules.flatMap((rule, i) => (hit.has(i) ? [] : [{ rule: rule.source.id, because: judge.miss(rule) ?? '' }]))
        : undefined;
      return not ? { matched, not } : { matched };
    },
  };
}
