/** A leader signs on a telephone: why, the whole text, who else, one button under the thumb, thirty seconds to take it back. */
import { type ReplyDocument, TAKE_BACK_MS, titleAndBody, type Version, diffTexts } from '#reply';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui, lookOf } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Countdown, Grade, NotSaved, Token } from '../parts/small.tsx';
import { capacitiesOf } from '../permissions.ts';
import { type CaseHead, gradeOf } from '../view/cases.ts';
import { naming } from '../view/naming.ts';
import { lastSafe, signersOf } from '../view/signing.ts';
import { documentState } from '../view/texts.ts';
import { momentText } from '../view/times.ts';
import { dueRow, groups } from './reply-show.tsx';

export const ReplySign: FC<{
  visit: Visit;
  counts: Counts;
  head: CaseHead;
  document: ReplyDocument;
  problem?: string;
}> = ({ visit, counts, head, document, problem }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const newest = document.versions.at(-1) as Version;
  const state = documentState(hall, document);
  const base = `/cases/${head.key}/reply/${document.key}`;
  const mine = user.office ? capacitiesOf(hall, user.office) : [];
  const steps = state.chains.flatMap(c => c.steps.map(s => ({ chain: c, step: s })));
  const turn = steps.find(x => x.step.turn && x.step.capacities.some(c => mine.includes(c)));
  const capacity = turn?.step.capacities.find(c => mine.includes(c));
  const signed = steps
    .map(x => x.step.signature)
    .filter(s => s !== undefined)
    .findLast(
      s => mine.includes(String(s.data['as'])) && s.by.unit === user.office?.unit && s.by.role === user.office.role,
    );
  const fresh = signed && hall.now - Date.parse(signed.recordedAt) < TAKE_BACK_MS ? signed : undefined;
  const due = dueRow(visit, head);
  const safe =
    turn && due?.dueAt !== undefined
      ? lastSafe(hall, turn.chain, due.dueAt).get(turn.step.capacities.join('|'))
      : undefined;
  const grade = gradeOf(hall, head);
  const voided = turn?.step.voided.findLast(v => mine.includes(String(v.data['as'])));
  const before = voided && document.versions.find(v => v.hash === voided.data['textHash']);
  const changes = before ? diffTexts(before.text, newest.text) : undefined;
  const { title, paragraphs } = titleAndBody(newest.text);
  const standIns = capacity ? signersOf(hall, [capacity]).filter(s => s.standIn !== undefined) : [];
  return (
    <Page visit={visit} tab="replies" title={w.signTitle(names.form(document.form), newest.n)} counts={counts}>
      <div class="sign-page">
        <NotSaved w={w} why={problem} />
        {due ? (
          <div class={due.tone === 'late' ? 'clockbox late' : 'clockbox'}>
            <Hui size="l" look={lookOf(due.tone)} left={due.share} />
            <p>
              {due.dueAt === undefined ? '' : <Countdown w={w} dueAt={due.dueAt} now={hall.now} />}
              <br />
              <span class="note">
                {due.due}
                {safe === undefined ? '' : `，${w.lastSafeAt(momentText(language, safe, hall.now))}`}
              </span>
            </p>
          </div>
        ) : (
          ''
        )}
        <h1>{w.signTitle(names.form(document.form), newest.n)}</h1>
        <p class="sub">
          <a href={`/cases/${head.key}`}>{head.title}</a>{' '}
          {grade ? <Grade bars={grade.bars} text={names.value(grade.scale, grade.value)} /> : ''}{' '}
          {turn ? <Clause clause={names.clause(turn.chain.clause)} /> : ''}
        </p>
        {voided && before ? (
          <div class="why-again">
            <b>{w.signAgain(momentText(language, Date.parse(voided.at), hall.now), before.n)}</b>
            <p>{w.signAgainSays(changes?.unchanged ?? 0)}</p>
            {changes?.changes.map(ch => (
              <p class="song">
                {ch.before.map(p => (p.kind === 'removed' ? <del>{p.text}</del> : ''))}
                {ch.after.map(p => (p.kind === 'added' ? <ins>{p.text}</ins> : ''))}
              </p>
            ))}
          </div>
        ) : (
          ''
        )}
        <section>
          <h2>{w.signWhole([...newest.text].length)}</h2>
          <article class="song whole">
            {title === '' ? '' : <h3>{title}</h3>}
            {paragraphs.map(p => (
              <p>{p}</p>
            ))}
          </article>
        </section>
        <section>
          <h2>{w.chainTitle}</h2>
          <ul class="mini">
            {steps.map(({ step }) => (
              <li>
                <Hui size="xs" look={step.signature ? 'done' : step.turn ? '' : 'far'} />
                <span>
                  {step.capacities.some(c => c === capacity) && !step.signature ? (
                    <b>{w.signYou}</b>
                  ) : (
                    step.capacities.map(x => names.capacity(x)).join(' / ')
                  )}
                </span>
                <time>
                  {step.signature ? momentText(language, Date.parse(step.signature.at), hall.now) : w.notSigned}
                </time>
              </li>
            ))}
          </ul>
          <p>
            <a href={base}>{w.signNotes}</a>
          </p>
        </section>
        <section>
          <h2>{w.stampTitle}</h2>
          <div class="stamp">
            <span class="code hash">{groups(newest.hash)}</span>
            {w.signStamp}
          </div>
        </section>
        <div class="thumb">
          {fresh ? (
            <form method="post" action={`${base}/sign`}>
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="hash" value={newest.hash} />
              <input type="hidden" name="as" value={String(fresh.data['as'])} />
              <p class="done-now">
                <Hui size="s" look="done" /> {w.signDone(momentText(language, Date.parse(fresh.at), hall.now))}
              </p>
              <button class="btn" type="submit" name="do" value="take-back">
                {w.signTakeBack}
              </button>
              <a class="btn text" href="/desk">
                {w.backDesk}
              </a>
            </form>
          ) : capacity ? (
            <>
              <form method="post" action={`${base}/sign`}>
                <Token csrf={user.session.csrf} />
                <input type="hidden" name="hash" value={newest.hash} />
                <input type="hidden" name="as" value={capacity} />
                <input type="hidden" name="page" value="sign" />
                <button class="btn go" type="submit" name="do" value="sign">
                  {w.signAgree}
                </button>
              </form>
              <details class="why">
                <summary>{w.withhold}</summary>
                <form method="post" action={`${base}/sign`}>
                  <Token csrf={user.session.csrf} />
                  <input type="hidden" name="hash" value={newest.hash} />
                  <input type="hidden" name="as" value={capacity} />
                  <div class="field">
                    <label for="ws-reason">{w.withholdReason}</label>
                    <input id="ws-reason" name="reason" required />
                  </div>
                  <button class="btn" type="submit" name="do" value="withhold">
                    {w.withhold}
                  </button>
                </form>
              </details>
              {standIns.map(s => (
                <p class="note">
                  {names.office(s.office)}
                  {w.colon}
                  {w.standsIn(names.role(s.standIn ?? ''))}
                </p>
              ))}
              <p class="note">{w.signLater}</p>
            </>
          ) : (
            <p class="note">
              {signed ? w.signAlready(momentText(language, Date.parse(signed.at), hall.now)) : w.signNotYours}{' '}
              <a href={base}>{w.backToText}</a>
            </p>
          )}
        </div>
      </div>
    </Page>
  );
};
