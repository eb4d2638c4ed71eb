/**
 * The wording of a brief as plain text, which is what is stored, hashed and signed: figures and tables stand in it as lines,
 * so that a signature covers every number. Read back it gives the same page for ever.
 *
 * ```
 * 2026年9月16日舆情情况              the first line is the title
 * # 一、综述                          a heading
 * 发现信息 5 条……                    a paragraph
 * || 事项 | 本期 |                    heads of a table
 * | 发现信息 | 5 条 |                 a row of it
 * |= 9月14日 | 3 |                    a bar
 * > 信源 12 个……                     a note
 * ```
 */
import type { PaperBlock } from '#core/paper';

export interface BriefText {
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
}

/** Marks of this notation inside words are written in their full-width form. */
const cell = (text: string): string => text.replaceAll('|', '｜').replaceAll(/\s+/g, ' ').trim();
const plain = (text: string): string => {
  const one = text.replaceAll(/\s*\n\s*/g, ' ').trim();
  return /^[#>|]/.test(one) ? `　${one}` : one;
};
const row = (mark: string, cells: readonly string[]): string => `${mark} ${cells.map(cell).join(' | ')} |`;

export function writeText({ title, blocks }: BriefText): string {
  const lines = blocks.flatMap((block): string[] => {
    switch (block.block) {
      case 'heading':
        return [`# ${plain(block.text)}`];
      case 'text':
        return [plain(block.text)];
      case 'note':
        return [`> ${plain(block.text)}`];
      case 'table':
        return [row('||', block.heads), ...block.rows.map(cells => row('|', cells))];
      case 'bars':
        return block.rows.map(bar => row('|=', [bar.label, String(bar.value)]));
      case 'boxes':
        return [row('||', ['项目', '内容']), ...block.rows.map(b => row('|', [b.label, b.value]))];
      case 'signatures':
        return [];
    }
  });
  return [plain(title), ...lines.filter(l => l.trim() !== '')].join('\n');
}

export function readText(text: string): BriefText {
  const [title = '', ...lines] = text.split('\n').filter(l => l.trim() !== '');
  const blocks: PaperBlock[] = [];
  const cells = (line: string, from: number): string[] =>
    line
      .slice(from)
      .replace(/\|\s*$/, '')
      .split('|')
      .map(c => c.trim());
  for (const line of lines) {
    const last = blocks.at(-1);
    if (line.startsWith('# ')) blocks.push({ block: 'heading', text: line.slice(2) });
    else if (line.startsWith('> ')) blocks.push({ block: 'note', text: line.slice(2) });
    else if (line.startsWith('||')) blocks.push({ block: 'table', heads: cells(line, 2), rows: [] });
    else if (line.startsWith('|=')) {
      const [label = '', value = '0'] = cells(line, 2);
      const bar = { label, value: Number(value) };
      if (last?.block === 'bars') blocks.splice(-1, 1, { ...last, rows: [...last.rows, bar] });
      else blocks.push({ block: 'bars', rows: [bar] });
    } else if (line.startsWith('|') && last?.block === 'table')
      blocks.splice(-1, 1, { ...last, rows: [...last.rows, cells(line, 1)] });
    else blocks.push({ block: 'text', text: line.trim() });
  }
  return { title, blocks: blocks.map(b => (b.block === 'table' ? { ...b, widths: widthsOf(b.heads, b.rows) } : b)) };
}

/** Columns as wide as what stands in them asks for, none under a seventh of the widest. */
function widthsOf(heads: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  const wide = heads.map((head, i) => Math.max(head.length, ...rows.map(r => Math.min((r[i] ?? '').length, 30))));
  const most = Math.max(...wide, 1);
  return wide.map(n => Math.max(n, Math.ceil(most / 6), 3));
}

/** What the office wrote itself: the paragraphs under a heading whose words end so, or all of a text without headings. */
export function sectionOf({ blocks }: BriefText, heading: string): string {
  if (blocks.every(b => b.block === 'text')) return blocks.map(b => (b.block === 'text' ? b.text : '')).join('\n');
  const start = blocks.findIndex(b => b.block === 'heading' && b.text.endsWith(heading));
  if (start < 0) return '';
  const rest = blocks.slice(start + 1);
  const end = rest.findIndex(b => b.block !== 'text');
  return (end < 0 ? rest : rest.slice(0, end)).map(b => (b.block === 'text' ? b.text : '')).join('\n');
}

export interface TextChange {
  readonly section: string;
  readonly row: string;
  readonly was: string;
  readonly is: string;
}
/** What a re-made brief says otherwise: rows of tables by heading and first cell, bars by label, notes as they stand. */
export function changesOf(was: BriefText, is: BriefText): readonly TextChange[] {
  const [before, after] = [rowsOf(was), rowsOf(is)];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys.flatMap(key => {
    const [a = '', b = ''] = [before.get(key), after.get(key)];
    if (a === b) return [];
    const [section = '', row = ''] = key.split('\n');
    return [{ section, row, was: a, is: b }];
  });
}
function rowsOf({ blocks }: BriefText): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  let section = '';
  const put = (name: string, value: string): void => {
    let key = `${section}\n${name}`;
    for (let n = 2; rows.has(key); n++) key = `${section}\n${name}（${n}）`;
    rows.set(key, value);
  };
  for (const block of blocks) {
    if (block.block === 'heading') section = block.text.replace(/^[一二三四五六七八九十]+、/, '');
    if (block.block === 'table') for (const [name = '', ...rest] of block.rows) put(name, rest.join('，'));
    if (block.block === 'bars') for (const { label, value } of block.rows) put(label, String(value));
  }
  return rows;
}
