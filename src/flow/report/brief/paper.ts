/** A brief as a paper: its wording read back, head and number, who signed, to whom it went and who has it. */
import type { Paper } from '#core/paper';
import type { PaperNames } from '../names.ts';
import { sayDay } from '../say.ts';
import type { Brief } from './decide.ts';
import { BRIEF_TITLES } from './kinds.ts';

export function briefPaper(brief: Brief, names: PaperNames): Paper {
  const to = [...new Set(brief.sent.flatMap(e => (e.data['to'] as readonly unknown[]).map(String)))];
  const signed = brief.signed.map(e => names.office(e.by));
  return {
    id: brief.document,
    layout: 'letter',
    masthead: BRIEF_TITLES[brief.about.kind],
    title: brief.read.title,
    ...(brief.number === undefined ? {} : { number: brief.number }),
    ...(signed.length === 0 ? {} : { signedBy: signed.join('、') }),
    issuer: names.institution,
    date: sayDay(brief.issued?.at ?? brief.signed.at(-1)?.at ?? brief.draft.at),
    to: [],
    copies: to.map(names.unit),
    blocks: brief.read.blocks,
    missing: brief.signed.length === 0 ? ['签发'] : [],
    from: [brief.draft.id, ...brief.signed.map(e => e.id), ...(brief.issued ? [brief.issued.id] : [])],
  };
}
