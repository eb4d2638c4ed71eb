/** Lays out one paper in a process of its own: what the typesetter allocates goes with it, and it can be ended. */
import { readFileSync } from 'node:fs';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';

const layout = readFileSync(new URL('./paper.typ', import.meta.url), 'utf8');
const paper = readFileSync(0, 'utf8');
const pdf = NodeCompiler.create().pdf(
  { mainFileContent: layout, inputs: { paper } },
  { pdfStandard: PdfStandard.A_2b },
);
if (!pdf) throw new Error('the paper could not be laid out');
process.stdout.write(pdf);
