/** Two lists that only a volume put away has: what the matter rests on, and what went to whom and who has it. */
import type { HuiyinEvent } from '#core/log';
import type { Paper } from '#core/paper';
import { toldOf } from './lines.ts';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayDay, sayMoment, sayShort, sayValue } from './say.ts';

const list = (
  material: CaseMaterial,
  names: PaperNames,
  about: Pick<Paper, 'id' | 'title' | 'blocks' | 'from'>,
): Paper => ({
  ...about,
  layout: 'list',
  issuer: names.institution,
  date: sayDay(material.now),
  to: [],
  copies: [],
  missing: [],
});

/** What can be shown to somebody who doubts: items with their place and time, own copies, steps offline, our own publications. */
export function evidenceList(material: CaseMaterial, names: PaperNames): Paper {
  const rows = material.events.flatMap((event): { event: HuiyinEvent; cells: readonly string[] }[] => {
    const found = evidenceOf(names, event);
    return found ? [{ event, cells: found }] : [];
  });
  return list(material, names, {
    id: 'evidence-list',
    title: '证据目录',
    blocks: [
      {
        block: 'table',
        heads: ['序号', '时间', '种类', '内容', '出处', '记录'],
        widths: [1, 3, 3, 6, 6, 3],
        rows: rows.map(({ event, cells }, i) => [String(i + 1), sayShort(event.at), ...cells, event.id]),
      },
      { block: 'note', text: '“记录”一栏是日志里的条目号；条目未被改动，可用随卷的 log 文件夹核对。' },
    ],
    from: rows.map(r => r.event.id),
  });
}
/** Kind, content and place; nothing for entries that prove nothing by themselves. */
function evidenceOf(names: PaperNames, event: HuiyinEvent): readonly [string, string, string] | undefined {
  const { data } = event;
  const say = (field: string): string => sayValue(names, field, data[field]);
  const kind = names.event(event.type);
  const join = (...parts: readonly string[]): string => parts.filter(p => p !== '').join('，');
  switch (event.type) {
    case 'finding.recorded':
      return [
        kind,
        say('subject'),
        join(
          say('outlet'),
          data['publishedAt'] === undefined ? '' : `${sayMoment(String(data['publishedAt']))}发布`,
          say('url'),
        ),
      ];
    case 'form.filled':
      if (data['form'] !== 'evidence-copy') return undefined;
      return [names.form('evidence-copy'), say('fields'), say('number')];
    case 'media.called':
    case 'incident.occurred':
    case 'facts.verified':
    case 'measure.taken':
    case 'handling.entered':
    case 'handling.finished':
    case 'reception.held':
      return [kind, toldOf(names, event), names.office(event.by)];
    case 'publication.made':
      return [kind, join(say('kind'), say('channel')), join(say('url'), say('textHash'))];
    default:
      return undefined;
  }
}

/** Bulletins, transfer sheets and reports with the receipt of each recipient, or that there is none. */
export function receiptList(material: CaseMaterial, names: PaperNames): Paper {
  const from: string[] = [];
  const rows: (readonly string[])[] = [];
  const keys = (value: unknown): readonly string[] =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
  for (const event of ofType(material, 'notice.sent', 'transfer.made', 'report.made')) {
    from.push(event.id);
    for (const to of keys(event.data['to'])) {
      const receipt = material.events.find(e => receives(e, event, to));
      if (receipt) from.push(receipt.id);
      rows.push([
        sayShort(event.at),
        [names.event(event.type), sayValue(names, 'kind', event.data['kind'])].filter(Boolean).join('，'),
        names.body(to),
        sayValue(names, 'channels', event.data['channels'] ?? event.data['channel']),
        receipt ? sayShort(receipt.at) : '没有签收记录',
      ]);
    }
  }
  return list(material, names, {
    id: 'receipts',
    title: '送达和签收清单',
    blocks:
      rows.length === 0
        ? [{ block: 'text', text: '本案没有送达。' }]
        : [{ block: 'table', heads: ['送达', '文件', '对方', '方式', '签收'], widths: [3, 4, 5, 3, 3], rows }],
    from: [...new Set(from)],
  });
}
function receives(event: HuiyinEvent, sent: HuiyinEvent, to: string): boolean {
  const { data } = event;
  if (event.type === 'notice.received')
    return sent.type === 'notice.sent' && data['notice'] === sent.data['notice'] && data['unit'] === to;
  if (event.type === 'transfer.received') return data['transfer'] === sent.id && data['unit'] === to;
  return event.type === 'report.received' && data['report'] === sent.id && data['unit'] === to;
}
