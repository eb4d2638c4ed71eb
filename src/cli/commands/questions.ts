/** `huiyin questions`: what an institution still has to decide, by article. */
import { parseArgs } from 'node:util';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openQuestions } from '#core/rulebook';
import { requireRulebook } from '../rulebook-files.ts';

export const command: Command = {
  name: 'questions',
  summary: 'list what a rulebook leaves open, by article',
  help: `
huiyin questions <rulebook-dir>… [--json]

Open notes, unset local parameters, outside rules not supplied, capacities without holder.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' } },
      strict: true,
      allowPositionals: true,
    });
    if (positionals.length === 0) throw new UsageError('name at least one rulebook folder');
    const questions = positionals.map(requireRulebook).flatMap(openQuestions);
    const lines = values.json
      ? questions.map(q => JSON.stringify(q))
      : questions.map(
          q =>
            `${q.clause.padEnd(10)} ${q.kind.padEnd(8)} ${q.about}\n           ${q.question}\n           read as: ${q.reading}${q.alternatives.length > 0 ? `\n           or: ${q.alternatives.join('; ')}` : ''}`,
        );
    await context.out(lines.map(l => `${l}\n`).join(''));
    return EXIT.yes;
  },
};
