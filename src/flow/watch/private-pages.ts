/**
 * Addresses that are somebody's account, profile or timeline. None of them can be a source: a source is an outlet, an
 * authority, a public board or a search over them. From an address nobody can tell a person's account from an outlet's, so
 * accounts are refused altogether: an outlet has a site, a feed or a sitemap of its own.
 */
import type { BilingualText } from './source-kind.ts';

export interface RefusedShape {
  /** Over `host/path?query#fragment`, lower case, decoded, without `www.`. */
  readonly shape: RegExp;
  readonly why: BilingualText;
}
const shape = (pattern: RegExp, zh: string, en: string): RefusedShape => ({
  shape: pattern,
  why: {
    zh: `这是${zh},跟着一个账号走，不能作来源。请改用这家媒体或部门自己的网站、公开版块，或站内公开搜索的地址`,
    en: `this is ${en}: it follows an account and cannot be a source. Use the outlet’s or authority’s own site, a public board, or a public search`,
  },
});
/** A path segment behind which an account stands, on any site. A year behind it makes it a column of the paper. */
export const ACCOUNT_SEGMENT =
  /\/(?:u|user|users|uid|author|authors|people|person|member|members|profile|profiles|space)\/(?!(?:19|20)\d{2}[/-])[^/?#]+|\/@[^/?#]+|\/(?:space-uid|home-uid|u)-\d+|\/space-username-[^/?#]+|\/home\.php\?(?:.*&)?mod=space/i;

/** What no kind may read. */
export const PRIVATE_PAGES: readonly RefusedShape[] = [
  shape(/^(?:[a-z]+\.)?weibo\.(?:com|cn)\/(?:#\/)?(?:u|p|profile|n)\/[^/?]+/, '微博个人主页', 'a Weibo profile'),
  shape(/^(?:[a-z]+\.)?weibo\.(?:com|cn)\/\d{5,}(?:[/?#]|$)/, '微博个人主页', 'a Weibo profile'),
  // A name of one's own choosing in place of the number; the words are pages of the site.
  shape(
    /^weibo\.com\/(?!hot|search|newlogin|login|signup|tv|ttarticle|ajax|help|a\/hot|weibo)[a-z][\w-]+\/?(?:\?|#|$)/,
    '微博个人主页',
    'a Weibo profile',
  ),
  shape(/^(?:[a-z]+\.)?(?:ies)?douyin\.com\/(?:share\/)?user\//, '抖音个人主页', 'a Douyin profile'),
  shape(
    /^(?:[a-z]+\.)?(?:kuaishou|gifshow|chenzhongtech)\.com\/(?:short-video\/)?(?:profile|u|fw\/user)\//,
    '快手个人主页',
    'a Kuaishou profile',
  ),
  shape(
    /^(?:[a-z]+\.)?(?:x|twitter)\.com\/(?!search|hashtag|i\/|explore|home$|intent|settings)[^/?#]+/,
    '个人推文页',
    'a timeline on X',
  ),
  shape(/^(?:[\w-]+\.)*nitter\.[\w.]+\/(?!search)[^/?#]+/, '个人推文页', 'a timeline on X'),
  shape(/^(?:[a-z]+\.)?zhihu\.com\/people\//, '知乎个人主页', 'a Zhihu profile'),
  shape(/^(?:space\.bilibili\.com\/\d+|(?:m\.)?bilibili\.com\/space\/)/, '哔哩哔哩个人空间', 'a Bilibili space'),
  shape(/^(?:[a-z]+\.)?xiaohongshu\.com\/user\//, '小红书个人主页', 'a Xiaohongshu profile'),
  shape(/^tieba\.baidu\.com\/(?:home\/|i\/)/, '贴吧个人主页', 'a Tieba home page'),
  shape(/^(?:wx\d*\.qq\.com|(?:web\.)?wechat\.com)\/?/, '微信个人号', 'a personal WeChat account'),
  shape(/^channels\.weixin\.qq\.com\/(?!platform)/, '微信视频号', 'a WeChat channel'),
  shape(/^(?:user\.qzone\.qq\.com\/\d+|qzone\.qq\.com\/\d+|\d{5,}\.qzone\.qq\.com)/, 'QQ 空间', 'a Qzone'),
  shape(/^(?:[a-z]+\.)?douban\.com\/people\//, '豆瓣个人主页', 'a Douban profile'),
  shape(/^(?:[a-z]+\.)?(?:toutiao|ixigua)\.com\/(?:c\/user|home)\//, '头条号主页', 'a Toutiao account'),
  shape(/^author\.baidu\.com\/home/, '百家号主页', 'a Baijiahao account'),
  shape(
    /^(?:blog\.sina\.com\.cn\/(?:u\/|[a-z0-9]+$)|blog\.csdn\.net\/[^/?]+|jianshu\.com\/u\/)/,
    '个人博客',
    'a personal blog',
  ),
  shape(/^(?:[a-z]+\.)?okjike\.com\/u(?:sers)?\//, '即刻个人主页', 'a Jike profile'),
  shape(
    /^(?:[a-z]+\.)?facebook\.com\/(?!search|hashtag|watch|events|groups|help|business)[^/?#]+/,
    '脸书账号',
    'a Facebook account',
  ),
  shape(/^(?:[a-z]+\.)?instagram\.com\/(?!explore|p\/|reel\/)[^/?#]+/, 'Instagram 账号', 'an Instagram account'),
  shape(/^(?:[a-z]+\.)?threads\.(?:net|com)\/@/, 'Threads 账号', 'a Threads account'),
  shape(/^(?:[a-z]+\.)?tiktok\.com\/@/, 'TikTok 账号', 'a TikTok account'),
  shape(
    /^(?:[a-z]+\.)?youtube\.com\/(?:@|user\/|c\/|channel\/|feeds\/videos\.xml\?(?:.*&)?(?:user|channel_id)=)/,
    'YouTube 频道',
    'a YouTube channel',
  ),
  shape(/^(?:t\.me|telegram\.me)\/[^/?#]+/, 'Telegram 账号', 'a Telegram account'),
  shape(/^(?:[a-z]+\.)?reddit\.com\/(?:u|user)\//, 'Reddit 个人主页', 'a Reddit profile'),
  shape(/^(?:[a-z]+\.)?linkedin\.com\/in\//, 'LinkedIn 个人主页', 'a LinkedIn profile'),
  shape(/^(?:[a-z]+\.)?medium\.com\/(?:feed\/)?@/, 'Medium 个人主页', 'a Medium profile'),
  shape(ACCOUNT_SEGMENT, '某个用户的个人页', 'the page of a user'),
];

/** `host/path?query#fragment` as the shapes are written; undefined where it is no address. */
export function shapeOf(address: string): string | undefined {
  const url = URL.parse(address.trim());
  return url === null ? undefined : shapeOfUrl(url);
}
function shapeOfUrl(url: URL): string {
  const host = url.hostname.replace(/\.$/, '').replace(/^www\./, '');
  return `${host}${decoded(`${url.pathname}${url.search}${url.hash}`)}`.toLowerCase();
}
/** Decoded twice at most: an address can be packed to hide what it is. */
function decoded(text: string): string {
  let out = text;
  for (let i = 0; i < 2 && out.includes('%'); i++) {
    try {
      out = decodeURIComponent(out);
    } catch {
      return out;
    }
  }
  return out;
}
/** Why this address cannot be a source, or undefined. */
export function privatePage(address: string, more: readonly RefusedShape[] = []): BilingualText | undefined {
  const written = shapeOf(address);
  return written === undefined ? undefined : [...PRIVATE_PAGES, ...more].find(s => s.shape.test(written))?.why;
}
/** All shapes in one: what most addresses are asked. */
const ANY_SHAPE = new RegExp(PRIVATE_PAGES.map(s => s.shape.source).join('|'));
export const isPrivatePage = (url: URL): boolean => ANY_SHAPE.test(shapeOfUrl(url));
