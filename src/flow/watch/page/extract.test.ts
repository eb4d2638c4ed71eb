import { describe, expect, test } from 'vitest';
import { extractPage, PageRefused } from './extract.ts';

const PARAGRAPHS = [
  '7月10日,城东小区居民反映自来水从周一晚上起一直停到次日中午,电话打了两次都说正在抢修。',
  '供水公司11日答复,主管道破裂已于当日14时修复,受影响的213户水费将按天减免,20日前完成。',
  '居民可以在公司网站查询减免情况,也可以拨打服务热线询问,答复不超过两个工作日。',
];
const page = (body: string, head = '') =>
  `<!doctype html><html><head><title>停水一天_清江日报</title>${head}</head><body><nav><a href="/">首页</a><a href="/x">新闻</a></nav>${body}<div class="related"><a href="/1">相关新闻:公交工资迟发</a></div><footer>版权所有 清江日报社</footer></body></html>`;
const article = `<h1>停水一天</h1><div class="content">${PARAGRAPHS.map(p => `<p>${p}</p>`).join('')}<p>责任编辑:某某</p></div>`;

test('keeps the article and nothing around it', () => {
  const got = extractPage(page(article), 'https://example.cn/2026/07/12/1.html');
  expect(got.text).toBe(PARAGRAPHS.join('\n\n'));
  expect(got).toMatchObject({ title: '停水一天', outlet: 'example.cn', paragraphs: 3, problems: [] });
  expect(JSON.stringify(got)).not.toMatch(/author|某某|公交工资/);
});
test('finds Chinese text whose paragraphs are line breaks', () => {
  const got = extractPage(
    page(`<table><tr><td>${PARAGRAPHS.map(p => `&nbsp;&nbsp;${p}<br><br>`).join('')}</td></tr></table>`),
    'https://example.cn/a',
  );
  expect(got.text.split('\n\n')).toEqual(PARAGRAPHS);
});
describe('precision before recall', () => {
  const among = (extra: string): string =>
    extractPage(
      page(`<h1>停水一天</h1><div class="content">${PARAGRAPHS.map(p => `<p>${p}</p>`).join(extra)}${extra}</div>`),
      'https://example.cn/a',
    ).text;
  test.each([
    ['a caption', '<figure><img src="/1.jpg"><figcaption>公交司机在停车场</figcaption></figure>'],
    ['a related link', '<p><a href="/9">公交公司回应工资迟发:十五日内补齐全部欠薪</a></p>'],
    [
      'a list of other articles',
      '<ul><li><a href="/9">公交公司回应工资迟发问题</a></li><li><a href="/8">公交停运</a></li></ul>',
    ],
    ['a block named so', '<div class="related-box">公交工资迟发的最新消息在这里</div>'],
    ['the editors’ line', '<p>责任编辑:公交</p>'],
  ])('%s does not stand in the text', (_what, extra) => {
    const text = among(extra);
    expect(text).not.toContain('公交');
    for (const paragraph of PARAGRAPHS) expect(text).toContain(paragraph);
  });
  test('what follows the notice of rights is no part of the article', () => {
    const tail = '<p>版权声明:</p><p>任何单位转载公交报道须经书面许可,违者本报社将依法追究其法律责任。</p>';
    const body = `<h1>停水一天</h1><div class="content">${PARAGRAPHS.map(p => `<p>${p}</p>`).join('')}${tail}</div>`;
    expect(extractPage(page(body), 'https://example.cn/a').text).toBe(PARAGRAPHS.join('\n\n'));
  });
  test('a page that stands in one form is read all the same', () => {
    expect(extractPage(page(`<form id="aspnetForm">${article}</form>`), 'https://example.cn/a').text).toBe(
      PARAGRAPHS.join('\n\n'),
    );
  });
});
describe('the date', () => {
  test.each([
    [
      '<script type="application/ld+json">{"datePublished":"2026-07-12T08:00:00+08:00"}</script>',
      article,
      'jsonld',
      '2026-07-12T00:00:00.000Z',
    ],
    ['<meta name="PubDate" content="2026-07-12 08:00">', article, 'meta', '2026-07-12T00:00:00.000Z'],
    ['', `<div>2026年07月12日 08:00 来源:清江日报</div>${article}`, 'text', '2026-07-12T00:00:00.000Z'],
  ])('%s is read from %s', (head, body, from, iso) => {
    const got = extractPage(page(body, head), 'https://example.cn/a');
    expect([got.publishedAtFrom, got.publishedAt === null ? null : new Date(got.publishedAt).toISOString()]).toEqual([
      from,
      iso,
    ]);
  });
  test('in words is counted from when the page came, and is none without that', () => {
    const received = Date.parse('2026-11-02T00:30:00+08:00');
    const html = page(`<div>清江论坛 昨天 23:01</div>${article}`);
    expect(extractPage(html, 'https://example.cn/a', received)).toMatchObject({
      publishedAt: Date.parse('2026-11-01T23:01:00+08:00'),
      publishedAtFrom: 'text',
      publishedAtText: '昨天 23:01',
    });
    expect(extractPage(html, 'https://example.cn/a').publishedAtFrom).toBe('none');
  });
  test('of a page that names none is none', () => {
    expect(extractPage(page('<p>没有日期的一页</p>'), 'https://example.cn/a')).toMatchObject({
      publishedAt: null,
      publishedAtFrom: 'none',
    });
  });
});
test('a list page has no article', () => {
  const list = Array.from({ length: 30 }, (_, i) => `<li><a href="/${i}">第${i}条新闻标题在这里</a></li>`).join('');
  expect(extractPage(page(`<ul>${list}</ul>`), 'https://example.cn/list')).toMatchObject({
    text: '',
    problems: ['no-article'],
    confidence: 0,
  });
});
test.each([
  ['', 'HY-I11'],
  ['just words', 'HY-I11'],
  [`<p>${'\u0000'}</p>`, 'HY-I11'],
  ['<b>'.repeat(70_000), 'HY-I12'],
])('%#: refused', (html, code) => {
  expect(() => extractPage(html, 'https://example.cn/')).toThrow(
    expect.objectContaining({ name: PageRefused.name, code }),
  );
});
