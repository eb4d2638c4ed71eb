/**
 * One route of an RSSHub instance, usually the institution's own. The instance is not ours: whether it is up is asked apart,
 * so that a broken route is not taken for silence. Routes that follow a person are refused.
 */
import { decode } from '../../charset.ts';
import type { SourceKind } from '../../source-kind.ts';
import { source as rss } from '../rss/source.ts';

const base = (text: string): string => text.trim().replace(/\/+$/, '');
const route = (text: string): string => `/${text.trim().replace(/^\/+/, '')}`;
/** `/weibo/user/1195230310`, `/zhihu/people/activities/…`: a segment that says a person follows. */
const PERSON =
  /(?:^|\/)(?:user|users|people|person|profile|author|space|member|u|acct|up|uid|timeline|moments)(?:[/?-]|$)/i;
/** Namespaces whose first argument is an account although the path does not say so. */
const ACCOUNTS =
  /^\/(?:twitter|x|instagram|threads|mastodon|jike|okjike|kuaishou|weibo|xiaohongshu|pixiv|tiktok|douyin)\/(?!search|keyword|hot|topic|super|hashtag|tag|rank)[^/]+/i;

export const source: SourceKind = {
  kind: 'rsshub',
  title: { zh: 'RSSHub 路由', en: 'RSSHub route' },
  says: {
    zh: '网站自己没有订阅时，由本单位的 RSSHub 实例代为整理。只收公开版块、话题、搜索，不收个人。',
    en: 'Where a site has no feed, an RSSHub instance makes one. Public boards, topics and searches only, no persons.',
  },
  way: 'fetched',
  keeps: 'matched',
  origin: 'own-watch',
  settings: [
    {
      name: 'base',
      label: { zh: '实例地址', en: 'Address of the instance' },
      hint: { zh: '例如 http://rsshub.内网:1200', en: 'such as http://rsshub.internal:1200' },
      needed: true,
    },
    {
      name: 'route',
      label: { zh: '路由', en: 'Route' },
      hint: { zh: '例如 /gov/xinwen/tuijian,不要带实例地址', en: 'such as /gov/xinwen/tuijian, without the instance' },
      needed: true,
    },
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
  ],
  refuses: [],
  judge: settings => {
    const problems = [];
    if (settings['base'] && !/^https?:\/\/[^\s/]+/i.test(settings['base']))
      problems.push({
        setting: 'base',
        says: { zh: '实例地址要以 http:// 或 https:// 开头', en: 'the address must begin with http:// or https://' },
      });
    const path = decodedPath(route(settings['route'] ?? ''));
    if (PERSON.test(path) || ACCOUNTS.test(path))
      problems.push({
        setting: 'route',
        says: {
          zh: `路由“${path.slice(0, 80)}”跟随某个人的账号，不能作来源。可以改用话题、版块或搜索的路由`,
          en: `the route "${path.slice(0, 80)}" follows the account of a person and cannot be a source. Use a route of a topic, a board or a search`,
        },
      });
    return problems;
  },
  request: settings => ({ url: `${base(settings['base'] ?? '')}${route(settings['route'] ?? '')}` }),
  health: settings => ({ url: `${base(settings['base'] ?? '')}/healthz` }),
  read: (response, settings, state) => {
    const reading = rss.read(response, settings, state);
    if (reading.ok) return reading;
    // The instance answers a broken route with a page of its own.
    const said = /<(?:details|pre|code|p)[^>]*>\s*((?:Error|NotFound|Reject|ConfigNotFound)[^<\n]{0,160})/.exec(
      decode(response.body, response.contentType).text,
    )?.[1];
    return said === undefined ? reading : { ok: false, problem: `RSSHub says of this route: ${said.trim()}` };
  },
};
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
