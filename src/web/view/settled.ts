/** What the regulation leaves to the institution: questions of reading, figures of its own, rules that others keep. */
import { type GradesRule, type LocalRule, openQuestions, type Question, type Rulebook } from '#core/rulebook';
import { localSpans } from '#core/obligations';
import type { Visit } from '../context.ts';
import type { StoredEvent } from '../ports.ts';
import { entriesOfType, type Hall } from '../state.ts';
import type { Language, Words } from '../words/index.ts';
import { naming } from './naming.ts';
import { partName } from './offered.ts';

const scalar = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** The newest decision about a key, if there is one. */
export const decisionAbout = (hall: Hall, key: string): StoredEvent | undefined =>
  entriesOfType(hall, 'setting.decided').findLast(e => e.data['key'] === key);

/** A figure of the house's own by its name: the rulebook's words first, then ours for the names that regulations share. */
export const localName = (
  { hall, language }: { readonly hall: Hall; readonly language: Language },
  name: string,
): string => partName(naming(hall, language), language, hall.rulebook.terms.words, name);

export interface LocalRow {
  readonly rule: LocalRule;
  readonly clauses: readonly string[];
  /** As it holds now; empty where nothing was set. */
  readonly value: string;
  readonly decided?: StoredEvent;
  readonly needed: boolean;
}
/** The figures that the text leaves to the institution, each once. */
export function locals(hall: Hall): readonly LocalRow[] {
  const rows = new Map<string, LocalRow>();
  for (const rule of hall.rulebook.rules) {
    if (rule.kind !== 'local') continue;
    const known = rows.get(rule.name);
    const decided = decisionAbout(hall, rule.name);
    const value = scalar(decided?.data['value'] ?? hall.book.local(rule.name) ?? rule.value);
    rows.set(rule.name, {
      rule: known?.rule ?? rule,
      clauses: [...new Set([...(known?.clauses ?? []), ...rule.clauses, ...rule.for])],
      value: value === '' ? (known?.value ?? '') : value,
      ...(decided ? { decided } : {}),
      needed: known?.needed === true || (rule.unset === 'gap' && rule.value === undefined),
    });
  }
  return [...rows.values()];
}
/** How a figure is asked for: a span of time, an office, or words as the rules read them. */
export type FigureKind = 'span' | 'office' | 'words';
const spans = new WeakMap<Rulebook, ReadonlySet<string>>();
export function figureKind(hall: Hall, name: string): FigureKind {
  if (name === 'text-approver') return 'office';
  const { rulebook } = hall;
  const known = spans.get(rulebook) ?? localSpans(rulebook);
  spans.set(rulebook, known);
  return known.has(name) ? 'span' : 'words';
}
export const SPAN_UNITS = ['minutes', 'hours', 'days', 'working days', 'working hours'] as const;
/** `30 days` into its parts; undefined where it is no span. */
export function spanOf(value: string): { readonly n: string; readonly unit: (typeof SPAN_UNITS)[number] } | undefined {
  const [, n = '', said = ''] = /^(\d{1,5})\s*([a-z ]+)$/.exec(value.trim()) ?? [];
  const unit = SPAN_UNITS.find(u => u === said || u === `${said}s`);
  return unit && { n, unit };
}
/** A figure as people say it. */
export function figureText(w: Words, value: string): string {
  const span = spanOf(value);
  return span ? `${span.n} ${w.reg.spanUnits[span.unit]}` : value;
}
/** A value that is a table of the house's own: who gets what, which levels there are; undefined where it is a single one. */
export function tableOf(value: string): object | undefined {
  if (!/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as object;
  } catch {
    return undefined;
  }
}
/** A value as people say it: a table by the names in it, a span of time with its unit. */
export function valueText(visit: Pick<Visit, 'hall' | 'language' | 'w'>, value: string): string {
  const { hall, language, w } = visit;
  const names = naming(hall, language);
  const say = (part: unknown): string => {
    if (Array.isArray(part)) return part.map(say).join(w.and);
    if (typeof part !== 'object' || part === null) return typeof part === 'string' ? names.key(part) : String(part);
    return Object.entries(part)
      .filter(([key]) => key !== 'label')
      .map(([key, of]) => `${localName(visit, key)}${w.colon}${say(of)}`)
      .join(w.semicolon);
  };
  const table = tableOf(value);
  return table === undefined ? figureText(w, value) : say(table);
}
/** Whose figure it is and since when, for the arithmetic of a duty that rests on one of the house's own. */
export function localStep(hall: Hall, w: Words, said: string, name: string): string {
  const decided = decisionAbout(hall, name);
  const value = figureText(w, scalar(decided?.data['value'] ?? hall.book.local(name)));
  return decided
    ? w.reg.localStep(said, value, `#${decided.seq}`, decided.at.slice(0, 10), String(decided.data['reason']))
    : w.reg.localFounding(said, value);
}
/** Why a figure cannot be taken, or undefined. Bounds are the rulebook's. */
export function localProblem(
  row: LocalRow,
  kind: FigureKind,
  value: string,
): 'empty' | 'span' | 'low' | 'high' | undefined {
  if (value === '') return 'empty';
  if (kind === 'span' && spanOf(value) === undefined) return 'span';
  const n = Number(value.match(/^-?\d+(\.\d+)?/)?.[0]);
  const { min, max } = row.rule;
  if (typeof min === 'number' && n < min) return 'low';
  if (typeof max === 'number' && n > max) return 'high';
  return undefined;
}
/** Under this key the thresholds stand by which a grade is proposed where the rulebook computes none. */
export const GRADING_KEY = 'grade-proposal';
/** The rule whose grade is proposed by the house's own thresholds; undefined where the text gives criteria that can be worked out. */
export const gradedLocally = (hall: Hall): GradesRule | undefined => {
  const rule = hall.rulebook.rules.find(
    (r): r is GradesRule => r.kind === 'grades' && !r.unordered && r.values.length > 1,
  );
  return rule && !rule.criteria.some(c => !c.judged && c.when !== undefined) ? rule : undefined;
};

export interface Asked extends Question {
  /** Under which key the answer is written. */
  readonly key: string;
  /** Values of the switch that the rules read; empty where the answer is a sentence. */
  readonly values: readonly string[];
  readonly answered?: StoredEvent;
}
/** Values that a named switch of the rulebook may take. */
function valuesOf(hall: Hall, name: string): readonly string[] {
  return hall.rulebook.rules.flatMap(r =>
    r.kind === 'duty' && r.switch === name && r.readings
      ? Object.keys(r.readings)
      : r.kind === 'quota' && r.gap?.switch === name && r.gap.readings
        ? Object.keys(r.gap.readings)
        : [],
  );
}
/** Every open question of the rulebook with the institution's own answer beside it, unanswered first. */
export function asked(hall: Hall): readonly Asked[] {
  const { rules } = hall.rulebook;
  const all = openQuestions(hall.rulebook).map((q): Asked => {
    const note = rules.find(r => r.kind === 'note' && r.question === q.question && r.clauses[0] === q.clause);
    const name = note?.kind === 'note' ? note.switch : undefined;
    const values = name === undefined ? [] : [...new Set(valuesOf(hall, name))];
    const key = q.kind === 'local' ? q.about : values.length > 0 && name !== undefined ? name : `reading-${q.clause}`;
    const answered =
      q.kind === 'outside'
        ? entriesOfType(hall, 'outside-rule.registered').findLast(
            e => e.data['rule'] === q.about && e.data['status'] === 'supplied',
          )
        : decisionAbout(hall, key);
    return { ...q, key, values, ...(answered ? { answered } : {}) };
  });
  // A figure, a rule of others, a signer is asked for once, however many clauses rest on it.
  const seen = new Set<string>();
  const one = (q: Asked): string => (q.kind === 'note' ? `note ${q.about} ${q.clause}` : `${q.kind} ${q.about}`);
  return all
    .filter(q => !seen.has(one(q)) && seen.add(one(q)))
    .toSorted((a, b) => Number(a.answered !== undefined) - Number(b.answered !== undefined));
}

export interface OutsideRow {
  readonly rule: string;
  readonly owner: string;
  readonly clause: string;
  readonly status: string;
  readonly confirmations: readonly StoredEvent[];
}
/** Rules that the regulation names and others keep: the register's newest word on each. */
export function outsideRules(hall: Hall): readonly OutsideRow[] {
  const rows = new Map<string, OutsideRow>();
  for (const r of hall.rulebook.rules)
    if (r.kind === 'outside' && !rows.has(r.name))
      rows.set(r.name, {
        rule: r.name,
        owner: r.owner,
        clause: r.clauses[0] ?? '',
        status: r.status,
        confirmations: [],
      });
  for (const e of entriesOfType(hall, 'outside-rule.registered', 'outside-rule.confirmed')) {
    const rule = String(e.data['rule']);
    const known = rows.get(rule);
    if (e.type === 'outside-rule.registered')
      rows.set(rule, {
        rule,
        owner: String(e.data['owner']),
        clause: String(e.data['clause']),
        status: String(e.data['status']),
        confirmations: known?.confirmations ?? [],
      });
    if (e.type === 'outside-rule.confirmed' && known)
      rows.set(rule, { ...known, confirmations: [...known.confirmations, e] });
  }
  return [...rows.values()];
}
