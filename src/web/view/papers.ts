/** The papers of a case as the pages hand them out: made from the state of the moment, never stored. */
import type { Paper } from '#core/paper';
import { formContents, type FormContent, type RefusedLine, replay } from '#core/obligations';
import { papersOfCase } from '#report';
import { obligationLines, type Hall } from '../state.ts';
import type { CaseHead } from './cases.ts';
import { paperNames } from './paper-names.ts';

export function papersOf(hall: Hall, head: CaseHead): readonly Paper[] {
  const refused = new Set(hall.lines.filter((l): l is RefusedLine => l.line === 'refused').map(l => l.event));
  return papersOfCase(
    {
      key: head.key,
      number: head.number,
      title: head.title,
      events: head.events.filter(e => e.type !== 'act.refused' && !refused.has(e.id)),
      duties: obligationLines(hall).filter(l => l.case === head.key),
      forms: formsOf(hall, head),
      rules: hall.rulebook.rules,
      now: new Date(hall.now + hall.book.calendar.offsetMinutes * 60_000).toISOString().replace(/\.\d+Z$/, '+08:00'),
    },
    paperNames(hall),
  );
}
/** Only the case's own entries and those outside every case bear on its forms. */
function formsOf(hall: Hall, head: CaseHead): readonly FormContent[] {
  const near = hall.events.filter(e => e.case === undefined || e.case === head.key);
  return formContents(replay(hall.book, near, hall.now)).filter(f => f.case === head.key);
}
