import { expect, test } from 'vitest';
import { readOpml, writeOpml } from './opml.ts';

test('folders, doubles and odd spellings are read', () => {
  const { outlines, problems } = readOpml(`<?xml version="1.0"?><opml version="1.0"><body>
    <outline text="政务"><outline text="市政府 &amp; 公告" xmlUrl="https://gov.example.cn/rss" htmlUrl="https://gov.example.cn/"/>
      <outline text="重复" xmlUrl="https://gov.example.cn/rss"/></outline>
    <outline title="无地址" xmlUrl="feed:nothing"/>
    <outline text="日报" type="rss" XMLURL="http://news.example.cn/feed.xml"></outline></body></opml>`);
  expect(outlines).toEqual([
    { title: '市政府 & 公告', url: 'https://gov.example.cn/rss', home: 'https://gov.example.cn/', folder: ['政务'] },
    { title: '日报', url: 'http://news.example.cn/feed.xml', folder: [] },
  ]);
  expect(problems).toEqual(['"无地址" has no address that can be read']);
});

test('what is written can be read again', () => {
  const feeds = [{ title: '公告 <"&">', url: 'https://a.example.cn/rss?a=1&b=2' }];
  expect(readOpml(writeOpml('清江', feeds)).outlines).toMatchObject(feeds);
});

test.each([
  ['<html></html>', 'the file is no list of feeds: it holds no <opml>'],
  [
    '<!DOCTYPE o [<!ENTITY x "y">]><opml/>',
    'the document declares entities of its own, which can grow without limit or read files',
  ],
])('%s is refused', (text, says) => expect(() => readOpml(text)).toThrow(says));
