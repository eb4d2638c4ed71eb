/** Every paper of a case, made from the log whenever it is asked for; the last one lists the others. */
import type { Paper } from '#core/paper';
import { caseSheet } from './case-sheet.ts';
import { formSheets } from './form-sheets.ts';
import { explanations, noticeLetters, reportLetters } from './letters.ts';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayDay } from './say.ts';
import { textPapers } from './texts.ts';

export function papersOfCase(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  const papers = distinct([
    caseSheet(material, names),
    ...noticeLetters(material, names),
    ...formSheets(material, names),
    ...reportLetters(material, names),
    ...textPapers(material, names),
    ...explanations(material, names),
  ]);
  return [...papers, contents(material, names, papers)];
}

/** What lies in the volume, in the order in which it lies there. */
function contents(material: CaseMaterial, names: PaperNames, papers: readonly Paper[]): Paper {
  const bundled = ofType(material, 'archive.bundled').at(-1);
  return {
    id: 'contents',
    layout: 'list',
    title: '卷内目录',
    issuer: names.institution,
    date: sayDay(bundled?.at ?? material.now),
    to: [],
    copies: [],
    blocks: [
      {
        block: 'boxes',
        rows: [
          { label: '案件', value: `${material.number}　${material.title}` },
          { label: '归档', value: bundled ? `${sayDay(bundled.at)}，${names.office(bundled.by)}` : '尚未归档' },
        ],
      },
      {
        block: 'table',
        heads: ['序号', '编号', '题名', '责任单位', '日期', '齐全'],
        widths: [1, 3, 6, 4, 4, 2],
        rows: papers.map((p, i) => [
          String(i + 1),
          p.number ?? '',
          p.title,
          p.issuer,
          p.date,
          p.missing.length === 0 ? '齐' : '缺项',
        ]),
      },
    ],
    missing: [],
    from: bundled ? [bundled.id] : [],
  };
}

/** Two forms of one number and name would overwrite each other; the later one is counted on. */
function distinct(papers: readonly Paper[]): readonly Paper[] {
  const seen = new Map<string, number>();
  return papers.map(paper => {
    const n = (seen.get(paper.id) ?? 0) + 1;
    seen.set(paper.id, n);
    return n === 1 ? paper : { ...paper, id: `${paper.id}-${n}` };
  });
}
