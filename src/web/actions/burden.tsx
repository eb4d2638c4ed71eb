/** The burden page: every form that an open duty leads to is looked at as it would be shown now. */
import { VOCABULARY } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { Visit } from '../context.ts';
import { Burden, type TwiceRow } from '../pages/burden.tsx';
import { askedTwice } from '../view/burden.ts';
import { caseHeads } from '../view/cases.ts';
import { nextStep } from '../view/duties.ts';
import { caseLinesOf } from '../state.ts';
import type { Show } from '../visiting.tsx';
import { proposed } from './proposed.ts';

const MOST_NOTICES = 5000;
/** Open cases looked at, newest first: a sample that a page can afford. */
const MOST_CASES = 200;

/** The forms of open duties, and which of their fields are asked for twice. */
function looked(visit: Visit): { readonly forms: number; readonly twice: readonly TwiceRow[] } {
  const { hall, w, language } = visit;
  const twice: TwiceRow[] = [];
  const seen = new Set<string>();
  const open = caseHeads(hall, w)
    .filter(h => h.closedAt === undefined)
    .slice(-MOST_CASES);
  for (const head of open)
    for (const line of caseLinesOf(hall, head.key).obligations.filter(isOwed)) {
      const { href } = nextStep(hall, language, line);
      const address = /^\/cases\/[^/]+\/do\/([^?]+)\??(.*)$/.exec(href);
      const type = address?.[1] ?? '';
      if (!VOCABULARY.has(type) || seen.has(href)) continue;
      seen.add(href);
      const link: Record<string, string[]> = {};
      for (const [name, value] of new URLSearchParams(address?.[2] ?? '')) (link[name] ??= []).push(value);
      const given = proposed(visit, { type, head }, link);
      for (const field of askedTwice(type, given, head.events)) twice.push({ type, field, href });
    }
  return { forms: seen.size, twice };
}
const isOwed = (l: ObligationLine): boolean => !l.whole && (l.state === 'open' || l.state === 'late');

export const show: Show = async (visit, counts) => {
  const notices = await visit.house.desk.notices.list(MOST_NOTICES);
  return <Burden visit={visit} counts={counts} notices={notices} {...looked(visit)} />;
};
