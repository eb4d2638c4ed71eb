/** Lays out one long paper as Word in a process of its own: the library holds a tree of every cell of it. */
import { readFileSync } from 'node:fs';
import type { Paper } from '#core/paper';
import { layOutDocx } from './docx.ts';

const { paper, redHead, seal } = JSON.parse(readFileSync(0, 'utf8')) as {
  readonly paper: Paper;
  readonly redHead?: string;
  readonly seal?: string;
};
const bytes = await layOutDocx(paper, {
  ...(redHead === undefined ? {} : { redHead }),
  ...(seal === undefined ? {} : { seal: Buffer.from(seal, 'base64') }),
});
process.stdout.write(bytes);
