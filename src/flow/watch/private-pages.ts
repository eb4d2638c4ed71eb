/**
 * Addresses that are a person's account, profile or timeline. None of them can be a source: a source is an outlet, an
 * authority, a public board or a search over them. Each shape says why, and has examples that a test reads.
 */
import type { BilingualText } from './source-kind.ts';

export interface RefusedShape {
  /** Over `host/path?query`, lower case, without `www.`. */
  readonly shape: RegExp;
  readonly why: BilingualText;
}
const shape = (pattern: RegExp, zh: string, en: string): RefusedShape => ({
  shape: pattern,
  why: {
    zh: `这是${zh},是某个人的页面,不能作来源。可以改用媒体、部门、公开版块的地址,或站内的公开搜索`,
    en: `this is ${en}: the page of a person, and cannot be a source. Use the address of an outlet, an authority, a public board, or a public search`,
  },
});
/** What no kind may read. */
export const PRIVATE_PAGES: readonly RefusedShape[] = [
  shape(/^(?:m\.)?weibo\.(?:com|cn)\/(?:u|p|profile|n)\/[^/?]+/, '微博个人主页', 'a Weibo profile'),
  shape(/^(?:m\.)?weibo\.(?:com|cn)\/\d{6,}(?:[/?]|$)/, '微博个人主页', 'a Weibo profile'),
  shape(/^(?:v\.)?douyin\.com\/(?:share\/)?user\//, '抖音个人主页', 'a Douyin profile'),
  shape(/^(?:mobile\.)?(?:x|twitter)\.com\/(?!search|hashtag|i\/|explore|home)[^/?]+/, '个人推文页', 'a timeline on X'),
  shape(/^zhihu\.com\/people\//, '知乎个人主页', 'a Zhihu profile'),
  shape(/^(?:space\.bilibili\.com\/\d+|bilibili\.com\/space\/)/, '哔哩哔哩个人空间', 'a Bilibili space'),
  shape(/^xiaohongshu\.com\/user\//, '小红书个人主页', 'a Xiaohongshu profile'),
  shape(/^tieba\.baidu\.com\/home\//, '贴吧个人主页', 'a Tieba home page'),
];

/** `host/path?query` of an address as the shapes are written; undefined where it is none. */
export function shapeOf(address: string): string | undefined {
  try {
    const url = new URL(address);
    return `${url.hostname.replace(/^www\./, '')}${url.pathname}${url.search}`.toLowerCase();
  } catch {
    return undefined;
  }
}
/** Why this address cannot be a source, or undefined. */
export function privatePage(address: string, more: readonly RefusedShape[] = []): BilingualText | undefined {
  const written = shapeOf(address);
  return written === undefined ? undefined : [...PRIVATE_PAGES, ...more].find(s => s.shape.test(written))?.why;
}
