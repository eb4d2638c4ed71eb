/** A clause that the rulebook does not have is no answer but a slip: refused, with the nearest ids. */
import { didYouMean } from '#core/log';
import type { Rulebook } from '#core/rulebook';
import { InputRefused } from './command.ts';

export function requireClause(rulebook: Rulebook, clause: string): void {
  const ids = rulebook.clauses.map(c => c.id);
  if (ids.includes(clause)) return;
  const mend = didYouMean(clause, ids);
  throw new InputRefused([
    {
      file: rulebook.file,
      line: 1,
      code: 'HY-I7',
      message: `there is no clause "${clause}" in this rulebook.`,
      ...(mend === undefined ? {} : { mend }),
    },
  ]);
}
