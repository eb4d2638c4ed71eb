/** The buttons that hand a paper out: our own layout, the institution's Word files, the seal, PDF. */
import type { FC } from 'hono/jsx';
import type { Paper } from '#core/paper';
import type { Dress } from '../actions/paper-dress.ts';
import type { Words } from '../words/index.ts';

export const PaperActs: FC<{ paper: Paper; here: string; pdf: boolean; dress: Dress; w: Words }> = ({
  paper,
  here,
  pdf,
  dress,
  w,
}) => (
  <>
    <a class="btn go" href={`${here}/word`}>
      {w.paperWord}
    </a>
    {paper.layout === 'letter' && paper.masthead === undefined ? (
      <a class="btn" href={`${here}/word?head=red`}>
        {w.paperRedHead}
      </a>
    ) : (
      ''
    )}
    {dress.templates.map(t => (
      <a class="btn" href={`${here}/word?template=${t.key}`}>
        {w.paperTemplate(t.name)}
      </a>
    ))}
    {dress.seal ? (
      <a class="btn" href={`${here}/${pdf ? 'pdf' : 'word'}?seal=1${paper.layout === 'letter' ? '&head=red' : ''}`}>
        {w.paperSealed}
      </a>
    ) : (
      ''
    )}
    {pdf ? (
      <a class="btn" href={`${here}/pdf`}>
        {w.paperPdf}
      </a>
    ) : (
      <p class="note">{w.paperNoPdf}</p>
    )}
  </>
);

/** What a template and the paper do not have of each other, so that nobody finds out on paper. */
export const TemplateGaps: FC<{ dress: Dress; w: Words }> = ({ dress, w }) => (
  <>
    {dress.templates
      .filter(t => t.unknown.length > 0 || t.unused.length > 0)
      .map(t => (
        <p class="note no-print">
          {t.unknown.length > 0 ? w.templateUnknown(t.name, t.unknown.join('、')) : ''}
          {t.unused.length > 0 ? w.templateUnused(t.name, t.unused.join('、')) : ''}
        </p>
      ))}
  </>
);
