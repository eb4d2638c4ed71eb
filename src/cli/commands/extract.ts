/** `huiyin extract`: the article of a web page, without its author. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatInstant } from '#core/calendar';
import { type Decoded, decode, extractPage, PageRefused } from '#watch';
import { readBatch } from '../batch.ts';
import { type Command, EXIT, InputRefused, UsageError } from '../command.ts';

export const command: Command = {
  name: 'extract',
  summary: 'the article of a web page',
  help: `
huiyin extract <file> --url U [--json]
huiyin extract --batch < pages.ndjson      {"id","text" | "base64","url"}

{"url","canonicalUrl","title","outlet","publishedAt","publishedAtFrom","publishedAtText","text","paragraphs","charset","confidence","problems"}`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { url: { type: 'string' }, json: { type: 'boolean' }, batch: { type: 'boolean' } },
      strict: true,
      allowPositionals: true,
    });
    if (values.batch) {
      for (const { id, bytes, text, url, contentType } of readBatch(await context.stdin())) {
        let out: object;
        try {
          out = pageOf(text === undefined ? decode(bytes, contentType) : { text, charset: 'utf-8' }, url ?? '');
        } catch (error) {
          if (!(error instanceof PageRefused)) throw error;
          out = { line: 'refused', code: error.code, message: error.message };
        }
        await context.out(`${JSON.stringify({ of: id, ...out })}\n`);
      }
      return EXIT.yes;
    }
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new UsageError('name one file, or use --batch');
    if (values.url === undefined) throw new UsageError('--url U is needed: dates and links are read against it');
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(file);
    } catch {
      throw new UsageError(`${file} cannot be read`);
    }
    try {
      await context.out(`${JSON.stringify(pageOf(decode(bytes), values.url))}\n`);
    } catch (error) {
      if (!(error instanceof PageRefused)) throw error;
      throw new InputRefused([{ file, line: 1, code: error.code, message: `${error.message}.` }]);
    }
    return EXIT.yes;
  },
};

function pageOf({ text, charset, problem }: Decoded, url: string): object {
  const { publishedAt, confidence, problems, ...page } = extractPage(text, url);
  return {
    ...page,
    publishedAt: publishedAt === null ? null : formatInstant(publishedAt),
    charset,
    confidence,
    problems: problem ? [problem, ...problems] : problems,
  };
}
