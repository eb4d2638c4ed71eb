/** A paper as plain lines, for golden text. */
import type { Paper, PaperBlock } from '#core/paper';

const textOf = (block: PaperBlock): string => {
  switch (block.block) {
    case 'heading':
      return `  [${block.text}]`;
    case 'text':
    case 'note':
      return `  ${block.text}`;
    case 'boxes':
      return block.rows.map(r => `  ${r.label} | ${r.value}${r.missing ? ' (缺)' : ''}`).join('\n');
    case 'table':
      return [block.heads, ...block.rows].map(r => `  ${r.join(' | ')}`).join('\n');
    case 'bars':
      return block.rows.map(r => `  ${r.label} = ${r.value}`).join('\n');
    case 'signatures':
      return block.rows.map(r => `  ${r.capacity}：${r.office} ${r.at} ${r.note}`.trimEnd()).join('\n');
  }
};
export const pageOf = (paper: Paper): string =>
  [
    `# ${paper.masthead === undefined ? '' : `${paper.masthead} `}${paper.title}${paper.number === undefined ? '' : ` ${paper.number}`}  (${paper.id})`,
    ...(paper.missing.length > 0 ? [`  缺：${paper.missing.join('、')}`] : []),
    ...(paper.to.length > 0 ? [`  致：${paper.to.join('、')}`] : []),
    ...paper.blocks.map(textOf),
    `  —— ${paper.issuer}，${paper.date}${paper.clause === undefined ? '' : `，依据 ${paper.clause}`}`,
  ].join('\n');
