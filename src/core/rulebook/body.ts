/**
 * The body of a block: a YAML 1.2 mapping with positions. No anchors, aliases or tags; a repeated key is a problem.
 * Full-width punctuation and digits outside quotes are read as their half-width forms.
 */
import { isAlias, isMap, isScalar, type Node, parseDocument, type Pair, visit } from 'yaml';
import { cells } from './problem.ts';
import type { Position } from './types.ts';

export interface Entry {
  readonly key: string;
  readonly value: unknown;
  readonly keyAt: Position;
  readonly at: Position;
  readonly length: number;
}
export interface BodyFault {
  readonly at: Position;
  readonly what: 'not-a-mapping' | 'yaml' | 'repeated' | 'alias' | 'tag';
  readonly message: string;
}
export interface Body {
  readonly entries: readonly Entry[];
  readonly faults: readonly BodyFault[];
  /** Something full-width was folded: a note, not a fault. */
  readonly folded: boolean;
}

const MOST_YAML_FAULTS = 20;
const WIDE: Readonly<Record<string, string>> = {
  '：': ': ',
  '，': ', ',
  '［': '[',
  '］': ']',
  '｛': '{',
  '｝': '}',
  '（': '(',
  '）': ')',
  '＝': '=',
  '｜': '|',
};

/** Folds outside quotes, line by line; what is inside quotes is left alone. Widths on the screen stay the same. */
export function foldWide(text: string): string {
  let out = '';
  let quote = '';
  for (const ch of text) {
    if (quote) {
      if (ch === quote) quote = '';
      out += ch;
    } else if (ch === '"' || ch === "'") {
      quote = ch;
      out += ch;
    } else if (ch === '\n') out += ch;
    else if (ch >= '０' && ch <= '９') out += String.fromCharCode(ch.charCodeAt(0) - 0xfee0);
    else out += WIDE[ch] ?? ch;
  }
  return out;
}

/** Reads a body that begins on line `first` of the file. */
export function readBody(source: string, first: number): Body {
  try {
    return readWhole(source, first);
  } catch (error) {
    // The parser calls itself for each level; a body a thousand deep is no regulation.
    if (!(error instanceof RangeError)) throw error;
    const at = { line: first, column: 1 };
    return { entries: [], faults: [{ at, what: 'yaml', message: 'is nested too deeply' }], folded: false };
  }
}
function readWhole(source: string, first: number): Body {
  // An apostrophe inside a word opens no quote, so only bodies that hold wide marks are folded at all.
  const folded = /[：，［］｛｝（）＝｜０-９]/.test(source) ? foldWide(source) : source;
  const position = (offset: number): Position => {
    const before = folded.slice(0, offset);
    const line = before.split('\n').length;
    return { line: first + line - 1, column: cells(before.slice(before.lastIndexOf('\n') + 1)) + 1 };
  };
  const document = parseDocument(folded, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  // One torn bracket can earn thousands; each is looked up in the text, so only the first ones are told.
  const faults: BodyFault[] = document.errors.slice(0, MOST_YAML_FAULTS).map(error => ({
    at: position(error.pos[0]),
    what: 'yaml' as const,
    message: error.message.split('\n')[0] ?? 'cannot be read',
  }));
  if (faults.length > 0) return { entries: [], faults, folded: folded !== source };
  let hasDeepKey = false;
  visit(document, (_key, node) => {
    if (isAlias(node))
      faults.push({
        at: position(node.range?.[0] ?? 0),
        what: 'alias',
        message: 'an alias (*name) is not part of the notation',
      });
    const n = node as Node | null;
    if (n && typeof n === 'object' && 'anchor' in n && n.anchor)
      faults.push({
        at: position(n.range?.[0] ?? 0),
        what: 'alias',
        message: 'an anchor (&name) is not part of the notation',
      });
    if (n && typeof n === 'object' && 'tag' in n && n.tag)
      faults.push({
        at: position(n.range?.[0] ?? 0),
        what: 'tag',
        message: 'a tag (!name) is not part of the notation',
      });
    if (isMap(node)) {
      const seen = new Set<string>();
      for (const pair of node.items) {
        if (pair.key !== null && !isScalar(pair.key)) {
          hasDeepKey = true;
          faults.push({
            at: position(startOf(pair.key)),
            what: 'yaml',
            message: 'a key is one word, no list and no map',
          });
          continue;
        }
        const key = isScalar(pair.key) ? String(pair.key.value) : '';
        if (seen.has(key))
          faults.push({ at: position(startOf(pair.key)), what: 'repeated', message: `"${key}" stands twice` });
        seen.add(key);
      }
    }
  });
  if (document.contents === null) return { entries: [], faults, folded: folded !== source };
  if (!isMap(document.contents)) {
    faults.push({ at: position(0), what: 'not-a-mapping', message: 'a block holds "key: value" lines' });
    return { entries: [], faults, folded: folded !== source };
  }
  const hasAlias = faults.some(f => f.what === 'alias');
  const entries = document.contents.items.map((pair: Pair): Entry => {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const value = pair.value as Node | null;
    const range = value?.range ?? undefined;
    const at = position(range?.[0] ?? startOf(pair.key));
    const firstLine = folded.slice(range?.[0] ?? 0, range?.[1] ?? 0).split('\n')[0] ?? '';
    return {
      key,
      // An alias may point to nothing, or to more than memory holds, and a map as a key is written out again and again:
      // with one of these, no value is made at all.
      value: value === null || hasAlias || hasDeepKey ? null : value.toJS(document),
      keyAt: position(startOf(pair.key)),
      at,
      length: Math.max(1, cells(firstLine.trimEnd())),
    };
  });
  return { entries, faults, folded: folded !== source };
}

function startOf(key: unknown): number {
  return (key as Node | null)?.range?.[0] ?? 0;
}
