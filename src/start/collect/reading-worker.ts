/** Reads what a site answered, apart from everything else: a hostile page may cost this thread its life and nobody else anything. */
import { parentPort } from 'node:worker_threads';
import { decode, extractPage, PageRefused, plainText, sourceKind } from '#watch';
import type { Reading, ReadingTask } from './reading-pool.ts';
import { giveWay } from '../give-way.ts';

giveWay();

function work(task: ReadingTask): Reading {
  if (task.what === 'source') {
    const kind = sourceKind(task.kind);
    const reading = kind
      ? kind.read(task.response, task.settings, task.state)
      : ({ ok: false, problem: `there is no kind of source called "${task.kind}"` } as const);
    return { what: 'source', reading };
  }
  const { text: html, charset } = decode(task.body, task.contentType);
  try {
    const { title, text, publishedAt, publishedAtFrom, problems } = extractPage(html, task.url, task.at);
    return {
      what: 'page',
      page: {
        title,
        text,
        // All that can be read on it, for telling an error page from a page without an article.
        whole: text === '' ? plainText(html).slice(0, 4000) : text,
        charset,
        problems,
        ...(publishedAt === null ? {} : { publishedAt, publishedAtFrom }),
      },
    };
  } catch (error) {
    if (error instanceof PageRefused) return { what: 'refused', problem: error.message };
    throw error;
  }
}

parentPort?.on('message', ({ id, task }: { readonly id: number; readonly task: ReadingTask }) => {
  let reading: Reading;
  try {
    reading = work(task);
  } catch (error) {
    reading = { what: 'refused', problem: `it cannot be read: ${(error as Error).message.slice(0, 200)}` };
  }
  parentPort?.postMessage({ id, reading });
});
