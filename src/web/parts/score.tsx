/** All entries of a case, oldest first, with the windows of its three tightest duties as rails beside them; then what is ahead. */
import type { ObligationLine } from '#core/obligations';
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import type { CaseHead } from '../view/cases.ts';
import { dutyTitle } from '../view/duties.ts';
import { naming } from '../view/naming.ts';
import { sentence } from '../view/sentences.ts';
import { clockText, dateText, dayText, weekdayText } from '../view/times.ts';
import { spellText } from '../words/index.ts';
import { Clause } from './small.tsx';

interface Moment {
  readonly at: number;
  readonly kind: 'past' | 'now' | 'ahead' | 'day';
  readonly bad?: boolean;
  readonly say: Child;
}
const LATE_ENTRY = 10 * 60_000;

export const Score: FC<{ visit: Visit; head: CaseHead; lines: readonly ObligationLine[] }> = ({
  visit,
  head,
  lines,
}) => {
  const { hall, w, language } = visit;
  const { now } = hall;
  const names = naming(hall, language);
  const limited = lines
    .filter(l => !l.whole && l.dueAt !== null && l.state !== 'lifted' && l.state !== 'replaced')
    .toSorted((a, b) => Date.parse(a.dueAt ?? '') - Date.parse(b.dueAt ?? ''));
  const rails = [
    ...limited.filter(l => l.state === 'open' || l.state === 'late'),
    ...limited.filter(l => l.state === 'done' || l.state === 'done-late'),
  ].slice(0, 3);
  const anchored = (id: string): ObligationLine[] => rails.filter(l => l.basis[0] === id);
  const past: Moment[] = head.events.map(e => {
    const said = sentence(e, language, names);
    const at = Date.parse(e.at);
    const entered = Date.parse(e.recordedAt);
    return {
      at,
      kind: 'past',
      bad: e.type === 'act.refused',
      say: (
        <>
          <b>{said.label}</b> {said.detail} <span class="who">{names.office(e.by)}</span>
          {entered - at > LATE_ENTRY ? <span class="who"> {w.enteredLate(clockText(entered))}</span> : ''}
          {e.type === 'act.refused' ? <Clause clause={names.clause(String(e.data['clause']))} /> : ''}
          {anchored(e.id).map(l => (
            <Clause clause={names.clause(l.clause)} />
          ))}
        </>
      ),
    };
  });
  const ahead: Moment[] = limited
    .filter(l => l.state === 'open' && Date.parse(l.dueAt ?? '') > now)
    .map(l => ({
      at: Date.parse(l.dueAt ?? ''),
      kind: 'ahead',
      say: (
        <>
          {`${dutyTitle(hall, language, names, l)}${l.unit === undefined ? '' : `（${names.unit(l.unit)}）`} ${w.dueWord}`}{' '}
          <Clause clause={names.clause(l.clause)} />
        </>
      ),
    }));
  const closed = head.closedAt !== undefined;
  const all: Moment[] = [...past, ...(closed ? [] : [{ at: now, kind: 'now' as const, say: w.now }]), ...ahead].sort(
    (a, b) => a.at - b.at,
  );
  const withDays: Moment[] = [];
  let day = '';
  for (const m of all) {
    const date = dateText(m.at);
    if (date !== day) withDays.push({ at: m.at, kind: 'day', say: `${weekdayText(w, m.at)}` });
    day = date;
    withDays.push(m);
  }
  return (
    <div class="sheet pad">
      <div class="rail-h" aria-hidden="true">
        <span></span>
        <span>
          {[0, 1, 2].map(i => (
            <span>{rails[i] ? dutyTitle(hall, language, names, rails[i]).slice(0, 4) : ''}</span>
          ))}
        </span>
        <span></span>
      </div>
      <ol class="score">
        {withDays.map((m, i) => (
          <li
            class={[
              m.kind === 'day' ? 'd-row' : m.kind === 'now' ? 'is-now' : m.kind === 'ahead' ? 'ahead' : '',
              m.bad ? 'bad' : '',
              m.at < now && m.kind !== 'now' ? 'past' : '',
            ]
              .filter(Boolean)
              .join(' ')}
          >
            <time datetime={new Date(m.at).toISOString()}>
              {m.kind === 'day' ? dayText(language, dateText(m.at), now) : clockText(m.at)}
            </time>
            <div class="rails" aria-hidden="true">
              {[0, 1, 2].map(r => (
                <i class={railClass(rails[r], m, withDays[i - 1], withDays[i + 1])}></i>
              ))}
            </div>
            <div class="txt">{m.say}</div>
          </li>
        ))}
      </ol>
      {head.closedAt === undefined ? (
        ''
      ) : (
        <p class="note">{`${w.alreadyClosed} ${spellText(w, (head.closedAt - head.openedAt) / 1000)}`}</p>
      )}
    </div>
  );
};

/** Where this moment lies in a duty's window: its anchor, inside, its end, or outside. */
function railClass(
  line: ObligationLine | undefined,
  m: Moment,
  before: Moment | undefined,
  after: Moment | undefined,
): string {
  if (!line || line.dueAt === null) return '';
  const from = Date.parse(line.startedAt);
  const to =
    line.doneAt === undefined ? Date.parse(line.dueAt) : Math.min(Date.parse(line.doneAt), Date.parse(line.dueAt));
  if (m.at < from || m.at > to) return '';
  if (!before || before.at < from) return 'a';
  return !after || after.at > to ? 'z' : 'on';
}
