/** Feeds made of real messages and replies, three of ten reposted under a header, for the benchmarks that begin with XML. */
import { readFeed, type ReadItem } from '#watch';
import type { Incoming } from '../../src/start/intake/index.ts';
import { generator, messages, rows } from './data.ts';

const FEED = 500;
export const NOW = Date.parse('2026-05-13T12:00:00+08:00');
const escape = (s: string): string => s.replace(/[&<>]/g, c => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));

/** Feeds of 500 items; past the given texts they begin again with another number in front, so that none is an exact copy. */
export function feedsOf(wanted: number): string[] {
  const random = generator(31);
  const texts = [
    ...messages().map(m => ({ title: m.title ?? '', text: m.text })),
    ...rows<{ title?: string; reply?: string }>('taidi2020c/annex4_replies.jsonl').map(r => ({
      title: r.title ?? '',
      text: r.reply ?? '',
    })),
  ].filter(t => t.text.length > 60);
  const out: string[] = [];
  for (let n = 0; n < wanted; n += FEED) {
    const items = Array.from({ length: Math.min(FEED, wanted - n) }, (_, i) => {
      const at = n + i;
      const repost = at > 100 && random() < 0.3;
      const source = texts[repost ? Math.floor(random() * Math.min(at, texts.length)) : at % texts.length] ?? {
        title: '',
        text: '',
      };
      const turn = Math.floor(at / texts.length);
      // A later turn keeps every fifth character away: another text about other things in the same words.
      const text =
        turn === 0
          ? source.text
          : [...source.text]
              .filter((_, c) => (c * 7 + turn) % 5 !== 0)
              .reverse()
              .join('');
      return `<item><title>${escape(source.title)}</title><link>https://forum.example.cn/t/${at}</link><pubDate>${new Date(NOW - (wanted - at) * 1000).toUTCString()}</pubDate><description>${escape(repost ? `【网友转发】来自城市论坛。${text}` : text)}</description></item>`;
    });
    out.push(
      `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>清江论坛</title><link>https://forum.example.cn/</link>${items.join('')}</channel></rss>`,
    );
  }
  return out;
}
export const asIncoming = (items: readonly ReadItem[]): Incoming[] =>
  items.map(i => ({ ...i, source: 'forum', origin: 'own-watch', keeps: 'everything', outlet: '清江论坛' }));
export const incoming = (xml: string): Incoming[] =>
  asIncoming(
    readFeed(xml, 'https://forum.example.cn/feed').items.map(i => ({
      title: i.title,
      text: i.text ?? i.summary,
      ...(i.url === null ? {} : { url: i.url }),
      ...(i.publishedAt === null ? {} : { publishedAt: i.publishedAt }),
    })),
  );
