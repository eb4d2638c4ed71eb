/** One rule of concern with its versions: written, tried, switched on by a second person; and the form for the next one. */
import type { RuleSource } from '#core/text';
import { KINDS_OF_TERM, type Trial } from '#triage';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import type { RuleVersion } from '../ports-triage.ts';
import type { Concern } from '../view/concerns.ts';
import { sayMiss } from '../view/misses.ts';
import { naming } from '../view/naming.ts';
import { expressionOf } from '../view/rule-text.ts';
import { momentText } from '../view/times.ts';

type Given = (name: string) => readonly string[];
export interface ConcernFormProps {
  readonly visit: Visit;
  readonly counts: Counts;
  readonly concern?: Concern;
  readonly people: ReadonlyMap<string, string>;
  readonly given: Given;
  readonly problems: readonly string[];
  readonly suspects: readonly string[];
}

export const ConcernPage: FC<ConcernFormProps> = props => {
  const { visit, counts, concern, people } = props;
  const { w, language } = visit;
  const shown = concern?.on ?? concern?.versions[0];
  return (
    <Page visit={visit} tab="inbox" title={shown?.title ?? w.concernNew} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/concerns">{w.concernsTitle}</a>
          </p>
          <h1>{shown?.title ?? w.concernNew}</h1>
          {shown ? <p class="code">{expressionOf(shown.body as RuleSource)}</p> : ''}
        </div>
        {concern?.on ? <SwitchOff visit={visit} concern={concern} /> : ''}
      </div>
      {concern ? (
        <section class="sec">
          <h2>{w.concernHistory}</h2>
          <ol class="versions">
            {concern.versions.map(v => (
              <li class={v.onAt !== undefined && v.offAt === undefined ? 'on' : ''}>
                <Version visit={visit} version={v} people={people} />
              </li>
            ))}
          </ol>
        </section>
      ) : (
        ''
      )}
      <section class="sec" id="new">
        {concern ? <h2>{w.concernNewVersion}</h2> : ''}
        <ConcernForm {...props} />
      </section>
      <p class="note">{language === 'zh' ? w.identityHint : w.identityHint}</p>
    </Page>
  );
};

const SwitchOff: FC<{ visit: Visit; concern: Concern }> = ({ visit, concern }) => (
  <form method="post" action={`/concerns/${encodeURIComponent(concern.rule)}`}>
    <Token csrf={visit.user.session.csrf} />
    <button class="btn" type="submit" name="do" value="off">
      {visit.w.concernSwitchOff}
    </button>
  </form>
);

const Version: FC<{ visit: Visit; version: RuleVersion; people: ReadonlyMap<string, string> }> = ({
  visit,
  version: v,
  people,
}) => {
  const { w, language, hall, user } = visit;
  const names = naming(hall, language);
  const when = (at: number): string => momentText(language, at, hall.now);
  const who = (code: string): string => people.get(code) ?? code;
  const trial = v.trial as Trial | undefined;
  const own = v.madeBy === user.person.code;
  return (
    <>
      <p class="v-head">
        <b>
          {w.concernVersion} {v.version}
        </b>
        <span>{w.concernBy(who(v.madeBy), when(v.madeAt))}</span>
        {v.onAt === undefined ? '' : <span>{w.concernOnBy(who(v.onBy ?? ''), when(v.onAt))}</span>}
        {v.takenIn ? <a href="/inbox?window=all">{w.concernTakenIn(v.takenIn)}</a> : ''}
        {v.offAt === undefined ? '' : <span>{w.concernOffBy(who(v.offBy ?? ''), when(v.offAt))}</span>}
        {v.unit === undefined ? '' : <span>{names.unit(v.unit)}</span>}
      </p>
      <p class="code">{expressionOf(v.body as RuleSource)}</p>
      <p>{v.note}</p>
      {v.said.length === 0 ? (
        ''
      ) : (
        <p class="note">
          {w.saidTerms}
          {w.colon}
          {v.said.map(s => `“${s.term}” ${w.termKinds[s.is as keyof typeof w.termKinds] ?? s.is}`).join(w.semicolon)}
        </p>
      )}
      {trial ? <TrialShown visit={visit} trial={trial} /> : ''}
      {v.onAt === undefined ? (
        <form class="acts" method="post" action={`/concerns/${encodeURIComponent(v.rule)}`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="version" value={String(v.version)} />
          <button class={v.triedAt === undefined ? 'btn go' : 'btn'} type="submit" name="do" value="try">
            {v.triedAt === undefined ? w.concernTry : w.concernTryAgain}
          </button>
          <button class={v.triedAt === undefined || own ? 'btn refused' : 'btn go'} type="submit" name="do" value="on">
            {w.concernSwitchOn}
          </button>
          {own ? <span class="note">{w.concernOwn}</span> : ''}
        </form>
      ) : (
        ''
      )}
    </>
  );
};

const percent = (n: number): string => `${Math.round(n * 100)}%`;
export const TrialShown: FC<{ visit: Visit; trial: Trial }> = ({ visit, trial: t }) => {
  const { w, language } = visit;
  return (
    <div class="trial">
      <p>
        <b>{w.trialTitle(t.days)}</b> {w.trialLooked(t.looked, t.hits)}
      </p>
      <div class="two">
        {(
          [
            [w.trialGained(t.gainedCount), t.gained, t.gainedCount],
            [w.trialLost(t.lostCount), t.lost, t.lostCount],
          ] as const
        ).map(([head, list, count]) => (
          <div>
            <h4>{head}</h4>
            <ul class="mini-list">
              {list.map(hit => (
                <li>
                  {hit.title} <small>{hit.terms.join('、')}</small>
                </li>
              ))}
              {count > 0 && list.length === 0 ? <li class="note">{w.titleErased}</li> : ''}
            </ul>
          </div>
        ))}
      </div>
      <p>
        {t.labelled === 0
          ? w.trialNoLabels
          : `${w.trialLabelled(t.labelled)}${w.comma}${[
              ...(t.precision === null ? [] : [w.trialPrecision(percent(t.precision))]),
              ...(t.recall === null ? [] : [w.trialRecall(percent(t.recall))]),
            ].join(w.comma)}${w.stop}`}
        {t.mustHit > 0 ? `${w.trialMustHit(t.mustHit - t.stillMissed.length, t.mustHit)}${w.stop}` : ''}
      </p>
      {t.stillMissed.length === 0 ? (
        ''
      ) : (
        <>
          <h4>{w.trialStillMissed}</h4>
          <ul class="mini-list">
            {t.stillMissed.map(m => (
              <li>
                {m.title} <small>{sayMiss(language, m.because)}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};

const ConcernForm: FC<ConcernFormProps> = ({ visit, concern, given, problems, suspects }) => {
  const { w, language, hall, user } = visit;
  const names = naming(hall, language);
  const before = concern?.versions[0];
  const value = (name: string, otherwise: string): string => given(name)[0] ?? otherwise;
  const units = hall.institution.setup.units.filter(
    u => !['institution', 'outside', 'superior', 'team'].includes(u.kind),
  );
  return (
    <form
      class="pane mid"
      method="post"
      action={concern ? `/concerns/${encodeURIComponent(concern.rule)}` : '/concerns'}
    >
      <Token csrf={user.session.csrf} />
      <NotSaved w={w} why={problems} />
      {suspects.map((term, i) => (
        <div class="field">
          <label for={`is-${i}`}>{w.termIs(term)}</label>
          <input type="hidden" name="said-term" value={term} />
          <select id={`is-${i}`} name="said-is">
            {(['person', ...KINDS_OF_TERM] as const).map(kind => (
              <option value={kind}>{w.termKinds[kind]}</option>
            ))}
          </select>
        </div>
      ))}
      <div class="two">
        <div class="field">
          <label for="c-title">{w.concernName}</label>
          <input id="c-title" name="title" required maxlength={40} value={value('title', before?.title ?? '')} />
        </div>
        <div class="field">
          <label for="c-unit">{w.concernUnit}</label>
          <select id="c-unit" name="unit">
            <option value=""></option>
            {units.map(u => (
              <option value={u.key} selected={value('unit', before?.unit ?? '') === u.key}>
                {names.unit(u.key)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <div class="field">
        <label for="c-expr">{w.concernExpr}</label>
        <span class="hint">{w.concernExprHint}</span>
        <textarea id="c-expr" name="expr" class="code">
          {value('expr', before ? expressionOf(before.body as RuleSource) : '')}
        </textarea>
      </div>
      <details class="pane" open={given('groups')[0] !== undefined && given('groups')[0] !== ''}>
        <summary>{w.concernGroups}</summary>
        <div class="field">
          <label class="vh" for="c-groups">
            {w.concernGroups}
          </label>
          <textarea id="c-groups" name="groups">
            {value('groups', '')}
          </textarea>
        </div>
        <div class="field">
          <label for="c-none">{w.concernExcept}</label>
          <input id="c-none" name="none" value={value('none', '')} />
        </div>
      </details>
      <div class="field">
        <label for="c-note">{w.concernNote}</label>
        <input id="c-note" name="note" required maxlength={300} value={value('note', '')} />
      </div>
      <button class="btn go" type="submit" name="do" value="version">
        {w.concernSave}
      </button>
    </form>
  );
};
