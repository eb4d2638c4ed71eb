/** `huiyin whatif`: the same log under two rulebooks, difference by difference. */
import { compareLines, obligations, type Change } from '#core/obligations';
import { type Command, EXIT, InputRefused, UsageError } from '../command.ts';
import {
  flagsOf,
  instantFlag,
  isFaulty,
  ndjson,
  readReplayInput,
  setupProblems,
  textFlag,
  withinCalendar,
} from '../replay-input.ts';
import { requireRulebook } from '../rulebook-files.ts';

const USAGE =
  'huiyin whatif <rulebook-a> <rulebook-b> --setup S --events E|- --at I [--setup-b S2] [--fail-on-change] [--json]';

const changeText = (c: Change): string =>
  `${c.change.padEnd(9)} ${c.clause}  ${[c.case, c.unit].filter(Boolean).join(' ')}  ${JSON.stringify(c.before)} -> ${JSON.stringify(c.after)}\n`;

export const command: Command = {
  name: 'whatif',
  summary: 'the same log under two rulebooks',
  help: `${USAGE}

Replays the log under both rulebooks (and, with --setup-b, under a second setup for the second) and writes each difference:
due-moved, state, new, gone, refusal, score; then a summary. --fail-on-change gives exit code 1 where there is one.`,
  run: async (args, context) => {
    const text = { type: 'string' } as const;
    const flags = flagsOf(
      args,
      {
        setup: text,
        'setup-b': text,
        events: text,
        at: text,
        'fail-on-change': { type: 'boolean' },
        json: { type: 'boolean' },
      },
      USAGE,
    );
    const [folderA, folderB, ...more] = flags.positionals;
    if (folderA === undefined || folderB === undefined || more.length > 0)
      throw new UsageError(`two rulebook folders are needed. Usage: ${USAGE}`);
    const setupFile = textFlag(flags, 'setup', USAGE);
    const eventsFile = textFlag(flags, 'events', USAGE);
    const now = instantFlag(flags, 'at', USAGE);
    const [a, b] = [requireRulebook(folderA), requireRulebook(folderB)];
    if (a.institution !== b.institution)
      throw new InputRefused([
        {
          file: b.file,
          line: 1,
          code: 'HY-I7',
          message: `this rulebook is for "${b.institution}", the other for "${a.institution}"`,
          mend: 'Compare two versions of one institution.',
        },
      ]);
    const input = await readReplayInput(a, setupFile, eventsFile, context);
    const fileB = flags.values['setup-b'];
    const second = typeof fileB === 'string' ? fileB : setupFile;
    const readB = await setupProblems(second, b, context);
    if (isFaulty(readB)) throw new InputRefused(readB);
    const before = withinCalendar(setupFile, () => obligations(a, input.setup, input.events, input.calendar, now));
    const after = withinCalendar(second, () => obligations(b, readB.setup, input.events, readB.calendar, now));
    const { changes, summary } = compareLines(before, after);
    const json = flags.values['json'] === true;
    await context.out(
      json
        ? ndjson([...changes, summary])
        : `${changes.map(changeText).join('')}${summary.same} the same, ${summary.changed} changes, ${summary.newlyLate} newly late, ${summary.noLongerLate} no longer late\n`,
    );
    return flags.values['fail-on-change'] === true && changes.length > 0 ? EXIT.no : EXIT.yes;
  },
};
