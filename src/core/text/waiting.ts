/**
 * Which rules could hold, from the terms that hit: each waits under the terms of its likely rarest group ("pivot" of a
 * conjunction; as the predicate counting of Yan and Garcia-Molina, "Index structures for selective dissemination of
 * information", 1994) and is looked at only where one of them hits. All of it lies in two flat arrays: following objects
 * costs more than the comparison they lead to.
 */
import type { HitIndex } from './hit-index.ts';
import type { CompiledRules } from './rules.ts';

export interface Waiting {
  /** Term → where its list begins, or 0. */
  readonly begins: Int32Array;
  /** Rules of which every group of terms has a hit, in their order. `lists` of the index are looked through. */
  readonly candidates: (index: HitIndex, lists: number) => number[];
}
export function makeWaiting({ rules, terms, underTerm, always }: CompiledRules): Waiting {
  // A rule's questions: its number, its further groups (how many terms, then the terms), 0. The group under which it waits has hit.
  const questionsOf = new Int32Array(rules.length);
  let size = 0;
  const rest = rules.map(rule => rule.needs.subarray(1 + (rule.needs[0] ?? 0)));
  rest.forEach((needs, r) => {
    questionsOf[r] = size;
    size += needs.length + 2;
  });
  const questions = new Int32Array(size);
  rest.forEach((needs, r) => {
    questions[questionsOf[r] as number] = r;
    questions.set(needs, (questionsOf[r] as number) + 1);
  });
  // Lists of where the questions of the rules stand under a term, each ended by END; place 0 is nobody's list.
  const begins = new Int32Array(terms.length);
  const lists: number[] = [END];
  underTerm.forEach((under, term) => {
    if (!under) return;
    begins[term] = lists.length;
    for (const rule of under) lists.push(questionsOf[rule] as number);
    lists.push(END);
  });
  const listed = Int32Array.from(lists);

  function couldHold(bits: Int32Array, rule: number): boolean {
    for (let at = rule + 1; questions[at] !== 0;) {
      const end = at + 1 + (questions[at] as number);
      let found = 0;
      for (let i = at + 1; i < end; i++) {
        const term = questions[i] as number;
        found |= (bits[term >>> 5] as number) >>> (term & 31);
      }
      if ((found & 1) === 0) return false;
      at = end;
    }
    return true;
  }
  return {
    begins,
    candidates(index, count) {
      const { bits, lists: begun } = index;
      const found = [...always];
      for (let l = 0; l < count; l++)
        for (let i = begun[l] as number; listed[i] !== END; i++) {
          const rule = listed[i] as number;
          if (couldHold(bits, rule)) found.push(questions[rule] as number);
        }
      if (found.length < 2) return found;
      found.sort((a, b) => a - b);
      // A rule of which two terms hit was found twice.
      return found.filter((rule, i) => rule !== found[i - 1]);
    },
  };
}
const END = -1;
