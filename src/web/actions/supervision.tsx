/** Supervision reminds a unit of what it owes; a unit says why something was late. Neither moves a deadline. */
import { sha256, showHash } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import { maskText } from '#watch';
import type { Visit } from '../context.ts';
import { keptOf, standingLinesOf } from '../state.ts';
import { Reason, Supervision } from '../pages/supervision.tsx';
import { type DutyRow, dutyRow, headsByKey } from '../view/duties.ts';
import { isMine } from '../view/whose.ts';
import { naming } from '../view/naming.ts';
import { owingUnit } from '../view/pressing.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

export const show: Show = (visit, counts) => {
  const unit = visit.c.req.query('unit');
  const from = Math.max(0, Math.floor(Number(visit.c.req.query('from') ?? '0')) || 0);
  return <Supervision visit={visit} counts={counts} from={from} {...(unit === undefined ? {} : { unit })} />;
};

/** Lines among which a row's id can be: those of the case it names, else those outside cases. */
function linesUnder(hall: Visit['hall'], id: string): readonly ObligationLine[] {
  const named = id.split('_').find(part => hall.byCase.has(part));
  const { live } = keptOf(hall);
  return named === undefined
    ? [...standingLinesOf(hall), ...live.linesOf(undefined).obligations]
    : live.linesOf(named).obligations;
}
/** The duty that a row's id names, where it is still owed in one of these states. */
function rowOf(visit: Visit, id: string, states: readonly ObligationLine['state'][]): DutyRow | undefined {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const heads = headsByKey(hall, w);
  const [clause] = id.split('_');
  for (const line of linesUnder(hall, id)) {
    if (line.whole || line.clause !== clause || !states.includes(line.state)) continue;
    const row = dutyRow(hall, w, language, names, heads, line);
    if (row.id === id) return row;
  }
  return undefined;
}
const HOME: ReadonlySet<string> = new Set(['/desk', '/supervision']);

export const remind: Act = async ({ visit, text }) => {
  const { c, w, hall, house, user } = visit;
  const asked = text('back');
  const back = HOME.has(asked) || /^\/cases\/[\w-]+$/.test(asked) ? asked : '/supervision';
  const row = rowOf(visit, text('duty'), ['open', 'late']);
  const unit = row && owingUnit(hall, row.line);
  if (!row || unit === undefined) return goWith(c, back, w.remindGone);
  if (!user.office) return goWith(c, back, w.noOffice);
  if (isMine(hall, row.line, user.office)) return goWith(c, back, w.remindOwn);
  const outcome = await house.actor.act(user.office, () => [
    {
      ...(row.line.case === undefined ? {} : { case: row.line.case }),
      type: 'press.reminded',
      data: { unit, clause: row.line.clause },
    },
  ]);
  if (outcome.kind !== 'done') return goWith(c, back, w.notSaved);
  await house.desk.notices.press(row.line, outcome.events[0]?.id ?? row.id);
  return goWith(c, `${back}#${row.id}`, w.remindedFlash(row.owedBy));
};

const LATE: readonly ObligationLine['state'][] = ['late', 'missed', 'done-late'];

export const showReason: Show = (visit, counts) => {
  const row = rowOf(visit, visit.c.req.param('duty') ?? '', LATE);
  return row ? <Reason visit={visit} counts={counts} row={row} given="" /> : (visit.c.notFound() as Response);
};

export const writeReason: Act = async ({ visit, text }) => {
  const { c, w, hall, house, user } = visit;
  const row = rowOf(visit, c.req.param('duty') ?? '', LATE);
  if (!row) return c.notFound();
  const again = async (problem: string): Promise<Response> => {
    const counts = await countsOf(visit);
    return c.html(<Reason visit={visit} counts={counts} row={row} given={text('reason')} problem={problem} />, 422);
  };
  const unit = owingUnit(hall, row.line);
  if (!user.office || unit === undefined) return again(w.noOffice);
  if (text('reason') === '') return again(w.fieldMissing(w.reasonText));
  const reason = maskText(text('reason')).text;
  const outcome = await house.actor.act(user.office, (_hall, ids) => {
    const id = ids();
    return [
      {
        id,
        ...(row.line.case === undefined ? {} : { case: row.line.case }),
        type: 'explanation.written',
        data: {
          about: row.line.clause,
          unit,
          document: `explanation-${id}`,
          textHash: showHash(sha256(new TextEncoder().encode(reason))),
          reason,
        },
      },
    ];
  });
  if (outcome.kind === 'invalid') return again(outcome.faults.join(' '));
  if (outcome.kind === 'refused') return again(outcome.refused.map(r => r.reason).join(' '));
  return goWith(c, row.case ? `/cases/${row.case.key}` : '/desk', w.reasonSaved);
};
