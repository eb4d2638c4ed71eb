/** The evidence of one finding as a page of its own. */
import type { FC } from 'hono/jsx';
import { NotSaved } from '../parts/small.tsx';
import type { Visit } from '../context.ts';
import { ErasedNote } from '../parts/erased.tsx';
import { EvidenceBlock } from '../parts/evidence.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import type { Finding } from '../ports.ts';
import type { EvidenceOf } from '../ports-silence.ts';

const erasable = ({ erasedAt, case: caseId }: Finding) => ({
  ...(erasedAt === undefined ? {} : { erasedAt }),
  ...(caseId === undefined ? {} : { caseId }),
});
export const EvidencePage: FC<{
  visit: Visit;
  counts: Counts;
  finding: Finding;
  evidence: EvidenceOf;
  problems: readonly string[];
}> = ({ visit, counts, finding, evidence, problems }) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="inbox" title={w.evidenceTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{finding.title === '' ? w.evidenceTitle : finding.title}</h1>
          {finding.erasedAt === undefined ? (
            <p class="sub">{finding.url ?? ''}</p>
          ) : (
            <ErasedNote visit={visit} of={erasable(finding)} />
          )}
        </div>
        <div class="acts">
          <a class="btn" href={`/inbox/${finding.id}`}>
            {w.evidenceBack}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <EvidenceBlock visit={visit} finding={finding.id} evidence={evidence} erased={finding.erasedAt !== undefined} />
    </Page>
  );
};
