/** Words of papers and forms in English. */
import type { Same } from './same.ts';
import type { zhPapers } from './zh-papers.ts';

export const enPapers: Same<typeof zhPapers> = {
  papersTitle: 'Papers and forms',
  papersNone: 'No paper can be made yet',
  papersNoneSays:
    'Forms and ledgers that the regulation asks for outside cases stand here; it asks for none, or nothing was entered that fills one. Papers of a case stand with the case.',
  papersSub:
    'All are made from the log and can be made again; what is entered later shows on them. What is wanting is filled in before they are issued.',
  papersOfCase: 'Papers and forms of this case',
  papersOfHouse: 'Forms and ledgers of the institution',
  paperName: 'Title',
  paperNumber: 'Number',
  paperIssuer: 'Unit',
  paperState: 'Complete',
  paperComplete: 'complete',
  paperMissing: (what: string) => `wanting: ${what}`,
  paperSpecial: 'Draft a special brief',
  paperArchive: 'Whole volume (ZIP)',
  paperWord: 'Word file',
  paperPdf: 'PDF file',
  paperNoPdf: 'This server has no Chinese font, so there is no PDF; take the Word file, or print.',
  paperRedHead: 'Word file with red head',
  paperHandling: 'Copy for the handling unit (no contacts)',
  paperTo: (to: string) => `To: ${to}`,
  paperTemplate: (name: string) => `Own template: ${name}`,
  paperSealed: 'With the seal',
  templateUnknown: (name: string, tags: string) =>
    `The template "${name}" asks for what this paper has not: ${tags} (left empty). `,
  templateUnused: (name: string, fields: string) => `The template "${name}" leaves out: ${fields}.`,
  looksTitle: 'Templates and seal',
  looksSub:
    'Lay papers out in Word as your institution does; the log fills them in. One kind of paper may have several variants.',
  templateNone: 'No templates of your own yet: papers go out in the layout of the product.',
  templateAdd: 'Add a template',
  templateHow: (values: string, rows: string) =>
    `Where a value goes, write ${values} or the name of a field of the form; in the row of a table that is to be repeated write fields like ${rows}. Fields that are missing or left over are named.`,
  templateForWhat: 'For which paper',
  templateName: 'Name of the variant',
  templateFile: 'Word file (.docx, at most 2 MB)',
  templateTags: 'Fields in it',
  templateRemove: 'Delete',
  sealTitle: 'Picture of the seal',
  sealSays:
    'It can be set only by an office that may sign, on a paper that holds all it must; each use is noted in the audit. The picture is kept sealed.',
  sealFile: 'PNG picture on a transparent ground, at most 512 KB',
  sealNone: 'There is no seal yet.',
  sealThere: 'A seal is there.',
  sealSet: 'Use this one',
  sealRemove: 'Take the seal away',
  paperBack: 'Back to the papers',
  paperPending: '(to be filled in)',
};
