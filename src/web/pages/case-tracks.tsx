/** The head of a case: what was put right offline, the public answer, what still blocks closing, what to do next. */
import { EVENT_TYPES } from '#core/log';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause } from '../parts/small.tsx';
import { type CaseHead } from '../view/cases.ts';
import { canBeTold } from '../view/case-needs.ts';
import { closingRefusals } from '../view/closing.ts';
import { type DutyRow } from '../view/duties.ts';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { documentsOf, documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';
import { eventLabel } from '../words/index.ts';

const OFFLINE = [
  'facts.verified',
  'reception.held',
  'measure.taken',
  'handling.entered',
  'handling.finished',
  'arrival.recorded',
  'track.finished',
];

const Item: FC<{ look: 'done' | 'far' | 'void' | 'soft' | ''; time?: string; left?: number; children: Child }> = ({
  look,
  time,
  left,
  children,
}) => (
  <li>
    <Hui size="xs" look={look} left={left ?? 100} />
    <span>{children}</span>
    {time === undefined ? '' : <time>{time}</time>}
  </li>
);

export const Offline: FC<{ visit: Visit; head: CaseHead }> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const steps = head.events.filter(
    e => OFFLINE.includes(e.type) && !(e.type === 'track.finished' && e.data['track'] === 'online'),
  );
  const finished = steps.some(e => e.type === 'track.finished');
  return (
    <section>
      <h2>
        {w.offlineTrack}{' '}
        <span class="tag">{finished ? w.trackDone : steps.length > 0 ? w.trackOpen : w.trackNone}</span>
      </h2>
      <ul>
        {steps.slice(-6).map(e => {
          const said = sentence(e, language, names);
          return (
            <Item look="done" time={momentText(language, Date.parse(e.at), hall.now)}>
              {said.label} {said.detail.slice(0, 30)}
            </Item>
          );
        })}
        {steps.length === 0 ? <Item look="far">{w.offlineEmpty}</Item> : ''}
      </ul>
      {head.closedAt === undefined ? (
        <p class="acts">
          <a class="btn text" href={`/cases/${head.key}/do/handling.entered`}>
            {w.recordFact}
          </a>
          {finished ? (
            ''
          ) : (
            <a class="btn text" href={`/cases/${head.key}/do/track.finished?track=offline`}>
              {w.trackDone}
            </a>
          )}
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

export const Online: FC<{ visit: Visit; head: CaseHead }> = ({ visit, head }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const documents = documentsOf(hall, head.key);
  const published = head.events.some(e => e.type === 'publication.made');
  return (
    <section>
      <h2>
        {w.onlineTrack}{' '}
        <span class={published ? 'tag' : 'tag acc'}>
          {published ? w.trackDone : documents.length > 0 ? w.trackOpen : w.trackNone}
        </span>
      </h2>
      <ul>
        {documents.length === 0 ? <Item look="far">{w.onlineEmpty}</Item> : ''}
        {documents.flatMap(d => {
          const state = documentState(hall, d);
          const newest = d.versions.at(-1);
          const href = `/cases/${head.key}/reply/${d.key}`;
          return [
            <Item look="done" time={newest ? momentText(language, Date.parse(newest.event.at), hall.now) : ''}>
              <a href={href}>
                {names.form(d.form)} {w.draftVersion(d.versions.length)}
              </a>
            </Item>,
            ...state.chains.flatMap(c =>
              c.steps.map(s => (
                <Item
                  look={s.signature ? 'done' : s.voided.length > 0 ? 'void' : 'far'}
                  {...(s.signature ? { time: momentText(language, Date.parse(s.signature.at), hall.now) } : {})}
                >
                  {s.capacities.map(x => names.capacity(x)).join('/')}
                  {s.signature ? '' : ` ${s.voided.length > 0 ? w.voided : w.notSigned}`}
                </Item>
              )),
            ),
            ...state.confirmations.map(c => (
              <Item
                look={c.event ? 'done' : 'far'}
                {...(c.event ? { time: momentText(language, Date.parse(c.event.at), hall.now) } : {})}
              >
                {c.event ? `${w.confirmTitle}${w.colon}${names.body(c.body)}` : w.confirmWanted(names.body(c.body))}
              </Item>
            )),
            ...d.publications.map(p => (
              <Item look="done" time={momentText(language, Date.parse(p.at), hall.now)}>
                {eventLabel(language, p.type)} {names.channel(String(p.data['channel']))}
              </Item>
            )),
          ];
        })}
      </ul>
    </section>
  );
};

export const Closing: FC<{ visit: Visit; head: CaseHead; rows: readonly DutyRow[] }> = ({ visit, head, rows }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  if (head.closedAt !== undefined)
    return (
      <section>
        <h2>{w.closedOn(momentText(language, head.closedAt, hall.now))}</h2>
      </section>
    );
  const refusals = closingRefusals(hall, head.key, user.office ?? { unit: 'institution', role: 'system' });
  const missing = refusals.flatMap(r =>
    r.missing.map(m => ({ thing: missingThing(hall, language, names, m, head.key), clause: r.clause })),
  );
  return (
    <section>
      <h2>{missing.length === 0 ? w.canClose : w.cannotClose(missing.length)}</h2>
      <ul>
        {missing.map(m => (
          <Item look="far">
            {m.thing.href === undefined ? m.thing.text : <a href={m.thing.href}>{m.thing.text}</a>}{' '}
            <Clause clause={names.clause(m.clause)} />
          </Item>
        ))}
        {rows.slice(0, 4).map(r => (
          <Item look={r.tone === 'late' ? 'void' : r.tone === 'soft' ? 'soft' : ''} left={r.share}>
            {w.stillOwed}
            {w.colon}
            <a href={r.next.href}>{r.title}</a> <Clause clause={r.clause} />
          </Item>
        ))}
      </ul>
    </section>
  );
};

const COMMON = [
  'facts.verified',
  'assignment.made',
  'notice.sent',
  'notice.received',
  'handling.entered',
  'measure.taken',
  'reception.held',
  'meeting.held',
  'decision.made',
  'report.made',
  'transfer.made',
  'instruction.received',
  'track.finished',
  'calm.declared',
  'evaluation.written',
];

/** Types that make no sense as a fact typed in for a case. */
const NOT_OFFERED = new Set([
  'act.refused',
  'body.erased',
  'entry.corrected',
  'item.matched',
  'item.folded',
  'rulebook.adopted',
  'calendar.adopted',
  'duty-roster.set',
  'draft.written',
  'signature.given',
  'publication.made',
  'case.opened',
  'finding.recorded',
  // Written in the inbox, on the inspector's desk, in supervision.
  'finding.dismissed',
  'story.joined',
  'story.split',
  'fault.found',
  'referral.filed',
  'press.reminded',
  // The house's own: registers, rota, channels, scores. They stand outside every case.
  'setting.decided',
  'interpretation.recorded',
  'outside-rule.registered',
  'body.formed',
  'role.assigned',
  'role.vacated',
  'leave.recorded',
  'stand-in.named',
  'shift.handed-over',
  'channel.registered',
  'source-list.set',
  'contact.entered',
  'training.planned',
  'training.held',
  'learning.recorded',
  'watch.done',
  'zero-report.filed',
  'topic-list.made',
  'submission.entered',
  'adoption.entered',
  'coverage.entered',
  'award.entered',
  'praise.entered',
  'appraisal.recorded',
  'score.disputed',
  'score.settled',
]);

export const DoNext: FC<{ visit: Visit; head: CaseHead; rows: readonly DutyRow[] }> = ({ visit, head, rows }) => {
  const { w, language } = visit;
  const seen = new Set<string>();
  const next = rows.filter(r => !seen.has(r.next.href) && seen.add(r.next.href));
  return (
    <section>
      <h2>{w.doSomething}</h2>
      {next.length === 0 ? '' : <p class="note">{w.doNext}</p>}
      <div class="doing">
        {next.slice(0, 8).map(r => (
          <a class="btn" href={r.next.href}>
            {r.next.label}
            {r.forUnit === undefined ? '' : `：${r.forUnit}`}
          </a>
        ))}
      </div>
      <details class="why">
        <summary>{w.doOther}</summary>
        <div class="doing">
          {[...COMMON, ...EVENT_TYPES.filter(t => !COMMON.includes(t) && !NOT_OFFERED.has(t))]
            .filter(t => canBeTold(t, head.events))
            .map(t => (
              <a class="btn" href={`/cases/${head.key}/do/${t}`}>
                {eventLabel(language, t)}
              </a>
            ))}
        </div>
      </details>
    </section>
  );
};
