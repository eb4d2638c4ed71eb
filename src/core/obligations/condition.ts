/** Conditions over time: the values of the scales as they stood at an instant, and the marks a case carries. */
import type { Instant } from '#core/calendar';
import type { Condition } from '#core/rulebook';
import { listOf, type Fact } from './facts.ts';
import { formComplete } from './forms.ts';
import { draftOf } from './texts.ts';
import type { View } from './view.ts';

/** Fields of a condition that are not scales. */
const MARKS: ReadonlySet<string> = new Set([
  'matter',
  'negative',
  'sudden',
  'in-case',
  'published',
  'mentions',
  'form-complete',
  'channel',
  'origin',
  'instruction-act',
]);
export const scalesOf = (condition: Condition): string[] => Object.keys(condition).filter(name => !MARKS.has(name));

export interface Moment {
  readonly at: Instant;
  /** The act or trigger the condition is asked for, where it has one. */
  readonly fact?: Fact | undefined;
  /** Only what happened strictly before `at` counts. */
  readonly before?: boolean;
}

/** The values of a scale at a moment; a later classification replaces the whole value. */
export function scaleValues(view: View, scale: string, { at, before }: Moment): readonly string[] {
  let values: readonly string[] = [];
  for (const fact of view.facts.of('classification.set')) {
    if (before ? fact.at >= at : fact.at > at) break;
    if (fact.data['scale'] === scale) values = listOf(fact.data['value']);
  }
  return values;
}

const until = (facts: readonly Fact[], { at, before }: Moment): Fact[] =>
  facts.filter(f => (before ? f.at < at : f.at <= at));

function markValues(view: View, name: string, moment: Moment): readonly string[] {
  const findings = (): Fact[] => until(view.facts.of('finding.recorded'), moment);
  const { fact } = moment;
  switch (name) {
    case 'matter':
    case 'origin':
      return findings().map(f => String(f.data[name]));
    case 'negative':
    case 'sudden':
      return [String(findings().some(f => f.data[name] === true))];
    case 'in-case':
      return [String(view.caseKey !== undefined)];
    case 'published':
      return [
        String(
          until(view.facts.of('publication.made'), moment).some(
            f => f.data['kind'] === 'reply' || f.data['kind'] === 'final',
          ),
        ),
      ];
    case 'mentions': {
      const mentioned = fact ? listOf(draftOf(view, fact, moment.at)?.data['mentions']) : [];
      return mentioned.length > 0 ? [...mentioned, 'any'] : [];
    }
    case 'channel':
      return fact ? [...listOf(fact.data['channel']), ...listOf(fact.data['channels'])] : [];
    case 'instruction-act': {
      const orders =
        fact?.type === 'instruction.received' ? [fact] : until(view.facts.of('instruction.received'), moment);
      return orders.flatMap(f => (f.data['asks'] as readonly { act: string }[]).map(ask => ask.act));
    }
  }
  return [];
}

/** Whether every field of the condition holds at the moment; the values of one field are alternatives. */
export function holds(view: View, condition: Condition | undefined, moment: Moment): boolean {
  if (condition === undefined) return true;
  for (const [name, wanted] of Object.entries(condition)) {
    if (name === 'form-complete') {
      if (!wanted.every(form => formComplete(view, form, moment))) return false;
      continue;
    }
    const values = MARKS.has(name) ? markValues(view, name, moment) : scaleValues(view, name, moment);
    if (!values.some(value => wanted.includes(value))) return false;
  }
  return true;
}

/**
 * Instants at which a condition may change: one for each moment at which something it reads happened. Whether a form is
 * complete is asked when the trigger comes and not again: a signature given on an empty block starts nothing afterwards.
 */
export function changePoints(view: View, condition: Condition): Instant[] {
  const points = new Set<Instant>();
  const add = (type: string, when: (fact: Fact) => boolean = () => true): void => {
    for (const fact of view.facts.of(type)) if (when(fact)) points.add(fact.at);
  };
  const scales = scalesOf(condition);
  if (scales.length > 0) add('classification.set', f => scales.includes(String(f.data['scale'])));
  for (const name of Object.keys(condition)) {
    if (name === 'matter' || name === 'origin' || name === 'negative' || name === 'sudden') add('finding.recorded');
    if (name === 'published') add('publication.made');
    if (name === 'instruction-act') add('instruction.received');
  }
  return [...points].sort((a, b) => a - b);
}

/** Whether some scale of the condition had a value before this instant. */
export const valuedBefore = (view: View, condition: Condition, at: Instant): boolean =>
  scalesOf(condition).some(scale => scaleValues(view, scale, { at, before: true }).length > 0);

/** The classifications of one instant that belong to the condition: one change. */
export function changeAt(view: View, condition: Condition, at: Instant): readonly Fact[] {
  const scales = scalesOf(condition);
  return view.facts.of('classification.set').filter(f => f.at === at && scales.includes(String(f.data['scale'])));
}
