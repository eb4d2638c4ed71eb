/** A reporter's call. What is kept is the outlet, its desk and what it asked about; never the reporter. */
import type { SourceKind } from '../../source-kind.ts';
import { readHandedIn } from '../paste/source.ts';

export const source: SourceKind = {
  kind: 'call',
  title: { zh: '记者来电', en: 'Reporter’s call' },
  says: {
    zh: '记哪家媒体、哪个部门、问什么事。不记记者是谁。',
    en: 'Which outlet, which desk, what about. Not who called.',
  },
  way: 'by-hand',
  keeps: 'everything',
  origin: 'media',
  settings: [
    { name: 'outlet', label: { zh: '媒体', en: 'Outlet' }, needed: true },
    {
      name: 'contactPoint',
      label: { zh: '媒体的部门和办公电话', en: 'The outlet’s desk and its office telephone' },
      hint: { zh: '如 时政部，不写个人', en: 'such as Politics desk; no person' },
      needed: false,
    },
    { name: 'title', label: { zh: '问什么事', en: 'What about' }, needed: true },
    { name: 'text', label: { zh: '具体问题', en: 'The questions' }, needed: false, long: true },
    { name: 'publishedAt', label: { zh: '来电时间', en: 'When' }, needed: false },
  ],
  refuses: [],
  read: ({ body }) => readHandedIn(body, field => ({ text: field('text') || field('title'), outlet: field('outlet') })),
};
