/** What was just done with a story, said for as long as it can be taken back. Works without script: it is a form. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import type { TriageAct } from '../ports-triage.ts';
import { Token } from './small.tsx';

export const UndoToast: FC<{ visit: Visit; act: TriageAct; back: string }> = ({ visit, act, back }) => {
  const { w, user } = visit;
  const title = String(act.detail['title'] ?? act.story);
  const reason = act.detail['why'];
  const inCase = act.detail['case'];
  return (
    <div class="toast undo no-print" role="status" data-until={new Date(act.at + UNDO_MS).toISOString()}>
      <span>
        {w.did[act.what](title)}
        {typeof reason === 'string' && reason !== '' ? `${w.comma}${reason}` : ''}
      </span>
      {typeof inCase === 'string' ? <a href={`/cases/${inCase}`}>{w.seeCase}</a> : ''}
      <form method="post" action="/inbox/undo">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="act" value={act.id} />
        <input type="hidden" name="back" value={back} />
        <button class="btn text" type="submit" data-key="z">
          {w.undo} <kbd>z</kbd>
        </button>
      </form>
    </div>
  );
};
/** Half a minute, and a little for the way here. */
export const UNDO_MS = 30_000;
export const UNDO_GRACE_MS = 5_000;
