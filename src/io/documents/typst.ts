/**
 * A paper as PDF/A-2b without an office program: quick for long briefs, and there where LibreOffice is not. Chinese fonts
 * are the machine's own; without any nothing is laid out, because a page of empty boxes is worse than none.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Paper, PaperBlock } from '#core/paper';
import type { Look } from './docx.ts';
import { inProcess } from './in-process.ts';

const TYPESETTER = '@myriaddreamin/typst-ts-node-compiler';
const WORKER = fileURLToPath(new URL('./typst-worker.ts', import.meta.url));
const CHINESE = /cjk|hei|song|fang|kai|sim(sun|hei|kai)|source.?han|wqy|wenquanyi|droid.*fallback|msyh|pingfang/i;

const fontFolders = (): readonly string[] => [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.fonts'),
  join(homedir(), '.local/share/fonts'),
  '/System/Library/Fonts',
  '/Library/Fonts',
  'C:\\Windows\\Fonts',
];
/** Whether this machine has a font with Chinese characters, judged by the names of its files. */
export function hasChineseFont(folders: readonly string[] = fontFolders()): boolean {
  return folders.some(folder => {
    try {
      return readdirSync(folder, { recursive: true }).some(
        file => /\.(ttf|otf|ttc|otc)$/i.test(String(file)) && CHINESE.test(String(file)),
      );
    } catch {
      return false; // not there, or not ours to read
    }
  });
}
/** Whether the typesetter can run here: its program is built for the usual systems only, and npm fetches the one that fits. */
export function canTypeset(): boolean {
  const { resolve } = createRequire(import.meta.url);
  const has = (name: string): boolean => {
    try {
      return resolve(name) !== '';
    } catch {
      return false;
    }
  };
  try {
    const own = resolve(`${TYPESETTER}/package.json`);
    const built = JSON.parse(readFileSync(own, 'utf8')) as { readonly optionalDependencies?: Record<string, string> };
    return Object.keys(built.optionalDependencies ?? {}).some(name => has(`${name}/package.json`)) && hasChineseFont();
  } catch {
    return false;
  }
}

/** The pages of a paper. Throws when the typesetter fails or takes longer than a minute. */
export const typesetPdf = (paper: Paper, look: Look): Promise<Uint8Array> => typesetAll([paper], look);

/** Several papers as one file, each from a page of its own: a volume. The file bears the first one's title. */
export function typesetAll(papers: readonly Paper[], look: Look): Promise<Uint8Array> {
  const seal = look.seal && Buffer.from(look.seal).toString('base64');
  const data = papers.map(paper => dataOf(paper, look));
  return inProcess(WORKER, { papers: data, ...(seal === undefined ? {} : { seal }) });
}

/** What the layout reads: every field there, lists as texts, rows of boxes alike. */
const dataOf = (paper: Paper, look: Look): Readonly<Record<string, unknown>> => ({
  layout: paper.layout,
  title: paper.title,
  mark: paper.mark ?? '',
  masthead: paper.masthead ?? null,
  redHead: paper.layout === 'letter' ? (look.redHead ?? null) : null,
  seal: look.seal !== undefined,
  number: paper.number ?? '',
  signedBy: paper.signedBy ?? null,
  issuer: paper.issuer,
  date: paper.date,
  day: dayOf(paper.date),
  to: paper.to.join('、'),
  copies: paper.copies.join('、'),
  missing: paper.missing.join('、'),
  blocks: paper.blocks.map(blockOf),
});
/** PDF/A wants a date; a paper that bears none in figures gets the first of its century. */
function dayOf(date: string): readonly number[] {
  const found = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(date);
  return found ? found.slice(1).map(Number) : [2000, 1, 1];
}
function blockOf(block: PaperBlock): Readonly<Record<string, unknown>> {
  switch (block.block) {
    case 'table': {
      const widths = block.widths ?? block.heads.map(() => 1);
      // A row shorter or longer than its head would push all that follow into wrong columns.
      const rows = block.rows.map(row => block.heads.map((_, i) => row[i] ?? ''));
      return { ...block, widths, rows };
    }
    case 'boxes':
      return {
        ...block,
        rows: block.rows.map(r => [r.label, r.missing && r.value === '' ? '（待填）' : r.value, r.lines ?? 0]),
      };
    case 'signatures':
      return {
        ...block,
        rows: block.rows.map(r => [
          `${r.capacity}意见`,
          r.office === '' ? '\n\n签字：　　　　　　年　　月　　日' : `${r.note}\n${r.office}　　${r.at}`,
          0,
        ]),
      };
    default:
      return block;
  }
}
