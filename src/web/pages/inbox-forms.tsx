/** What a person says of an item: what it is about, entry by hand, import of a table. */
import { VOCABULARY } from '#core/log';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { fieldLabel, valueLabel } from '../words/index.ts';

/** What is judged of every item before it goes anywhere: matter, units, negative, sudden, one sentence. */
export const AboutFields: FC<{ visit: Visit; given: (name: string) => readonly string[] }> = ({
  visit,
  given,
}): Child => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  const matters = VOCABULARY.get('finding.recorded')?.byName.get('matter')?.values ?? [];
  const units = hall.institution.setup.units.filter(
    u => !['institution', 'outside', 'superior', 'team'].includes(u.kind),
  );
  return (
    <>
      <div class="field">
        <label for="a-subject">{fieldLabel(language, 'subject')}</label>
        <span class="hint">
          {w.subjectHint}
          {w.and}
          {w.identityHint}
        </span>
        <input id="a-subject" name="subject" required maxlength={200} value={given('subject')[0] ?? ''} />
      </div>
      <fieldset class="opts">
        <legend>{fieldLabel(language, 'matter')}</legend>
        <div class="row">
          {matters.map(m => (
            <label>
              <input type="radio" name="matter" value={m} required checked={given('matter').includes(m)} />
              {valueLabel(language, 'matter', m)}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset class="opts">
        <legend>{w.concernedUnits}</legend>
        <div class="row">
          {units.map(u => (
            <label>
              <input type="checkbox" name="concerns" value={u.key} checked={given('concerns').includes(u.key)} />
              {names.unit(u.key)}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="row acts">
        {(['negative', 'sudden'] as const).map(name => (
          <label class="opt">
            <input type="checkbox" name={name} value="true" checked={given(name)[0] === 'true'} />
            {fieldLabel(language, name)}
          </label>
        ))}
      </div>
    </>
  );
};

export const NewItem: FC<{
  visit: Visit;
  counts: Counts;
  problem?: string;
  given: (name: string) => readonly string[];
}> = ({ visit, counts, problem, given }) => {
  const { w, language, user } = visit;
  const origins = VOCABULARY.get('finding.recorded')?.byName.get('origin')?.values ?? [];
  return (
    <Page visit={visit} tab="inbox" title={w.handTitle} counts={counts}>
      <div class="page-head">
        <h1>{w.handTitle}</h1>
      </div>
      <NotSaved w={w} why={problem} />
      <form class="pane mid" method="post" action="/inbox/new">
        <Token csrf={user.session.csrf} />
        <div class="two">
          <div class="field">
            <label for="n-origin">{fieldLabel(language, 'origin')}</label>
            <select id="n-origin" name="origin">
              {origins.map(o => (
                <option value={o} selected={(given('origin')[0] ?? 'paste') === o}>
                  {valueLabel(language, 'origin', o)}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="n-outlet">
              {fieldLabel(language, 'outlet')}
              <span class="opt-t">{w.optional}</span>
            </label>
            <input id="n-outlet" name="outlet" value={given('outlet')[0] ?? ''} />
          </div>
          <div class="field">
            <label for="n-url">
              {fieldLabel(language, 'url')}
              <span class="opt-t">{w.optional}</span>
            </label>
            <input id="n-url" name="url" type="url" value={given('url')[0] ?? ''} />
          </div>
          <div class="field">
            <label for="n-at">
              {fieldLabel(language, 'publishedAt')}
              <span class="opt-t">{w.optional}</span>
            </label>
            <input id="n-at" name="publishedAt" type="datetime-local" value={given('publishedAt')[0] ?? ''} />
          </div>
        </div>
        <div class="field">
          <label for="n-title">{w.titleWord}</label>
          <span class="hint">{w.identityHint}</span>
          <input id="n-title" name="title" required maxlength={200} value={given('title')[0] ?? ''} />
        </div>
        <div class="field">
          <label for="n-text">{w.contentWord}</label>
          <textarea id="n-text" name="text" required>
            {given('text')[0] ?? ''}
          </textarea>
        </div>
        <button class="btn go" type="submit">
          {w.recordIt}
        </button>
      </form>
    </Page>
  );
};
