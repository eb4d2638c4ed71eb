/**
 * The verdict of one rule on one item whose hits are known, and its reasons: the terms that counted with their offsets, or
 * the smallest part that failed. A recursive walk of the expression's tree; NEAR and sentences look at places.
 */
import { type Expression, type Field, show } from './expression.ts';
import type { Item, Span } from './match.ts';
import { byPlace, closest, type Hit, partners } from './near.ts';
import type { CompiledRule } from './rules.ts';

/** A stretch of one field in which something must hold; absent = anywhere in the fields of the mask. */
interface Stretch {
  readonly field: number;
  readonly from: number;
  readonly to: number;
}
const SENTENCE_END = /[。！？!?；;\n\r\u2028\u2029]/g;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** What is judged now: an item, its two fields, and the hits of each term. */
export interface Subject {
  readonly item: Item;
  readonly texts: readonly string[];
  /** It hits somewhere. */
  readonly has: (term: number) => boolean;
  readonly hitsOf: (term: number) => readonly Hit[];
}
/** Judges rules on the subject last handed to `take`. Made once: closures for every item would cost more than most judgements. */
export function makeJudge(termIndex: ReadonlyMap<string, number>, terms: readonly string[]) {
  let item: Item = { id: '', text: '' };
  let texts: readonly string[] = [];
  let hasHit: Subject['has'] = () => false;
  let hitsOfTerm: Subject['hitsOf'] = () => [];
  let sentences: readonly Stretch[] | undefined;
  const name = (field: number): Field => (field === 0 ? 'title' : 'text');

  /** Hits of a term in the fields of the mask, in a stretch, and to the letter where the rule asks for it. */
  function hits(term: number, rule: CompiledRule, mask: number, within?: Stretch): readonly Hit[] {
    const all = hitsOfTerm(term);
    if (all.length === 0 || (mask === 3 && !within && !rule.exact)) return all;
    const letters = rule.exact ? wordOf(term) : '';
    return all.filter(
      h =>
        ((mask >> h.field) & 1) === 1 &&
        (!within || (h.field === within.field && h.from >= within.from && h.to <= within.to)) &&
        (!rule.exact || (texts[h.field] ?? '').startsWith(letters, h.from)),
    );
  }
  /** Does a term hit? Anywhere, its places need not be known. */
  const hitsAtAll = (term: number, rule: CompiledRule, mask: number, within?: Stretch): boolean =>
    hasHit(term) && ((mask === 3 && !within && !rule.exact) || hits(term, rule, mask, within).length > 0);
  const wordOf = (term: number): string => terms[term] ?? '';
  function group(list: readonly number[], rule: CompiledRule, mask: number, within?: Stretch): Hit[] {
    const out: Hit[] = [];
    for (const t of list) if (hasHit(t)) for (const hit of hits(t, rule, mask, within)) out.push(hit);
    return out;
  }
  const idsOf = (list: readonly { readonly text: string }[]): number[] => list.map(t => termIndex.get(t.text) ?? -1);

  function sentencesOf(): readonly Stretch[] {
    if (sentences) return sentences;
    const out: Stretch[] = [{ field: 0, from: 0, to: (texts[0] ?? '').length }];
    const text = texts[1] ?? '';
    let from = 0;
    for (const end of text.matchAll(SENTENCE_END)) {
      out.push({ field: 1, from, to: end.index + 1 });
      from = end.index + 1;
    }
    if (from < text.length) out.push({ field: 1, from, to: text.length });
    sentences = out;
    return out;
  }
  /** Sentences in which a part could hold: those in which one of its terms hits. */
  function sentencesWith(ids: readonly number[], rule: CompiledRule): readonly Stretch[] {
    const found = new Set<Stretch>();
    const all = sentencesOf();
    for (const hit of group(ids, rule, rule.fields)) {
      const at = hit.field === 0 ? 0 : sentenceAt(all, hit.from);
      const sentence = all[at];
      if (sentence && hit.to <= sentence.to) found.add(sentence);
    }
    return [...found];
  }

  function holds(tree: Expression, rule: CompiledRule, within?: Stretch): boolean {
    switch (tree.kind) {
      case 'term':
        return hitsAtAll(termIndex.get(tree.text) ?? -1, rule, rule.fields, within);
      case 'and':
        return tree.parts.every(p => holds(p, rule, within));
      case 'or':
        return tree.parts.some(p => holds(p, rule, within));
      case 'not':
        return !holds(tree.part, rule, within);
      case 'near':
        return (
          closest(group(idsOf(tree.a), rule, rule.fields, within), group(idsOf(tree.b), rule, rule.fields, within))
            .gap <= tree.within
        );
      case 'sentence':
        return sentencesWith(idsIn(tree.part), rule).some(s => holds(tree.part, rule, s));
      case 'field':
        return idsOf(tree.terms).some(t => hitsAtAll(t, rule, tree.field === 'title' ? 1 : 2, within));
      case 'outlet-kind':
        return item.outletKind === tree.value;
      case 'region':
        return item.region === tree.value;
      case 'date': {
        const on = dateOf(item.publishedAt);
        return on !== undefined && on >= tree.from && on <= tree.to;
      }
    }
  }
  const idsIn = (tree: Expression): number[] => {
    if (tree.kind === 'and' || tree.kind === 'or') return tree.parts.flatMap(idsIn);
    if (tree.kind === 'not' || tree.kind === 'sentence') return idsIn(tree.part);
    if (tree.kind === 'near') return [...idsOf(tree.a), ...idsOf(tree.b)];
    if (tree.kind === 'field') return idsOf(tree.terms);
    return tree.kind === 'term' ? idsOf([tree]) : [];
  };

  /** Hits that counted for a part that holds. */
  function counted(tree: Expression, rule: CompiledRule, within?: Stretch): Hit[] {
    switch (tree.kind) {
      case 'term':
        return [...hits(termIndex.get(tree.text) ?? -1, rule, rule.fields, within)];
      case 'and':
        return tree.parts.flatMap(p => counted(p, rule, within));
      case 'or':
        return tree.parts.filter(p => holds(p, rule, within)).flatMap(p => counted(p, rule, within));
      case 'near':
        return partners(
          group(idsOf(tree.a), rule, rule.fields, within),
          group(idsOf(tree.b), rule, rule.fields, within),
          tree.within,
        );
      case 'sentence':
        return sentencesWith(idsIn(tree.part), rule)
          .filter(s => holds(tree.part, rule, s))
          .flatMap(s => counted(tree.part, rule, s));
      case 'field':
        return group(idsOf(tree.terms), rule, tree.field === 'title' ? 1 : 2, within);
      case 'not':
      case 'outlet-kind':
      case 'region':
      case 'date':
        return [];
    }
  }

  /** The smallest part that failed, in words. */
  function failed(tree: Expression, rule: CompiledRule): string {
    switch (tree.kind) {
      case 'and':
        return failed(tree.parts.find(p => !holds(p, rule)) ?? tree, rule);
      case 'not': {
        const first = counted(tree.part, rule).sort(byPlace)[0];
        return first
          ? `excluded by ${wordOf(first.term)} at ${name(first.field)} ${first.from}`
          : `excluded by ${show(tree.part)}`;
      }
      case 'near': {
        const { gap } = closest(group(idsOf(tree.a), rule, rule.fields), group(idsOf(tree.b), rule, rule.fields));
        return gap === Infinity
          ? `near: ${show(tree)} has no hit on both sides`
          : `near: ${gap} apart, ${tree.within} allowed`;
      }
      case 'sentence':
        return `no sentence holds ${show(tree.part)}`;
      case 'outlet-kind':
        return item.outletKind === undefined
          ? `kind:${tree.value}: the item has no outletKind`
          : `kind:${tree.value}: the item's is ${item.outletKind}`;
      case 'region':
        return item.region === undefined
          ? `region:${tree.value}: the item has no region`
          : `region:${tree.value}: the item's is ${item.region}`;
      case 'date': {
        const on = dateOf(item.publishedAt);
        return on === undefined ? `${show(tree)}: the item has no publishedAt` : `${show(tree)}: the item is of ${on}`;
      }
      default:
        return `${show(tree)} has no hit`;
    }
  }

  return {
    take(subject: Subject): void {
      ({ item, texts, has: hasHit, hitsOf: hitsOfTerm } = subject);
      sentences = undefined;
    },
    /** Why the rule does not hold, or undefined where it does; `met` says that each of its groups is known to have a hit. */
    miss(rule: CompiledRule, met = false): string | undefined {
      if (rule.tree) return holds(rule.tree, rule) ? undefined : failed(rule.tree, rule);
      if (!met || rule.exact || rule.fields !== 3) {
        const empty = rule.groups.findIndex(g => !g.some(t => hitsAtAll(t, rule, rule.fields)));
        if (empty >= 0) return `group ${empty + 1} has no hit`;
      }
      for (const term of rule.none) {
        const hit = hasHit(term) ? hits(term, rule, rule.fields)[0] : undefined;
        if (hit) return `excluded by ${wordOf(term)} at ${name(hit.field)} ${hit.from}`;
      }
      for (const pair of rule.near) {
        const { gap } = closest(hits(pair.a, rule, rule.fields), hits(pair.b, rule, rule.fields));
        if (gap > pair.within)
          return gap === Infinity
            ? `near: no ${wordOf(pair.a)} and ${wordOf(pair.b)} in one field`
            : `near: ${gap} apart, ${pair.within} allowed`;
      }
      return undefined;
    },
    spans(rule: CompiledRule): Span[] {
      const list: Hit[] = rule.tree ? counted(rule.tree, rule) : [];
      for (const terms of rule.groups) for (const hit of group(terms, rule, rule.fields)) list.push(hit);
      for (const p of rule.near)
        for (const hit of partners(hits(p.a, rule, rule.fields), hits(p.b, rule, rule.fields), p.within))
          list.push(hit);
      list.sort(byPlace);
      const spans: Span[] = [];
      let before: Hit | undefined;
      for (const h of list) {
        if (before && byPlace(before, h) === 0) continue;
        before = h;
        spans.push({ field: name(h.field), term: wordOf(h.term), from: h.from, to: h.to });
      }
      return spans;
    },
  };
}

/** Index of the sentence that holds an offset of the text; sentences of the text start at index 1. */
function sentenceAt(sentences: readonly Stretch[], offset: number): number {
  let low = 1;
  let high = sentences.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sentences[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The date of an instant in China's zone, which has no summer time. */
function dateOf(instant: string | undefined): string | undefined {
  if (instant === undefined) return undefined;
  const at = Date.parse(instant);
  return Number.isNaN(at) ? undefined : new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
