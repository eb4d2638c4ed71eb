/** A brief as a paper: its wording read back, head and number, who signed, to whom it went and who has it. */
import type { Paper, PaperBlock } from '#core/paper';
import type { PaperNames } from '../names.ts';
import { sayDay } from '../say.ts';
import type { Brief } from './decide.ts';
import { annexHash } from './draft.ts';
import { BRIEF_TITLES } from './kinds.ts';
import { writeText } from './text.ts';

/** `annex` = the tables that did not fit into the entry, made again from what was known when the wording was kept. */
export function briefPaper(
  brief: Brief,
  names: PaperNames,
  annex: readonly PaperBlock[] | undefined,
  hash: (text: string) => string,
): Paper {
  const wanted = annexHash(brief.read);
  const same = wanted === undefined || wanted === hash(writeText({ title: '附件', blocks: annex ?? [] }));
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
    blocks: [
      ...brief.read.blocks,
      ...(wanted === undefined ? [] : [{ block: 'heading' as const, text: '附件' }, ...(annex ?? [])]),
      ...(same ? [] : [{ block: 'note' as const, text: '附件与成稿时的指纹不一致，以成稿时印出的为准。' }]),
    ],
    missing: brief.signed.length === 0 && brief.about.kind !== 'zero' ? ['签发'] : [],
    from: [brief.draft.id, ...brief.signed.map(e => e.id), ...(brief.issued ? [brief.issued.id] : [])],
  };
}
