/** A case that begins without an item of the inbox: one form for each way it can begin. */
import { type Opening, OPENINGS, type Sent } from '#case';
import { VOCABULARY } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { inputMoment } from '../view/times.ts';
import { fieldLabel, valueLabel } from '../words/index.ts';

export const CaseNew: FC<{ visit: Visit; counts: Counts; how: Opening; sent?: Sent; problem?: string }> = ({
  visit,
  counts,
  how,
  sent,
  problem,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const said = (name: string): string => sent?.get(name)?.[0] ?? '';
  const all = (name: string): readonly string[] => sent?.get(name) ?? [];
  const shape = VOCABULARY.get('finding.recorded')?.byName;
  const units = hall.institution.setup.units.filter(u => !['institution', 'superior', 'outside'].includes(u.kind));
  return (
    <Page visit={visit} tab="cases" title={w.newCaseTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.newCaseTitle}</h1>
          <p class="note">{w.newCaseSays}</p>
        </div>
      </div>
      <nav class="tabs" aria-label={w.newCaseTitle}>
        {OPENINGS.map(o => (
          <a href={`/cases/new?how=${o}`} {...(o === how ? { 'aria-current': 'page' as const } : {})}>
            {w.openings[o]}
          </a>
        ))}
      </nav>
      <NotSaved w={w} why={problem} />
      <div class="cols">
        <form class="pane" method="post" action="/cases/new">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="how" value={how} />
          {how === 'agency' ? (
            ''
          ) : (
            <div class="field">
              <label for="n-subject">{w.newCaseSubject}</label>
              <span class="hint">{w.identityHint}</span>
              <input id="n-subject" name="subject" value={said('subject')} required />
            </div>
          )}
          <fieldset class="opts">
            <legend>{fieldLabel(language, 'concerns')}</legend>
            <div class="row">
              {units.map(u => (
                <label>
                  <input type="checkbox" name="concerns" value={u.key} checked={all('concerns').includes(u.key)} />
                  {names.unit(u.key)}
                </label>
              ))}
            </div>
          </fieldset>
          {how === 'incident' ? (
            <div class="field">
              <label for="n-when">{w.newCaseHappened}</label>
              <span class="hint">{w.newCaseHappenedHint}</span>
              <input
                id="n-when"
                name="happenedAt"
                type="datetime-local"
                max={inputMoment(hall.now)}
                value={said('happenedAt')}
                required
              />
            </div>
          ) : (
            <div class="two">
              <div class="field">
                <label for="n-outlet">{how === 'media' ? w.newCaseCaller : fieldLabel(language, 'outlet')}</label>
                <input id="n-outlet" name="outlet" value={said('outlet')} required={how === 'media'} />
              </div>
              {how === 'media' ? (
                <div class="field">
                  <label for="n-desk">
                    {w.newCaseDesk}
                    <span class="opt-t">{w.optional}</span>
                  </label>
                  <input id="n-desk" name="contactPoint" value={said('contactPoint')} />
                </div>
              ) : (
                <div class="field">
                  <label for="n-pub">
                    {fieldLabel(language, 'publishedAt')}
                    <span class="opt-t">{w.optional}</span>
                  </label>
                  <input
                    id="n-pub"
                    name="publishedAt"
                    type="datetime-local"
                    max={inputMoment(hall.now)}
                    value={said('publishedAt')}
                  />
                </div>
              )}
            </div>
          )}
          {how === 'finding' ? (
            <>
              <div class="field">
                <label for="n-origin">{fieldLabel(language, 'origin')}</label>
                <select id="n-origin" name="origin">
                  {(shape?.get('origin')?.values ?? []).map(o => (
                    <option value={o} selected={o === (said('origin') || 'staff')}>
                      {valueLabel(language, 'origin', o)}
                    </option>
                  ))}
                </select>
              </div>
              <fieldset class="opts">
                <legend>{fieldLabel(language, 'matter')}</legend>
                <div class="row">
                  {(shape?.get('matter')?.values ?? []).map(m => (
                    <label>
                      <input type="radio" name="matter" value={m} checked={m === (said('matter') || 'complaint')} />
                      {valueLabel(language, 'matter', m)}
                    </label>
                  ))}
                </div>
              </fieldset>
              <label class="opt">
                <input type="checkbox" name="negative" value="true" checked={said('negative') === 'true'} />
                {fieldLabel(language, 'negative')}
              </label>
              <label class="opt">
                <input type="checkbox" name="sudden" value="true" checked={said('sudden') === 'true'} />
                {fieldLabel(language, 'sudden')}
              </label>
            </>
          ) : (
            ''
          )}
          <div class="acts">
            <button class="btn go" type="submit">
              {w.newCaseOpen}
            </button>
            <a class="btn text" href="/inbox">
              {w.nav.inbox}
            </a>
          </div>
        </form>
        <aside class="side">
          <section>
            <h2>{w.actAs}</h2>
            <p>{user.office ? names.office(user.office) : w.noOffice}</p>
            <p class="note">{w.newCaseClock}</p>
          </section>
        </aside>
      </div>
    </Page>
  );
};
