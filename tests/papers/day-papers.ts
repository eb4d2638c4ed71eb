/** The papers of a worked day at its last checkpoint: every case, made as the desk makes them. */
import type { HuiyinEvent } from '#core/log';
import type { Paper } from '#core/paper';
import { formContents, linesOf, type Line, type ObligationLine, type RefusedLine, type Setup } from '#core/obligations';
import { papersOfCase } from '#report';
import type { Hall } from '../../src/web/state.ts';
import { paperNames } from '../../src/web/view/paper-names.ts';
import { bookOf, type Day, replayAt } from '../days/day.ts';

export function papersOfDay(day: Day): ReadonlyMap<string, readonly Paper[]> {
  const point = day.checkpoints.at(-1);
  if (!point) return new Map();
  const rulebook = bookOf(day.institution);
  const replayed = replayAt(rulebook, day, point);
  const lines: readonly Line[] = linesOf(replayed);
  const forms = formContents(replayed);
  const refused = new Set(lines.filter((l): l is RefusedLine => l.line === 'refused').map(l => l.event));
  const institution = {
    name: { zh: `某${rulebook.title.zh.replace(/(网络|舆情|社会|新闻|信息).*$/, '')}`, en: 'Example' },
    names: {},
    setup: day.setup as unknown as Setup,
  };
  const names = paperNames({ rulebook, institution } as unknown as Pick<Hall, 'rulebook' | 'institution'>);
  const cases = [...new Set(day.events.flatMap(e => (e.case === undefined ? [] : [e.case])))];
  return new Map(
    cases.map(key => [
      key,
      papersOfCase(
        {
          key,
          number: key,
          title: subjectOf(day.events, key),
          events: day.events.filter(e => e.case === key && !refused.has(e.id) && e.recordedAt <= point.at),
          duties: lines.filter((l): l is ObligationLine => l.line === 'obligation' && l.case === key),
          forms: forms.filter(f => f.case === key),
          rules: rulebook.rules,
          now: point.at,
        },
        names,
      ),
    ]),
  );
}
const subjectOf = (events: readonly HuiyinEvent[], key: string): string =>
  String(events.find(e => e.case === key && e.data['subject'] !== undefined)?.data['subject'] ?? key);
