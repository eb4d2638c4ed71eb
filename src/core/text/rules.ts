/**
 * Rules of concern as people write them (command-line contract, section 7), checked and compiled: every distinct term
 * into one scanner, every rule under the group of terms that is likely rarest, so that a text touches few rules.
 */
import { type Expression, ExpressionFault, type Field, readExpression, type Term } from './expression.ts';
import { A_NAME, personalTerm } from './personal.ts';
import { makeScanner, type Scanner } from './scan.ts';

export interface RuleSource {
  readonly id: string;
  readonly version: string;
  readonly all?: readonly (readonly string[])[];
  readonly none?: readonly string[];
  readonly near?: readonly { readonly a: string; readonly b: string; readonly within: number }[];
  readonly in?: readonly Field[];
  readonly width?: 'fold' | 'exact';
  readonly expr?: string;
}
/** One thing wrong with a rule: `place` is where in the list, `key` in the rule. */
export interface RuleFault {
  readonly code: 'HY-I2' | 'HY-I3' | 'HY-I6' | 'HY-I9' | 'HY-I12';
  readonly place: string;
  readonly message: string;
}
/** A rule ready to be judged. `terms` are indexes into the scanner. */
export interface CompiledRule {
  readonly source: RuleSource;
  readonly exact: boolean;
  /** Bit 0 = title, bit 1 = text. */
  readonly fields: number;
  readonly groups: readonly (readonly number[])[];
  readonly none: readonly number[];
  readonly near: readonly { readonly a: number; readonly b: number; readonly within: number }[];
  readonly tree?: Expression;
  /** Groups of terms of which one must hit, flat: how many, then the terms, and so on; the likely rarest first. */
  readonly needs: Int32Array;
}
export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  readonly terms: readonly string[];
  readonly termIndex: ReadonlyMap<string, number>;
  readonly scanner: Scanner;
  /** Term → rules to look at when it hits. */
  readonly underTerm: readonly (readonly number[] | undefined)[];
  /** Rules that can hold without any one term (a filter beside OR): looked at for every text. */
  readonly always: readonly number[];
}

const KEYS = new Set(['id', 'version', 'all', 'none', 'near', 'in', 'width', 'expr']);
const MAX_TERMS = 20_000;
const MAX_TERM_LENGTH = 200;
const isObject = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

/** Every fault of a list of rules, or the rules. `directory`: names held in the office directory, which may be searched for. */
export function readRules(
  value: unknown,
  directory: readonly string[] = [],
): {
  readonly rules: readonly RuleSource[];
  readonly faults: readonly RuleFault[];
} {
  const faults: RuleFault[] = [];
  const list = isObject(value) ? value['rules'] : undefined;
  if (!Array.isArray(list))
    return { rules: [], faults: [{ code: 'HY-I2', place: 'rules', message: 'a list "rules" is needed' }] };
  const seen = new Set<string>();
  const rules: RuleSource[] = [];
  for (const [n, rule] of list.entries()) {
    const place = `rules[${n}]`;
    const before = faults.length;
    const fault = (code: RuleFault['code'], key: string, message: string) =>
      void faults.push({ code, place: key ? `${place}.${key}` : place, message });
    if (!isObject(rule)) {
      fault('HY-I3', '', 'a rule is an object');
      continue;
    }
    for (const key of Object.keys(rule))
      if (!KEYS.has(key)) fault('HY-I3', key, `there is no key "${key}"; there are ${[...KEYS].join(', ')}`);
    for (const key of ['id', 'version']) {
      const v = rule[key];
      if (v === undefined || v === '') fault('HY-I2', key, `the rule needs "${key}", a text`);
      else if (typeof v !== 'string') fault('HY-I3', key, `"${key}" is a text, as in "3"`);
    }
    const id = rule['id'];
    if (typeof id === 'string' && id !== '') {
      if (seen.has(id)) fault('HY-I6', 'id', `the id "${id}" stands twice`);
      seen.add(id);
    }
    checkBody(rule, new Set(directory), fault);
    if (faults.length === before) rules.push(rule as unknown as RuleSource); // every key has just been checked
  }
  return { rules, faults };
}

function checkBody(
  rule: Record<string, unknown>,
  directory: ReadonlySet<string>,
  fault: (code: RuleFault['code'], key: string, message: string) => void,
): void {
  let terms = 0;
  const checkTerm = (term: unknown, key: string): void => {
    terms++;
    if (typeof term !== 'string') return fault('HY-I3', key, 'a term is a text');
    if (term.trim() === '') return fault('HY-I2', key, 'an empty term hits everywhere and nowhere; write a word');
    if (term.length > MAX_TERM_LENGTH) return fault('HY-I12', key, `a term has at most ${MAX_TERM_LENGTH} characters`);
    const personal = personalTerm(term, directory);
    if (personal !== undefined)
      fault(
        'HY-I9',
        key,
        `"${term}" is ${personal}: rules look for matters, places and institutions, never for a person${
          personal === A_NAME ? ' (names held in the office directory may be watched for)' : ''
        }`,
      );
  };
  const checkList = (list: unknown, key: string): void => {
    if (!Array.isArray(list)) return fault('HY-I3', key, 'a list of terms is needed');
    list.forEach((term, i) => checkTerm(term, `${key}[${i}]`));
  };
  if (rule['width'] !== undefined && rule['width'] !== 'fold' && rule['width'] !== 'exact')
    fault('HY-I3', 'width', '"width" is fold or exact');
  const fields = rule['in'];
  if (
    fields !== undefined &&
    (!Array.isArray(fields) || fields.length === 0 || fields.some(f => f !== 'title' && f !== 'text'))
  )
    fault('HY-I3', 'in', '"in" is a list of title and text');

  if (rule['expr'] !== undefined) {
    for (const key of ['all', 'none', 'near', 'in'])
      if (rule[key] !== undefined) fault('HY-I3', key, `"expr" stands instead of "${key}"; say it in the expression`);
    if (typeof rule['expr'] !== 'string') return fault('HY-I3', 'expr', '"expr" is a text');
    try {
      for (const term of termsOf(readExpression(rule['expr']))) checkTerm(term.text, `expr at ${term.at}`);
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      fault('HY-I3', 'expr', error.message);
    }
  } else {
    const all = rule['all'];
    if (!Array.isArray(all) || all.length === 0)
      return fault('HY-I2', 'all', 'the rule needs "all" (lists of terms) or "expr"');
    all.forEach((group, i) => {
      if (Array.isArray(group) && group.length === 0)
        fault('HY-I2', `all[${i}]`, 'the group is empty: no text could ever match');
      else checkList(group, `all[${i}]`);
    });
    if (rule['none'] !== undefined) checkList(rule['none'], 'none');
    const near = rule['near'];
    if (near !== undefined && !Array.isArray(near)) fault('HY-I3', 'near', '"near" is a list of {a, b, within}');
    else
      for (const [i, pair] of ((near ?? []) as unknown[]).entries()) {
        if (!isObject(pair)) fault('HY-I3', `near[${i}]`, 'a pair is {a, b, within}');
        else {
          for (const key of Object.keys(pair))
            if (!['a', 'b', 'within'].includes(key)) fault('HY-I3', `near[${i}].${key}`, 'a pair is {a, b, within}');
          for (const key of ['a', 'b']) {
            if (pair[key] === undefined) fault('HY-I2', `near[${i}].${key}`, 'a pair needs "a", "b" and "within"');
            else checkTerm(pair[key], `near[${i}].${key}`);
          }
          const within = pair['within'];
          if (within === undefined)
            fault('HY-I2', `near[${i}].within`, 'a pair needs "within", a number of characters');
          else if (!Number.isInteger(within) || (within as number) < 0)
            fault('HY-I3', `near[${i}].within`, '"within" is a whole number of characters');
        }
      }
  }
  if (terms > MAX_TERMS) fault('HY-I12', '', `a rule has at most ${MAX_TERMS} terms; this one has ${terms}`);
}

/** All terms of a tree, excluded ones too. */
export function termsOf(tree: Expression): Term[] {
  switch (tree.kind) {
    case 'term':
      return [tree];
    case 'and':
    case 'or':
      return tree.parts.flatMap(termsOf);
    case 'not':
    case 'sentence':
      return termsOf(tree.part);
    case 'near':
      return [...tree.a, ...tree.b];
    case 'field':
      return [...tree.terms];
    case 'outlet-kind':
    case 'region':
    case 'date':
      return [];
  }
}

/** How often a term is likely to hit, for choosing under which group a rule waits: shorter is commoner, Latin letters more so. */
const likely = (term: string): number => {
  let log = 0;
  for (let i = 0; i < term.length && i < 12; i++) log += term.charCodeAt(i) < 0x2e80 ? 1.2 : 3;
  return 2 ** -log;
};
const weight = (terms: readonly string[]): number => terms.reduce((sum, t) => sum + likely(t), 0);

/** Sets of terms of which at least one must hit each; none where no term must. */
function needed(tree: Expression): readonly (readonly string[])[] {
  switch (tree.kind) {
    case 'term':
      return [[tree.text]];
    case 'field':
      return [tree.terms.map(t => t.text)];
    case 'near':
      return [tree.a.map(t => t.text), tree.b.map(t => t.text)];
    case 'sentence':
      return needed(tree.part);
    case 'and':
      return tree.parts.flatMap(needed);
    case 'or': {
      const sets = tree.parts.map(part => rarestFirst(needed(part))[0]);
      return sets.every(s => s !== undefined) ? [sets.flat()] : [];
    }
    case 'not':
    case 'outlet-kind':
    case 'region':
    case 'date':
      return [];
  }
}
function rarestFirst(sets: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return sets.length < 2 ? sets : [...sets].sort((a, b) => weight(a) - weight(b));
}

/** Every distinct term, those likely to hit most often first: what every text asks about lies side by side in memory. */
function likeliestFirst(sources: readonly RuleSource[]): string[] {
  const seen = new Set<string>();
  for (const { all = [], none = [], near = [], expr } of sources) {
    for (const group of all) for (const term of group) seen.add(term);
    for (const term of none) seen.add(term);
    for (const { a, b } of near) seen.add(a).add(b);
    if (expr !== undefined) for (const term of termsOf(readExpression(expr))) seen.add(term.text);
  }
  const terms = [...seen];
  const weights = Float64Array.from(terms, likely);
  const order = Uint32Array.from(terms, (_, i) => i).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  return Array.from(order, i => terms[i] ?? '');
}

/** Compiles rules that `readRules` found no fault with. */
export function compileRules(sources: readonly RuleSource[]): CompiledRules {
  const terms = likeliestFirst(sources);
  const termIndex = new Map(terms.map((term, i) => [term, i]));
  const indexOf = (term: string): number => termIndex.get(term) ?? -1;
  const underTerm: (number[] | undefined)[] = [];
  const always: number[] = [];
  /** A rule waits under its rarest group; without one it is looked at for every text. */
  const wait = (rule: number, sets: readonly (readonly string[])[]): Int32Array => {
    const groups = rarestFirst(sets).map(set => [...new Set(set)].map(indexOf));
    if (groups.length === 0) always.push(rule);
    for (const term of groups[0] ?? []) (underTerm[term] ??= []).push(rule);
    return Int32Array.from(groups.flatMap(group => [group.length, ...group]));
  };
  const rules = sources.map((source, n): CompiledRule => {
    const fields = (source.in ?? ['title', 'text']).reduce((mask, f) => mask | (f === 'title' ? 1 : 2), 0);
    const base = { source, exact: source.width === 'exact', fields };
    if (source.expr !== undefined) {
      const tree = readExpression(source.expr);
      for (const term of termsOf(tree)) indexOf(term.text);
      return { ...base, groups: [], none: [], near: [], tree, needs: wait(n, needed(tree)) };
    }
    const all = source.all ?? [];
    const near = source.near ?? [];
    return {
      ...base,
      groups: all.map(group => group.map(indexOf)),
      none: (source.none ?? []).map(indexOf),
      near: near.map(p => ({ a: indexOf(p.a), b: indexOf(p.b), within: p.within })),
      needs: wait(n, [...all, ...near.flatMap(p => [[p.a], [p.b]])]),
    };
  });
  return { rules, terms, termIndex, scanner: makeScanner(terms), underTerm, always };
}
