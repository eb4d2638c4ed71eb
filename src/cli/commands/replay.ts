/** `huiyin replay`: what is owed, done, late, refused at an instant, from rulebook, setup and log alone. */
import { obligations } from '#core/obligations';
import { type Command, EXIT, UsageError } from '../command.ts';
import { linesForPeople } from '../lines-for-people.ts';
import { flagsOf, instantFlag, ndjson, readReplayInput, textFlag, withinCalendar } from '../replay-input.ts';
import { requireRulebook } from '../rulebook-files.ts';

const USAGE = 'huiyin replay <rulebook-dir> --setup setup.json --events events.ndjson|- --at <instant> [--json]';

export const command: Command = {
  name: 'replay',
  summary: 'what is owed, done, late, refused at an instant',
  help: `${USAGE}

Reads the rulebook, the setup and the events known at the instant (entered by then), and writes one JSON object a line:
obligation, refused, gap, quota, score, form, stages, flag, local, measure, count, account, declined.
Nothing is read from the clock or the network. --events - reads standard input. Without --json the lines are sentences.`,
  run: async (args, context) => {
    const flags = flagsOf(
      args,
      { setup: { type: 'string' }, events: { type: 'string' }, at: { type: 'string' }, json: { type: 'boolean' } },
      USAGE,
    );
    const [folder, ...more] = flags.positionals;
    if (folder === undefined || more.length > 0) throw new UsageError(`one rulebook folder is needed. Usage: ${USAGE}`);
    const setupFile = textFlag(flags, 'setup', USAGE);
    const eventsFile = textFlag(flags, 'events', USAGE);
    const now = instantFlag(flags, 'at', USAGE);
    const rulebook = requireRulebook(folder);
    const { setup, calendar, events } = await readReplayInput(rulebook, setupFile, eventsFile, context);
    const lines = withinCalendar(setupFile, () => obligations(rulebook, setup, events, calendar, now));
    await context.out(flags.values['json'] === true ? ndjson(lines) : linesForPeople(lines));
    return EXIT.yes;
  },
};
