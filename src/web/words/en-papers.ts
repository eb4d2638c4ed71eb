/** Words of papers and forms in English. */
import type { Same } from './same.ts';
import type { zhPapers } from './zh-papers.ts';

export const enPapers: Same<typeof zhPapers> = {
  papersTitle: 'Papers and forms',
  papersSub:
    'All are made from the log and can be made again; what is entered later shows on them. What is wanting is filled in before they are issued.',
  papersOfCase: 'Papers and forms of this case',
  paperName: 'Title',
  paperNumber: 'Number',
  paperIssuer: 'Unit',
  paperState: 'Complete',
  paperComplete: 'complete',
  paperMissing: (what: string) => `wanting: ${what}`,
  paperArchive: 'Whole volume (ZIP)',
  paperWord: 'Word file',
  paperPdf: 'PDF file',
  paperNoPdf: 'This server has no Chinese font, so there is no PDF; take the Word file, or print.',
  paperRedHead: 'Word file with red head',
  paperHandling: 'Copy for the handling unit (no contacts)',
  paperTo: (to: string) => `To: ${to}`,
  paperBack: 'Back to the papers',
  paperPending: '(to be filled in)',
};
