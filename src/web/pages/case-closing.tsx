/** Closing a case: what is still missing, each with its clause and the place where it is mended; what calm and recurrence say. */
import { caseLinesOf } from '../state.ts';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { CaseFrame } from '../parts/case-frame.tsx';
import { Hui } from '../parts/hui.tsx';
import type { Counts } from '../parts/layout.tsx';
import { RefusedNow } from '../parts/refused-now.tsx';
import { Clause, Token } from '../parts/small.tsx';
import type { CaseHead } from '../view/cases.ts';
import { closingRefusals } from '../view/closing.ts';
import { dutyRow, headsByKey } from '../view/duties.ts';
import { missingThing } from '../view/missing.ts';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';

export const CaseClosing: FC<{ visit: Visit; counts: Counts; head: CaseHead; problem?: string; typed?: string }> = ({
  visit,
  counts,
  head,
  problem,
  typed,
}) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const refusals = closingRefusals(hall, head.key, user.office ?? { unit: 'institution', role: 'system' });
  const missing = refusals.flatMap(r =>
    r.missing.map(m => ({ thing: missingThing(hall, language, names, m, head.key), clause: r.clause })),
  );
  const byKey = headsByKey(hall, w);
  const open = caseLinesOf(hall, head.key)
    .obligations.filter(l => !l.whole)
    .filter(l => l.state === 'open' || l.state === 'late')
    .map(l => dutyRow(hall, w, language, names, byKey, l));
  const calm = head.events.findLast(e => e.type === 'calm.declared');
  const looks = head.events.filter(e => e.type === 'recurrence.watched');
  return (
    <CaseFrame
      visit={visit}
      counts={counts}
      head={head}
      title={w.closeTitle}
      says={missing.length === 0 ? w.closeReady : w.closeMissing(missing.length)}
      {...(problem === undefined ? {} : { problem })}
    >
      <RefusedNow visit={visit} head={head} />
      <div class="cols">
        <div>
          <section class="pane sec">
            <h2>{missing.length === 0 ? w.canClose : w.cannotClose(missing.length)}</h2>
            <ul class="mini">
              {missing.map(m => (
                <li>
                  <Hui size="xs" look="far" />
                  <span>
                    {m.thing.href === undefined ? m.thing.text : <a href={m.thing.href}>{m.thing.text}</a>}{' '}
                    <Clause clause={names.clause(m.clause)} />
                  </span>
                </li>
              ))}
            </ul>
            {open.length === 0 ? (
              <p class="note">{w.closeNothingOwed}</p>
            ) : (
              <>
                <h3>{w.closeStillOwed(open.length)}</h3>
                <ul class="mini">
                  {open.slice(0, 12).map(r => (
                    <li>
                      <Hui
                        size="xs"
                        look={r.tone === 'late' ? 'late' : r.tone === 'soft' ? 'soft' : ''}
                        left={r.share}
                      />
                      <span>
                        <a href={r.next.href}>{r.title}</a> {r.forUnit ?? ''} <Clause clause={r.clause} />
                      </span>
                      <time>{r.dueAt === undefined ? '' : r.due}</time>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
          <form class="pane sec" method="post" action={`/cases/${head.key}/close`}>
            <Token csrf={user.session.csrf} />
            <div class="field">
              <label for="c-reason">{w.closeReason}</label>
              <span class="hint">{w.closeReasonHint}</span>
              <textarea id="c-reason" name="reason" rows={3} required>
                {typed ?? ''}
              </textarea>
            </div>
            <button class={missing.length === 0 ? 'btn go' : 'btn'} type="submit">
              {w.closeCase}
            </button>
          </form>
        </div>
        <aside class="side">
          <section>
            <h2>{w.calmTitle}</h2>
            <ul class="mini">
              <li>
                <Hui size="xs" look={calm ? 'done' : 'far'} />
                <span>
                  {calm ? String(calm.data['reason']) : <a href={`/cases/${head.key}/do/calm.declared`}>{w.calmNot}</a>}
                </span>
                <time>{calm ? momentText(language, Date.parse(calm.at), hall.now) : ''}</time>
              </li>
              {looks.map(e => (
                <li>
                  <Hui size="xs" look={e.data['seen'] === true ? 'late' : 'done'} />
                  <span>{e.data['seen'] === true ? w.recurred : w.notRecurred}</span>
                  <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
                </li>
              ))}
            </ul>
            <p>
              <a class="btn text" href={`/cases/${head.key}/do/recurrence.watched`}>
                {w.lookAgain}
              </a>
            </p>
          </section>
          <section>
            <h2>{w.joinTitle}</h2>
            <p class="acts">
              <a class="btn text" href={`/cases/${head.key}/do/case.joined`}>
                {w.joinOtherCase}
              </a>
              <a class="btn text" href={`/cases/${head.key}/do/case.split`}>
                {w.splitCase}
              </a>
            </p>
          </section>
        </aside>
      </div>
    </CaseFrame>
  );
};
