/** Tables that people hand in, read where a hostile file can do no harm; papers laid out as Word and PDF. */
export { docxToPdf, findOffice } from './pdf.ts';
export { blockHtml, escapeHtml, htmlPage, renderHtml } from './html.ts';
export { renderDocx } from './word.ts';
export { sealProblem } from './seal.ts';
export { fillTemplate, templateTags } from './template.ts';
export { writeWorkbook } from './workbook.ts';
export { readTableFile, type TableFile } from './table-file.ts';
export { canTypeset, hasChineseFont, typesetAll, typesetPdf } from './typst.ts';
export { type AttachmentFault, type AttachmentKind, type Inspected, MOST_BYTES } from './attachment.ts';
export { scanAttachment } from './attachment-scan.ts';
export { withoutCameraData } from './picture.ts';
