/** A paper as named fields, for a Word file that the institution lays out itself: single values, and rows of its tables. */
import type { Paper } from '#core/paper';

export interface TemplateFields {
  /** 编号 → 〔2026〕12号 */
  readonly values: Readonly<Record<string, string>>;
  /** 经过 → rows of 时间, 职务, 事项 */
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

/** What a template is for: the name of the form, or the head of a serial. */
export const templateFor = (paper: Paper): string => paper.masthead ?? paper.title;

export function templateFields(paper: Paper): TemplateFields {
  const values: Record<string, string> = {
    题名: paper.title,
    编号: paper.number ?? '',
    单位: paper.issuer,
    日期: paper.date,
    主送: paper.to.join('、'),
    抄送: paper.copies.join('、'),
    依据: paper.clause ?? '',
    签发: paper.signedBy ?? '',
    缺项: paper.missing.join('、'),
  };
  const rows: Record<string, readonly Readonly<Record<string, string>>[]> = {};
  const own: string[] = [];
  let heading = '';
  for (const block of paper.blocks)
    switch (block.block) {
      case 'heading':
        heading = block.text.replace(/^[一二三四五六七八九十]+、/, '');
        own.push(block.text);
        break;
      case 'text':
      case 'note':
        own.push(block.text);
        break;
      case 'boxes':
        for (const box of block.rows) values[box.label] = box.value;
        break;
      case 'signatures':
        for (const s of block.rows) values[`${s.capacity}意见`] = [s.note, s.office, s.at].filter(Boolean).join('　');
        rows['签字'] = block.rows.map(s => ({ 身份: s.capacity, 职务: s.office, 时间: s.at, 意见: s.note }));
        break;
      case 'bars':
        rows[heading === '' ? '图' : heading] = block.rows.map(r => ({ 项目: r.label, 数量: String(r.value) }));
        break;
      case 'table':
        rows[heading === '' ? '表' : heading] = block.rows.map(cells =>
          Object.fromEntries(block.heads.map((head, i) => [head, cells[i] ?? ''])),
        );
    }
  values['正文'] = own.join('\n');
  return { values, rows };
}

/** What a template asks for that the paper has not, and what the paper holds that stands nowhere in the template. */
export function templateGaps(
  tags: readonly string[],
  { values, rows }: TemplateFields,
): { readonly unknown: readonly string[]; readonly unused: readonly string[] } {
  const known = (tag: string): boolean => {
    const [list = '', column] = tag.split('.');
    if (column === undefined) return tag in values;
    const first = rows[list]?.[0];
    return list in rows && (first === undefined || column in first);
  };
  const lists = new Set(tags.filter(t => t.includes('.')).map(t => t.split('.')[0] ?? ''));
  return {
    unknown: tags.filter(t => !known(t)),
    unused: [
      ...Object.keys(values).filter(k => values[k] !== '' && !tags.includes(k) && !ALWAYS_THERE.has(k)),
      ...Object.keys(rows).filter(k => !lists.has(k)),
    ],
  };
}
/** Fields that an office may well leave out: they stand on every paper, or say what is wanting. */
const ALWAYS_THERE = new Set(['题名', '依据', '缺项', '正文', '单位']);
