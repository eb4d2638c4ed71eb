/** A paper as one HTML file that opens and prints anywhere: no script, nothing fetched, all style inside. */
import type { Paper, PaperBlock } from '#core/paper';

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const PAGE_STYLE = `
body{max-width:46rem;margin:2rem auto;padding:0 1.2rem;font:16px/1.8 FangSong,"仿宋","Noto Serif CJK SC",serif;color:#000;background:#fff}
h1{text-align:center;font-size:1.5rem}h2{font-size:1.05rem;margin:1.2rem 0 .3rem}
p{margin:.2rem 0}.t{text-indent:2em}.r{text-align:right}.n{font-size:.9rem;color:#333}.w{color:#9a1b1b}
.m{text-align:center;color:#c00000;font-size:2rem}.b{border-bottom:2px solid #c00000;display:flex;justify-content:space-between}
table{width:100%;border-collapse:collapse;margin:.6rem 0;font-size:.92rem;line-height:1.5}
th,td{border:1px solid #000;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{font-weight:600}
tr{break-inside:avoid}.bar{display:inline-block;height:.8em;background:#5b7b9a;vertical-align:middle;margin-right:.4em}
@page{size:A4;margin:25mm 22mm}`;

export const htmlPage = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><style>${PAGE_STYLE}</style></head><body>\n${body}\n</body></html>\n`;

export function renderHtml(paper: Paper): string {
  const e = escapeHtml;
  const lines = [
    paper.masthead === undefined
      ? paper.number === undefined
        ? ''
        : `<p class="r">${e(paper.number)}</p>`
      : `<p class="m">${e(paper.masthead)}</p><p style="text-align:center">${e(paper.number ?? '')}${paper.signedBy === undefined ? '' : `　　签发：${e(paper.signedBy)}`}</p><p class="b"><span>${e(paper.issuer)}</span><span>${e(paper.date)}</span></p>`,
    paper.mark === undefined ? '' : `<p class="w">${e(paper.mark)}</p>`,
    `<h1>${e(paper.title)}</h1>`,
    paper.missing.length === 0 ? '' : `<p class="w">未完成，缺：${e(paper.missing.join('、'))}</p>`,
    paper.to.length === 0 ? '' : `<p>${e(paper.to.join('、'))}：</p>`,
    ...paper.blocks.map(blockHtml),
    paper.masthead === undefined ? `<p class="r">${e(paper.issuer)}<br>${e(paper.date)}</p>` : '',
    paper.copies.length === 0 ? '' : `<p>抄送：${e(paper.copies.join('、'))}。</p>`,
    paper.clause === undefined ? '' : `<p class="n">依据：${e(paper.clause)}</p>`,
  ];
  return htmlPage(paper.title, lines.filter(l => l !== '').join('\n'));
}

const cells = (tag: 'td' | 'th', row: readonly string[]): string =>
  `<tr>${row.map(c => `<${tag}>${escapeHtml(c)}</${tag}>`).join('')}</tr>`;
const rowOf = (head: string, rest: string): string =>
  `<tr><th scope="row">${escapeHtml(head)}</th><td>${escapeHtml(rest)}</td></tr>`;
export function blockHtml(block: PaperBlock): string {
  switch (block.block) {
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`;
    case 'text':
      return `<p class="t">${escapeHtml(block.text)}</p>`;
    case 'note':
      return `<p class="n">${escapeHtml(block.text)}</p>`;
    case 'boxes':
      return `<table>${block.rows.map(r => rowOf(r.label, r.missing && r.value === '' ? '（待填）' : r.value)).join('')}</table>`;
    case 'table':
      return `<table><thead>${cells('th', block.heads)}</thead><tbody>${block.rows.map(r => cells('td', r)).join('')}</tbody></table>`;
    case 'bars': {
      const most = Math.max(1, ...block.rows.map(r => r.value));
      return `<table>${block.rows
        .map(
          r =>
            `<tr><td style="width:6rem">${escapeHtml(r.label)}</td><td><span class="bar" style="width:${Math.round((80 * r.value) / most)}%"></span>${r.value}</td></tr>`,
        )
        .join('')}</table>`;
    }
    case 'signatures':
      return `<table>${block.rows.map(r => rowOf(`${r.capacity}意见`, r.office === '' ? '签字：　　　　　　年　　月　　日' : `${r.note}　${r.office}　${r.at}`)).join('')}</table>`;
  }
}
