import { expect, test } from 'vitest';
import { proposalsOf, sitemapsIn } from './discover.ts';
import { sourceKind } from './sources/index.ts';

const rows = (n: number, tag: (i: number) => string): string => Array.from({ length: n }, (_, i) => tag(i)).join('');
const PAGE = `<!doctype html><html><head><title>群众留言</title><meta property="og:site_name" content="清江市政府">
<link rel="alternate" type="application/rss+xml" title="要闻" href="/rss/news.xml">
<link rel="alternate" hreflang="en" href="/en/"></head><body>
<ul class="menu">${rows(9, i => `<li><a href="/c${i}">栏目栏目${i}</a></li>`)}</ul>
<div class="box"><ul class="list">${rows(12, i => `<li class="row${i === 0 ? ' first' : ''}"><span class="tag"><a href="/t">投诉</a></span><a class="t" href="/ly/${i}.html">关于城东小区第${i}次停水的留言和办理情况</a><em>2026-05-0${(i % 9) + 1}</em></li>`)}</ul></div>
<p><a href="https://weibo.com/u/1234567890">我们的微博订阅</a> <a href="/feed">订阅</a></p></body></html>`;

test('feeds that are named, lists that stand on the page, nobody’s account', () => {
  const found = proposalsOf(PAGE, 'https://www.qingjiang.example/ly/');
  expect(found.map(p => [p.kind, p.settings['url'], p.settings['item'], p.settings['outlet']])).toEqual([
    ['rss', 'https://www.qingjiang.example/rss/news.xml', undefined, '清江市政府'],
    ['rss', 'https://www.qingjiang.example/feed', undefined, '清江市政府'],
    ['list', 'https://www.qingjiang.example/ly/', 'div.box > ul.list > li.row', '清江市政府'],
  ]);
});

test('a proposed list can be read as it is proposed', () => {
  const list = proposalsOf(PAGE, 'https://www.qingjiang.example/ly/').find(p => p.kind === 'list');
  const reading = sourceKind('list')?.read(
    { url: 'https://www.qingjiang.example/ly/', body: new TextEncoder().encode(PAGE), contentType: 'text/html' },
    list?.settings ?? {},
    {},
  );
  expect(reading?.ok && reading.items.length).toBe(12);
  expect(reading?.ok && reading.items[0]?.title).toBe('关于城东小区第0次停水的留言和办理情况');
});

test('robots.txt names sitemaps; news goes first', () => {
  const robots = 'User-agent: *\nDisallow: /x\nSitemap: https://a.example/sitemap.xml\nsitemap:/news-map.xml';
  expect(sitemapsIn(robots, 'https://a.example/').map(p => p.settings['url'])).toEqual([
    'https://a.example/news-map.xml',
    'https://a.example/sitemap.xml',
  ]);
});
