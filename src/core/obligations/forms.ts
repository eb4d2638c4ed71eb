/** The content of a form or ledger row at a moment, and what is still wanting. Later rows of one number add or replace. */
import type { FormField, FormRule, LedgerRule, Test } from '#core/rulebook';
import { field, inOrder, listOf, type Fact } from './facts.ts';
import type { Moment } from './condition.ts';
import { holdsCapacity } from './capacities.ts';
import { matches, passes } from './match.ts';
import { countsFrom } from './texts.ts';
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
  moment: Moment | undefined,
): string[] {
  const missing: string[] = [];
  for (const { name, type, optional, requiredIf, signedAs } of fields) {
    if (signedAs !== undefined) continue;
    const value = content[name];
    const needed = requiredIf ? isAsked(view, requiredIf, content, last, moment) : !optional;
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

/** Whether a field is wanted: by what stands in the form; what the form does not hold, the newest of our drafts that says it tells. */
function isAsked(view: View, test: Test, content: Content, last: Fact, moment: Moment | undefined): boolean {
  const [name = ''] = test.field;
  const draft =
    name in content
      ? undefined
      : view.facts
          .of('draft.written')
          .findLast(f => f.data[name] !== undefined && (moment === undefined || f.at <= moment.at));
  const data = draft ? { ...content, [name]: draft.data[name] } : content;
  return passes(test, { ...last, data }, view.facts);
}

/** Press events whose list of papers fills parts of a form that must be complete before one is held: the event of the moment's own only. */
function packs(view: View, rule: FormRule | LedgerRule, moment: Moment | undefined): readonly Fact[] {
  const parts = rule.kind === 'form' ? (rule.parts ?? []) : [];
  if (!rule.completeBefore?.some(p => p.on === 'event' && p.type === 'press-event.held')) return [];
  const act = moment?.fact?.type === 'press-event.held' ? moment.fact : undefined;
  const event = act && field(act, 'event');
  const listed = [...view.facts.of('press-event.planned'), ...view.facts.of('press-event.held')]
    .filter(f => (moment === undefined || f.at <= moment.at) && (event === undefined || field(f, 'event') === event))
    .filter(f => f !== act);
  return [...listed, ...(act ? [act] : [])].filter(f => listOf(f.data['pack']).some(part => parts.includes(part)));
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
  const states = [...byNumber.values()].map(facts =>
    signedState(view, rule, stateOf(view, rule, parts, facts.toSorted(inOrder), moment), moment),
  );
  const listed = packs(view, rule, moment);
  return listed.length === 0 ? states : withPacks(rule, states, listed);
}

/** The signatures a form asks for, given once everything else stood in it: one under an empty block says nothing (DR-16). */
function signedState(view: View, rule: FormRule | LedgerRule, state: FormState, moment: Moment | undefined): FormState {
  const fields = rule.fields.filter(f => f.signedAs !== undefined);
  if (fields.length === 0) return state;
  const finished = state.completedBy;
  // Nobody is asked to sign what is not finished: until then the fields are what is wanting.
  if (!finished) return state;
  const missing = [...state.missing];
  const content: Record<string, unknown> = { ...state.content };
  const signatures: Fact[] = [];
  for (const { name, signedAs } of fields) {
    const signature = view.facts
      .of('signature.given')
      .find(
        s =>
          countsFrom(s) >= finished.at &&
          (moment === undefined || countsFrom(s) <= moment.at) &&
          (s.data['step'] === signedAs || s.data['as'] === signedAs) &&
          (state.number === undefined || s.data['number'] === undefined || s.data['number'] === state.number) &&
          holdsCapacity(view, s),
      );
    if (!signature) missing.push(name);
    else {
      content[name] = signature.by.role;
      signatures.push(signature);
    }
  }
  const { completedBy: _filled, ...rest } = state;
  const last = [finished, ...signatures].toSorted(inOrder).at(-1);
  return {
    ...rest,
    content,
    missing,
    complete: missing.length === 0,
    ...(missing.length === 0 && last ? { completedBy: last } : {}),
  };
}

/** Papers listed for a press event count like parts of a draft: they fill what the drafts leave open, or stand for them. */
function withPacks(rule: FormRule | LedgerRule, states: readonly FormState[], listed: readonly Fact[]): FormState[] {
  const own: FormState = { number: undefined, complete: false, missing: wanted(rule), content: {}, facts: [] };
  return (states.length > 0 ? states : [own]).map(state => {
    let missing = state.missing;
    const filling: Fact[] = [];
    for (const fact of listed.toSorted(inOrder)) {
      const pack = listOf(fact.data['pack']);
      if (!missing.some(m => pack.includes(m))) continue;
      filling.push(fact);
      missing = missing.filter(m => !pack.includes(m));
    }
    if (filling.length === 0) return state;
    const parts = [...new Set([...listOf(state.content['parts']), ...filling.flatMap(f => listOf(f.data['pack']))])];
    const facts = [...state.facts, ...filling].toSorted(inOrder);
    const last = missing.length === 0 ? facts.at(-1) : undefined;
    const content = { ...state.content, parts };
    return {
      ...state,
      missing,
      content,
      facts,
      complete: missing.length === 0,
      ...(last ? { completedBy: last } : {}),
    };
  });
}
/** What a form that nobody has begun lacks. */
const wanted = (rule: FormRule | LedgerRule): string[] => [
  ...rule.fields.filter(f => !f.optional && !f.requiredIf && f.signedAs === undefined).map(f => f.name),
  ...(rule.kind === 'form' ? (rule.parts ?? []) : []),
];

/** Rows of one number are one form, wordings of one document are one; every other event is a form of its own. */
function instanceOf(fact: Fact): string {
  if (fact.type === 'form.filled') return `number ${String(fact.data['number'] ?? '')}`;
  if (fact.type === 'draft.written') return `document ${String(fact.data['document'])}`;
  if (fact.type === 'notice.drawn-up') return `notice ${String(fact.data['notice'])}`;
  return `event ${fact.id}`;
}
/** A form is filled bit by bit; of a text only the newest wording counts. */
const replaces = (fact: Fact): boolean => fact.type === 'draft.written' || fact.type === 'notice.drawn-up';

function stateOf(
  view: View,
  rule: FormRule | LedgerRule,
  parts: readonly string[],
  facts: readonly Fact[],
  moment: Moment | undefined,
): FormState {
  let content: Content = {};
  let missing: string[] = [];
  let completedBy: Fact | undefined;
  let number: string | undefined;
  for (const fact of facts) {
    content = replaces(fact) ? contentOf(fact) : { ...content, ...contentOf(fact) };
    number = typeof fact.data['number'] === 'string' ? fact.data['number'] : number;
    missing = missingOf(rule.fields, parts, content, fact, view, moment);
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
  if (judged.length === 0) return wanted(rule);
  return [...new Set(judged.flatMap(s => s.missing))];
}
export const formComplete = (view: View, name: string, moment: Moment): boolean =>
  formMissing(view, name, moment).length === 0;
