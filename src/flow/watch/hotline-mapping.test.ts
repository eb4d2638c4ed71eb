import { expect, test } from 'vitest';
import { isIdentityHeading, mapColumns, readRow, readTime } from './hotline-mapping.ts';

test.each([
  // heading, whether it leads to who spoke
  ['作者', true],
  ['author', true],
  ['author_id', true],
  ['粉丝数', true],
  ['followers_count', true],
  ['发帖人', true],
  ['发布者主页', true],
  ['来电人', true],
  ['联系电话', true],
  ['家庭住址', true],
  ['User_ID', true],
  ['标题', false],
  ['来源', false],
  ['原文链接', false],
  ['投诉人数', false],
  ['是否留联系方式', false],
  ['转发量', false],
])('%s leads to a person: %s', (heading, is) => expect(isIdentityHeading(heading)).toBe(is));

test('a mapping that asks for such a column is not followed', () => {
  const { mapping, dropped } = mapColumns(['内容', '作者'], { 内容: 'text', 作者: 'title' });
  expect([mapping, dropped]).toEqual([{ 内容: 'text', 作者: 'ignore' }, ['作者']]);
});

test('a vendor row keeps outlet and link, the link without its account', () => {
  const { mapping } = mapColumns(['标题', '内容', '媒体名称', '原文链接']);
  expect(
    readRow({ 标题: '停水', 内容: '城东停水', 媒体名称: '清江晚报', 原文链接: 'https://news.example.cn/1' }, mapping),
  ).toMatchObject({ title: '停水', outlet: '清江晚报', url: 'https://news.example.cn/1' });
});

test('a time that is none is not said again unless it could be a time', () => {
  expect(readTime('2026-13')).toEqual({ refused: 'the time "2026-13" cannot be read; write 2026-07-13 09:30' });
  expect(readTime('贾思远')).toEqual({ refused: 'the time cannot be read; write 2026-07-13 09:30' });
  expect(readTime('13912345678')).toEqual({ refused: 'the time cannot be read; write 2026-07-13 09:30' });
});
