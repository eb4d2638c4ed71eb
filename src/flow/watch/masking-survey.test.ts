/** The look that spares searches changes no answer: texts masked with it and without it, in one run. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_SHARED_FILES, sharedPath } from '../../../tests/shared-files.ts';
import { cleanUrl } from './masking-links.ts';
import { maskText } from './masking.ts';
import type { Survey } from './masking-survey.ts';
import { isPrivatePage, privatePage } from './private-pages.ts';

const EVERYTHING: Survey = {
  unseen: true,
  wide: true,
  at: true,
  link: true,
  byline: true,
  account: true,
  nick: true,
  home: true,
  digits: Infinity,
  digitRun: Infinity,
  joinedRun: Infinity,
  codeRun: Infinity,
  wordRun: Infinity,
  hanDigitRun: Infinity,
};
/** How many texts had something masked; each is checked. */
function masked(texts: readonly string[]): number {
  let changed = 0;
  for (const text of texts) {
    const found = maskText(text);
    expect(found).toEqual(maskText(text, () => EVERYTHING));
    if (found.text !== text) changed++;
  }
  return changed;
}

const pieces = fc.constantFrom(
  ...'13800138000|138 0013 8000|１３８００１３８０００|1 3 8 0 0 1 3 8 0 0 0|一三八零零一三八零零零|(0731)88888888转602|电话:8822345|11010519491231002X|110105194912|31002X|110105491231002|身份证号|护照:E1234567|学号：20210345|卡号6222021234567890127|4111 1111 1111 1111|湘A12345|湘A·B|家住城东小区三栋|住址：|户籍地址|zhang@example.com|＠城东老李|@abc|微信号:abc12345|QQ 12345678|vx_abc99|昵称 ： 夜雨|抖音号:laowang_88|ID：a_b|网友“小雨点”|楼主 『某某』|作者：张三|文/图 李四|记者 王五、赵六|审核 | 钱七八|By John Smith|Reported by Ann Lee|https://weibo.com/u/1234567890|http://x.com/a/status/17788|https://forum.example.cn/t/1?uid=7|我叫高志刚|局长张伟|市民李华说|\u200b|\u00ad|\u3000| |\n|：|:|/|丨|。|，|-|x|7|3|号|人|用户|停水三天|道路 A3 区'.split(
    '|',
  ),
);
test('of pieces put together at random nothing is masked otherwise', () => {
  let changed = 0;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), words => {
      changed += masked([words.join('')]);
    }),
    { numRuns: 4000, seed: 417 },
  );
  expect(changed).toBeGreaterThan(1000);
});

test('of real messages and replies nothing is masked otherwise', context => {
  const files = ['taidi2020c/annex3_messages.jsonl', 'taidi2020c/annex4_replies.jsonl'].map(f =>
    sharedPath(`data/${f}`),
  );
  if (files.some(f => f === undefined)) return context.skip(NO_SHARED_FILES);
  const texts = files.flatMap(f =>
    readFileSync(f ?? '', 'utf8')
      .split('\n')
      .filter(Boolean)
      .flatMap(line => Object.values(JSON.parse(line) as object).filter(v => typeof v === 'string')),
  );
  expect(masked(texts)).toBeGreaterThan(500);
});

test('an address is a private page by all shapes in one where it is by one of them', () => {
  const hosts = fc.constantFrom(
    ...'weibo.com m.weibo.cn douyin.com x.com t.me zhihu.com space.bilibili.com tieba.baidu.com blog.csdn.net forum.example.cn user.qzone.qq.com reddit.com'.split(
      ' ',
    ),
  );
  const paths = fc.array(
    fc.constantFrom(
      ...'u user people 1234567890 hot @laowang space home.php?mod=space 2026 0501 search %40a home profile c status'.split(
        ' ',
      ),
    ),
    { maxLength: 4 },
  );
  let refused = 0;
  fc.assert(
    fc.property(hosts, paths, (host, path) => {
      const address = `https://${host}/${path.join('/')}`;
      const is = privatePage(address) !== undefined;
      if (is) refused++;
      expect(isPrivatePage(new URL(address))).toBe(is);
      if (is && !/weibo|x\.com/.test(host)) expect(cleanUrl(address)).toBeUndefined();
    }),
    { numRuns: 3000, seed: 5 },
  );
  expect(refused).toBeGreaterThan(300);
});
