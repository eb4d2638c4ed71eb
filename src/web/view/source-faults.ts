/** What is said of a source that cannot be read, in Chinese. Readers speak plain English for the log; pages speak the language of the desk. */
import type { Language } from '../words/index.ts';

type Say = (match: RegExpExecArray) => string;
const SAYS: readonly (readonly [RegExp, string | Say])[] = [
  [
    /^the site answered (\d+)/,
    m => `网站回应 ${m[1]}${m[1] === '404' ? '（没有这个页面）' : m[1] === '403' ? '（不让读）' : ''}`,
  ],
  [/^no whole answer within (\d+) s/, m => `${m[1]} 秒内没有读完`],
  [/^the name cannot be found|^the name (\S+) cannot be found/, '这个域名不存在'],
  [/^the site does not answer/, '网站没有回应'],
  [/^the headers are too large/, '网站的回应头太大'],
  [/^the answer is larger than ([\d.]+) MB/, m => `内容超过 ${m[1]} MB`],
  [/^the answer is empty/, '网站回应的是空的'],
  [/^more than (\d+) redirects/, m => `转来转去超过 ${m[1]} 次`],
  [/^redirected to no address/, '转到一个不是地址的地方'],
  [
    /(?:^|redirected to a |leads to a |connected to a |stands at a )(loopback|private|link-local|carrier).*address/,
    '指向内网地址，不能读；内网来源要先由管理员放行',
  ],
  [/robots\.txt/, '网站的 robots.txt 不让读'],
  [/^the list is gone from this page: nothing fits "(.*)"/, m => `列表不见了：页面上没有“${m[1]}”`],
  [/^the part that matters is gone from this page: nothing fits "(.*)"/, m => `要看的部分不见了：页面上没有“${m[1]}”`],
  [/^(\d+) entries fit "(.*)", none of them/, m => `“${m[2]}”有 ${m[1]} 条，但都没有标题和链接`],
  [/^the document is a web page, no feed/, '这是网页，不是订阅。可以改用“列表页”'],
  [/^the document is no feed|^the document is JSON and no JSON Feed/, '这不是订阅'],
  [/^the document is no sitemap/, '这不是站点地图'],
  [/^the sitemap is empty/, '站点地图是空的'],
  [/^this is no news sitemap/, '这不是新闻站点地图：条目没有标题。可以改接网站的列表页'],
  [/^the document is empty|^the page is empty/, '内容是空的'],
  [/^the document is no web page/, '这不是网页'],
  [/^no article was found on this page/, '页面上没有找到正文'],
  [/^the page is an error page/, '这是出错页面，不算内容'],
  [/^the page is all but empty/, '页面几乎是空的，不算改动'],
  [/^the page says/, '页面说网站暂时不能用'],
  [/^not well-formed XML: (.*)/, m => `XML 写得不规范，仍然读了：${m[1]}`],
  [/^RSSHub says of this route: (.*)/, m => `RSSHub 说这条路由：${m[1]}`],
  [/^the instance is up: it is the route/, 'RSSHub 实例正常，是这条路由读不出来'],
  [/^the instance itself does not answer: (.*)/, m => `RSSHub 实例没有回应：${m[1]}`],
  [/^the mail server does not accept this login and password/, '邮件服务器不认这个登录名和密码'],
  [/^the mail server does not answer on this port/, '邮件服务器在这个端口没有回应'],
  [/^the mail server did not answer within (\d+) s/, m => `邮件服务器 ${m[1]} 秒没有回应`],
  [/^there is no such folder in the mailbox/, '邮箱里没有这个文件夹'],
  [/^a mailbox without encryption/, '不加密的邮箱只能在内网：请管理员把服务器写进 HUIYIN_ALLOW_HOSTS'],
  [/^the certificate of the mail server/, '邮件服务器的证书不可信'],
  [/^the mailbox cannot be read: (.*)/, m => `邮箱读不了：${m[1]}`],
  [/^(\d+) letters of others were left alone/, m => `另有 ${m[1]} 封不在名单里的来信，没有打开`],
  [/^an attachment \((.*?)\) was left: it is no office file/, m => `有一个附件（${m[1]}）不是办公文件，没有读`],
  [/^an attachment \((.*?)\) was left: (.*)/, m => `有一个附件（${m[1]}）没有读：${m[2]}`],
  [/^the letter comes from no organisation on the list/, '来信单位不在名单里'],
  [/^(\d+) entries have no date/, m => `${m[1]} 条没有读得出的日期，就不写日期`],
  [/^(\d+) entries without a title or (?:a link|an address)/, m => `${m[1]} 条没有标题或链接，没有要`],
  [/^only the (?:first|newest) (\d+) of (\d+)/, m => `一共 ${m[2]} 条，只读前 ${m[1]} 条`],
  [/^it is being read at this moment/, '正在读，稍等'],
  [/^the site is being read at this moment/, '这个网站正在读，过一分钟再试'],
  [/^the source is not switched on/, '还没有启用'],
  [/^there is no such source/, '没有这个来源'],
  [/^a fault of the product/, '程序出错，见运行日志'],
  [/^the column "(.*)" names a private person/, m => `“${m[1]}”是个人信息，已丢掉`],
  [/^the row has no text/, '这一行没有内容'],
  [
    /^the time (?:"(.*)" )?cannot be read/,
    m => `时间${m[1] === undefined ? '' : `“${m[1]}”`}读不出来；写成 2026-07-13 09:30`,
  ],
  [/^there is no time "(.*)"/, m => `没有“${m[1]}”这个时间`],
  [/^the line is not one JSON object/, '这一行不是一个 JSON 对象'],
  [/^no column holds the text of the matter/, '没有一列是内容，请至少把一列选作“内容”或“标题”'],
  [/^unchanged/, '没有变化'],
];
/** The sentence in the language of the page; one that is not known stays as it is. */
export function faultText(language: Language, fault: string): string {
  if (language === 'en') return fault;
  for (const [pattern, say] of SAYS) {
    const match = pattern.exec(fault);
    if (match) return typeof say === 'string' ? say : say(match);
  }
  return fault;
}
