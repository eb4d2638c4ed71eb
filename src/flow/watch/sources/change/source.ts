/**
 * A page watched for change: the text that matters, compared with what it said before. An error page or an empty one is no
 * change. What is new in it becomes an item; its history is kept beside.
 */
import { createHash } from 'node:crypto';
import { decode } from '../../charset.ts';
import { maskText } from '../../masking.ts';
import { openDocument, selectorProblem } from '../../page/document.ts';
import { PageRefused } from '../../page/extract.ts';
import { plainText } from '../../plain-text.ts';
import type { SettingProblem, SourceKind, SourceReading, SourceSettings } from '../../source-kind.ts';

const FURNITURE =
  'script,style,noscript,template,iframe,nav,footer,form,button,select,svg,[hidden],[aria-hidden="true"]';
/** Pages that say they are an error although their status says nothing. */
const ERROR_PAGE = /^(?:404|403|50\d)\b|页面不存在|访问被拒绝|系统维护|not found|access denied|service unavailable/i;
const SHORTEST = 10;

export const source: SourceKind = {
  kind: 'change',
  title: { zh: '盯一个页面的改动', en: 'Page watched for change' },
  says: {
    zh: '同一地址、内容会换的页面：公告栏、政策页、办事指南。改了什么，前后对照。',
    en: 'A page that keeps its address and changes: a notice board, a policy. What changed, side by side.',
  },
  way: 'fetched',
  keeps: 'matched',
  origin: 'own-watch',
  settings: [
    { name: 'url', label: { zh: '地址', en: 'Address' }, needed: true },
    {
      name: 'select',
      label: { zh: '要看的部分', en: 'The part that matters' },
      hint: {
        zh: '选择器，如 div.content；不写就看整页',
        en: 'a selector such as div.content; the whole page if empty',
      },
      needed: false,
    },
    {
      name: 'drop',
      label: { zh: '不看的部分', en: 'Parts to leave out' },
      hint: { zh: '选择器，如 .views, .clock', en: 'selectors such as .views, .clock' },
      needed: false,
    },
    {
      name: 'ignore',
      label: { zh: '不算改动的行', en: 'Lines that do not count' },
      hint: {
        zh: '一行一个词：含这个词的行不比较，如“访问量”',
        en: 'a word a line: lines that hold it are not compared',
      },
      needed: false,
      long: true,
    },
    { name: 'outlet', label: { zh: '媒体或网站', en: 'Outlet' }, needed: false },
  ],
  refuses: [],
  judge: settings =>
    (['select', 'drop'] as const).flatMap((name): SettingProblem[] => {
      const problem = settings[name] ? selectorProblem(settings[name]) : undefined;
      return problem === undefined
        ? []
        : [{ setting: name, says: { zh: `选择器不能用：${problem}`, en: `the selector cannot be used: ${problem}` } }];
    }),
  request: settings => ({ url: settings['url'] ?? '', accept: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5' }),
  read: ({ body, url, contentType }, settings, state) => {
    try {
      return readPage(decode(body, contentType).text, url, settings, state['lines'] ?? '', state['digest']);
    } catch (error) {
      if (error instanceof PageRefused) return { ok: false, problem: error.message };
      throw error;
    }
  },
};

function readPage(
  html: string,
  url: string,
  settings: SourceSettings,
  before: string,
  digestBefore: string | undefined,
): SourceReading {
  const document = openDocument(html);
  const title = plainText(document.title);
  const chosen = settings['select']
    ? [...document.querySelectorAll(settings['select'])]
    : document.body
      ? [document.body]
      : [];
  if (chosen.length === 0)
    return { ok: false, problem: `the part that matters is gone from this page: nothing fits "${settings['select']}"` };
  for (const part of chosen) {
    const furniture = settings['drop'] ? `${FURNITURE},${settings['drop']}` : FURNITURE;
    // The list is taken whole before anything is removed from under it.
    for (const noise of Array.from(part.querySelectorAll(furniture))) noise.remove();
  }
  const ignored = (settings['ignore'] ?? '')
    .split('\n')
    .map(l => l.trim())
    .filter(l => l !== '');
  const lines = chosen
    .flatMap(part => plainText(part.innerHTML).split('\n'))
    // Masked before it is compared: what is remembered of a line must not be a digest of a telephone number.
    .map(l => maskText(l.replace(/\s+/g, ' ').trim()).text)
    .filter(l => l !== '' && !ignored.some(word => l.includes(word)));
  const text = lines.join('\n');
  if (text.length < SHORTEST) return { ok: false, problem: 'the page is all but empty: that is no change' };
  if (ERROR_PAGE.test(title) || (text.length < 200 && ERROR_PAGE.test(text)))
    return { ok: false, problem: `the page is an error page ("${title.slice(0, 60)}"): that is no change` };
  const digest = hash(text);
  const marks = lines.map(l => hash(l).slice(0, 10));
  const next = { digest, lines: marks.join(' ') };
  const page = { title, text };
  // The first look is what later ones are compared with.
  if (digestBefore === undefined || digestBefore === digest)
    return { ok: true, title, items: [], problems: [], state: next, page };
  const known = new Set(before.split(' '));
  const fresh = lines.filter((_, i) => !known.has(marks[i] ?? ''));
  // Something was taken away and nothing added: the page as it is now is the news.
  const said = fresh.length > 0 ? fresh.join('\n') : text;
  return {
    ok: true,
    title,
    items: [
      {
        title: title || url,
        text: said,
        url,
        version: digest.slice(0, 16),
        ...(settings['outlet'] === undefined ? {} : { outlet: settings['outlet'] }),
      },
    ],
    problems: [],
    state: next,
    page,
  };
}
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
