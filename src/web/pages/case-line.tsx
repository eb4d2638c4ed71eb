/** One line beside a case, and who is meant where a field names a recipient. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, type HuiLook } from '../parts/hui.tsx';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';

export interface At {
  readonly visit: Visit;
  readonly head: CaseHead;
}

export const Line: FC<{ look: HuiLook; time?: string; children: Child }> = ({ look, time, children }) => (
  <li>
    <Hui size="xs" look={look} />
    <span>{children}</span>
    <time>{time ?? ''}</time>
  </li>
);

/** Recipients are bodies, units, or offices of the house. */
export const recipient = ({ hall, language }: Visit, key: string): string => {
  const names = naming(hall, language);
  return hall.rulebook.terms.roles[key] ? names.role(key) : names.body(key);
};

export const texts = (value: unknown): string[] =>
  [value]
    .flat()
    .filter(v => v !== undefined)
    .map(String);
