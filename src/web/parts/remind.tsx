/** One click reminds the office that owes a duty; what was said before stands beside the button. */
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type DutyRow } from '../view/duties.ts';
import { isMine } from '../view/whose.ts';
import { remindersOf } from '../view/pressing.ts';
import { momentText } from '../view/times.ts';
import { Token } from './small.tsx';

export const Remind: FC<{ visit: Visit; row: DutyRow; back: string }> = ({ visit, row, back }) => {
  const { hall, w, language, user } = visit;
  const before = remindersOf(hall, row.line);
  return (
    <div class="remind">
      {user.office && isMine(hall, row.line, user.office) ? (
        ''
      ) : (
        <form method="post" action="/supervision">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="back" value={back} />
          <button class="btn" type="submit" name="duty" value={row.id} aria-label={`${w.remindNow} ${row.owedBy}`}>
            {before ? w.remindAgain : w.remindNow}
          </button>
        </form>
      )}
      {before ? <small>{w.reminded(before.times, momentText(language, before.last, hall.now))}</small> : ''}
    </div>
  );
};
