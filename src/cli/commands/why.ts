/** `huiyin why`: says who. For one clause, each instance with article, starting event and arithmetic, or why there is none. */
import { formatInstant } from '#core/calendar';
import { prepareBook, replay, why, type WhyAnswer, type WhyNot } from '#core/obligations';
import { requireClause } from '../clause-known.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { flagsOf, instantFlag, ndjson, readReplayInput, textFlag, withinCalendar } from '../replay-input.ts';
import { requireRulebook } from '../rulebook-files.ts';

const USAGE = 'huiyin why <rulebook-dir> --setup S --events E|- --at I --clause C [--case K] [--unit U] [--json]';

function answerText(a: WhyAnswer): string {
  const lines = [
    `${a.clause}  ${a.duty}  ${[a.case, a.unit].filter(Boolean).join(' ')}: ${a.state}`,
    `  ${a.article}${a.article ? ': ' : ''}${a.paraphrase.replaceAll('\n', ' ')}`,
    `  ${a.file}:${a.line}, version ${a.rulebook.version}`,
    `  limit: ${a.limit}`,
    ...a.arithmetic.map(step => `  - ${step}`),
    ...a.calendarNotices.map(notice => `  calendar: ${notice}`),
    ...a.readings.map(r => `  ${r.id} (${r.decidedBy}): ${r.text}`),
    ...(a.notBecause ?? []).map(n => `  not done: ${n}`),
  ];
  return `${lines.join('\n')}\n`;
}

export const command: Command = {
  name: 'why',
  summary: 'the article, the event and the arithmetic behind a duty',
  help: `${USAGE}

One JSON object per instance of the clause: the obligation with article, paraphrase, file and line of the rule, trigger,
anchor, limit, arithmetic, calendar notices, readings, rulebook version and digest, what was wanted and found.
Without an instance the exit code is 1 and "notBecause" says what did not happen or does not hold.`,
  run: async (args, context) => {
    const text = { type: 'string' } as const;
    const flags = flagsOf(
      args,
      { setup: text, events: text, at: text, clause: text, case: text, unit: text, json: { type: 'boolean' } },
      USAGE,
    );
    const [folder, ...more] = flags.positionals;
    if (folder === undefined || more.length > 0) throw new UsageError(`one rulebook folder is needed. Usage: ${USAGE}`);
    const setupFile = textFlag(flags, 'setup', USAGE);
    const eventsFile = textFlag(flags, 'events', USAGE);
    const clause = textFlag(flags, 'clause', USAGE);
    const now = instantFlag(flags, 'at', USAGE);
    const rulebook = requireRulebook(folder);
    requireClause(rulebook, clause);
    const { setup, calendar, events } = await readReplayInput(rulebook, setupFile, eventsFile, context);
    const [unit, key] = [flags.values['unit'], flags.values['case']];
    const found = withinCalendar(setupFile, () =>
      why(replay(prepareBook(rulebook, setup, calendar), events, now), {
        clause,
        ...(typeof key === 'string' ? { case: key } : {}),
        ...(typeof unit === 'string' ? { unit } : {}),
      }),
    );
    const json = flags.values['json'] === true;
    if (isNone(found)) {
      await context.out(
        json
          ? ndjson([found])
          : `${clause}: no instance at ${formatInstant(now)}\n${found.notBecause.map(n => `  ${n}\n`).join('')}`,
      );
      return EXIT.no;
    }
    await context.out(json ? ndjson(found) : found.map(answerText).join('\n'));
    return EXIT.yes;
  },
};
const isNone = (found: readonly WhyAnswer[] | WhyNot): found is WhyNot => 'none' in found;
