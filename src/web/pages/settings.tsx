/** Notices, numbers for help, and the figures that the rules leave to the institution. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Hui } from '../parts/hui.tsx';
import { Clause, NotSaved, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { Settings } from '../ports.ts';
import { naming } from '../view/naming.ts';
import { localName, locals, valueText } from '../view/settled.ts';

export const SettingsPage: FC<{ visit: Visit; counts: Counts; settings: Settings; problems: readonly string[] }> = ({
  visit,
  counts,
  settings,
  problems,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person);
  const rows = locals(hall);
  return (
    <Page visit={visit} tab="settings" title={w.settingsTitle} counts={counts}>
      <div class="page-head">
        <h1>{w.settingsTitle}</h1>
        <p class="sub">
          <a href="/settings/security">{w.securityTitle}</a>
          {may.has('administer') ? <a href="/settings/papers">{w.looksTitle}</a> : ''}
          {may.has('access') ? <a href="/settings/access">{w.accessTitle}</a> : ''}
          {may.has('inspect') ? <a href="/settings/audit">{w.auditTitle}</a> : ''}
        </p>
      </div>
      <NotSaved w={w} why={problems} />
      <div class="cols">
        <div>
          <form class="pane" method="post" action="/settings">
            <Token csrf={user.session.csrf} />
            <p class="note">
              {w.noticesMoved} <a href="/settings/notices">{w.channelsTitle}</a>
            </p>
            <h2>{w.helpNumbers}</h2>
            <div class="field">
              <label class="vh" for="help">
                {w.helpNumbers}
              </label>
              <span class="hint">{w.helpNumbersHint}</span>
              <textarea id="help" name="help">
                {settings.helpNumbers.map(h => `${h.number} ${h.label.zh} / ${h.label.en}`).join('\n')}
              </textarea>
            </div>
            <div class="acts">
              <button class="btn go" type="submit" name="do" value="save">
                {w.save}
              </button>
            </div>
          </form>
        </div>
        <aside class="side">
          <section>
            <h2>{w.localsTitle}</h2>
            <p class="note">
              {w.localsSub} <a href="/registers/locals">{w.reg.names.locals}</a>
            </p>
            {rows.length === 0 ? <p class="note">{w.none}</p> : ''}
            <ul class="mini">
              {rows.map(l => (
                <li>
                  <Hui size="xs" look={l.value === '' ? 'far' : 'done'} />
                  <span>
                    <a href={`/registers/locals#l-${l.rule.name}`}>{localName(visit, l.rule.name)}</a>{' '}
                    {l.clauses.map(c => (
                      <Clause clause={names.clause(c)} local />
                    ))}
                  </span>
                  <time>{l.value === '' ? w.none : valueText(visit, l.value)}</time>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </Page>
  );
};
