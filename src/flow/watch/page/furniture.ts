/**
 * What stands inside an article's own block and is no part of it: captions, bylines, lists of other articles, invitations
 * to subscribe, editors' lines. Words of concern must not be found in them: precision before recall.
 */
export interface ElementLike {
  readonly textContent: string | null;
  readonly tagName: string;
  readonly innerHTML: string;
  readonly children: Iterable<ElementLike>;
  readonly parentElement: ElementLike | null;
  readonly getAttribute: (name: string) => string | null;
  readonly querySelectorAll: (selector: string) => Iterable<ElementLike>;
  readonly remove: () => void;
}

const NEVER = 'figure,figcaption,aside,nav,footer,button,select,iframe,script,style,noscript,template,svg';
// A form is judged by its size like a named block: some systems put the whole page into one.
/** Names that outlets give to such blocks, as whole words of a class or id. */
const NAMED =
  /(?:^|[\s_-])(?:captions?|credits?|byline|dateline|timestamp|authors?|bio|shar(?:e|es|ing)|social|related|relate|recirc|recommend(?:ed|ation)?s?|promo|newsletters?|subscri(?:be|ption)|sign-?up|adverts?|advertisement|ads?|sponsor(?:ed)?|outbrain|taboola|tags?|taglist|breadcrumbs?|comments?|footer|nav|navbar|navigation|menu|toolbar|pagination|pager|read-?more|also|more-?on|trending|popular|hot|sr-only|visually-hidden|lightbox|slideshow|gallery|disclaimer|copyright|editor|statement|zrbj|xgxw|xgyd|ewm|qrcode)(?:$|[\s_-])/i;
/** A block so named is left alone when it holds this share of the text: some outlets call the whole article so. */
const LARGEST = 0.25;
const CHECKED = 'div,section,ul,ol,p,span,header,table,dl,h1,h2,h3,h4,h5,h6,em,small,time,address,form';

export function removeFurniture(content: ElementLike): void {
  for (const block of Array.from(content.querySelectorAll(NEVER))) block.remove();
  const whole = length(content);
  for (const block of Array.from(content.querySelectorAll(CHECKED))) {
    const text = length(block);
    if (text === 0 || text > whole * LARGEST) continue;
    const name = `${block.getAttribute('class') ?? ''} ${block.getAttribute('id') ?? ''}`;
    if (block.tagName.toLowerCase() === 'form' || NAMED.test(name) || (text < 1200 && isOnlyLinks(block, text)))
      block.remove();
  }
}
const length = (e: ElementLike): number => (e.textContent ?? '').replace(/\s+/g, '').length;
/** A paragraph or a list that is links and next to nothing else leads to other articles. */
function isOnlyLinks(block: ElementLike, text: number): boolean {
  if (!/^(p|ul|ol|div|section|h[2-6])$/i.test(block.tagName)) return false;
  let linked = 0;
  for (const link of block.querySelectorAll('a')) linked += length(link);
  return linked > 12 && linked >= text * 0.8;
}

/** Editors' lines and site furniture that stand inside the article's own block. */
const NOISE_LINE =
  /^(责任编辑|责编|编辑|校对|审核|监制|来源|稿源|作者|记者|原标题|本文来源|扫码|扫一扫|关注我们|打开APP|点击下载|分享到?|返回搜狐|查看更多|展开全文|相关阅读|相关新闻|推荐阅读|热门推荐|上一篇|下一篇|举报|收藏|打印|字号|【?纠错】?|\(?完\)?$|更多精彩|版权声明|免责声明|未经授权|声明[::])/;
const NOISE_LATIN =
  /^\[?(?:by [A-Z][\w.' -]+$|(?:file )?photos?(?:graph)?s?\b.{0,3}:|photo by |photograph:|image (?:copyright|caption|credit)|images?:|credits?\b|source:|sources:|caption$|close$|image$|share\b|tweet$|pinterest$|facebook$|twitter$|email$|advert(?:isement)?$|sponsored$|comments?$|skip to |sign in$|subscribe$|read (?:more|next|also)\b|see (?:also|more)\b|related\b.{0,20}:|also (?:on|read|see)\b|don['’]t miss\b|you (?:may|might) also like|more (?:from|on|great)\b|follow (?:us|@)|sign up\b|like this story|click here|get the latest|continue reading|(?:first )?(?:published|posted|updated|last modified)(?:$| (?:on |at )?\W?(?:\d|[A-Z]))|©|copyright\b|all rights reserved|(?:additional )?reporting by |editing by |filed under|tags?:|topics?:|trending$|\d+ ?(?:shares|comments)$)/i;
const ENDS = /[.!?。！？…;；:：]["'”’」』)）\]]*$/;
const isChinese = (line: string): boolean => /[\u3400-\u9fff]/.test(line);

/** A line after which nothing of the article follows: notices of rights, lists of other articles. */
const END_OF_ARTICLE =
  /^[【[（(]?(?:反侵权公告|版权(?:声明|所有|说明)|免责(?:声明|条款)|特别声明|法律声明|相关(?:阅读|新闻|链接|报道|推荐|文章)|延伸阅读|推荐阅读|精彩推荐|热门(?:推荐|文章|评论)|猜你喜欢|网友评论|最新评论|more (?:great|stories|from)\b.{0,40}$|you (?:may|might) also like|trending(?: now)?$|want more stories|most (?:read|popular)\b)/i;
function untilTheEnd(lines: readonly string[]): readonly string[] {
  const all = lines.reduce((n, l) => n + l.length, 0);
  let before = 0;
  for (const [i, line] of lines.entries()) {
    // Early in a page the same words head a box beside the text.
    if (before > all * 0.5 && line.length < 60 && END_OF_ARTICLE.test(line)) return lines.slice(0, i);
    before += line.length;
  }
  return lines;
}

/** The lines of an article without the furniture among them, and without headings and menus that lead in or out of it. */
export function withoutFurniture(lines: readonly string[]): string[] {
  const kept = untilTheEnd(lines).filter(
    line => !(line.length < 60 && NOISE_LINE.test(line)) && !(line.length < 160 && NOISE_LATIN.test(line)),
  );
  const latin = kept.filter(l => !isChinese(l)).length > kept.length / 2;
  if (!latin) return kept;
  // In running text of an alphabet a line that ends no sentence is a heading, a name, a date, an entry of a menu.
  const isSentence = (line: string): boolean => line.length >= 25 && ENDS.test(line);
  const from = kept.findIndex(isSentence);
  const to = kept.findLastIndex(isSentence);
  if (from < 0) return kept;
  const inner = kept.slice(from, to + 1);
  const size = (some: readonly string[]): number => some.reduce((n, l) => n + l.length, 0);
  return size(inner) >= size(kept) * 0.6 ? inner : kept;
}
