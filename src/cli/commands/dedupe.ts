/** `huiyin dedupe`: which items say what an earlier one said. */
import { parseArgs } from 'node:util';
import { makeFolder, SAME_DEFAULTS, SHORTEST_NEAR } from '#core/text';
import { type Command, EXIT, UsageError } from '../command.ts';
import { readItems } from '../items.ts';

export const command: Command = {
  name: 'dedupe',
  summary: 'fold copies: first, exact, near, update',
  help: `
huiyin dedupe [--near ${SAME_DEFAULTS.near}] < items.ndjson

Output per item: {"id","kind":"first|exact|near|update","of"|null,"similarity"}; "of" is always an earlier first.
Similarity = the larger containment of the two sets of character 4-shingles; texts under ${SHORTEST_NEAR} characters are only exact or first.
--near is the least similarity that counts (0 to 1).`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { near: { type: 'string' }, json: { type: 'boolean' } },
      strict: true,
    });
    const near = values.near === undefined ? SAME_DEFAULTS.near : Number(values.near);
    if (!(near > 0 && near <= 1))
      throw new UsageError(`--near is a number above 0 and at most 1, not "${values.near}"`);
    const items = readItems(await context.stdin(), '-', { uniqueIds: true });
    const judge = makeFolder({ near });
    await context.out(items.map(item => `${JSON.stringify(judge(item))}\n`).join(''));
    return EXIT.yes;
  },
};
