/** What goes out to somebody: bulletins and notices with their receipts, reports of a series, explanations of lateness. */
import type { HuiyinEvent } from '#core/log';
import type { Paper, PaperBlock } from '#core/paper';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { mustOf, toldOf } from './lines.ts';
import { sayDay, sayLate, sayMoment, sayShort, sayValue } from './say.ts';
import { signatureRows } from './signatures.ts';

/** What a report of each kind is called: the first fast, the verified exact, the follow-up full. */
const REPORTS: Readonly<Record<string, string>> = {
  first: '初报',
  verified: '核报',
  'follow-up': '续报',
  progress: '进展报告',
  situation: '情况报告',
  special: '专报',
  finding: '发现报告',
  lead: '线索报告',
  summary: '总结报告',
  result: '结果报告',
};
const keys = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
const idOf = (kind: string, key: unknown): string => `${kind}-${String(key)}`.replaceAll(/[^\w.-]+/g, '-');

/** A bulletin, warning or transfer sheet: what the case is, the judgement, to whom it went and who has it. */
export function noticeLetters(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  // Some are sent without ever having been drawn up as a paper: by telephone, or in the system.
  const first = new Map<string, HuiyinEvent>();
  for (const event of ofType(material, 'notice.drawn-up', 'notice.sent')) {
    const key = String(event.data['notice']);
    const known = first.get(key);
    if (!known || (known.type === 'notice.sent' && event.type === 'notice.drawn-up')) first.set(key, event);
  }
  return [...first].map(([key, event]) => {
    const sent = ofType(material, 'notice.sent').filter(e => e.data['notice'] === key);
    const to = [...new Set(sent.flatMap(e => keys(e.data['to'])))];
    const form = String(event.data['kind']);
    const title = `${names.value('kind', form)}`;
    const blocks: PaperBlock[] = [
      {
        block: 'text',
        text: `现将“${material.title}”有关情况${form === 'transfer-sheet' ? '转你单位办理' : '通报如下'}。`,
      },
      ...findingsOf(material, names),
    ];
    const judgement = event.data['judgement'];
    if (judgement !== undefined) blocks.push({ block: 'text', text: `研判意见：${String(judgement)}` });
    blocks.push(...wantedOf(material, names, to));
    if (to.length > 0)
      blocks.push(
        { block: 'heading', text: '送达和签收' },
        {
          block: 'table',
          heads: ['单位', '送达', '方式', '签收'],
          widths: [4, 4, 3, 4],
          rows: to.map(unit => receipt(material, names, key, unit, sent)),
        },
      );
    const signatures = signatureRows(material, names, {
      document: key,
      form,
      hash: String(event.data['textHash'] ?? ''),
    });
    if (signatures.length > 0) blocks.push({ block: 'signatures', rows: signatures });
    const number = event.data['number'];
    return {
      id: idOf('notice', key),
      layout: 'letter',
      title,
      ...(number === undefined ? {} : { number: String(number) }),
      issuer: names.unit(event.by.unit),
      date: sayDay(event.at),
      to: to.map(names.unit),
      copies: [],
      blocks,
      missing: [
        ...(number === undefined && event.type === 'notice.drawn-up' ? ['编号'] : []),
        ...(to.length === 0 ? ['主送单位'] : []),
      ],
      from: [...new Set([event.id, ...sent.map(e => e.id)])],
    };
  });
}

function receipt(
  material: CaseMaterial,
  names: PaperNames,
  notice: string,
  unit: string,
  sent: readonly HuiyinEvent[],
): readonly string[] {
  const out = sent.find(e => keys(e.data['to']).includes(unit));
  const back = ofType(material, 'notice.received').find(e => e.data['notice'] === notice && e.data['unit'] === unit);
  return [
    names.unit(unit),
    out ? sayShort(out.at) : '',
    out ? sayValue(names, 'channels', out.data['channels']) : '',
    back ? sayShort(back.at) : '未签收',
  ];
}

/** Where and when it stood, and what it is about; never who said it. */
function findingsOf(material: CaseMaterial, names: PaperNames): PaperBlock[] {
  return ofType(material, 'finding.recorded').map(e => {
    const outlet = e.data['outlet'] === undefined ? '' : `，来自${names.value('outlet', String(e.data['outlet']))}`;
    const published = e.data['publishedAt'] === undefined ? '' : `，${sayMoment(String(e.data['publishedAt']))}刊发`;
    const subject = e.data['subject'] === undefined ? '' : `：${String(e.data['subject'])}`;
    return { block: 'text', text: `${sayMoment(e.at)}发现一条信息${outlet}${published}${subject}。` };
  });
}

/** What the addressees owe, each with its due time and clause. */
function wantedOf(material: CaseMaterial, names: PaperNames, to: readonly string[]): PaperBlock[] {
  const owed = material.duties.filter(
    d =>
      d.dueAt !== null &&
      !d.whole &&
      d.unit !== undefined &&
      to.includes(d.unit) &&
      d.state !== 'replaced' &&
      material.rules.some(r => r.kind === 'duty' && r.name === d.duty),
  );
  if (owed.length === 0) return [];
  return [
    { block: 'heading', text: '办理时限' },
    {
      block: 'table',
      heads: ['单位', '事项', '最迟', '依据'],
      widths: [3, 6, 4, 3],
      rows: owed.map(d => [
        names.unit(d.unit ?? ''),
        mustOf(material, names, d),
        sayShort(d.dueAt ?? ''),
        `${names.article(d.clause)}`,
      ]),
    },
  ];
}
/** One letter for each report that was delivered: first, verified, follow-up, special… */
export function reportLetters(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  return ofType(material, 'report.made').map(event => {
    const { data } = event;
    const oral = data['written'] === false;
    const blocks: PaperBlock[] = [
      { block: 'text', text: `现就“${material.title}”报告如下。` },
      ...findingsOf(material, names).slice(0, 1),
      ...progressBefore(material, names, event),
    ];
    if (keys(data['parts']).length > 0)
      blocks.push({ block: 'text', text: `本报告包括：${sayValue(names, 'parts', data['parts'])}。` });
    if (oral)
      blocks.push({
        block: 'note',
        text: `口头报告（${sayValue(names, 'channel', data['channel'])}），${sayMoment(event.at)}，接听：${data['takenBy'] === undefined ? '' : names.office({ role: String(data['takenBy']) })}。`,
      });
    return {
      id: idOf('report', event.id),
      layout: 'letter',
      title: `关于“${material.title}”的${REPORTS[String(data['kind'])] ?? '报告'}`,
      issuer: names.unit(event.by.unit),
      date: sayDay(event.at),
      to: keys(data['to']).map(names.body),
      copies: [],
      blocks,
      missing: oral && data['takenBy'] === undefined ? ['接听人（职务）'] : [],
      from: [event.id],
    };
  });
}

/** What had been done by the time of a report, from the log: measures, facts, answers. */
function progressBefore(material: CaseMaterial, names: PaperNames, report: HuiyinEvent): PaperBlock[] {
  const told = ofType(
    material,
    'handling.entered',
    'measure.taken',
    'facts.verified',
    'publication.made',
    'press-event.held',
    'handling.finished',
  ).filter(e => e.at <= report.at);
  if (told.length === 0) return [{ block: 'text', text: '目前正在核实，后续情况续报。' }];
  return [
    { block: 'heading', text: '已办情况' },
    {
      block: 'table',
      heads: ['时间', '单位', '事项'],
      widths: [4, 3, 8],
      rows: told.map(e => [sayShort(e.at), names.unit(e.by.unit), toldOf(names, e)]),
    },
  ];
}
/** An explanation for each unit that owes one: what was late, by how much, and the reason that was given. */
export function explanations(material: CaseMaterial, names: PaperNames): readonly Paper[] {
  const late = material.duties.filter(
    d => (d.state === 'late' || d.state === 'done-late') && !d.whole && d.dueBasis !== 'local',
  );
  const units = [...new Set(late.map(d => d.unit ?? d.role.split('/')[0] ?? ''))];
  return units.map(unit => {
    const own = late.filter(d => (d.unit ?? d.role.split('/')[0]) === unit);
    const written = ofType(material, 'explanation.written').filter(
      e => e.data['unit'] === unit && own.some(d => d.clause === e.data['about']),
    );
    const unexplained = own.filter(d => !written.some(e => e.data['about'] === d.clause));
    return {
      id: idOf('explanation', unit),
      layout: 'sheet',
      title: '逾期情况说明',
      issuer: names.unit(unit),
      date: sayDay(written.at(-1)?.at ?? material.now),
      to: [],
      copies: [],
      blocks: [
        { block: 'boxes', rows: [{ label: '所属案件', value: `${material.number}　${material.title}` }] },
        {
          block: 'table',
          heads: ['事项', '依据', '最迟', '实际', '晚'],
          widths: [5, 3, 4, 4, 3],
          rows: own.map(d => [
            mustOf(material, names, d),
            names.article(d.clause),
            d.dueAt === null ? '' : sayShort(d.dueAt),
            d.doneAt === undefined ? '尚未办' : sayShort(d.doneAt),
            sayLate(d.lateBySeconds ?? 0),
          ]),
        },
        {
          block: 'boxes',
          rows: [
            {
              label: '原因',
              value: written.map(e => String(e.data['reason'])).join('；'),
              lines: 6,
              ...(unexplained.length > 0 ? { missing: true as const } : {}),
            },
          ],
        },
        {
          block: 'signatures',
          rows: [{ capacity: '单位负责人', office: '', at: '', note: '' }],
        },
      ],
      missing: unexplained.length > 0 ? ['原因'] : [],
      from: [...own.flatMap(d => d.basis), ...written.map(e => e.id)],
    };
  });
}
