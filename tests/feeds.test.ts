/** Feeds in the wild: every file is read or refused with a reason, and the fields we keep say what the files say. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decode, FeedRefused, readDate, readFeed } from '#watch';
import { NO_SHARED_FILES, sharedPath } from './shared-files.ts';

test.each([
  ['Sat, 09 May 2026 22:14:00 +0800', '2026-05-09T14:14:00.000Z'],
  ['9 May 26 22:14 GMT', '2026-05-09T22:14:00.000Z'],
  ['Saturday, 9 May 2026 22:14:00 EST', '2026-05-10T03:14:00.000Z'],
  ['2026-05-09T22:14:00.123+08:00', '2026-05-09T14:14:00.000Z'],
  ['2026-05-09', '2026-05-09T00:00:00.000Z'],
  ['2026年5月9日 22:14', '2026-05-09T14:14:00.000Z'],
  ['2026年5月9日 下午3点20分', '2026-05-09T07:20:00.000Z'],
  ['Sat May  9 22:14:00 2026', '2026-05-09T22:14:00.000Z'],
  ['yesterday', undefined],
  ['2026-02-30T00:00:00Z', undefined],
  ['', undefined],
])('the date %s is %s', (text, iso) => {
  const at = readDate(text);
  expect(at === undefined ? undefined : new Date(at).toISOString()).toBe(iso);
});

const rss = (body: string) =>
  readFeed(
    `<?xml version="1.0"?><rss version="2.0"><channel><title>城市论坛</title><link>https://example.cn/</link>${body}</channel></rss>`,
    'https://example.cn/feed',
  );

describe('an item', () => {
  test('keeps address, title, text and date, and no author', () => {
    const { items } = rss(
      '<item><title>停水 &amp;amp; 停电</title><link>/7</link><pubDate>Sat, 09 May 2026 22:14:00 +0800</pubDate><author>x@y.cn</author><dc:creator>某某</dc:creator><description>&lt;p onclick="x()"&gt;城东&lt;script&gt;alert(1)&lt;/script&gt;停水&lt;/p&gt;</description></item>',
    );
    expect(items).toEqual([
      {
        id: 'https://example.cn/7',
        title: '停水 & 停电',
        url: 'https://example.cn/7',
        publishedAt: Date.parse('2026-05-09T14:14:00Z'),
        publishedAtFrom: 'pubDate',
        summary: '城东停水',
        enclosures: [],
        problems: [],
      },
    ]);
  });
  test('without a date keeps none, and a bent one is told', () => {
    expect(
      rss('<item><title>a</title><link>https://example.cn/1</link><pubDate>soon</pubDate></item>').items[0],
    ).toMatchObject({ publishedAt: null, publishedAtFrom: 'none', problems: ['the date "soon" cannot be read'] });
  });
  test('with a summary beside its description keeps both; a date said twice is its last word', () => {
    const [item] = rss(
      '<item><title>a</title><guid>/7</guid><summary>短</summary><description>长的正文</description><pubDate>Sat, 09 May 2026 22:14:00 +0800</pubDate><pubDate>Sat, 09 May 2026 23:14:00 +0800</pubDate></item>',
    ).items;
    expect(item).toMatchObject({
      id: 'https://example.cn/7',
      summary: '短',
      text: '长的正文',
      publishedAt: Date.parse('2026-05-09T15:14:00Z'),
    });
  });
  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x'])('never leads to %s', link => {
    expect(rss(`<item><title>a</title><link>${link}</link></item>`).items[0]?.url).toBeNull();
  });
});

describe('a document', () => {
  test.each<[string, string, string]>([
    [
      'entity bomb',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
      'HY-I12',
    ],
    [
      'external entity',
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>',
      'HY-I12',
    ],
    ['very deep one', `<rss>${'<a>'.repeat(5000)}`, 'HY-I12'],
    ['web page', '<!doctype html><html><body>hello</body></html>', 'HY-I11'],
    ['text', 'hello', 'HY-I11'],
    ['nothing', '   ', 'HY-I11'],
    ['other JSON', '{"a":1}', 'HY-I11'],
  ])('that is an %s is refused', (_what, text, code) => {
    expect(() => readFeed(text)).toThrow(expect.objectContaining({ name: 'FeedRefused', code }));
  });
  test('that is broken is read as far as it goes, with the line', () => {
    const feed = readFeed(
      '<rss version="2.0"><channel><title>a</title>\n<item><title>b & c</title><link>https://example.cn/1</link></item></channel>',
    );
    expect(feed.items.map(i => i.title)).toEqual(['b & c']);
    expect(feed.problems[0]).toMatch(/^not well-formed XML: line 2/);
  });
});

test.each([
  [
    'gb2312 declared',
    'gb18030',
    [
      0x3c, 0x3f, 0x78, 0x6d, 0x6c, 0x20, 0x65, 0x6e, 0x63, 0x6f, 0x64, 0x69, 0x6e, 0x67, 0x3d, 0x22, 0x67, 0x62, 0x32,
      0x33, 0x31, 0x32, 0x22, 0x3f, 0x3e, 0xcd, 0xa3, 0xcb, 0xae,
    ],
  ],
  ['GBK bytes without a word', 'gb18030', [...Array(8)].flatMap(() => [0xb9, 0xab, 0xbd, 0xbb])],
  ['a UTF-8 mark', 'utf-8', [0xef, 0xbb, 0xbf, 0x61]],
  ['UTF-16 without a mark', 'utf-16le', [0x3c, 0, 0x61, 0, 0x3e, 0]],
  ['UTF-32 with a mark', 'utf-32le', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]],
  ['UTF-32 without one', 'utf-32be', [0, 0, 0, 0x3c, 0, 0, 0, 0x61]],
])('%s is %s', (_what, charset, bytes) => expect(decode(Uint8Array.from(bytes)).charset).toBe(charset));

test('every shared feed is read, or refused with a reason', context => {
  const folder = sharedPath('data/feeds');
  if (!folder) return context.skip(NO_SHARED_FILES);
  let read = 0;
  let refused = 0;
  const judge = (bytes: Uint8Array) => {
    try {
      readFeed(decode(bytes).text, 'https://example.cn/feed');
      read++;
    } catch (error) {
      if (!(error instanceof FeedRefused)) throw error;
      refused++;
    }
  };
  for (const file of globSync('feedsmith/feeds/**/*.xml', { cwd: folder })) judge(readFileSync(`${folder}/${file}`));
  const ownFiles = read;
  for (const set of ['feedparser_cases.jsonl', 'feedvalidator_cases.jsonl'])
    for (const line of readFileSync(`${folder}/${set}`, 'utf8').split('\n').filter(Boolean)) {
      const row = JSON.parse(line) as { xml?: string; b64?: string };
      judge(
        row.xml === undefined
          ? new Uint8Array(Buffer.from(row.b64 ?? '', 'base64'))
          : new TextEncoder().encode(row.xml),
      );
    }
  expect(ownFiles).toBeGreaterThanOrEqual(10);
  expect(refused).toBeLessThan((read + refused) * 0.15);
});
