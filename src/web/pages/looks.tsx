/** Word files of the institution's own and its seal, with what can stand in a template. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { PaperTemplate } from '../ports.ts';

export const PaperLooksPage: FC<{
  visit: Visit;
  counts: Counts;
  templates: readonly PaperTemplate[];
  /** Names of papers a template may be for. */
  names: readonly string[];
  seal: Uint8Array | undefined;
  problems: readonly string[];
}> = ({ visit, counts, templates, names, seal, problems }) => {
  const { w, user } = visit;
  return (
    <Page visit={visit} tab="settings" title={w.looksTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.looksTitle}</h1>
          <p class="sub">{w.looksSub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      {templates.length === 0 ? (
        <p class="note">{w.templateNone}</p>
      ) : (
        <div class="scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th>{w.templateForWhat}</th>
                <th>{w.templateName}</th>
                <th>{w.templateTags}</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              {templates.map(t => (
                <tr>
                  <td lang="zh">{t.for}</td>
                  <td>{t.name}</td>
                  <td lang="zh">{t.tags.join('、')}</td>
                  <td>
                    <form method="post" action="/settings/papers">
                      <Token csrf={user.session.csrf} />
                      <input type="hidden" name="key" value={t.key} />
                      <button class="btn text" type="submit" name="do" value="remove">
                        {w.templateRemove}
                      </button>
                    </form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="cols">
        <form class="pane" method="post" action="/settings/papers" enctype="multipart/form-data">
          <Token csrf={user.session.csrf} />
          <h2>{w.templateAdd}</h2>
          <p class="note">
            {w.templateHow(
              '{{编号}}、{{题名}}、{{单位}}、{{日期}}、{{主送}}、{{正文}}',
              '{{经过.时间}}、{{签字.职务}}',
            )}
          </p>
          <div class="field">
            <label for="t-for">{w.templateForWhat}</label>
            <input id="t-for" name="for" list="t-names" required />
            <datalist id="t-names">
              {names.map(n => (
                <option value={n}></option>
              ))}
            </datalist>
          </div>
          <div class="field">
            <label for="t-name">{w.templateName}</label>
            <input id="t-name" name="name" maxlength={40} required />
          </div>
          <div class="field">
            <label for="t-file">{w.templateFile}</label>
            <input id="t-file" type="file" name="template" accept=".docx" required />
          </div>
          <button class="btn go" type="submit" name="do" value="add">
            {w.templateAdd}
          </button>
        </form>
        <form class="pane" method="post" action="/settings/papers" enctype="multipart/form-data">
          <Token csrf={user.session.csrf} />
          <h2>{w.sealTitle}</h2>
          <p class="note">{w.sealSays}</p>
          <p>{seal === undefined ? w.sealNone : w.sealThere}</p>
          <div class="field">
            <label for="s-file">{w.sealFile}</label>
            <input id="s-file" type="file" name="seal" accept="image/png" />
          </div>
          <button class="btn go" type="submit" name="do" value="seal">
            {w.sealSet}
          </button>
          {seal === undefined ? (
            ''
          ) : (
            <button class="btn text" type="submit" name="do" value="no-seal">
              {w.sealRemove}
            </button>
          )}
        </form>
      </div>
    </Page>
  );
};
