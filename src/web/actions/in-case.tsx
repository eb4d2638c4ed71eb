/** What every action inside a case does alike: find the case, run a decision through the actor, come back with a sentence. */
import type { Child } from 'hono/jsx';
import type { Hall } from '../state.ts';
import type { Proposal } from '../acting.ts';
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { type CaseHead, caseHead } from '../view/cases.ts';
import { countsOf, goWith, type Posted } from '../visiting.tsx';

export const headOf = (visit: Visit): CaseHead | undefined =>
  caseHead(visit.hall, visit.w, visit.c.req.param('case') ?? '');
export const missingPage = (visit: Visit): Response => visit.c.notFound() as Response;
export interface Way {
  readonly posted: Posted;
  readonly head: CaseHead;
  /** Where the reader comes back to. */
  readonly back: string;
  readonly said: string;
  /** What the stage decides on the newest entries; a text where it cannot. */
  readonly decide: (
    hall: Hall,
    events: CaseHead['events'],
  ) => { readonly append: readonly Proposal[] } | { readonly problem: string };
  /** The page again with what was wrong; what was typed stays. */
  readonly again: (visit: Visit, counts: Counts, problem: string) => Child;
}

/** Stores what was decided; a refused act comes back to the page with its reason, a fault with what was typed. */
export async function runInCase({ posted, head, back, said, decide, again }: Way): Promise<Response> {
  const { visit } = posted;
  const { house, user, c, w } = visit;
  const say = async (problem: string): Promise<Response> => {
    const hall = await house.keeper.look();
    return c.html(<>{again({ ...visit, hall }, await countsOf(visit), problem)}</>, 422);
  };
  if (!user.office) return say(w.noOffice);
  const outcome = await house.actor.act(user.office, hall => {
    const decided = decide(hall, hall.byCase.get(head.key) ?? []);
    return 'problem' in decided ? { faults: [decided.problem] } : decided.append.map(e => ({ ...e, case: head.key }));
  });
  if (outcome.kind === 'invalid') return say(outcome.faults.join(' '));
  if (outcome.kind === 'refused') {
    const hall = await house.keeper.look();
    const last = hall.events.findLast(e => e.type === 'act.refused')?.id ?? '';
    return c.redirect(`${back}${back.includes('?') ? '&' : '?'}refused=${last}`, 303);
  }
  return goWith(c, back, said);
}
