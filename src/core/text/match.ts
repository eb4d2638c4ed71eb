/**
 * Judges items against compiled rules. Every hit is a certificate: rule, version and each term that counted with its
 * offsets in the item as given; a miss can say the smallest part that failed. Characters are compared, never word segments.
 */
import type { Field } from './expression.ts';
import { makeJudge } from './judge.ts';
import type { Hit } from './near.ts';
import type { CompiledRule, CompiledRules } from './rules.ts';
import { makeHits, MOST_HITS } from './scan.ts';

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
/** From so many hits on each term's places are gathered in one pass over all. */
const MANY_HITS = 100_000;
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
const NONE = -1;
/** Terms of one text whose hits are looked for one by one. */
const FEW_ASKED = 24;

/** A matcher over compiled rules. It keeps buffers between texts and is not re-entrant; one per thread. */
export function makeMatcher(compiled: CompiledRules): {
  readonly match: (item: Item, options?: { readonly why?: boolean }) => MatchResult;
} {
  const { rules, terms, termIndex, scanner, underTerm, always } = compiled;
  const judge = makeJudge(termIndex, terms);
  const hits = makeHits();
  // Two words a term, in one line of the processor's cache: the item it last hit in, and where the list of rules begins
  // that wait under it. Everything a text touches is flat: following objects costs more than the comparison they lead to.
  const termState = new Int32Array(terms.length * 2);
  const waiting: number[] = [];
  terms.forEach((_, term) => {
    const rulesUnder = underTerm[term];
    termState[term * 2 + 1] = rulesUnder === undefined ? NONE : waiting.length;
    for (const rule of rulesUnder ?? []) waiting.push(rule);
    if (rulesUnder !== undefined) waiting.push(NONE);
  });
  const lists = Int32Array.from(waiting);
  const { needs, needsOf } = flatNeeds(rules);
  const lookedAt = new Int32Array(rules.length);
  let stamp = 0;
  let inTitle = 0;
  /** Hits of the terms asked for so far; all of them once so many were asked that looking through the hits each time is dearer. */
  const places = new Map<number, Hit[]>();
  let gathered = false;
  /** What was left out of the item at hand, and how many spans were listed. */
  let cut: string | undefined;
  let listed = 0;
  const has = (term: number): boolean => term >= 0 && termState[term * 2] === stamp;

  function hitsOf(term: number): readonly Hit[] {
    if (!has(term)) return [];
    const known = places.get(term);
    if (known) return known;
    if (!gathered && places.size < FEW_ASKED && hits.count < MANY_HITS) {
      const own: Hit[] = [];
      for (let h = 0; h < hits.count; h++) if (hits.terms[h] === term) own.push(hitAt(h, term));
      places.set(term, own);
      return own;
    }
    if (!gathered) gather();
    return places.get(term) ?? [];
  }
  const hitAt = (h: number, term: number): Hit => {
    const from = hits.starts[h] ?? 0;
    return { term, field: h < inTitle ? 0 : 1, from, to: from + (terms[term]?.length ?? 0) };
  };
  function gather(): void {
    gathered = true;
    places.clear();
    let kept = 0;
    for (let h = 0; h < hits.count; h++) {
      const term = hits.terms[h] ?? 0;
      const known = places.get(term);
      if (!known) places.set(term, [hitAt(h, term)]);
      else if (known.length < MOST_PLACES_OF_TERM && kept < MOST_PLACES) known.push(hitAt(h, term));
      else {
        cut = `of a term that hits more than ${MOST_PLACES_OF_TERM} times only the first places were looked at`;
        continue;
      }
      kept++;
    }
  }
  /** Marks the terms that hit, and gathers the rules that could hold. */
  function candidates(): number[] {
    const found: number[] = [...always];
    const { count, terms: hit } = hits;
    let under = 0;
    if (lifted.length < count) lifted = new Int32Array(hit.length);
    for (let h = 0; h < count; h++) {
      const at = (hit[h] as number) * 2;
      if (termState[at] === stamp) continue;
      termState[at] = stamp;
      const begin = termState[at + 1] as number;
      if (begin !== NONE) lifted[under++] = begin;
    }
    for (let u = 0; u < under; u++) {
      for (let i = lifted[u] as number; lists[i] !== NONE; i++) {
        const rule = lists[i] as number;
        if (lookedAt[rule] === stamp) continue;
        lookedAt[rule] = stamp;
        if (couldHold(needsOf[rule] as number)) found.push(rule);
      }
    }
    return found.length < 2 ? found : found.sort((a, b) => a - b);
  }
  let lifted = new Int32Array(256);
  /** Whether each further group of terms of which one must hit has one: what most candidates fail, asked before anything dearer. */
  function couldHold(from: number): boolean {
    for (let at = from; needs[at] !== 0;) {
      const end = at + 1 + (needs[at] as number);
      let found = false;
      for (let i = at + 1; i < end && !found; i++) found = termState[(needs[i] as number) * 2] === stamp;
      if (!found) return false;
      at = end;
    }
    return true;
  }

  /** The spans of a rule of plain groups: its terms are marked, and the hits, which stand in order, are walked once. */
  function spansOf(rule: CompiledRule, number: number): readonly Span[] {
    // Once a text has listed very many, each further rule lists its first.
    const most = listed < MOST_SPANS ? MOST_SPANS_OF_RULE : 1;
    if (rule.tree || rule.exact || rule.fields !== 3 || rule.near.length > 0 || hits.count >= MANY_HITS) {
      const all = judge.spans(rule);
      if (all.length > most) cut ??= `of a rule that hits more than ${most} times only the first places are listed`;
      return all.length > most ? all.slice(0, most) : all;
    }
    marks++;
    for (let i = groupsOf[number] as number; i < (groupsOf[number + 1] as number); i++)
      markOf[groups[i] as number] = marks;
    const out: Span[] = [];
    const { count, terms: hit, starts } = hits;
    for (let h = 0; h < count; h++) {
      const term = hit[h] as number;
      if (markOf[term] !== marks) continue;
      if (out.length === most) {
        cut ??= `of a rule that hits more than ${most} times only the first places are listed`;
        break;
      }
      const from = starts[h] as number;
      const to = from + (lengths[term] as number);
      out.push({ field: h < inTitle ? 'title' : 'text', term: terms[term] as string, from, to });
    }
    return out;
  }
  /** A term's length, and the terms of a rule's groups, without going to the strings and objects they come from. */
  const lengths = Uint16Array.from(terms, term => term.length);
  const groupsOf = new Int32Array(rules.length + 1);
  rules.forEach(
    (rule, r) => (groupsOf[r + 1] = (groupsOf[r] as number) + rule.groups.reduce((n, g) => n + g.length, 0)),
  );
  const groups = Int32Array.from(rules.flatMap(rule => rule.groups.flat()));
  const markOf = new Int32Array(terms.length);
  let marks = 0;

  return {
    match(item, options) {
      stamp++;
      places.clear();
      gathered = false;
      cut = undefined;
      listed = 0;
      const texts = [item.title ?? '', item.text];
      hits.count = 0;
      scanner.scan(texts[0] ?? '', hits);
      inTitle = hits.count;
      scanner.scan(texts[1] ?? '', hits);
      if (inTitle >= MOST_HITS || hits.count >= MOST_HITS) cut = `hits past the first ${MOST_HITS} were not looked at`;
      const asked = candidates();
      judge.take({ item, texts, has, hitsOf });
      const matched: MatchCertificate[] = [];
      const hit = new Set<number>();
      for (const index of asked) {
        const rule = rules[index];
        if (!rule || judge.miss(rule, true) !== undefined) continue;
        hit.add(index);
        const spans = spansOf(rule, index);
        listed += spans.length;
        matched.push({ rule: rule.source.id, version: rule.source.version, spans });
      }
      const not = options?.why
        ? rules.flatMap((rule, i) => (hit.has(i) ? [] : [{ rule: rule.source.id, because: judge.miss(rule) ?? '' }]))
        : undefined;
      return { matched, ...(not ? { not } : {}), ...(cut === undefined ? {} : { problem: cut }) };
    },
  };
}

/** The needs of all rules in one array, each ended by 0; the group under which a rule waits has hit already and is left out. */
function flatNeeds(rules: readonly CompiledRule[]) {
  const needsOf = new Int32Array(rules.length);
  let size = 0;
  rules.forEach((rule, r) => {
    needsOf[r] = size;
    size += rule.needs.length - Math.min(rule.needs.length, 1 + (rule.needs[0] ?? 0)) + 1;
  });
  const needs = new Int32Array(size);
  rules.forEach((rule, r) => needs.set(rule.needs.subarray(1 + (rule.needs[0] ?? 0)), needsOf[r]));
  return { needs, needsOf };
}
