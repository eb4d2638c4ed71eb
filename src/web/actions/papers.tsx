/** Papers of a case: listed, shown, handed out as Word and PDF. Every hand-out is noted in the audit. */
import { handlingCopy, type Paper } from '#core/paper';
import type { Visit } from '../context.ts';
import { PaperList, type PaperPlace, PaperShow } from '../pages/papers.tsx';
import { caseHead, type CaseHead } from '../view/cases.ts';
import { housePapers, papersOf, volumeOf } from '../view/papers.ts';
import { briefsOfCase } from './briefs-shown.ts';
import { dressOf, lookOf, wordOf } from './paper-dress.ts';
import type { Show } from '../visiting.tsx';

const headOf = (visit: Visit): CaseHead | undefined => caseHead(visit.hall, visit.w, visit.c.req.param('case') ?? '');

/** Where papers lie: in a case, or with the institution as a whole. */
function placeOf(visit: Visit): PaperPlace | undefined {
  const { hall, w } = visit;
  if (visit.c.req.param('case') === undefined)
    return {
      base: '/papers',
      above: { href: '/briefs', text: w.briefsTitle },
      heading: w.papersOfHouse,
      papers: housePapers(hall),
    };
  const head = headOf(visit);
  if (!head) return undefined;
  return {
    base: `/cases/${head.key}/papers`,
    above: { href: `/cases/${head.key}`, text: `${head.number} ${head.title}` },
    heading: w.papersOfCase,
    archive: `/cases/${head.key}/archive`,
    special: `/briefs/new?kind=special&case=${head.key}`,
    papers: papersOf(hall, head),
  };
}
function asked(visit: Visit): { readonly place: PaperPlace; readonly paper: Paper } | undefined {
  const place = placeOf(visit);
  const paper = place?.papers.find(p => p.id === visit.c.req.param('paper'));
  if (!place || !paper) return undefined;
  return { place, paper: visit.c.req.query('copy') === 'handling' ? handlingCopy(paper) : paper };
}

export const list: Show = (visit, counts) => {
  const place = placeOf(visit);
  return place ? <PaperList visit={visit} counts={counts} place={place} /> : (visit.c.notFound() as Response);
};
export const show: Show = async (visit, counts) => {
  const found = asked(visit);
  if (!found) return visit.c.notFound() as Response;
  const pdf = visit.house.desk.papers.pdf !== undefined;
  const dress = await dressOf(visit, found.paper);
  return <PaperShow visit={visit} counts={counts} place={found.place} paper={found.paper} pdf={pdf} dress={dress} />;
};

export const word: Show = async visit => {
  const found = asked(visit);
  const bytes = found && (await wordOf(visit, found.paper));
  if (!found || !bytes) return visit.c.notFound() as Response;
  return handOut(visit, found.paper, bytes, 'docx');
};
export const pdf: Show = async visit => {
  const found = asked(visit);
  const { papers } = visit.house.desk;
  if (!found || !papers.pdf) return visit.c.notFound() as Response;
  return handOut(visit, found.paper, await papers.pdf(found.paper, await lookOf(visit, found.paper)), 'pdf');
};

/** The whole case as one file to put away. */
export const archive: Show = async visit => {
  const head = headOf(visit);
  if (!head) return visit.c.notFound() as Response;
  const { name, bytes } = await visit.house.desk.caseArchive(
    volumeOf(visit.hall, head, await briefsOfCase(visit, head.key)),
  );
  return visit.c.body(Uint8Array.from(bytes), 200, {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '-')}"`,
  });
};

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;
export async function handOut(
  visit: Visit,
  paper: Paper,
  bytes: Uint8Array,
  kind: keyof typeof TYPES,
): Promise<Response> {
  await visit.house.desk.audit(
    visit.user.person.code,
    'paper-taken',
    `${visit.c.req.param('case') ?? ''} ${paper.id}`.trim(),
  );
  const name = encodeURIComponent(`${paper.number ?? ''}${paper.title}.${kind}`);
  return visit.c.body(Uint8Array.from(bytes), 200, {
    'content-type': TYPES[kind],
    'content-disposition': `attachment; filename="paper.${kind}"; filename*=UTF-8''${name}`,
  });
}
