/**
 * A grade is proposed from what can be counted, with every criterion that holds said aloud; a person decides. What the
 * rulebook says comes first: its criteria with a `when` are worked out where their inputs are known, all others wait for a
 * person. Only where it computes nothing do thresholds of the house's own propose, and they are shown as such. A grade only
 * sets how fast we answer: no criterion looks at who spoke or how.
 */
import type { Criterion as WrittenCriterion } from '#core/rulebook';

export interface Counted {
  /** Items of the matter, copies included, and places where they stood. */
  readonly items: number;
  readonly copies: number;
  readonly outlets: number;
  /** Outlets that are media, and not places where members of the public speak. */
  readonly media: number;
  /** Rows of hotline and petition on the topic. */
  readonly hotline: number;
  /** More is said than usual by one of the baselines. */
  readonly spike: boolean;
  /** What a person noted when a finding was recorded. */
  readonly negative: boolean;
  readonly sudden: boolean;
}
type Count = Exclude<keyof Counted, 'spike' | 'negative' | 'sudden'>;
/** The house's own thresholds: a setting, not a rule. */
export interface LocalGrading {
  /** From how much on each holds; each line is one. */
  readonly atLeast: readonly { readonly name: Count; readonly atLeast: number }[];
  /** So many that hold lift the proposal by one step. */
  readonly perStep: number;
}
export const LOCAL_GRADING: LocalGrading = {
  atLeast: [
    { name: 'items', atLeast: 20 },
    { name: 'items', atLeast: 100 },
    { name: 'copies', atLeast: 10 },
    { name: 'media', atLeast: 2 },
    { name: 'media', atLeast: 5 },
    { name: 'outlets', atLeast: 4 },
    { name: 'hotline', atLeast: 5 },
  ],
  perStep: 2,
};

export const GRADING_COUNTS = ['items', 'copies', 'media', 'outlets', 'hotline'] as const satisfies readonly Count[];
/** Thresholds as one line of the record: `items 20 100; media 2 5; step 2`. */
export function sayGrading({ atLeast, perStep }: LocalGrading): string {
  const lines = GRADING_COUNTS.flatMap(name => {
    const bounds = atLeast.filter(l => l.name === name).map(l => l.atLeast);
    return bounds.length === 0 ? [] : [`${name} ${bounds.toSorted((a, b) => a - b).join(' ')}`];
  });
  return [...lines, `step ${perStep}`].join('; ');
}
const MOST_BOUND = 1_000_000;
/** The line read back; undefined where it is none. At least one threshold, and a step of 1 to 10 of them. */
export function readGrading(text: string): LocalGrading | undefined {
  const atLeast: LocalGrading['atLeast'][number][] = [];
  let perStep = 0;
  for (const part of text
    .split(';')
    .map(p => p.trim())
    .filter(p => p !== '')) {
    const [name = '', ...bounds] = part.split(/\s+/);
    if (
      bounds.length === 0 ||
      bounds.length > 9 ||
      bounds.some(b => !/^[1-9]\d{0,6}$/.test(b) || Number(b) > MOST_BOUND)
    )
      return undefined;
    const count = GRADING_COUNTS.find(c => c === name);
    if (count) atLeast.push(...[...new Set(bounds)].map(b => ({ name: count, atLeast: Number(b) })));
    else if (name === 'step' && bounds.length === 1) perStep = Number(bounds[0]);
    else return undefined;
  }
  return atLeast.length > 0 && perStep >= 1 && perStep <= 10 ? { atLeast, perStep } : undefined;
}

export interface Holding {
  readonly name: keyof Counted;
  readonly value: number;
  readonly atLeast: number;
}
/** A criterion of the rulebook: worked out, or left to a person. */
export interface Weighed {
  readonly value: string;
  readonly clause?: string;
  readonly state: 'holds' | 'fails' | 'for a person';
  /** What was looked at, as written. */
  readonly when: readonly { readonly input: string; readonly wanted: string; readonly is?: number | boolean }[];
}
export interface Proposal {
  /** Absent where nothing that the rulebook computes holds. */
  readonly value?: string;
  readonly by: 'rulebook' | 'local';
  readonly holds: readonly Holding[];
  readonly criteria: readonly Weighed[];
}

/** Whether a number or a yes fits what is written: `>= 3`, `< 10`, `[3, 10)`, `5`, `true`. Undefined where it is no interval. */
function fits(is: number | boolean, wanted: string): boolean | undefined {
  if (wanted === 'true' || wanted === 'false') return Boolean(is) === (wanted === 'true');
  const n = Number(is);
  const [, sign = '=', than] = /^([<>]=?|=)?\s*(-?\d+(?:\.\d+)?)$/.exec(wanted) ?? [];
  if (than !== undefined) {
    const bound = Number(than);
    return { '>': n > bound, '>=': n >= bound, '<': n < bound, '<=': n <= bound, '=': n === bound }[sign];
  }
  const span = /^([[(])\s*(-?\d+(?:\.\d+)?)?\s*(?:,|\.\.)\s*(-?\d+(?:\.\d+)?)?\s*([\])])$/.exec(wanted);
  if (!span) return undefined;
  const [low, high] = [Number(span[2] ?? -Infinity), Number(span[3] ?? Infinity)];
  return (span[1] === '[' ? n >= low : n > low) && (span[4] === ']' ? n <= high : n < high);
}
export function weighCriterion(c: WrittenCriterion, counted: Counted): Weighed {
  const inputs: Readonly<Partial<Record<string, number | boolean>>> = { ...counted };
  const when = Object.entries(c.when ?? {}).map(([input, value]) => {
    const any = (Array.isArray(value) ? value : [value]).map(v => String(v).trim());
    const is = Object.hasOwn(inputs, input) ? inputs[input] : undefined;
    const said = any.map(wanted => (is === undefined ? undefined : fits(is, wanted)));
    const fit = said.includes(undefined) ? undefined : said.includes(true);
    return { fit, shown: { input, wanted: any.join(' | '), ...(is === undefined ? {} : { is }) } };
  });
  const open = c.judged || when.length === 0 || when.some(w => w.fit === undefined);
  // One input that does not fit decides, whatever a person would say of the others.
  const state = when.some(w => w.fit === false) ? 'fails' : open ? 'for a person' : 'holds';
  return {
    value: c.value,
    ...(c.clause === undefined ? {} : { clause: c.clause }),
    state,
    when: when.map(w => w.shown),
  };
}

/** `values`: the scale from the slowest answer to the fastest. */
export function proposeGrade(
  { values, criteria }: { readonly values: readonly string[]; readonly criteria: readonly WrittenCriterion[] },
  counted: Counted,
  local: LocalGrading = LOCAL_GRADING,
): Proposal | undefined {
  if (values.length === 0) return undefined;
  const weighed = criteria.map(c => weighCriterion(c, counted));
  if (criteria.some(c => !c.judged && c.when !== undefined)) {
    const value = values.findLast(v => weighed.some(w => w.value === v && w.state === 'holds'));
    return { ...(value === undefined ? {} : { value }), by: 'rulebook', holds: [], criteria: weighed };
  }
  const holds: Holding[] = local.atLeast.flatMap(c => {
    const value = counted[c.name];
    return value >= c.atLeast ? [{ name: c.name, value, atLeast: c.atLeast }] : [];
  });
  if (counted.spike) holds.push({ name: 'spike', value: 1, atLeast: 1 });
  const step = Math.min(values.length - 1, Math.floor(holds.length / local.perStep));
  return { value: values[step] ?? '', by: 'local', holds, criteria: weighed };
}
