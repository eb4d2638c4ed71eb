/** `huiyin robots`: may an agent fetch a page under a robots.txt (RFC 9309). */
import { parseArgs } from 'node:util';
import { mayFetch } from '#watch';
import { type Command, EXIT } from '../command.ts';
import { readRows } from '../train.ts';

export const command: Command = {
  name: 'robots',
  summary: 'judge a page by a robots.txt',
  help: `
huiyin robots < questions.ndjson      {"id","robots","agent","url"} → {"id","allowed"}`,
  async run(args, context) {
    parseArgs({ args: [...args], options: { json: { type: 'boolean' } }, strict: true });
    const rows = readRows(await context.stdin(), { id: 'label', robots: 'text', agent: 'text', url: 'text' });
    await context.out(
      rows
        .map(
          r =>
            `${JSON.stringify({ id: r['id'], allowed: mayFetch(r['robots'] ?? '', r['agent'] ?? '', r['url'] ?? '') })}\n`,
        )
        .join(''),
    );
    return EXIT.yes;
  },
};
