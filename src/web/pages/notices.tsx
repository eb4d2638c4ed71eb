/** Notices: what waits for somebody to take note, what perhaps went out, and everything that was sent. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Clause, Empty, NotSaved, Token } from '../parts/small.tsx';
import type { NoticeRow, ReminderRow } from '../ports.ts';
import { permissionsOf } from '../permissions.ts';
import { naming } from '../view/naming.ts';
import { reminderTitle } from '../view/reminders.ts';
import { momentText } from '../view/times.ts';

export const Notices: FC<{
  visit: Visit;
  counts: Counts;
  reminders: readonly ReminderRow[];
  notices: readonly NoticeRow[];
  problems: readonly string[];
}> = ({ visit, counts, reminders, notices, problems }) => {
  const { w, hall, user } = visit;
  const may = permissionsOf(hall, user.office, user.person);
  const open = reminders.filter(r => r.acknowledgedAt === undefined);
  const perhaps = notices.filter(n => n.state === 'perhaps-sent' && (n.batch === undefined || n.batch === n.id));
  return (
    <Page visit={visit} tab="notices" title={w.noticesTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.noticesTitle}</h1>
          <p class="sub">{w.noticesSub}</p>
        </div>
        {may.has('administer') ? (
          <div class="acts">
            <a class="btn" href="/settings/notices">
              {w.noticesSettingsLink}
            </a>
          </div>
        ) : (
          ''
        )}
      </div>
      <NotSaved w={w} why={problems} />
      {perhaps.length === 0 ? '' : <Perhaps visit={visit} notices={perhaps} />}
      <h2 class="sec-h">{w.noticesOpen}</h2>
      {open.length === 0 ? (
        <Empty title={w.noticesNoneTitle} says={w.noticesNoneSays} />
      ) : (
        <ol class="duties sec">
          {open.map(r => (
            <Reminder visit={visit} reminder={r} />
          ))}
        </ol>
      )}
      {notices.length === 0 ? '' : <Outbox visit={visit} notices={notices} />}
    </Page>
  );
};

const Reminder: FC<{ visit: Visit; reminder: ReminderRow }> = ({ visit, reminder: r }) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  const office = names.officeText(r.role ?? '');
  return (
    <li class={r.dueAt <= hall.now ? 'duty late' : 'duty'}>
      <Hui look={r.dueAt <= hall.now ? 'void' : 'far'} />
      <div class="left">
        <span>{r.what === 'due' ? w.noticeDue : w.noticeSoon}</span>
        <span>{momentText(language, r.dueAt, hall.now)}</span>
      </div>
      <div class="body">
        <p class="what">
          {r.caseId === undefined ? (
            reminderTitle(hall, w, language, names, r)
          ) : (
            <a href={`/cases/${r.caseId}`}>{reminderTitle(hall, w, language, names, r)}</a>
          )}
        </p>
        <p class="of">
          {r.clause === '' ? <a href="/watch/coverage">{w.sourceAlarm}</a> : <Clause clause={names.clause(r.clause)} />}
          <span>{`${w.noticeFirst}${w.colon}${office}`}</span>
          {r.level > 0 ? <span class="tag late">{w.noticeLevel(r.level)}</span> : ''}
          {r.escalateAt === undefined ? '' : <span>{w.noticeNext(momentText(language, r.escalateAt, hall.now))}</span>}
        </p>
      </div>
      <form class="acts" method="post" action="/notices">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="key" value={r.key} />
        <button class="btn go" type="submit" name="do" value="acknowledge">
          {w.noticeAcknowledge}
        </button>
      </form>
    </li>
  );
};

const Perhaps: FC<{ visit: Visit; notices: readonly NoticeRow[] }> = ({ visit, notices }) => {
  const { w, hall, language, user } = visit;
  return (
    <Alert title={w.noticePerhapsTitle} id="perhaps">
      <p>{w.noticePerhapsSays}</p>
      {notices.map(n => (
        <form method="post" action="/notices" class="acts">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="id" value={n.id} />
          <span>
            {momentText(language, n.endedAt ?? n.notBefore, hall.now)} · {n.channel} · {n.subject}
          </span>
          <button class="btn" type="submit" name="do" value="again">
            {w.noticeAgain}
          </button>
        </form>
      ))}
    </Alert>
  );
};

const Outbox: FC<{ visit: Visit; notices: readonly NoticeRow[] }> = ({ visit, notices }) => {
  const { w, hall, language } = visit;
  const names = naming(hall, language);
  const fate = (n: NoticeRow): string =>
    [
      w.noticeState[n.state],
      n.batch !== undefined && n.batch !== n.id ? w.noticeTogether : '',
      n.attempts > 1 ? w.noticeTries(n.attempts) : '',
      n.heldFrom === undefined
        ? ''
        : w.noticeHeld(momentText(language, n.heldFrom, hall.now), momentText(language, n.notBefore, hall.now)),
      n.fault ?? '',
    ]
      .filter(t => t !== '')
      .join(' · ');
  return (
    <section class="sec">
      <h2 class="under">{w.noticeOutbox}</h2>
      <p class="note">{w.noticeOutboxSub}</p>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>{w.noticeWhen}</th>
              <th>{w.noticeChannel}</th>
              <th>{w.noticeTo}</th>
              <th>{w.noticeWhat}</th>
              <th>{w.noticeFate}</th>
            </tr>
          </thead>
          <tbody>
            {notices.map(n => (
              <tr>
                <td class="entry-t">{momentText(language, n.endedAt ?? n.notBefore, hall.now)}</td>
                <td class="entry-t">{n.channel === 'desk' ? w.deskChannel : n.channel}</td>
                <td class="entry-t">{n.channel === 'desk' ? names.officeText(n.destination) : n.destination}</td>
                <td>{n.subject}</td>
                <td>
                  {n.state === 'perhaps-sent' || n.state === 'failed' ? (
                    <span class="tag late">{fate(n)}</span>
                  ) : (
                    fate(n)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
