/** A paper as it will stand on the page; print and screen look alike. */
import type { FC } from 'hono/jsx';
import { isComplete, type Paper, type PaperBlock } from '#core/paper';
import type { Words } from '../words/index.ts';

export const PaperSheet: FC<{ paper: Paper; w: Words }> = ({ paper, w }) => (
  <article class="paper" lang="zh">
    {paper.masthead === undefined ? (
      paper.number === undefined ? (
        ''
      ) : (
        <p class="paper-no">{paper.number}</p>
      )
    ) : (
      <div class="paper-head">
        <p>{paper.masthead}</p>
        <p>{`${paper.number ?? ''}${paper.signedBy === undefined ? '' : `　　签发：${paper.signedBy}`}`}</p>
        <p>
          <span>{paper.issuer}</span>
          <span>{paper.date}</span>
        </p>
      </div>
    )}
    <h1>{paper.title}</h1>
    {isComplete(paper) ? '' : <p class="paper-flag">{`未完成，缺：${paper.missing.join('、')}`}</p>}
    {paper.to.length === 0 ? '' : <p class="paper-to">{`${paper.to.join('、')}：`}</p>}
    {paper.blocks.map(block => (
      <Block block={block} w={w} />
    ))}
    {paper.masthead === undefined ? (
      <p class="paper-end">
        {paper.issuer}
        <br />
        {paper.date}
      </p>
    ) : (
      ''
    )}
    {paper.clause === undefined ? '' : <p class="note no-print">{paper.clause}</p>}
  </article>
);

const Block: FC<{ block: PaperBlock; w: Words }> = ({ block, w }) => {
  switch (block.block) {
    case 'heading':
      return <h2>{block.text}</h2>;
    case 'text':
      return <p class="paper-text">{block.text}</p>;
    case 'note':
      return <p class="note">{block.text}</p>;
    case 'boxes':
      return (
        <table>
          <tbody>
            {block.rows.map(r => (
              <tr>
                <th scope="row">{r.label}</th>
                <td class={r.missing ? 'wanting' : undefined}>
                  {r.missing && r.value === '' ? w.paperPending : r.value}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'table':
      return (
        <table>
          <thead>
            <tr>
              {block.heads.map(h => (
                <th scope="col">{h}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map(row => (
              <tr>
                {row.map(cell => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'bars':
      return <Bars rows={block.rows} />;
    case 'signatures':
      return (
        <table>
          <tbody>
            {block.rows.map(r => (
              <tr>
                <th scope="row">{`${r.capacity}意见`}</th>
                <td>{r.office === '' ? '签字：　　　　　　年　　月　　日' : `${r.note}　${r.office}　${r.at}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
};

/** Bars drawn by the desk itself: no script, the same on paper, every number written beside its bar. */
const Bars: FC<{ rows: readonly { readonly label: string; readonly value: number }[] }> = ({ rows }) => {
  const most = Math.max(1, ...rows.map(r => r.value));
  const [step, left, room] = [22, 90, 420];
  return (
    <svg
      class="paper-bars"
      viewBox={`0 0 560 ${rows.length * step + 4}`}
      role="img"
      aria-label={rows.map(r => `${r.label} ${r.value}`).join('，')}
    >
      {rows.map((r, i) => (
        <g>
          <text x={left - 8} y={i * step + 16} text-anchor="end">
            {r.label}
          </text>
          <rect x={left} y={i * step + 5} width={Math.round((room * r.value) / most)} height={14} />
          <text x={left + Math.round((room * r.value) / most) + 6} y={i * step + 16}>
            {r.value}
          </text>
        </g>
      ))}
    </svg>
  );
};
