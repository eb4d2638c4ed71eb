/** One matter: its clause, arithmetic and course, the other side's word, and only then the form in which a person finds a fault. */
import { VOCABULARY } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, NotSaved, Token } from '../parts/small.tsx';
import type { Hearing } from '../ports-inspection.ts';
import { addDays } from '../view/dates.ts';
import { dutyTitle } from '../view/duties.ts';
import { courseOf, faultsOn, isHeard, type Matter, wordsOn } from '../view/inspection.ts';
import { type Naming, naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { stepZh } from '../view/steps-zh.ts';
import { dateText, dayText, fullMoment, momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';
import { matterPath } from './inspection.tsx';

interface Props {
  readonly visit: Visit;
  readonly counts: Counts;
  readonly matter: Matter;
  readonly hearing?: Hearing;
  readonly problems: readonly string[];
  /** What was sent when it was not taken. */
  readonly given: (name: string) => readonly string[];
}
/** Days that the other side is given unless the inspector says otherwise. */
const DAYS = 3;

export const InspectionMatter: FC<Props> = props => {
  const { visit, counts, matter, problems } = props;
  const { hall, w, language } = visit;
  const { insp } = w;
  const names = naming(hall, language);
  const { line } = matter;
  const clause = hall.rulebook.clauses.find(c => c.id === matter.clause);
  const title = line ? dutyTitle(hall, language, names, line) : `${names.unit(matter.unit)} ${matter.clause}`;
  return (
    <Page visit={visit} tab="inspection" title={insp.matter} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/inspection">{insp.title}</a> · {names.unit(matter.unit)}
            {matter.case === undefined ? '' : ' · '}
            {matter.case === undefined ? '' : <a href={`/cases/${matter.case}`}>{w.caseOf}</a>}
          </p>
          <h1>{title}</h1>
          {line ? (
            <p class="sub">
              <span class={line.state === 'done' || line.state === 'lifted' ? 'tag' : 'tag late'}>
                {w.states[line.state]}
              </span>{' '}
              {line.dueAt === null ? '' : w.dueAt(fullMoment(language, Date.parse(line.dueAt), hall.now))}
            </p>
          ) : (
            ''
          )}
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <div class="cols">
        <div>
          <section class="sec">
            <h2>{insp.clauseSays}</h2>
            <p class="song read">{clause ? names.prose(clause.prose) : ''}</p>
            <p>
              <Clause clause={names.clause(matter.clause)} />
            </p>
          </section>
          {line && line.steps.length > 0 ? (
            <section class="sec">
              <h2>{insp.arithmetic}</h2>
              <ol class="sums">
                {line.steps.map(s => (
                  <li>{language === 'zh' ? stepZh(s, names).text : s}</li>
                ))}
              </ol>
            </section>
          ) : (
            ''
          )}
          <Course visit={visit} matter={matter} names={names} />
          <Finding {...props} names={names} />
        </div>
        <aside class="side">
          <Word {...props} names={names} />
          <Lift {...props} />
        </aside>
      </div>
    </Page>
  );
};

const Course: FC<{ visit: Visit; matter: Matter; names: Naming }> = ({ visit, matter, names }) => {
  const { hall, w, language } = visit;
  const { insp } = w;
  const said = { start: insp.courseStart, due: insp.courseDue, done: insp.courseDone, now: insp.courseNow };
  const steps = courseOf(hall, matter);
  return (
    <section class="sec">
      <h2>{insp.course}</h2>
      <ul class="log wide course">
        {steps.map(s =>
          s.event ? (
            <li>
              <time>{momentText(language, s.at, hall.now)}</time>
              <span>
                {sentence(s.event, language, names).label} {sentence(s.event, language, names).detail}{' '}
                <small>{names.office(s.event.by)}</small>
              </span>
            </li>
          ) : (
            <li class={`mark ${s.mark ?? ''}`}>
              <time>{momentText(language, s.at, hall.now)}</time>
              <b>{s.mark === undefined ? '' : said[s.mark]}</b>
            </li>
          ),
        )}
      </ul>
    </section>
  );
};

const Word: FC<Props & { names: Naming }> = ({ visit, matter, hearing, names }) => {
  const { hall, w, language, user } = visit;
  const { insp } = w;
  const words = wordsOn(hall, matter);
  const today = dateText(hall.now);
  return (
    <section id="word">
      <h2>{insp.word}</h2>
      {words.length === 0 ? <p class="note">{insp.wordNone}</p> : ''}
      {words.map(e => (
        <blockquote class="said">
          <p class="song">{String(e.data['reason'])}</p>
          <small>{insp.wordOf(names.office(e.by), momentText(language, Date.parse(e.at), hall.now))}</small>
        </blockquote>
      ))}
      {hearing ? (
        <p class="note">{insp.asked(dayText(language, dateText(hearing.answerBy - 1), hall.now))}</p>
      ) : words.length > 0 ? (
        ''
      ) : (
        <form method="post" action={matterPath(matter)}>
          <Token csrf={user.session.csrf} />
          <p class="note">{insp.askSays}</p>
          <div class="field">
            <label for="hr-by">{insp.askBy}</label>
            <input id="hr-by" name="by" type="date" min={addDays(today, 1)} value={addDays(today, DAYS)} required />
          </div>
          <button class="btn go" type="submit" name="do" value="ask">
            {insp.askDo}
          </button>
        </form>
      )}
    </section>
  );
};

const Finding: FC<Props & { names: Naming }> = ({ visit, matter, hearing, names, given }) => {
  const { hall, w, language, user } = visit;
  const { insp } = w;
  const found = faultsOn(hall, matter);
  const own = user.office !== undefined && hall.book.org.within(user.office.unit, matter.unit);
  const heard = isHeard(hall, matter, hearing);
  const kinds = VOCABULARY.get('fault.found')?.byName.get('kind')?.values ?? [];
  const gravities = VOCABULARY.get('fault.found')?.byName.get('gravity')?.values ?? [];
  const events = courseOf(hall, matter).flatMap(s => (s.event ? [s.event] : []));
  const proposed = new Set([...(matter.line?.basis ?? []), ...wordsOn(hall, matter).map(e => e.id)]);
  const ticked = given('evidence').length > 0 ? new Set(given('evidence')) : proposed;
  return (
    <section class="sec" id="finding">
      <h2>{insp.finding}</h2>
      {found.map(e => (
        <blockquote class="said">
          <p>
            <b>{valueLabel(language, 'kind', String(e.data['kind']))}</b>{' '}
            {e.data['gravity'] === undefined ? '' : valueLabel(language, 'gravity', String(e.data['gravity']))}
          </p>
          <p class="song">{String(e.data['reason'])}</p>
          <small>{insp.wordOf(names.office(e.by), momentText(language, Date.parse(e.at), hall.now))}</small>
        </blockquote>
      ))}
      {own ? (
        <p class="note">{insp.findingOwn}</p>
      ) : !heard ? (
        <p class="waits">
          <Hui size="xs" look="void" /> {insp.findingWaits}
        </p>
      ) : (
        <form class="pane" method="post" action={matterPath(matter)}>
          <Token csrf={user.session.csrf} />
          <p class="note">{insp.findingSays}</p>
          <div class="two">
            <div class="field">
              <label for="fd-kind">{insp.kind}</label>
              <select id="fd-kind" name="kind" required>
                <option value="">{w.chooseOne}</option>
                {kinds.map(k => (
                  <option value={k} selected={given('kind')[0] === k}>
                    {valueLabel(language, 'kind', k)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="fd-gravity">{insp.gravity}</label>
              <select id="fd-gravity" name="gravity" required>
                <option value="">{w.chooseOne}</option>
                {gravities.map(g => (
                  <option value={g} selected={given('gravity')[0] === g}>
                    {valueLabel(language, 'gravity', g)}
                  </option>
                ))}
              </select>
            </div>
          </div>
          <fieldset class="opts">
            <legend>{insp.evidence}</legend>
            {events.map(e => (
              <label class="opt block">
                <input type="checkbox" name="evidence" value={e.id} checked={ticked.has(e.id)} />
                <span>
                  {momentText(language, Date.parse(e.at), hall.now)} {sentence(e, language, names).label}{' '}
                  {sentence(e, language, names).detail.slice(0, 60)}
                </span>
              </label>
            ))}
          </fieldset>
          <div class="field">
            <label for="fd-reason">{insp.reason}</label>
            <span class="hint">{insp.reasonHint}</span>
            <textarea id="fd-reason" name="reason" required maxlength={1500}>
              {given('reason')[0] ?? ''}
            </textarea>
          </div>
          <button class="btn" type="submit" name="do" value="find">
            {insp.findDo}
          </button>
        </form>
      )}
    </section>
  );
};

const Lift: FC<Props> = ({ visit, matter }) => {
  const { hall, w, user } = visit;
  const { insp } = w;
  const { line } = matter;
  if (!line || (line.state !== 'open' && line.state !== 'late')) return <></>;
  const own = user.office !== undefined && hall.book.org.within(user.office.unit, matter.unit);
  return (
    <section id="lift">
      <h2>{insp.lift}</h2>
      {own ? (
        <p class="note">{insp.liftOwn}</p>
      ) : (
        <details>
          <summary>{insp.liftDo}</summary>
          <form method="post" action={matterPath(matter)}>
            <Token csrf={user.session.csrf} />
            <p class="note">{insp.liftSays}</p>
            <div class="field">
              <label for="li-reason">{insp.liftReason}</label>
              <input id="li-reason" name="why" required maxlength={300} />
            </div>
            <div class="field">
              <label for="li-authority">{insp.liftAuthority}</label>
              <input id="li-authority" name="authority" required maxlength={200} />
            </div>
            <button class="btn" type="submit" name="do" value="lift">
              {insp.liftDo}
            </button>
          </form>
        </details>
      )}
    </section>
  );
};
