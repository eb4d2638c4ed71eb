/** The content of a form or ledger row at a moment, and what is still wanting. Later rows of one number add or replace. */
import type { FormField, FormRule, LedgerRule } from '#core/rulebook';
import { inOrder, listOf, type Fact } from './facts.ts';
import type { Moment } from './condition.ts';
import { matches, passes } from './match.ts';
import type { View } from './view.ts';

export interface FormState {
  readonly number: string | undefined;
  readonly complete: boolean;
  readonly missing: readonly string[];
  /** What stands in it: field → value. */
  readonly content: Readonly<Record<string, unknown>>;
  /** The entries that make it up, and the one that completed it. */
  readonly facts: readonly Fact[];
  readonly completedBy?: Fact;
}
type Content = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const isMap = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry says of the form: its `fields`, `heads` or `parts` map, else its own fields. */
function contentOf(fact: Fact): Content {
  const { data } = fact;
  const maps = [data['fields'], data['heads'], data['parts']].filter(isMap);
  return Object.assign({ ...data }, ...maps) as Content;
}

function missingOf(
  fields: readonly FormField[],
  parts: readonly string[],
  content: Content,
  last: Fact,
  view: View,
): string[] {
  const missing: string[] = [];
  for (const { name, type, optional, requiredIf } of fields) {
    const value = content[name];
    const needed = requiredIf ? passes(requiredIf, { ...last, data: content }, view.facts) : !optional;
    if (isEmpty(value)) {
      if (needed) missing.push(name);
      continue;
    }
    const choices = type.includes('|') ? type.split('|').map(word => word.trim()) : [];
    if (choices.length > 0 && !listOf(value).every(v => choices.includes(v))) missing.push(name);
  }
  const has = new Set([...listOf(content['parts']), ...Object.keys(content).filter(key => !isEmpty(content[key]))]);
  for (const part of parts) if (!has.has(part)) missing.push(part);
  return missing;
}

/** Every instance of a form in the case by a moment: one for each number, or for each filling event of its own. */
export function formStates(view: View, rule: FormRule | LedgerRule, moment?: Moment): readonly FormState[] {
  const parts = rule.kind === 'form' ? (rule.parts ?? []) : [];
  const inTime = (fact: Fact): boolean => moment === undefined || fact.at <= moment.at;
  const filled = rule.kind === 'ledger' ? undefined : rule.filledBy;
  const rows =
    filled === undefined
      ? view.facts.of((rule as LedgerRule).row).filter(f => f.type !== 'form.filled' || f.data['form'] === rule.name)
      : view.facts.all.filter(
          f => matches(filled, f, view.facts) && (f.type !== 'form.filled' || f.data['form'] === rule.name),
        );
  const byNumber = new Map<string, Fact[]>();
  for (const fact of rows) {
    if (!inTime(fact)) continue;
    const key = instanceOf(fact);
    const list = byNumber.get(key);
    if (list) list.push(fact);
    else byNumber.set(key, [fact]);
  }
  return [...byNumber.values()].map(facts => stateOf(view, rule, parts, facts.toSorted(inOrder)));
}

/** Rows of one number are one form, wordings of one document are one; every other event is a form of its own. */
function instanceOf(fact: Fact): string {
  if (fact.type === 'form.filled') return `number ${String(fact.data['number'] ?? '')}`;
  if (fact.type === 'draft.written') return `document ${String(fact.data['document'])}`;
  if (fact.type === 'notice.drawn-up') return `notice ${String(fact.data['notice'])}`;
  return `event ${fact.id}`;
}
/** A form is filled bit by bit; of a text only the newest wording counts. */
const replaces = (fact: Fact): boolean => fact.type === 'draft.written' || fact.type === 'notice.drawn-up';

function stateOf(view: View, rule: FormRule | LedgerRule, parts: readonly string[], facts: readonly Fact[]): FormState {
  let content: Content = {};
  let missing: string[] = [];
  let completedBy: Fact | undefined;
  let number: string | undefined;
  for (const fact of facts) {
    content = replaces(fact) ? contentOf(fact) : { ...content, ...contentOf(fact) };
    number = typeof fact.data['number'] === 'string' ? fact.data['number'] : number;
    missing = missingOf(rule.fields, parts, content, fact, view);
    if (rule.kind === 'form' && rule.number !== undefined && number === undefined) missing.push('number');
    if (missing.length === 0) completedBy ??= fact;
    else completedBy = undefined;
  }
  return { number, complete: missing.length === 0, missing, content, facts, ...(completedBy ? { completedBy } : {}) };
}

const formsNamed = (view: View, name: string): readonly (FormRule | LedgerRule)[] => [
  ...view.book.of('form').filter(f => f.name === name),
  ...view.book.of('ledger').filter(f => f.name === name),
];

/** What a form still lacks at a moment: nothing where one instance at least is there and all are complete. */
export function formMissing(view: View, name: string, moment: Moment): readonly string[] {
  const rules = formsNamed(view, name);
  return rules.length === 0 ? [`form ${name}`] : [...new Set(rules.flatMap(rule => missingIn(view, rule, moment)))];
}

/** What one block's part of a form still lacks at a moment. */
export function missingIn(view: View, rule: FormRule | LedgerRule, moment: Moment): readonly string[] {
  const number = moment.fact?.data['number'];
  const states = formStates(view, rule, moment);
  // An act that carries the number of a form is judged on that one.
  const own = typeof number === 'string' ? states.filter(s => s.number === number) : [];
  const judged = own.length > 0 ? own : states;
  if (judged.length === 0) return rule.fields.filter(f => !f.optional && !f.requiredIf).map(f => f.name);
  return [...new Set(judged.flatMap(s => s.missing))];
}
export const formComplete = (view: View, name: string, moment: Moment): boolean =>
  formMissing(view, name, moment).length === 0;
