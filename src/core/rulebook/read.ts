/** A rulebook file read: the data, or everything that is wrong with it at once. Names are gathered before rules are read. */
import { isScalar, parseDocument, visit } from 'yaml';
import { nearest } from './nearest.ts';
import { type Block, type Cut, articleNumber, cut } from './cut.ts';
import { type Body, readBody } from './body.ts';
import { type Code } from './codes.ts';
import { keyWord, KEYWORDS, KIND_ZH, kindOf, KINDS, MAY_LACK_CLAUSE, RESERVED } from './keywords.ts';
import { cells, makeProblem } from './problem.ts';
import { readRule } from './read-rule.ts';
import { addTerms, NO_TERMS } from './read-terms.ts';
import { ValueFault } from './read-value.ts';
import type {
  Clause,
  Passage,
  Position,
  Problem,
  ReadResult,
  Rule,
  RuleBase,
  Rulebook,
  RuleKind,
  Terms,
} from './types.ts';

export interface RulebookFile {
  /** As it is shown in messages: `rulebooks/petition/rulebook.md`. */
  readonly file: string;
  readonly text: string;
  /** `sha256:…` of the file's bytes. */
  readonly digest: string;
}
const CLAUSE = /^[A-Z][A-Za-z0-9]*-[A-Za-z0-9.]+$/;
const FRONT_KEYS = [
  'institution',
  'title',
  'notation',
  'in-force',
  'version',
  'source',
  'scope',
  'parent',
  'readings',
  'language',
];

interface Fence {
  readonly block: Block;
  readonly kind: RuleKind;
  readonly clauses: readonly string[];
  readonly body: Body;
  readonly base: RuleBase;
}

export function readRulebook({ file, text, digest }: RulebookFile): ReadResult {
  const problems: Problem[] = [];
  const pieces = cut(text.startsWith('\ufeff') ? text.slice(1) : text);
  const start: Position = { line: 1, column: 1 };
  const tell = (
    at: Position,
    code: Code,
    message: string,
    mend: string,
    more: Parameters<typeof makeProblem>[5] = {},
  ) => void problems.push(makeProblem(file, at, code, message, mend, more));
  if (pieces.openFront) tell(start, 'HY-R1', 'the front matter is never closed', 'end it with a line ---');
  else if (!pieces.front)
    tell(start, 'HY-R1', 'the front matter is missing', 'begin the file with ---, the keys, and ---');
  if (pieces.openFence !== undefined)
    tell(
      { line: pieces.openFence, column: 1 },
      'HY-R1',
      'this fence is never closed',
      'end the block with a line of three backticks',
    );
  const front = readFront(pieces, tell);

  const fences = pieces.pieces.flatMap(p => (p.kind === 'block' ? fence(p, tell) : []));
  let terms = NO_TERMS;
  for (const f of fences) {
    if (f.kind !== 'terms') continue;
    try {
      terms = addTerms(terms, f.body.entries);
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
      tell(f.body.entries[0]?.at ?? f.base.at, error.code, error.message, error.mend);
    }
  }
  const rules = new Map<Block, Rule>();
  for (const f of fences) {
    const rule = ruleOf(f, terms, tell);
    if (rule) rules.set(f.block, rule);
  }
  problems.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  if (!front || problems.some(p => p.severity === 'error')) return { ok: false, problems };
  const rulebook: Rulebook = {
    file,
    digest,
    ...front,
    terms,
    rules: [...rules.values()],
    clauses: clausesOf(fences),
    passages: passagesOf(pieces, rules),
  };
  return { ok: true, rulebook, problems };
}

type Tell = (at: Position, code: Code, message: string, mend: string, more?: Parameters<typeof makeProblem>[5]) => void;
type Front = Omit<Rulebook, 'file' | 'digest' | 'terms' | 'rules' | 'clauses' | 'passages'>;

function readFront(pieces: Cut, tell: Tell): Front | undefined {
  if (!pieces.front) return undefined;
  let value: unknown;
  try {
    // The parser calls itself for each level, and nothing here is nested deeply.
    if (/(?:[{[]\s*){8}/.test(pieces.front.text)) throw new Error('it is nested too deeply');
    const document = parseDocument(pieces.front.text, {
      version: '1.2',
      schema: 'core',
      prettyErrors: false,
      logLevel: 'silent',
    });
    const [fault] = document.errors;
    if (fault) throw fault;
    visit(document, {
      // A list or a map as a key is written out as a text, and one within the other again and again.
      Pair: (_key, { key }) => {
        if (!isScalar(key)) throw new Error('a key is a word, not a list or a map');
      },
    });
    value = document.toJS();
  } catch (error) {
    tell(
      { line: pieces.front.line, column: 1 },
      'HY-R1',
      `the front matter cannot be read: ${(error as Error).message.split('\n')[0]}`,
      'write "key: value" lines',
    );
    return undefined;
  }
  const lines = pieces.front.text.split('\n');
  const at = (key: string): Position => ({
    line:
      Math.max(
        0,
        lines.findIndex(l => l.startsWith(`${key}:`)),
      ) + (pieces.front?.line ?? 1),
    column: 1,
  });
  const map = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  for (const key of Object.keys(map))
    if (!FRONT_KEYS.includes(key))
      tell(at(key), 'HY-R2', `the front matter has no key "${key}"`, `write ${FRONT_KEYS.join(', ')}`, {
        near: nearest(key, FRONT_KEYS),
      });
  const before = FRONT_KEYS.slice(0, 6).filter(key => map[key] === undefined);
  for (const key of before)
    tell({ line: pieces.front.line, column: 1 }, 'HY-R3', `the front matter lacks "${key}"`, `write ${key}: …`);
  if (map['notation'] !== undefined && map['notation'] !== 1)
    tell(at('notation'), 'HY-R4', `this product reads notation 1, not ${String(map['notation'])}`, 'write notation: 1');
  const inForce = String(
    map['in-force'] instanceof Date ? map['in-force'].toISOString().slice(0, 10) : map['in-force'],
  );
  if (map['in-force'] !== undefined && !/^\d{4}-\d\d-\d\d$/.test(inForce))
    tell(at('in-force'), 'HY-R4', `"in-force" is a date, not "${inForce}"`, 'write in-force: 2026-01-01');
  if (before.length > 0) return undefined;
  const title = map['title'];
  const names =
    typeof title === 'object' && title !== null ? (title as Record<string, unknown>) : { zh: title, en: title };
  const scope = (map['scope'] ?? {}) as Record<string, unknown>;
  const list = (v: unknown): string[] =>
    Array.isArray(v) ? v.map(String) : v === undefined || v === null ? [] : [String(v)];
  return {
    institution: String(map['institution']),
    title: { zh: String(names['zh'] ?? names['en'] ?? ''), en: String(names['en'] ?? names['zh'] ?? '') },
    version: String(map['version']),
    inForce,
    source: String(map['source']),
    scope: { binds: list(scope['binds']), advises: list(scope['advises']) },
    ...(map['parent'] === undefined ? {} : { parent: String(map['parent']) }),
    readings: Object.fromEntries(Object.entries((map['readings'] ?? {}) as object).map(([k, v]) => [k, String(v)])),
    language: list(map['language']),
  };
}

/** Kind and clauses of a fence, with its body read. */
function fence(block: Block, tell: Tell): Fence[] {
  const [word = '', ...clauses] = block.info.split(/\s+/);
  const at: Position = { line: block.line, column: 4 };
  const kind = kindOf(word);
  if (!kind) {
    const near = nearest(word, [...KINDS, ...Object.values(KIND_ZH)]);
    tell(
      at,
      'HY-R6',
      word === '' ? 'this block has no kind' : `there is no kind of block "${word}"`,
      near.length > 0 ? `did you mean "${near[0]}"?` : `write one of ${KINDS.join(', ')}`,
      { near, length: Math.max(1, cells(word)) },
    );
    return [];
  }
  const place = { clause: clauses[0], article: articleNumber(block.heading), paragraph: block.paragraph };
  for (const clause of clauses)
    if (!CLAUSE.test(clause))
      tell(at, 'HY-R8', `"${clause}" is no clause id`, 'write ids such as G-4.3c after the kind', place);
  if (clauses.length === 0 && !MAY_LACK_CLAUSE.has(kind))
    tell(at, 'HY-R8', `this ${kind} names no clause`, `write the clause id after ${word}`, place);
  const body = readBody(block.body, block.line + 1);
  for (const fault of body.faults) {
    const code: Code = fault.what === 'repeated' ? 'HY-R5' : 'HY-R1';
    tell(
      fault.at,
      code,
      fault.message,
      fault.what === 'repeated'
        ? 'keep one of the two'
        : 'write "key: value" lines; quote a value that holds a colon or comma',
      place,
    );
  }
  if (body.folded)
    tell(at, 'HY-R35', 'full-width punctuation read as half-width', 'nothing to do; or write half-width', place);
  const base: RuleBase = {
    clauses,
    at,
    article: block.heading,
    articleNumber: articleNumber(block.heading),
    paragraph: block.paragraph,
    paraphrase: block.paraphrase,
  };
  return [{ block, kind, clauses, body, base }];
}

/** The rule of a fence; unknown keys, missing ones and malformed values are told. */
function ruleOf(f: Fence, terms: Terms, tell: Tell): Rule | undefined {
  const place = { clause: f.clauses[0], article: f.base.articleNumber, paragraph: f.base.paragraph };
  const byKey = new Map(
    f.body.entries.flatMap(e => {
      const word = keyWord(f.kind, e.key);
      return word ? [[word.key, e] as const] : [];
    }),
  );
  for (const e of f.body.entries) {
    if (keyWord(f.kind, e.key)) continue;
    const near = nearest(
      e.key,
      KEYWORDS[f.kind].flatMap(w => [w.key, w.zh]),
    );
    if (RESERVED.includes(e.key))
      tell(e.keyAt, 'HY-R18', `"${e.key}" is reserved for 1.1`, 'leave it to a person in this version', {
        ...place,
        length: cells(e.key),
      });
    else
      tell(
        e.keyAt,
        'HY-R2',
        `${f.kind} has no key "${e.key}"`,
        near.length > 0 ? `did you mean "${near[0]}"?` : `there are ${KEYWORDS[f.kind].map(w => w.key).join(', ')}`,
        { ...place, near, length: cells(e.key) },
      );
  }
  if (f.body.faults.length > 0) return undefined;
  if (f.kind === 'terms') return { kind: 'terms', ...f.base, terms };
  for (const word of KEYWORDS[f.kind])
    if (word.required && !byKey.has(word.key) && !(word.key === 'order' && byKey.has('by-topic'))) {
      // By topic each row of an approval says its own order.
      const code: Code =
        f.kind === 'duty' && (word.key === 'within' || word.key === 'who')
          ? 'HY-R9'
          : f.kind === 'declined' && word.key === 'instead'
            ? 'HY-R13'
            : f.kind === 'approval' && word.key === 'covers'
              ? 'HY-R25'
              : 'HY-R3';
      tell(f.base.at, code, `this ${f.kind} lacks "${word.key}"`, `write ${word.key}: <${word.type}>`, place);
    }
  let faulty = false;
  const rule = readRule(
    f.kind,
    f.base,
    (key, read) => {
      const e = byKey.get(key);
      if (!e || e.value === null) return undefined;
      try {
        return read(e.value);
      } catch (error) {
        if (!(error instanceof ValueFault)) throw error;
        if (!faulty || !error.message.includes('public-only'))
          tell(e.at, error.code, error.message, error.mend, { ...place, length: e.length });
        faulty = true;
        return undefined;
      }
    },
    terms,
  );
  return faulty ? undefined : rule;
}

/** Every clause of the book in order, with the kinds of block that hold it. */
function clausesOf(fences: readonly Fence[]): Clause[] {
  const clauses = new Map<string, Clause>();
  for (const f of fences)
    for (const id of f.clauses) {
      const known = clauses.get(id);
      if (known)
        clauses.set(id, { ...known, kinds: known.kinds.includes(f.kind) ? known.kinds : [...known.kinds, f.kind] });
      else
        clauses.set(id, {
          id,
          article: f.base.article,
          articleNumber: f.base.articleNumber,
          paragraph: f.base.paragraph,
          prose: f.base.paraphrase,
          line: f.block.line,
          kinds: [f.kind],
        });
    }
  return [...clauses.values()];
}
function passagesOf(pieces: Cut, rules: ReadonlyMap<Block, Rule>): Passage[] {
  return pieces.pieces.map((p): Passage => {
    if (p.kind !== 'block') return p;
    const rule = rules.get(p);
    return { kind: 'block', source: `${p.info}\n${p.body}`, line: p.line, ...(rule ? { rule } : {}) };
  });
}
