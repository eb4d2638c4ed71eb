/**
 * Account ids in links. Where a platform has an address of the same item without its writer, that one is kept; parameters that
 * carry an account are taken out; an address that is only a person's page is dropped.
 */
import { isPrivatePage } from './private-pages.ts';

/** Parameters that carry who wrote, who shared, or who is looking. */
const ACCOUNT_PARAMETER =
  /^(?:uid|user|userid|user_?id|user_?name|uname|username|author|author_?id|account|account_?id|member|member_?id|openid|open_?id|unionid|union_?id|sec_?uid|sec_?user_?id|fromuid|from_?uid|from_?user|from_?user_?id|share_?from_?user|share_?uid|share_?user_?id|sharer|mid_?user|nick|nickname|phone|mobile|tel|email|mail|token|access_?token|sid|session|sessionid|xsec_token|xhsshare|appuid|u_code|did|iid|ticket)$/i;
/** `host/path` of an item → the same item without its writer. */
const WITHOUT_WRITER: readonly (readonly [RegExp, string])[] = [
  [
    /^https?:\/\/(?:www\.|m\.)?weibo\.(?:com|cn)\/(?:u\/)?\d{5,}\/([A-Za-z0-9]{8,20}).*$/i,
    'https://m.weibo.cn/detail/$1',
  ],
  [/^https?:\/\/(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com\/[^/]+\/status\/(\d+).*$/i, 'https://x.com/i/status/$1'],
  [
    /^https?:\/\/(?:www\.)?xiaohongshu\.com\/user\/profile\/[^/]+\/([0-9a-f]{20,28}).*$/i,
    'https://www.xiaohongshu.com/explore/$1',
  ],
  [/^https?:\/\/(?:www\.)?douyin\.com\/user\/[^?]+\?(?:.*&)?modal_id=(\d+).*$/i, 'https://www.douyin.com/video/$1'],
  [/^https?:\/\/(?:www\.)?tiktok\.com\/@[^/]+\/video\/(\d+).*$/i, 'https://www.tiktok.com/embed/v2/$1'],
  [
    /^https?:\/\/(?:www\.)?(?:toutiao|ixigua)\.com\/c\/user\/[^?]*[?&](?:.*&)?(?:item_id|group_id)=(\d+).*$/i,
    'https://www.toutiao.com/article/$1/',
  ],
  [/^https?:\/\/(?:www\.)?instagram\.com\/[^/]+\/(p|reel)\/([\w-]+).*$/i, 'https://www.instagram.com/$1/$2/'],
  [/^https?:\/\/(?:www\.|m\.)?facebook\.com\/[^/]+\/posts\/(?:pfbid)?(\w+).*$/i, 'https://www.facebook.com/$1'],
];
/** Sites of those shapes: spares most addresses all of them. */
const HAS_WRITER = /weibo|twitter|x\.com|xiaohongshu|douyin|tiktok|toutiao|ixigua|instagram|facebook/i;
/** The address without accounts; undefined where nothing is left that leads to the item. */
export function cleanUrl(address: string): string | undefined {
  if (HAS_WRITER.test(address))
    for (const [shape, without] of WITHOUT_WRITER) if (shape.test(address)) return address.replace(shape, without);
  const url = URL.parse(address);
  if (url === null) return undefined;
  // A post below an account that has no address without it: there is nothing left that may be kept.
  if (isPrivatePage(url)) return undefined;
  const carried = url.search === '' ? [] : [...url.searchParams.keys()].filter(name => ACCOUNT_PARAMETER.test(name));
  const isAsWritten = carried.length === 0 && url.username === '' && url.password === '' && !/[@＠]/.test(url.hash);
  if (isAsWritten) return address;
  for (const name of carried) url.searchParams.delete(name);
  url.username = '';
  url.password = '';
  if (/[@＠]/.test(url.hash)) url.hash = '';
  return url.href;
}
const LINK = /https?:\/\/[^\s<>"'，。；、）)】」』\u4e00-\u9fff]+/gi;
/** Links that stand in a text. */
export function maskLinks(text: string, count: () => void): string {
  if (!/https?:\/\//i.test(text)) return text;
  return text.replace(LINK, link => {
    const clean = cleanUrl(link);
    if (clean !== link) count();
    return clean ?? '[链接已隐去]';
  });
}
