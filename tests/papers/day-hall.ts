/** A worked day at its last checkpoint as the pages would see it: enough of a hall for papers and briefs. */
import { readSetup, prepareBook, type RefusedLine, linesOf, replay } from '#core/obligations';
import { readCalendar } from '../../src/cli/calendar-files.ts';
import type { StoredEvent } from '../../src/web/ports.ts';
import type { Hall } from '../../src/web/state.ts';
import { bookOf, type Day, ROOT } from '../days/day.ts';

const plain = readCalendar(ROOT);

export function hallOfDay(day: Day): Hall | undefined {
  const point = day.checkpoints.at(-1);
  if (!point) return undefined;
  const rulebook = bookOf(day.institution);
  const read = readSetup(day.setup, rulebook, new Set(plain.tables.keys()));
  if (!read.ok) return undefined;
  const calendar = readCalendar(ROOT, { officeHours: read.setup.officeHours });
  const book = prepareBook(rulebook, read.setup, calendar);
  const now = Date.parse(point.at);
  const events: readonly StoredEvent[] = day.events
    .filter(e => Date.parse(e.recordedAt) <= now)
    .map((e, i) => ({ ...e, seq: i + 1 }));
  const lines = linesOf(replay(book, events, now));
  const refused = new Set(lines.filter((l): l is RefusedLine => l.line === 'refused').map(l => l.event));
  const byCase = new Map<string, StoredEvent[]>();
  for (const e of events) if (e.case !== undefined) byCase.set(e.case, [...(byCase.get(e.case) ?? []), e]);
  const name = `某${rulebook.title.zh.replace(/(网络|舆情|社会|新闻|信息).*$/, '')}`;
  return {
    institution: {
      id: day.institution,
      name: { zh: name, en: 'Example' },
      example: true,
      rulebook: { folder: day.institution, text: '', digest: '' },
      setup: read.setup,
      names: {},
    },
    rulebook,
    book,
    calendar,
    events: events.filter(e => !refused.has(e.id)),
    byId: new Map(events.map(e => [e.id, e])),
    byCase,
    seq: events.length,
    now,
    lines,
  };
}
