/** Lays out one paper in a process of its own: what the typesetter allocates goes with it, and it can be ended. */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';

const layout = readFileSync(new URL('./paper.typ', import.meta.url), 'utf8');
const { papers, seal } = JSON.parse(readFileSync(0, 'utf8')) as { readonly papers: object[]; readonly seal?: string };
const workspace = tmpdir();
const compiler = NodeCompiler.create({ workspace });
// A picture in memory under a name of its own: nothing is written to disk.
if (seal !== undefined) compiler.mapShadow(join(workspace, 'huiyin-seal.png'), Buffer.from(seal, 'base64'));
const pdf = compiler.pdf(
  { mainFileContent: layout, inputs: { papers: JSON.stringify(papers) } },
  { pdfStandard: PdfStandard.A_2b },
);
if (!pdf) throw new Error('the paper could not be laid out');
process.stdout.write(pdf);
