/** `huiyin feed`: what a feed says, in one form for all kinds. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatInstant } from '#core/calendar';
import { decode, type Feed, FeedRefused, readFeed } from '#watch';
import { readBatch } from '../batch.ts';
import { type Command, EXIT, InputRefused, UsageError } from '../command.ts';

const MOST_BYTES = 32 * 1024 * 1024;

export const command: Command = {
  name: 'feed',
  summary: 'read RSS, Atom, RDF or JSON Feed',
  help: `
huiyin feed <file> [--url U] [--json]
huiyin feed --batch < documents.ndjson      {"id","text" | "base64","headers"?,"url"?}

{"line":"feed","format","title","home","charset","items","problems"}, then an item a line. No author. An undated item keeps null.`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { url: { type: 'string' }, json: { type: 'boolean' }, batch: { type: 'boolean' } },
      strict: true,
      allowPositionals: true,
    });
    if (values.batch) {
      for (const { id, bytes, text, url, contentType } of readBatch(await context.stdin())) {
        let out: object[];
        try {
          out = linesOf(bytes, url, contentType, text);
        } catch (error) {
          if (!(error instanceof FeedRefused)) throw error;
          out = [{ line: 'refused', code: error.code, message: error.message }];
        }
        await context.out(out.map(l => `${JSON.stringify({ of: id, ...l })}\n`).join(''));
      }
      return EXIT.yes;
    }
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError('name one file, or use --batch');
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(file);
    } catch {
      throw new UsageError(`${file} cannot be read`);
    }
    try {
      await context.out(
        linesOf(bytes, values.url)
          .map(l => `${JSON.stringify(l)}\n`)
          .join(''),
      );
    } catch (error) {
      if (!(error instanceof FeedRefused)) throw error;
      throw new InputRefused([{ file, line: 1, code: error.code, message: `${error.message}.` }]);
    }
    return EXIT.yes;
  },
};

function linesOf(bytes: Uint8Array, url?: string, contentType?: string, given?: string): object[] {
  if (bytes.length > MOST_BYTES) throw new FeedRefused('HY-I12', 'the document is larger than 32 MiB');
  const { text, charset, problem } = decode(bytes, contentType);
  const feed: Feed = readFeed(given ?? text, url);
  const problems = problem ? [problem, ...feed.problems] : feed.problems;
  return [
    {
      line: 'feed',
      format: feed.format,
      title: feed.title,
      home: feed.home,
      charset,
      items: feed.items.length,
      problems,
    },
    ...feed.items.map((item, i) => ({
      line: 'item',
      n: i + 1,
      ...item,
      publishedAt: item.publishedAt === null ? null : formatInstant(item.publishedAt),
    })),
  ];
}
