/** Papers: forms, bulletins, reports and approval sheets made from the log, and their numbers. */
export { evidenceList, receiptList } from './archive-lists.ts';
export { templateFields, type TemplateFields, templateFor, templateGaps } from './template-fields.ts';
export {
  type Issue,
  informationScale,
  issuesIn,
  type Lead,
  leadDesk,
  leadsIn,
  sendsInformation,
} from './information.ts';
export { erasures, type Keeping, keepingOf, keptUntil } from './keeping.ts';
export { papersOfHouse } from './house-papers.ts';
export { papersOfCase } from './case-papers.ts';
export type { CaseMaterial } from './material.ts';
export type { PaperNames } from './names.ts';
export { holes, nextNumber, numberSeries, readNumber, showNumber } from './number.ts';
export * from './brief/index.ts';
export { sayMoment } from './say.ts';
