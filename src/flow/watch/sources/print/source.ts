/** Print, radio and television, entered by hand: there is nothing to fetch. */
import type { SourceKind } from '../../source-kind.ts';
import { readHandedIn } from '../paste/source.ts';

export const source: SourceKind = {
  kind: 'print',
  title: { zh: '报纸、广播、电视', en: 'Print, radio, television' },
  says: { zh: '读到、听到、看到的报道，手工登记。', en: 'What was read, heard or seen, entered by hand.' },
  way: 'by-hand',
  keeps: 'everything',
  origin: 'media',
  settings: [
    {
      name: 'medium',
      label: { zh: '哪一类', en: 'Which' },
      needed: true,
      choices: [
        { value: 'print', label: { zh: '报纸', en: 'Print' } },
        { value: 'radio', label: { zh: '广播', en: 'Radio' } },
        { value: 'television', label: { zh: '电视', en: 'Television' } },
      ],
    },
    { name: 'outlet', label: { zh: '媒体', en: 'Outlet' }, needed: true },
    {
      name: 'place',
      label: { zh: '版面或栏目', en: 'Page or programme' },
      hint: { zh: '如 第三版、晚间新闻', en: 'such as page 3, evening news' },
      needed: false,
    },
    { name: 'title', label: { zh: '标题', en: 'Title' }, needed: true },
    { name: 'text', label: { zh: '内容', en: 'Text' }, needed: true, long: true },
    { name: 'publishedAt', label: { zh: '刊播时间', en: 'Printed or broadcast' }, needed: false },
  ],
  refuses: [],
  read: ({ body }) =>
    readHandedIn(body, field => {
      const place = field('place');
      return { text: field('text'), outlet: place === '' ? field('outlet') : `${field('outlet')} ${place}` };
    }),
};
