/** `huiyin score`: the points and targets of a year by the rulebook's own lines, with the events behind each. */
import { dayNumber, startOfDay } from '#core/calendar';
import { explainScore, linesOf, prepareBook, replay, type QuotaLine, type ScoreOutputLine } from '#core/obligations';
import { type Command, EXIT, InputRefused, UsageError } from '../command.ts';
import { linesForPeople } from '../lines-for-people.ts';
import { flagsOf, ndjson, readReplayInput, textFlag, withinCalendar } from '../replay-input.ts';
import { requireRulebook } from '../rulebook-files.ts';

const USAGE = 'huiyin score <rulebook-dir> --setup S --events E|- --year Y [--unit U] [--explain] [--json]';

type Shown = ScoreOutputLine | QuotaLine | ReturnType<typeof explainScore>;
/** The line, and below it what counted, what did not and why, what was contested. */
function forPeople(line: Shown): string {
  if (!('explain' in line)) return linesForPeople([line]);
  const { counted, notCounted, disputes } = line.explain;
  const below = [
    ...counted.map(e => `+ ${e.id}  ${e.type}  ${e.at.slice(0, 10)}`),
    ...notCounted.map(n => `- ${n.event}  ${n.why}`),
    ...disputes.map(
      d =>
        `? ${d.event}  ${d.clause} contested: ${d.reason}; ${d.settled === undefined ? 'not decided' : `${d.settled.outcome}: ${d.settled.reason}`}`,
    ),
  ];
  return `${linesForPeople([line])}${below.map(b => `          ${b}\n`).join('')}`;
}

export const command: Command = {
  name: 'score',
  summary: 'points and targets of a year',
  help: `${USAGE}

The score and quota lines of a replay at the end of the year (or, where something was entered after that, at the last entry).
--explain adds, per line, the events that counted and, per event that did not, why.`,
  run: async (args, context) => {
    const text = { type: 'string' } as const;
    const flags = flagsOf(
      args,
      { setup: text, events: text, year: text, unit: text, explain: { type: 'boolean' }, json: { type: 'boolean' } },
      USAGE,
    );
    const [folder, ...more] = flags.positionals;
    if (folder === undefined || more.length > 0) throw new UsageError(`one rulebook folder is needed. Usage: ${USAGE}`);
    const setupFile = textFlag(flags, 'setup', USAGE);
    const eventsFile = textFlag(flags, 'events', USAGE);
    const year = textFlag(flags, 'year', USAGE);
    if (!/^\d{4}$/.test(year)) throw new UsageError(`--year is a calendar year such as 2026. Usage: ${USAGE}`);
    const rulebook = requireRulebook(folder);
    const { setup, calendar, events } = await readReplayInput(rulebook, setupFile, eventsFile, context);
    if (!calendar.tables.has(Number(year)))
      throw new InputRefused([
        { file: '--year', line: 1, code: 'HY-I10', message: `there is no holiday table for ${year}` },
      ]);
    const unit = flags.values['unit'];
    if (typeof unit === 'string' && !setup.units.some(u => u.key === unit))
      throw new InputRefused([
        { file: '--unit', line: 1, code: 'HY-I7', message: `"${unit}" is no unit of the setup` },
      ]);
    const end = startOfDay((dayNumber(`${year}-12-31`) ?? 0) + 1, calendar.offsetMinutes);
    const now = Math.max(end, ...events.map(e => Date.parse(e.recordedAt)));
    const result = withinCalendar(setupFile, () => replay(prepareBook(rulebook, setup, calendar), events, now));
    const wanted = withinCalendar(setupFile, () => linesOf(result))
      .filter((l): l is ScoreOutputLine | QuotaLine => l.line === 'score' || l.line === 'quota')
      .filter(l => (l.line === 'score' ? l.year === Number(year) : l.from.startsWith(`${year}-`)))
      .filter(l => typeof unit !== 'string' || l.unit === unit)
      .toSorted((a, b) => (a.line === b.line ? 0 : a.line === 'score' ? -1 : 1));
    const lines = flags.values['explain'] === true ? wanted.map(line => explainScore(result, line)) : wanted;
    await context.out(flags.values['json'] === true ? ndjson(lines) : lines.map(forPeople).join(''));
    return EXIT.yes;
  },
};
