/** Where words of a finding stood that have been deleted: that they were, when and why, instead of an empty place. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { dateText } from '../view/times.ts';

export interface Erasable {
  readonly erasedAt?: number;
  /** Deleted with its case; otherwise by its own date. */
  readonly caseId?: string;
}
export const ErasedNote: FC<{ visit: Visit; of: Erasable }> = ({ visit, of }) => {
  const { w } = visit;
  if (of.erasedAt === undefined) return <></>;
  const on = dateText(of.erasedAt);
  return <p class="note erased">{of.caseId === undefined ? w.wordsErased(on) : w.wordsErasedWithCase(on)}</p>;
};
