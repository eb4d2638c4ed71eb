/** Conferences, briefings, interviews, visits, open days: planned with their pack, allowed, signed for, held. */
import { type PlannedEvent, pressEvents, type Sent } from '#case';
import type { Rulebook } from '#core/rulebook';
import { VOCABULARY } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { RefusedNow } from '../parts/refused-now.tsx';
import { Clause, Empty, Token } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { offeredBy, partName } from '../view/offered.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { dayText, momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

interface Props {
  readonly visit: Visit;
  readonly head: CaseHead;
}
const said = (sent: Sent | undefined, name: string): string => sent?.get(name)?.[0] ?? '';

/** What goes into the pack of an event: the parts the regulation's own pack has, else the three that every event needs. */
export function packOf(rulebook: Rulebook): readonly string[] {
  const own = rulebook.rules.flatMap(r => (r.kind === 'form' && r.name.endsWith('pack') ? (r.parts ?? []) : []));
  const offered = offeredBy(rulebook).values('press-event.held', 'parts');
  return own.length > 0 ? [...new Set([...own, ...offered])] : ['script', 'press-release', 'answer-lines', ...offered];
}
const kindsOf = (): readonly string[] => VOCABULARY.get('press-event.planned')?.byName.get('kind')?.values ?? [];

export const CaseEvents: FC<Props & { counts: Counts; sent?: Sent; problem?: string }> = ({
  visit,
  counts,
  head,
  sent,
  problem,
}) => {
  const { w } = visit;
  const events = pressEvents(head.events);
  return (
    <CaseFrame
      visit={visit}
      counts={counts}
      head={head}
      title={w.eventsTitle}
      says={w.eventsSays}
      {...(problem === undefined ? {} : { problem })}
    >
      <RefusedNow visit={visit} head={head} />
      <div class="cols">
        <div>
          {events.length === 0 ? <Empty title={w.eventsNone} says={w.eventsNoneSays} /> : ''}
          {events.toReversed().map(e => (
            <EventPane visit={visit} head={head} event={e} />
          ))}
        </div>
        <aside class="side">
          <PlanForm visit={visit} head={head} {...(sent ? { sent } : {})} />
          <Stages visit={visit} head={head} />
          <Rules visit={visit} />
        </aside>
      </div>
    </CaseFrame>
  );
};

const EventPane: FC<Props & { event: PlannedEvent }> = ({ visit, head, event }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const step = (look: 'done' | 'far' | '', text: string, at: string | undefined) => (
    <li>
      <Hui size="xs" look={look} />
      <span>{text}</span>
      <time>{at === undefined ? '' : momentText(language, Date.parse(at), hall.now)}</time>
    </li>
  );
  const needsLeave = event.kind === 'interview' || event.kind === 'media-visit';
  // Approvals of papers that the rules want signed before this kind of event.
  const approvals = hall.rulebook.rules.flatMap(r =>
    r.kind === 'approval' &&
    r.before.some(
      p =>
        p.on === 'event' &&
        p.type === 'press-event.held' &&
        p.tests.every(t => t.field[0] !== 'kind' || t.values.includes(event.kind)),
    )
      ? [r]
      : [],
  );
  const documents = documentsOf(hall, head.key);
  return (
    <section class="pane sec" id={event.key}>
      <h2>
        {valueLabel(language, 'kind', event.kind)} {event.topic}
      </h2>
      <ul class="mini">
        {step(event.planned ? 'done' : 'far', w.eventPlanned, event.planned?.at)}
        {needsLeave ? step(event.authorised ? 'done' : '', w.eventAllowed, event.authorised?.at) : ''}
        {approvals.flatMap(a => {
          const form = a.covers['form']?.[0] ?? a.name;
          const d = documents.findLast(x => (a.covers['form'] ?? []).includes(x.form));
          const signed = d ? documentState(hall, d).chains.find(c => c.approval === a.name)?.steps : undefined;
          const done = signed !== undefined && signed.length > 0 && signed.every(s => s.signature);
          return [
            <li>
              <Hui size="xs" look={done ? 'done' : ''} />
              <span>
                <a href={d ? `/cases/${head.key}/reply/${d.key}` : `/cases/${head.key}/reply/new?form=${form}`}>
                  {names.form(form)}
                </a>{' '}
                {done ? w.documentSigned : d ? w.notSigned : w.trackNone}{' '}
                <Clause clause={names.clause(a.clauses[0] ?? '')} />
              </span>
              <time></time>
            </li>,
          ];
        })}
        {step(event.held ? 'done' : 'far', w.eventHeld, event.held?.at)}
      </ul>
      <p>
        {w.eventPack}
        {w.colon}
        {event.pack.length === 0 ? w.none : event.pack.map(p => partName(names, language, words, p)).join(w.and)}
      </p>
      {event.held || head.closedAt !== undefined ? (
        ''
      ) : (
        <>
          {needsLeave && !event.authorised ? <AllowForm visit={visit} head={head} event={event} /> : ''}
          <HeldForm visit={visit} head={head} event={event} />
        </>
      )}
    </section>
  );
};

const Places: FC<{ visit: Visit; id: string; value: string }> = ({ visit, id, value }) => (
  <fieldset class="opts">
    <legend>{visit.w.eventPlace}</legend>
    <div class="row">
      {['office', 'scene'].map(p => (
        <label>
          <input type="radio" id={`${id}-${p}`} name="place" value={p} checked={p === value} />
          {valueLabel(visit.language, 'place', p)}
        </label>
      ))}
    </div>
  </fieldset>
);

const AllowForm: FC<Props & { event: PlannedEvent }> = ({ visit, head, event }) => {
  const { w, user } = visit;
  return (
    <details class="why">
      <summary>{w.eventAllow}</summary>
      <form method="post" action={`/cases/${head.key}/events`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="allow" />
        <input type="hidden" name="event" value={event.key} />
        <input type="hidden" name="for" value={event.kind === 'media-visit' ? 'visit' : 'interview'} />
        <Places visit={visit} id={`al-${event.key}`} value="office" />
        <button class="btn go" type="submit">
          {w.eventAllow}
        </button>
      </form>
    </details>
  );
};

const HeldForm: FC<Props & { event: PlannedEvent }> = ({ visit, head, event }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const roles = [...new Set(hall.institution.setup.roles.map(r => r.role))];
  const pack = [...new Set([...packOf(hall.rulebook), ...event.pack])];
  const id = `h-${event.key}`;
  return (
    <details class="why">
      <summary>{w.eventDone}</summary>
      <form method="post" action={`/cases/${head.key}/events`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="held" />
        <input type="hidden" name="event" value={event.key} />
        <input type="hidden" name="kind" value={event.kind} />
        <Places visit={visit} id={id} value={String(event.authorised?.data['place'] ?? 'office')} />
        <div class="field">
          <label for={`${id}-s`}>{w.eventSpeaker}</label>
          <select id={`${id}-s`} name="speakerRole">
            {roles.map(r => (
              <option value={r} selected={r === 'spokesperson'}>
                {names.role(r)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-w`}>
            {w.eventSpeakerWhy}
            <span class="opt-t">{w.optional}</span>
          </label>
          <input id={`${id}-w`} name="speakerReason" />
        </div>
        {event.kind === 'other' ? (
          <div class="field">
            <label for={`${id}-o`}>{w.eventOther}</label>
            <input id={`${id}-o`} name="otherReason" required />
          </div>
        ) : (
          ''
        )}
        <fieldset class="opts">
          <legend>{w.eventPack}</legend>
          <div class="row">
            {pack.map(p => (
              <label>
                <input type="checkbox" name="pack" value={p} checked={event.pack.includes(p)} />
                {partName(names, language, words, p)}
              </label>
            ))}
          </div>
        </fieldset>
        <label class="opt">
          <input type="checkbox" name="authoritative" value="true" />
          {w.eventAuthoritative}
        </label>
        <button class="btn go" type="submit">
          {w.eventDone}
        </button>
      </form>
    </details>
  );
};

const PlanForm: FC<Props & { sent?: Sent }> = ({ visit, head, sent }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const { words } = hall.rulebook.terms;
  const chosen = said(sent, 'kind') || (visit.c.req.query('kind') ?? 'press-conference');
  return (
    <section>
      <h2>{w.eventPlan}</h2>
      <form method="post" action={`/cases/${head.key}/events`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="do" value="plan" />
        <div class="field">
          <label for="e-kind">{w.eventKind}</label>
          <select id="e-kind" name="kind">
            {kindsOf().map(k => (
              <option value={k} selected={k === chosen}>
                {valueLabel(language, 'kind', k)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="e-topic">{w.eventTopic}</label>
          <input id="e-topic" name="topic" value={said(sent, 'topic')} required />
        </div>
        <fieldset class="opts">
          <legend>{w.eventPack}</legend>
          <div class="row">
            {packOf(hall.rulebook).map(p => (
              <label>
                <input
                  type="checkbox"
                  name="pack"
                  value={p}
                  checked={sent ? (sent.get('pack') ?? []).includes(p) : true}
                />
                {partName(names, language, words, p)}
              </label>
            ))}
          </div>
        </fieldset>
        <button class="btn go" type="submit">
          {w.eventPlan}
        </button>
      </form>
    </section>
  );
};

/** How many stages one plan of releases takes. */
export const MOST_STAGES = 5;
/** Publication in stages: what is told on which day, planned ahead; what has gone out since is ticked off. */
const Stages: FC<Props> = ({ visit, head }) => {
  const { w, user, language, hall } = visit;
  const plan = head.events.findLast(e => e.type === 'release-plan.made');
  const stages = (plan?.data['stages'] ?? []) as readonly { readonly on: string; readonly what: string }[];
  const out = head.events.filter(e => e.type === 'publication.made').map(e => e.at.slice(0, 10));
  return (
    <section>
      <h2>{w.stagesTitle}</h2>
      <ul class="mini">
        {stages.map(s => (
          <li>
            <Hui size="xs" look={out.includes(s.on) ? 'done' : 'far'} />
            <span>{s.what}</span>
            <time>{dayText(language, s.on, hall.now)}</time>
          </li>
        ))}
      </ul>
      <details class="why">
        <summary>{w.stagesPlan}</summary>
        <form method="post" action={`/cases/${head.key}/events`}>
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="do" value="stages" />
          {Array.from({ length: MOST_STAGES }, (_, i) => i + 1).map(n => (
            <fieldset class="opts ask">
              <legend>{w.stageN(n)}</legend>
              <input type="date" name={`on-${n}`} aria-label={w.stageOn(n)} value={stages[n - 1]?.on ?? ''} />
              <input name={`what-${n}`} aria-label={w.stageWhat(n)} value={stages[n - 1]?.what ?? ''} />
            </fieldset>
          ))}
          <button class="btn go" type="submit">
            {w.stagesPlan}
          </button>
        </form>
      </details>
    </section>
  );
};

/** What the regulation says about events, clause by clause. */
const Rules: FC<{ visit: Visit }> = ({ visit }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const about = hall.rulebook.rules.filter(
    r =>
      (r.kind === 'gate' && r.act.some(p => p.on === 'event' && p.type === 'press-event.held')) ||
      (r.kind === 'form' && r.filledBy?.on === 'event' && r.filledBy.type === 'press-event.held') ||
      (r.kind === 'approval' && r.before.some(p => p.on === 'event' && p.type === 'press-event.held')),
  );
  if (about.length === 0) return <></>;
  return (
    <section>
      <h2>{w.eventRules}</h2>
      {about.slice(0, 6).map(r => (
        <p class="note">
          {names.prose(r.paraphrase).slice(0, 120)} <Clause clause={names.clause(r.clauses[0] ?? '')} />
        </p>
      ))}
    </section>
  );
};
