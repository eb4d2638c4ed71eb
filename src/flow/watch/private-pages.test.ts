/** What cannot be a source, and what can: one address a line, for every kind that is given one. */
import { expect, test } from 'vitest';
import { judgeSource, SOURCE_KINDS } from './sources/index.ts';
import { privatePage } from './private-pages.ts';

const REFUSED = [
  ['https://weibo.com/u/1234567890', '微博个人主页'],
  ['https://weibo.com/1234567890', '微博个人主页'],
  ['https://weibo.com/1234567890/profile', '微博个人主页'],
  ['https://www.weibo.com/laowang', '微博个人主页'],
  ['https://m.weibo.cn/u/1234567890', '微博个人主页'],
  ['https://m.weibo.cn/profile/1234567890', '微博个人主页'],
  ['https://weibo.com/n/%E8%80%81%E7%8E%8B', '微博个人主页'],
  ['HTTPS://WEIBO.COM/U/1234567890', '微博个人主页'],
  ['https://weibo.com/%75/1234567890', '微博个人主页'],
  ['https://www.douyin.com/user/MS4wLjABAAAA', '抖音个人主页'],
  ['https://www.iesdouyin.com/share/user/5678', '抖音个人主页'],
  ['https://www.kuaishou.com/profile/3xabc', '快手个人主页'],
  ['https://x.com/some_body', '个人推文页'],
  ['https://twitter.com/some_body/with_replies', '个人推文页'],
  ['https://mobile.twitter.com/some_body', '个人推文页'],
  ['https://nitter.example.org/some_body/rss', '个人推文页'],
  ['https://www.zhihu.com/people/lao-wang', '知乎个人主页'],
  ['https://space.bilibili.com/12345', '哔哩哔哩个人空间'],
  ['https://m.bilibili.com/space/12345', '哔哩哔哩个人空间'],
  ['https://www.xiaohongshu.com/user/profile/5ff0e641', '小红书个人主页'],
  ['https://tieba.baidu.com/home/main?un=laowang', '贴吧个人主页'],
  ['https://wx.qq.com/', '微信个人号'],
  ['https://channels.weixin.qq.com/web/pages/feed', '微信视频号'],
  ['https://user.qzone.qq.com/12345678', 'QQ 空间'],
  ['https://www.douban.com/people/laowang/', '豆瓣个人主页'],
  ['https://www.toutiao.com/c/user/token/MS4w/', '头条号主页'],
  ['https://author.baidu.com/home?from=bjh', '百家号主页'],
  ['https://blog.sina.com.cn/u/1234567890', '个人博客'],
  ['https://blog.csdn.net/laowang', '个人博客'],
  ['https://www.jianshu.com/u/abc', '个人博客'],
  ['https://www.facebook.com/some.body', '脸书账号'],
  ['https://www.instagram.com/some.body/', 'Instagram 账号'],
  ['https://www.threads.net/@somebody', 'Threads 账号'],
  ['https://www.tiktok.com/@somebody', 'TikTok 账号'],
  ['https://www.youtube.com/@somebody', 'YouTube 频道'],
  ['https://www.youtube.com/feeds/videos.xml?channel_id=UCabc', 'YouTube 频道'],
  ['https://t.me/s/somebody', 'Telegram 账号'],
  ['https://www.reddit.com/user/somebody/.rss', 'Reddit 个人主页'],
  ['https://www.linkedin.com/in/somebody', 'LinkedIn 个人主页'],
  ['https://medium.com/feed/@somebody', 'Medium 个人主页'],
  ['https://mastodon.example/@somebody.rss', '某个用户的个人页'],
  ['https://bbs.example.cn/home.php?mod=space&uid=77', '某个用户的个人页'],
  ['https://bbs.example.cn/space-uid-77.html', '某个用户的个人页'],
  ['https://forum.example.cn/u/laowang/activity.rss', '某个用户的个人页'],
  ['https://rsshub.example.cn/weibo/user/1234567890', '某个用户的个人页'],
  ['https://rsshub.example.cn/bilibili/user/dynamic/12345', '某个用户的个人页'],
] as const;
const ALLOWED = [
  'https://news.example.cn/rss.xml',
  'https://bbs.example.cn/forum-12-1.html',
  'https://tieba.baidu.com/f?kw=%E6%B8%85%E6%B1%9F',
  'https://s.weibo.com/weibo?q=%E6%B8%85%E6%B1%9F',
  'https://weibo.com/hot/search',
  'https://www.zhihu.com/topic/19550517/hot',
  'https://www.zhihu.com/question/12345',
  'https://search.bilibili.com/all?keyword=%E6%B8%85%E6%B1%9F',
  'https://x.com/search?q=qingjiang',
  'https://society.example.cn/people/2026/0501/c1.html',
  'https://www.gov.example.cn/12345/list.html',
  'https://mp.weixin.qq.com/s/abcdef',
] as const;

test.each(REFUSED)('%s is refused as %s', (address, what) => {
  expect(privatePage(address)?.zh).toContain(what);
  for (const kind of SOURCE_KINDS.filter(k => k.settings.some(s => s.name === 'url'))) {
    const problems = judgeSource(kind, { url: address, item: 'li' });
    expect(problems.filter(p => p.setting === 'url').length, kind.kind).toBeGreaterThan(0);
  }
});
test.each(ALLOWED)('%s can be a source', address => expect(privatePage(address)).toBeUndefined());

test.each([
  // route, whether it follows a person
  ['/weibo/user/1234567890', true],
  ['/weibo/1234567890', true],
  ['weibo/search/hot', false],
  ['/weibo/keyword/清江', false],
  ['/bilibili/user/dynamic/12345', true],
  ['/bilibili/ranking/0', false],
  ['/zhihu/people/activities/laowang', true],
  ['/zhihu/hot', false],
  ['/twitter/somebody', true],
  ['/twitter/keyword/qingjiang', false],
  ['/x/%75ser/1', true],
  ['/douyin/user/MS4w', true],
  ['/xiaohongshu/user/5ff/notes', true],
  ['/tieba/user/laowang', true],
  ['/tieba/forum/清江', false],
  ['/gov/xinwen/tuijian', false],
] as const)('the RSSHub route %s follows a person: %s', (route, person) => {
  const kind = SOURCE_KINDS.find(k => k.kind === 'rsshub');
  if (!kind) throw new Error('no such kind');
  const problems = judgeSource(kind, { base: 'http://rsshub.example.cn:1200', route });
  expect(problems.some(p => p.setting === 'route')).toBe(person);
});
