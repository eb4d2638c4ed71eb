/** One problem, and how it is printed: where, what, so what, how to mend it. Columns are screen cells: a Chinese character counts two. */
import { type Code, CODES } from './codes.ts';
import type { Position, Problem } from './types.ts';

export interface ProblemDetails {
  readonly clause?: string | undefined;
  readonly article?: string | undefined;
  readonly paragraph?: number | undefined;
  readonly length?: number | undefined;
  readonly harm?: string | undefined;
  readonly near?: readonly string[] | undefined;
}
export function makeProblem(
  file: string,
  at: Position,
  code: Code,
  message: string,
  mend: string,
  details: ProblemDetails = {},
): Problem {
  const { clause, article, paragraph, length, harm, near } = details;
  return {
    code,
    severity: CODES[code].severity,
    file,
    at,
    ...(length === undefined ? {} : { length }),
    ...(clause === undefined ? {} : { clause }),
    ...(article === undefined ? {} : { article }),
    ...(paragraph === undefined ? {} : { paragraph }),
    message,
    harm: harm ?? CODES[code].harm,
    mend,
    near: near ?? [],
  };
}

/** East Asian wide and full-width characters take two cells (Unicode Standard Annex 11, the ranges a Chinese text uses). */
const isWide = (unit: number): boolean =>
  (unit >= 0x1100 && unit <= 0x115f) ||
  (unit >= 0x2e80 && unit <= 0xa4cf) ||
  (unit >= 0xac00 && unit <= 0xd7a3) ||
  (unit >= 0xf900 && unit <= 0xfaff) ||
  (unit >= 0xfe30 && unit <= 0xfe6f) ||
  (unit >= 0xff00 && unit <= 0xff60) ||
  (unit >= 0xffe0 && unit <= 0xffe6);
/** Width of a text in screen cells. */
export function cells(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += isWide(text.charCodeAt(i)) ? 2 : 1;
  return sum;
}

/** The message in full, with the offending line and a caret under the place. */
export function printProblem(problem: Problem, source: string): string {
  const lines = source.split('\n');
  const { line, column } = problem.at;
  const number = String(line);
  const before = lines[line - 2];
  const here = lines[line - 1] ?? '';
  const margin = (n: string) => `  ${n.padStart(number.length)} │ `;
  const caret = '^'.repeat(Math.max(1, problem.length ?? 4));
  const place = [
    problem.article ? `Article ${problem.article}` : '',
    problem.paragraph ? `paragraph ${problem.paragraph}` : '',
  ]
    .filter(Boolean)
    .join(', ');
  const out = [`${problem.file}:${line}:${column}  ${problem.code}  ${problem.message}`];
  if (place || problem.clause) out.push(`  ${place}${problem.clause ? `  (clause ${problem.clause})` : ''}`);
  out.push('');
  if (before !== undefined && before.trim() !== '') out.push(`${margin(String(line - 1))}${before}`);
  out.push(`${margin(number)}${here}`, `${margin('')}${' '.repeat(Math.max(0, column - 1))}${caret}`, '');
  out.push(`  So:   ${problem.harm}`, `  Mend: ${problem.mend}`);
  return `${out.join('\n')}\n`;
}
