/** `huiyin may-fetch`: would the door open for this address. */
import { lookup } from 'node:dns/promises';
import { parseArgs } from 'node:util';
import { addressProblem, judgeUrl } from '#core/address';
import { type Command, EXIT } from '../command.ts';
import { readRows } from '../train.ts';

export const command: Command = {
  name: 'may-fetch',
  summary: 'judge addresses the way the door does',
  help: `
huiyin may-fetch [--resolve] < addresses.ndjson      {"id","url"} → {"id","allowed","reason"}

No network. With --resolve names are resolved and every address they lead to is judged.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: { resolve: { type: 'boolean' }, json: { type: 'boolean' } },
      strict: true,
    });
    const rows = readRows(await context.stdin(), { id: 'label', url: 'text' });
    for (const { id, url = '' } of rows) {
      const verdict = judgeUrl(url);
      let { allowed, reason } = verdict;
      if (allowed && values.resolve && verdict.url) {
        try {
          const found = await lookup(verdict.url.hostname.replace(/^\[|\]$/g, ''), { all: true });
          const inner = found.map(a => addressProblem(a.address)).find(p => p !== undefined);
          if (inner) [allowed, reason] = [false, `the name leads to a ${inner}`];
        } catch {
          [allowed, reason] = [false, 'the name cannot be resolved'];
        }
      }
      await context.out(`${JSON.stringify({ id, allowed, reason })}\n`);
    }
    return EXIT.yes;
  },
};
