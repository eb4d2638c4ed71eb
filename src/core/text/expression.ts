/**
 * The rule expressions of the command-line contract, section 7, read into a tree with positions.
 * NOT binds tighter than AND, AND tighter than OR; words in capitals. A fault names its place and what was expected.
 */

export type Field = 'title' | 'text';
export interface Term {
  readonly kind: 'term';
  readonly text: string;
  readonly at: number;
}
export type Expression =
  | Term
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[]; readonly at: number }
  | { readonly kind: 'not'; readonly part: Expression; readonly at: number }
  | {
      readonly kind: 'near';
      readonly a: readonly Term[];
      readonly b: readonly Term[];
      readonly within: number;
      readonly at: number;
    }
  | { readonly kind: 'sentence'; readonly part: Expression; readonly at: number }
  | { readonly kind: 'field'; readonly field: Field; readonly terms: readonly Term[]; readonly at: number }
  | { readonly kind: 'outlet-kind' | 'region'; readonly value: string; readonly at: number }
  | { readonly kind: 'date'; readonly from: string; readonly to: string; readonly at: number };

export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';
  /** UTF-16 offset in the expression. */
  readonly at: number;
  constructor(at: number, message: string) {
    super(`at ${at}: ${message}`);
    this.at = at;
  }
}

const MAX_DEPTH = 32;
const FILTERS = new Set(['title', 'text', 'kind', 'region', 'date']);
const KEY = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/;

type Token =
  | { readonly t: 'word'; readonly text: string; readonly at: number; readonly quoted: boolean }
  | { readonly t: '(' | ')' | ':' | 'end'; readonly at: number };

function tokens(source: string): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < source.length;) {
    const ch = source[i] ?? '';
    if (/\s/.test(ch)) i++;
    else if (ch === '(' || ch === ')' || ch === ':') out.push({ t: ch, at: i++ });
    else if (ch === '"') {
      const close = source.indexOf('"', i + 1);
      if (close < 0) throw new ExpressionFault(i, 'the quote is never closed');
      if (close === i + 1) throw new ExpressionFault(i, 'an empty term hits everywhere and nowhere; write a word');
      out.push({ t: 'word', text: source.slice(i + 1, close), at: i, quoted: true });
      i = close + 1;
    } else {
      const from = i;
      while (i < source.length && !/[\s"():]/.test(source[i] ?? '')) i++;
      out.push({ t: 'word', text: source.slice(from, i), at: from, quoted: false });
    }
  }
  out.push({ t: 'end', at: source.length });
  return out;
}

const isReal = (text: string, year: number, month: number, day: number): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return isReal(text, year, month, day);
}

/** Reads one expression; throws ExpressionFault with the place of the first fault. */
export function readExpression(source: string): Expression {
  const list = tokens(source);
  let place = 0;
  const peek = (ahead = 0): Token => list[Math.min(place + ahead, list.length - 1)] ?? { t: 'end', at: source.length };
  const isWord = (token: Token, text: string): boolean => token.t === 'word' && !token.quoted && token.text === text;
  const nearOf = (token: Token): number | undefined => {
    if (token.t !== 'word' || token.quoted || !token.text.startsWith('NEAR')) return undefined;
    const match = /^NEAR\/(\d+)$/.exec(token.text);
    if (match?.[1]) return Number(match[1]);
    if (token.text === 'NEAR' || token.text.startsWith('NEAR/'))
      throw new ExpressionFault(token.at, 'NEAR needs a number of characters, as in NEAR/20');
    return undefined;
  };
  const deeper = (depth: number, at: number): number => {
    if (depth >= MAX_DEPTH) throw new ExpressionFault(at, `more than ${MAX_DEPTH} levels deep; write it flatter`);
    return depth + 1;
  };

  function many(kind: 'and' | 'or', word: string, depth: number, read: (depth: number) => Expression): Expression {
    const first = read(depth);
    const parts = [first];
    while (isWord(peek(), word)) {
      place++;
      parts.push(read(depth));
    }
    return parts.length === 1 ? first : { kind, parts, at: first.at };
  }
  const or = (depth: number): Expression => many('or', 'OR', depth, and);
  const and = (depth: number): Expression => many('and', 'AND', depth, not);

  function not(depth: number): Expression {
    const token = peek();
    if (!isWord(token, 'NOT')) return unit(depth);
    place++;
    return { kind: 'not', part: not(deeper(depth, token.at)), at: token.at };
  }

  function term(): Term {
    const token = peek();
    if (token.t !== 'word') throw new ExpressionFault(token.at, 'a term was expected here');
    if (!token.quoted && /^(AND|OR|NOT|NEAR(\/.*)?|SENT)$/.test(token.text))
      throw new ExpressionFault(
        token.at,
        `${token.text} joins terms; a term was expected here (quote it to search for the word)`,
      );
    place++;
    return { kind: 'term', text: token.text, at: token.at };
  }
  /** term | "(" term { OR term } ")" */
  function operand(): Term[] {
    const open = peek();
    if (open.t !== '(') return [term()];
    place++;
    if (peek().t === ')') throw new ExpressionFault(open.at, 'the parentheses are empty');
    const terms = [term()];
    while (isWord(peek(), 'OR')) {
      place++;
      terms.push(term());
    }
    close(open.at);
    return terms;
  }
  function close(opened: number): void {
    const token = peek();
    if (token.t !== ')') throw new ExpressionFault(token.at, `")" was expected for the "(" at ${opened}`);
    place++;
  }

  function unit(depth: number): Expression {
    const token = peek();
    if (token.t === '(') {
      const mark = place;
      place++;
      if (peek().t === ')') throw new ExpressionFault(token.at, 'the parentheses are empty');
      const inside = or(deeper(depth, token.at));
      close(token.at);
      if (nearOf(peek()) === undefined) return inside;
      place = mark; // an operand of NEAR holds only terms joined by OR: read it again as that
      return near(operand(), token.at);
    }
    if (isWord(token, 'SENT') && peek(1).t === '(') {
      place += 2;
      if (peek().t === ')') throw new ExpressionFault(token.at, 'SENT() is empty');
      const part = or(deeper(depth, token.at));
      close(peek(-1).at);
      return { kind: 'sentence', part, at: token.at };
    }
    if (token.t === 'word' && !token.quoted && peek(1).t === ':') {
      if (!FILTERS.has(token.text))
        throw new ExpressionFault(
          token.at,
          `"${token.text}:" is no filter; there are title:, text:, kind:, region:, date:`,
        );
      place += 2;
      return filter(token.text, token.at);
    }
    const first = term();
    return nearOf(peek()) === undefined ? first : near([first], first.at);
  }
  function near(a: Term[], at: number): Expression {
    const within = nearOf(peek()) ?? 0;
    place++;
    return { kind: 'near', a, b: operand(), within, at };
  }
  function filter(name: string, at: number): Expression {
    if (name === 'title' || name === 'text') return { kind: 'field', field: name, terms: operand(), at };
    const value = term().text;
    if (name === 'date') {
      const [from = '', to = '', more] = value.split('..');
      if (more !== undefined || !isDate(from) || !isDate(to) || from > to)
        throw new ExpressionFault(at, `date: takes two dates, the earlier first, as in date:2026-05-01..2026-05-09`);
      return { kind: 'date', from, to, at };
    }
    if (!KEY.test(value)) throw new ExpressionFault(at, `${name}: takes a key such as forum, not "${value}"`);
    return { kind: name === 'kind' ? 'outlet-kind' : 'region', value, at };
  }

  if (peek().t === 'end') throw new ExpressionFault(0, 'the expression is empty');
  const tree = or(0);
  const rest = peek();
  if (rest.t !== 'end') throw new ExpressionFault(rest.at, 'AND, OR or NEAR/n was expected here');
  if (onlyExcludes(tree))
    throw new ExpressionFault(
      tree.at,
      'only NOT at its top: the rule would hit almost everything; say what it looks for',
    );
  return tree;
}

/** Does the tree hold without any hit? Such a rule would match nearly every text. */
function onlyExcludes(tree: Expression): boolean {
  if (tree.kind === 'not') return true;
  if (tree.kind === 'and') return tree.parts.every(onlyExcludes);
  if (tree.kind === 'or') return tree.parts.some(onlyExcludes);
  return tree.kind === 'sentence' && onlyExcludes(tree.part);
}

/** In quotes where a word would not be read as one word again. */
const quoted = (text: string): string =>
  /[\s():]/.test(text) || /^(AND|OR|NOT|SENT|NEAR(\/.*)?)$/.test(text) ? `"${text}"` : text;

/** The expression in words, as messages and certificates quote it. */
export function show(tree: Expression): string {
  const group = (terms: readonly Term[]) =>
    terms.length === 1 ? quoted(terms[0]?.text ?? '') : `(${terms.map(t => quoted(t.text)).join(' OR ')})`;
  switch (tree.kind) {
    case 'term':
      return quoted(tree.text);
    case 'and':
      return tree.parts.map(p => (p.kind === 'or' ? `(${show(p)})` : show(p))).join(' AND ');
    case 'or':
      return tree.parts.map(show).join(' OR ');
    case 'not':
      return `NOT ${['and', 'or', 'not'].includes(tree.part.kind) ? `(${show(tree.part)})` : show(tree.part)}`;
    case 'near':
      return `${group(tree.a)} NEAR/${tree.within} ${group(tree.b)}`;
    case 'sentence':
      return `SENT(${show(tree.part)})`;
    case 'field':
      return `${tree.field}:${group(tree.terms)}`;
    case 'outlet-kind':
      return `kind:${quoted(tree.value)}`;
    case 'region':
      return `region:${quoted(tree.value)}`;
    case 'date':
      return `date:${tree.from}..${tree.to}`;
  }
}
