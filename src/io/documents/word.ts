/** A paper as a Word file: short ones here, long ones in a process of their own, so that the desk's memory stays its own. */
import { fileURLToPath } from 'node:url';
import type { Paper } from '#core/paper';
import { layOutDocx, type Look } from './docx.ts';
import { inProcess } from './in-process.ts';

const WORKER = fileURLToPath(new URL('./docx-worker.ts', import.meta.url));
/** Some thirty pages of tables. */
const MANY_CELLS = 3000;

const cellsOf = (paper: Paper): number =>
  paper.blocks.reduce((n, b) => n + (b.block === 'table' ? b.rows.length * b.heads.length : 1), 0);

export async function renderDocx(paper: Paper, look: Look): Promise<Uint8Array> {
  if (cellsOf(paper) <= MANY_CELLS) return layOutDocx(paper, look);
  const seal = look.seal && Buffer.from(look.seal).toString('base64');
  return inProcess(WORKER, { paper, redHead: look.redHead, ...(seal === undefined ? {} : { seal }) });
}
