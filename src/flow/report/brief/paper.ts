/** A brief as a paper: its wording read back, head and number, who signed, to whom it went and who has it. */
import type { Paper } from '#core/paper';
import type { PaperNames } from '../names.ts';
import { sayDay, sayMoment } from '../say.ts';
import type { Brief } from './decide.ts';
import { BRIEF_TITLES } from './kinds.ts';

export function briefPaper(brief: Brief, names: PaperNames): Paper {
  const to = [...new Set(brief.sent.flatMap(e => (e.data['to'] as readonly unknown[]).map(String)))];
  const signatures = brief.signed.map(e => ({
    capacity: names.capacity(String(e.data['as'])),
    office: names.office(e.by),
    at: sayMoment(e.at),
    note: '同意',
  }));
  return {
    id: brief.document,
    layout: 'letter',
    masthead: BRIEF_TITLES[brief.about.kind],
    title: brief.read.title.replace(/^.*（(.*)）$/, '$1舆情情况'),
    ...(brief.number === undefined ? {} : { number: brief.number }),
    issuer: names.institution,
    date: sayDay(brief.issued?.at ?? brief.signed.at(-1)?.at ?? brief.draft.at),
    to: [],
    copies: to.map(names.unit),
    blocks: [
      ...brief.read.blocks,
      ...(signatures.length > 0 ? [{ block: 'signatures' as const, rows: signatures }] : []),
    ],
    missing: brief.signed.length === 0 ? ['签发'] : [],
    from: [brief.draft.id, ...brief.signed.map(e => e.id), ...(brief.issued ? [brief.issued.id] : [])],
  };
}
