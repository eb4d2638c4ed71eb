/**
 * The one question that is asked before anything is done: the public is about to see this. Exactly what, where, under whose
 * name, and that it stays. A page of its own; the script shows the same part of it as a dialog over the text.
 */
import { type ReplyDocument, titleAndBody, type Version } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import type { Counts } from '../parts/layout.tsx';
import { Token } from '../parts/small.tsx';
import type { Attachment } from '../ports-attachments.ts';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { ownPage } from '../view/publishing.ts';
import { valueLabel } from '../words/index.ts';
import { Refusals } from './reply-out.tsx';
import { groups } from './reply-show.tsx';

/** What was chosen on the page of the text; it travels through the question unchanged. */
export interface ToPublish {
  readonly kind: string;
  readonly disclosureRef: string;
  readonly crossLinks: readonly string[];
}
interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
  readonly document: ReplyDocument;
  readonly newest: Version;
  readonly chosen: ToPublish;
  readonly files: readonly Attachment[];
  readonly refusals: Parameters<typeof Refusals>[0]['refusals'];
}
export const ReplyConfirm: FC<Props & { counts: Counts }> = props => (
  <CaseFrame
    visit={props.visit}
    counts={props.counts}
    head={props.head}
    tab="replies"
    title={props.visit.w.previewTitle}
  >
    <Question {...props} />
  </CaseFrame>
);

/** The part that is the same on the page and in the dialog. */
export const Question: FC<Props> = ({ visit, head, document, newest, chosen, files, refusals }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const base = `/cases/${head.key}/reply/${document.key}`;
  const site = ownPage(hall);
  const { title, paragraphs } = titleAndBody(newest.text);
  const correction = document.publications.length > 0;
  const links = chosen.crossLinks.filter(x => x !== site);
  return (
    <section class="pane confirm" id="confirm" aria-labelledby="confirm-h">
      <h2 id="confirm-h" tabindex={-1}>
        {w.confirmPublish}
      </h2>
      <dl class="confirm-what">
        <dt>{w.confirmName}</dt>
        <dd>{user.office ? names.office(user.office) : w.noOffice}</dd>
        <dt>{w.confirmWhere}</dt>
        <dd>
          {w.confirmOn(names.channel(site))} <span class="code">/answers</span>
          {links.length === 0 ? '' : `${w.comma}${w.confirmLinks(links.map(x => names.channel(x)).join(w.and))}`}
        </dd>
        <dt>{w.publishKind}</dt>
        <dd>
          {valueLabel(language, 'kind', chosen.kind)}
          {chosen.disclosureRef === '' ? '' : ` ${chosen.disclosureRef}`}
        </dd>
        {files.length === 0 ? (
          ''
        ) : (
          <>
            <dt>{w.confirmFiles(files.length)}</dt>
            <dd>{files.map(f => f.name).join(w.and)}</dd>
          </>
        )}
        <dt>{w.confirmStays}</dt>
        <dd>
          {correction ? w.confirmBeside : ''}
          {w.publishForever}
        </dd>
      </dl>
      <article class="song whole" tabindex={0} role="region" aria-label={w.confirmText}>
        {title === '' ? '' : <h3>{title}</h3>}
        {paragraphs.map(p => (
          <p>{p}</p>
        ))}
      </article>
      <p class="note">
        {w.confirmHash} <span class="code hash">{groups(newest.hash)}</span>
      </p>
      {refusals.length === 0 ? '' : <Refusals visit={visit} head={head} refusals={refusals} />}
      <form method="post" action={`${base}/publish`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="hash" value={newest.hash} />
        <input type="hidden" name="channel" value={site} />
        <input type="hidden" name="kind" value={chosen.kind} />
        <input type="hidden" name="disclosureRef" value={chosen.disclosureRef} />
        {chosen.crossLinks.map(x => (
          <input type="hidden" name="crossLinks" value={x} />
        ))}
        <div class="acts">
          <a class="btn" href={`${base}#publish`} data-close>
            {w.confirmNot}
          </a>
          <button class={refusals.length > 0 ? 'btn' : 'btn go'} type="submit">
            {correction ? w.publishCorrection : w.confirmYes}
          </button>
        </div>
      </form>
    </section>
  );
};
