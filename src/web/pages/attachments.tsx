/** Files of a case, a document or a register: added, looked at without opening anything, handed out, taken away again. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, NotSaved, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { Attachment } from '../ports-attachments.ts';
import { naming } from '../view/naming.ts';
import { fullMoment } from '../view/times.ts';

export interface FilePlace {
  /** As it stands in the store: `case:C1`. */
  readonly subject: string;
  readonly title: string;
  readonly above: string;
  /** Files here may be shown under a public answer. */
  readonly mayBePublic: boolean;
}
export const PICTURES: ReadonlySet<string> = new Set(['png', 'jpeg', 'gif', 'webp']);
export const sizeText = (bytes: number): string =>
  bytes >= 1024 * 1024
    ? `${(bytes / 1024 / 1024).toFixed(1)} MB`
    : bytes >= 1024
      ? `${Math.round(bytes / 1024)} KB`
      : `${bytes} B`;
const MOST = '50 MB';

export const AttachmentList: FC<{
  visit: Visit;
  counts: Counts;
  place: FilePlace;
  files: readonly Attachment[];
  problems: readonly string[];
}> = ({ visit, counts, place, files, problems }) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('enter');
  const action = `/files/of/${encodeURIComponent(place.subject)}`;
  const here = files.filter(f => f.removedAt === undefined);
  const gone = files.filter(f => f.removedAt !== undefined);
  const form = (f: Attachment, what: string, label: string) => (
    <form method="post" action={action}>
      <Token csrf={user.session.csrf} />
      <input type="hidden" name="id" value={f.id} />
      <button class="btn" type="submit" name="do" value={what}>
        {label}
      </button>
    </form>
  );
  return (
    <Page visit={visit} tab="cases" title={w.files.title} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={place.above}>{place.title}</a>
          </p>
          <h1>{w.files.title}</h1>
          <p class="sub">{w.files.sub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {here.length === 0 ? (
        <Empty title={w.files.none} says={w.files.noneSays} />
      ) : (
        <ul class="duties files">
          {here.map(f => (
            <li class="file-row" id={f.id} data-row>
              {PICTURES.has(f.kind) ? (
                <img src={`/files/${f.id}/picture`} alt={f.note || f.name} loading="lazy" width="72" height="72" />
              ) : (
                <span class="file-kind">{w.files.kinds[f.kind as 'pdf']}</span>
              )}
              <div>
                <b>
                  <a href={`/files/${f.id}`} data-go>
                    {f.name}
                  </a>
                </b>{' '}
                {f.public ? <span class="tag acc">{w.files.shown}</span> : ''}
                <p class="note">
                  {sizeText(f.size)} · {fullMoment(language, f.addedAt, hall.now)} · {names.officeText(f.addedBy)}
                  {f.note === '' ? '' : ` · ${f.note}`}
                </p>
                <p class="note code">{f.digest.slice(0, 16)}</p>
              </div>
              <div class="acts">
                <a class="btn" href={`/files/${f.id}/take`}>
                  {w.files.take}
                </a>
                {may && place.mayBePublic
                  ? form(f, f.public ? 'hide' : 'show', f.public ? w.files.hide : w.files.show)
                  : ''}
                {may ? form(f, 'remove', w.remove) : ''}
              </div>
            </li>
          ))}
        </ul>
      )}
      {may ? (
        <form class="pane sec" method="post" action={action} enctype="multipart/form-data">
          <Token csrf={user.session.csrf} />
          <h2>{w.files.add}</h2>
          <div class="two">
            <div class="field">
              <label for="f-file">{w.file}</label>
              <span class="hint">{w.files.limits(MOST)}</span>
              <input id="f-file" name="file" type="file" required multiple />
            </div>
            <div class="field">
              <label for="f-note">
                {w.files.note}
                <span class="opt-t">{w.optional}</span>
              </label>
              <span class="hint">{w.identityHint}</span>
              <input id="f-note" name="note" maxlength={200} />
            </div>
          </div>
          <button class="btn go" type="submit" name="do" value="add">
            {w.files.add}
          </button>
        </form>
      ) : (
        ''
      )}
      {gone.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2 class="under">{w.files.gone}</h2>
          <p class="note">{w.files.goneSays}</p>
          <ul class="mini">
            {gone.map(f => (
              <li>
                <Hui size="xs" look="void" />
                <span>{f.name}</span>
                {may ? form(f, 'back', w.files.back) : ''}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
};

export const AttachmentShow: FC<{
  visit: Visit;
  counts: Counts;
  place: FilePlace;
  file: Attachment;
  text: string | undefined;
}> = ({ visit, counts, place, file, text }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  return (
    <Page visit={visit} tab="cases" title={file.name} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={place.above}>{place.title}</a>{' '}
            <a href={`/files/of/${encodeURIComponent(place.subject)}`}>{w.files.title}</a>
          </p>
          <h1>{file.name}</h1>
        </div>
        <div class="acts">
          <a class="btn go" href={`/files/${file.id}/take`}>
            {w.files.take}
          </a>
        </div>
      </div>
      <dl class="kv sec">
        <dt>{w.files.kind}</dt>
        <dd>
          {w.files.kinds[file.kind as 'pdf']}，{sizeText(file.size)}
        </dd>
        <dt>{w.files.addedBy}</dt>
        <dd>
          {names.officeText(file.addedBy)} {fullMoment(language, file.addedAt, hall.now)}
        </dd>
        {file.note === '' ? (
          ''
        ) : (
          <>
            <dt>{w.files.note}</dt>
            <dd>{file.note}</dd>
          </>
        )}
        <dt>SHA-256</dt>
        <dd class="code">{file.digest}</dd>
      </dl>
      {PICTURES.has(file.kind) ? (
        <figure class="sheet pad">
          <img class="file-picture" src={`/files/${file.id}/picture`} alt={file.note || file.name} />
          <figcaption class="note">{w.files.pictureSays}</figcaption>
        </figure>
      ) : text === undefined || text === '' ? (
        <Empty title={w.files.noPreview} says={w.files.noPreviewSays}>
          <a class="btn" href={`/files/${file.id}/take`}>
            {w.files.take}
          </a>
        </Empty>
      ) : (
        <>
          <p class="note">{w.files.textSays}</p>
          <pre class="sheet pad file-text" tabindex={0}>
            {text}
          </pre>
        </>
      )}
    </Page>
  );
};
