/** Kept drafts and questions of the store, and the door for a look at a page, as the pages ask for them. */
import { strToU8, zipSync } from 'fflate';
import type { Door } from '#io/fetch';
import type { Tenant } from '#io/store';
import { decode, plainText } from '#watch';
import type { LookPort, WritingPort } from '../web/ports-writing.ts';

export function writingPort(here: () => Promise<Tenant>): WritingPort {
  const writing = async () => (await here()).writing;
  return {
    kept: async (...asked) => (await writing()).kept(...asked),
    keep: async (...asked) => (await writing()).keep(...asked),
    drop: async (...asked) => (await writing()).drop(...asked),
    begun: async code => (await writing()).begun(code),
    questions: async (...asked) => (await writing()).questions(...asked),
    setQuestions: async (...asked) => (await writing()).setQuestions(...asked),
  };
}

/** Looks at a published page: all its words, because what an extractor would leave out may be what was changed. */
export const lookPort = (door: Door): LookPort => ({
  page: async url => {
    const seen = await door.fetch({ url, accept: 'text/html,application/xhtml+xml,text/plain' });
    if (seen.result !== 'page')
      return { ok: false, reason: seen.result === 'unchanged' ? 'the page answered "unchanged"' : seen.reason };
    const type = seen.headers['content-type'] ?? '';
    if (type !== '' && !/html|xml|text\/plain/i.test(type)) return { ok: false, reason: `it is ${type}, not a page` };
    const { text } = decode(seen.body, type);
    if (/text\/plain/i.test(type)) return { ok: true, url: seen.url, text };
    return { ok: true, url: seen.url, text: plainText(text) };
  },
  pack: files =>
    zipSync(
      Object.fromEntries(Object.entries(files).map(([name, of]) => [name, typeof of === 'string' ? strToU8(of) : of])),
    ),
});
