/** Many sources at once: lists of other readers, and what institutions of a kind usually read. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { StarterPack } from '../ports-sources.ts';

export const Opml: FC<{ visit: Visit; counts: Counts; problems: readonly string[] }> = ({
  visit,
  counts,
  problems,
}) => {
  const { w, user } = visit;
  return (
    <Page visit={visit} tab="sources" title={w.src.opmlTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.src.opmlTitle}</h1>
          <p class="sub">{w.src.opmlSays}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/sources/opml/file">
            {w.src.opmlOut}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <form class="pane narrow" method="post" action="/sources/opml" enctype="multipart/form-data">
        <Token csrf={user.session.csrf} />
        <div class="field">
          <label for="o-file">{w.src.opmlFile}</label>
          <input id="o-file" name="file" type="file" accept=".opml,.xml" required />
        </div>
        <button class="btn go" type="submit">
          {w.src.opmlIn}
        </button>
      </form>
    </Page>
  );
};

export const Packs: FC<{ visit: Visit; counts: Counts; packs: readonly StarterPack[] }> = ({
  visit,
  counts,
  packs,
}) => {
  const { w, language, hall, house } = visit;
  const own = hall.institution.setup.institution;
  const ordered = packs.toSorted((a, b) => Number(b.for === own) - Number(a.for === own));
  return (
    <Page visit={visit} tab="sources" title={w.src.packsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.src.packsTitle}</h1>
          <p class="sub">{w.src.packsSays}</p>
        </div>
      </div>
      {ordered.map((pack, i) => (
        <details class="pane" open={i === 0}>
          <summary>{w.src.packFor(pack.title[language])}</summary>
          <table>
            <tbody>
              {pack.sources.map(s => {
                const query = new URLSearchParams({
                  kind: s.kind,
                  title: s.title[language],
                  purpose: s.purpose[language],
                  class: s.class,
                  pace: s.pace,
                  reach: 'domestic',
                });
                return (
                  <tr>
                    <td>
                      <b>{s.title[language]}</b>
                      <p class="note">{s.purpose[language]}</p>
                    </td>
                    <td>{house.desk.sources.kinds.find(k => k.kind === s.kind)?.title[language] ?? s.kind}</td>
                    <td>{w.src.classes[s.class]}</td>
                    <td>{w.src.paces[s.pace]}</td>
                    <td>
                      <a
                        class="btn"
                        href={s.kind === 'hotline-file' ? '/inbox/import' : `/sources/new?${query.toString()}`}
                      >
                        {w.src.packUse}
                      </a>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </details>
      ))}
    </Page>
  );
};
