/**
 * A grade is proposed from what can be counted, with every criterion that holds said aloud; a person decides. Two criteria
 * that hold lift the proposal by one step of the rulebook's own scale. A grade only sets how fast we answer: no criterion
 * looks at who spoke or how.
 */
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
}
export interface Criterion {
  readonly name: keyof Counted;
  readonly value: number;
  readonly atLeast: number;
}
/** From how much on each criterion holds; each line is one criterion. */
export const GRADE_CRITERIA: readonly { readonly name: Exclude<keyof Counted, 'spike'>; readonly atLeast: number }[] = [
  { name: 'items', atLeast: 20 },
  { name: 'items', atLeast: 100 },
  { name: 'copies', atLeast: 10 },
  { name: 'media', atLeast: 2 },
  { name: 'media', atLeast: 5 },
  { name: 'outlets', atLeast: 4 },
  { name: 'hotline', atLeast: 5 },
];
const PER_STEP = 2;

/** `values`: the scale from the slowest answer to the fastest. */
export function proposeGrade(
  values: readonly string[],
  counted: Counted,
): { readonly value: string; readonly holds: readonly Criterion[] } | undefined {
  if (values.length === 0) return undefined;
  const holds: Criterion[] = GRADE_CRITERIA.flatMap(c =>
    counted[c.name] >= c.atLeast ? [{ name: c.name, value: counted[c.name], atLeast: c.atLeast }] : [],
  );
  if (counted.spike) holds.push({ name: 'spike', value: 1, atLeast: 1 });
  const step = Math.min(values.length - 1, Math.floor(holds.length / PER_STEP));
  return { value: values[step] ?? '', holds };
}
