/** Rules of concern: what counts now, what waits for its trial or its second person, and by which thresholds. */
import type { RuleSource } from '#core/text';
import type { TriageSettings } from '#triage';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, NotSaved, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { Concern } from '../view/concerns.ts';
import { naming } from '../view/naming.ts';
import { expressionOf } from '../view/rule-text.ts';
import { momentText } from '../view/times.ts';

export const Concerns: FC<{
  visit: Visit;
  counts: Counts;
  concerns: readonly Concern[];
  hits: ReadonlyMap<string, number>;
  settings: TriageSettings;
  problem?: string;
}> = ({ visit, counts, concerns, hits, settings, problem }) => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  return (
    <Page visit={visit} tab="inbox" title={w.concernsTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.concernsTitle}</h1>
          <p class="sub">{w.concernsSub}</p>
        </div>
        <div class="acts">
          <a class="btn go" href="/concerns/new">
            {w.concernNew}
          </a>
          <a class="btn" href="/answers/rules">
            {w.concernPublic}
          </a>
        </div>
      </div>
      {concerns.length === 0 ? (
        <Empty title={w.concernsNone} says={w.concernsNoneSays}>
          <a class="btn" href="/concerns/new">
            {w.concernNew}
          </a>
        </Empty>
      ) : (
        <div class="scroll">
          <table class="tbl concerns">
            <thead>
              <tr>
                <th scope="col">{w.concernName}</th>
                <th scope="col">{w.concernExpression}</th>
                <th scope="col">{w.concernVersion}</th>
                <th scope="col">{w.concernUnit}</th>
                <th scope="col">{w.concernHits}</th>
              </tr>
            </thead>
            <tbody>
              {concerns.map(c => {
                const shown = c.on ?? c.versions[0];
                if (!shown) return '';
                return (
                  <tr>
                    <th scope="row">
                      <a href={`/concerns/${encodeURIComponent(c.rule)}`} data-row>
                        {shown.title}
                      </a>
                    </th>
                    <td class="code">{expressionOf(shown.body as RuleSource)}</td>
                    <td>
                      {c.on
                        ? w.concernOn(c.on.version, momentText(language, c.on.onAt ?? 0, hall.now))
                        : c.versions.some(v => v.onAt !== undefined)
                          ? w.concernOff
                          : ''}
                      {c.waits ? (
                        <span class="tag">
                          {c.waits.triedAt === undefined
                            ? w.concernWaitsTry(c.waits.version)
                            : w.concernWaitsOn(c.waits.version)}
                        </span>
                      ) : (
                        ''
                      )}
                    </td>
                    <td>{shown.unit === undefined ? '' : names.unit(shown.unit)}</td>
                    <td class="num">{hits.get(c.rule) ?? 0}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <Thresholds visit={visit} settings={settings} {...(problem === undefined ? {} : { problem })} />
    </Page>
  );
};

const Thresholds: FC<{ visit: Visit; settings: TriageSettings; problem?: string }> = ({ visit, settings, problem }) => {
  const { w, hall, user } = visit;
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const values: readonly (readonly [keyof typeof w.thresholdFields, string])[] = [
    ['near', String(settings.same.near)],
    ['threshold', String(settings.story.threshold)],
    ['share', String(settings.story.evidence.share)],
    ['price', String(settings.story.evidence.price)],
    ['apart', String(settings.story.evidence.apart)],
    ['window', String((settings.story.windowHours ?? 24) / 24)],
    ['matter', String(settings.sameMatter)],
    ['halfLife', String(settings.heat.halfLifeHours)],
    ['excess', String(settings.spike.excess)],
    ['keep', String(settings.keepPassedDays)],
    ['keepTexts', String(settings.keepTextDays)],
    ['drill', String(settings.drill)],
    ['places', settings.places.join('、')],
  ];
  return (
    <section class="sec" id="thresholds">
      <h2>{w.thresholdsTitle}</h2>
      <p class="note">{w.thresholdsSub}</p>
      <NotSaved w={w} why={problem} />
      <form class="pane" method="post" action="/concerns">
        <Token csrf={user.session.csrf} />
        <div class="three">
          {values.map(([name, value]) => (
            <div class="field">
              <label for={`th-${name}`}>{w.thresholdFields[name]}</label>
              <input id={`th-${name}`} name={name} value={value} readonly={!may} />
              {name === 'keepTexts' ? <span class="hint">{w.keepTextsWhy}</span> : ''}
            </div>
          ))}
        </div>
        {may ? (
          <button class="btn" type="submit" name="do" value="thresholds">
            {w.changeThresholds}
          </button>
        ) : (
          ''
        )}
      </form>
    </section>
  );
};
