/** The inspector's papers, made from the log: the file that goes to whoever holds to account, and one page over a span. */
import { showDateZh } from '#core/calendar';
import type { ObligationLine, Owed } from '#core/obligations';
import type { Paper, PaperBlock } from '#core/paper';
import type { StoredEvent } from '../ports.ts';
import { type Hall, keptOf } from '../state.ts';
import { valueLabel, words } from '../words/index.ts';
import { lateMatters, type Matter, matterByKey, namedMatter, ofType, sampled, wordsOn } from './inspection.ts';
import { type Naming, naming } from './naming.ts';
import { sentence } from './sentences.ts';
import { stepZh } from './steps-zh.ts';
import { dateText, fullMoment } from './times.ts';

const list = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const when = (hall: Hall, at: string): string => fullMoment('zh', Date.parse(at), hall.now);
const base = (hall: Hall): Pick<Paper, 'issuer' | 'to' | 'copies' | 'missing'> => ({
  issuer: hall.institution.name.zh,
  to: [],
  copies: [],
  missing: [],
});

/** One referral: every finding with its grounds, the entries it rests on, the arithmetic, and the other side's word. */
export function referralPaper(hall: Hall, event: StoredEvent): Paper {
  const names = naming(hall, 'zh');
  const unit = String(event.data['unit']);
  const faults = list(event.data['about']).flatMap(id => hall.byId.get(id) ?? []);
  const blocks: PaperBlock[] = [
    {
      block: 'boxes',
      rows: [
        { label: '单位', value: names.unit(unit) },
        { label: '移送', value: `${names.office(event.by)}，${when(hall, event.at)}` },
        { label: '认定', value: `${faults.length} 项` },
        ...(event.data['outcome'] === undefined ? [] : [{ label: '处理结果', value: String(event.data['outcome']) }]),
      ],
    },
    ...faults.flatMap((fault, i) => faultBlocks(hall, names, fault, i + 1)),
    {
      block: 'note',
      text: `本卷由记录生成，记录第 ${event.seq} 条为移送；每一条后面的数字是它在记录里的位置，可以用导出的记录核对。认定由人作出，系统只汇集事实。`,
    },
  ];
  return {
    ...base(hall),
    id: `referral-${event.id}`,
    layout: 'list',
    title: `关于${names.unit(unit)}的移送卷`,
    date: showDateZh(dateText(Date.parse(event.at))),
    blocks,
    from: [event.id, ...faults.map(f => f.id)],
  };
}

function faultBlocks(hall: Hall, names: Naming, fault: StoredEvent, n: number): PaperBlock[] {
  const { data } = fault;
  const clauses = list(data['about']);
  const evidence = list(data['evidence']).flatMap(id => hall.byId.get(id) ?? []);
  const unit = data['unit'] === undefined ? undefined : String(data['unit']);
  const lines = linesOf(hall, fault, unit, clauses);
  const said = ofType(hall, 'explanation.written').filter(
    e => e.case === fault.case && e.data['unit'] === unit && clauses.includes(String(e.data['about'])),
  );
  const kind = valueLabel('zh', 'kind', String(data['kind']));
  const gravity = data['gravity'] === undefined ? undefined : valueLabel('zh', 'gravity', String(data['gravity']));
  return [
    { block: 'heading', text: `${n}. ${kind}${gravity === undefined ? '' : `，后果：${gravity}`}` },
    {
      block: 'boxes',
      rows: [
        { label: '认定', value: `${names.office(fault.by)}，${when(hall, fault.at)}（记录第 ${fault.seq} 条）` },
        ...clauses.map(c => ({
          label: '条款',
          value: `${names.clause(c).article} ${c}：${names.prose(hall.rulebook.clauses.find(x => x.id === c)?.prose ?? '')}`,
        })),
        { label: '理由', value: String(data['reason']) },
      ],
    },
    ...(lines.length === 0
      ? []
      : [
          { block: 'text' as const, text: '怎么算的' },
          ...lines.flatMap(l => l.steps.map(s => ({ block: 'note' as const, text: stepZh(s, names).text }))),
        ]),
    {
      block: 'table',
      heads: ['时间', '事实', '岗位', '记录'],
      widths: [0.2, 0.5, 0.2, 0.1],
      rows: evidence
        .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
        .map(e => {
          const s = sentence(e, 'zh', names);
          return [when(hall, e.at), `${s.label} ${s.detail}`.trim(), names.office(e.by), String(e.seq)];
        }),
    },
    { block: 'text', text: said.length === 0 ? '对方的说明：记录里没有。' : '对方的说明' },
    ...said.map(e => ({
      block: 'note' as const,
      text: `${names.office(e.by)}，${when(hall, e.at)}（记录第 ${e.seq} 条）：${String(e.data['reason'])}`,
    })),
  ];
}
const linesOf = (
  hall: Hall,
  fault: StoredEvent,
  unit: string | undefined,
  clauses: readonly string[],
): readonly ObligationLine[] =>
  lateMatters(hall)
    .filter(
      m =>
        m.case === fault.case &&
        clauses.includes(m.clause) &&
        (unit === undefined || m.unit === unit) &&
        m.row.anchor.at <= Date.parse(fault.at),
    )
    .slice(0, 3)
    .map(m => m.line);

export interface Span {
  readonly from: string;
  readonly to: string;
}
/** What happened in a span, on one page: kept, late, missed, said, found, put aside, lifted. */
export function summaryPaper(hall: Hall, span: Span): Paper {
  const names = naming(hall, 'zh');
  const w = words('zh').insp;
  const insideAt = (at: number): boolean => {
    const date = dateText(at);
    return date >= span.from && date <= span.to;
  };
  const inside = (at: string): boolean => insideAt(Date.parse(at));
  const closed = keptOf(hall)
    .live.allRows()
    .filter(r => !r.whole && r.due.at !== null && r.due.at <= hall.now && r.state !== 'replaced' && insideAt(r.due.at));
  const matters = lateMatters(hall).filter(m => insideAt(m.row.due.at ?? m.row.anchor.at));
  const of = (type: string): readonly StoredEvent[] => ofType(hall, type).filter(e => inside(e.at));
  const [faults, dismissed, lifted] = [of('fault.found'), of('finding.dismissed'), of('obligation.lifted')];
  const found = of('publication.found');
  const explained = (ms: readonly Matter[]): number => ms.filter(m => wordsOn(hall, m).length > 0).length;
  const units = [...new Set(matters.map(m => m.unit))];
  const reasons = [...new Set(dismissed.map(e => String(e.data['reason'])))];
  const blocks: PaperBlock[] = [
    {
      block: 'boxes',
      rows: [
        {
          label: '到期的职责',
          value: `${closed.length} 件，按时 ${closed.filter(l => l.state === 'done').length} 件，逾期 ${matters.filter(m => m.row.state !== 'missed').length} 件，漏办 ${matters.filter(m => m.row.state === 'missed').length} 件`,
        },
        { label: '逾期的说明', value: `已写 ${explained(matters)} 件，没写 ${matters.length - explained(matters)} 件` },
        {
          label: '人认定的过错',
          value: `${faults.length} 项，移送 ${of('referral.filed').length} 次；程序外发布 ${found.length} 条`,
        },
        {
          label: '不办的舆情',
          value: `${dismissed.length} 件${reasons.length === 0 ? '' : `：${reasons.map(r => `${valueLabel('zh', 'reason', r)} ${dismissed.filter(e => e.data['reason'] === r).length}`).join('，')}`}；抽看名单 ${sampled(hall).length} 件`,
        },
        { label: '免除的职责', value: `${lifted.length} 件` },
        { label: '规则挡住的', value: `${of('act.refused').length} 次` },
      ],
    },
    ...(units.length === 0
      ? []
      : [
          {
            block: 'table' as const,
            heads: ['单位', w.sheetWords.late, w.sheetWords.missed, w.sheetWords.explained, w.sheetWords.faults],
            widths: [0.4, 0.15, 0.15, 0.15, 0.15],
            rows: units.map(unit => {
              const own = matters.filter(m => m.unit === unit);
              return [
                names.unit(unit),
                String(own.filter(m => m.row.state !== 'missed').length),
                String(own.filter(m => m.row.state === 'missed').length),
                String(explained(own)),
                String(faults.filter(f => f.data['unit'] === unit).length),
              ];
            }),
          },
        ]),
    ...(faults.length === 0
      ? []
      : [
          {
            block: 'table' as const,
            heads: ['认定的过错', '单位', '条款', '认定'],
            widths: [0.25, 0.25, 0.2, 0.3],
            rows: faults.map(f => [
              valueLabel('zh', 'kind', String(f.data['kind'])),
              f.data['unit'] === undefined ? '' : names.unit(String(f.data['unit'])),
              list(f.data['about']).join('、'),
              `${names.office(f.by)}，${when(hall, f.at)}`,
            ]),
          },
        ]),
    {
      block: 'note',
      text: `数字来自记录第 ${hall.seq} 条为止；轮次最多回看 40 天。逾期和漏办是算出来的，过错只由人认定。`,
    },
  ];
  return {
    ...base(hall),
    id: 'inspection-summary',
    layout: 'sheet',
    title: `监督摘要（${showDateZh(span.from)}至${showDateZh(span.to)}）`,
    date: showDateZh(dateText(hall.now)),
    blocks,
    from: faults.map(f => f.id),
  };
}

/** A unit's year in numbers, as a circular or commendation says them. */
export function yearSheet(hall: Hall, unit: string, year: number): Readonly<Record<string, number>> {
  const began = (row: Owed): boolean => dateText(row.anchor.at).startsWith(String(year));
  const own = keptOf(hall)
    .live.allRows()
    .filter(r => !r.whole && r.role.split('/')[0] === unit && began(r));
  const matters = lateMatters(hall).filter(m => m.unit === unit && began(m.row));
  return {
    met: own.filter(r => r.state === 'done').length,
    late: matters.filter(m => m.row.state !== 'missed').length,
    missed: matters.filter(m => m.row.state === 'missed').length,
    explained: matters.filter(m => wordsOn(hall, m).length > 0).length,
    faults: ofType(hall, 'fault.found').filter(f => f.data['unit'] === unit && f.at.startsWith(String(year))).length,
  };
}

/** The matter that an address names: a duty by its key, or a unit with a clause. */
export function askedMatter(hall: Hall, asked: (name: string) => string | undefined): Matter | 'no-clause' | undefined {
  const duty = asked('duty');
  if (duty !== undefined) return matterByKey(hall, duty);
  const [unit, clause, caseKey] = [asked('unit'), asked('clause'), asked('case')];
  if (unit === undefined || clause === undefined || !hall.book.org.isUnit(unit)) return undefined;
  if (!hall.rulebook.clauses.some(c => c.id === clause)) return 'no-clause';
  if (caseKey !== undefined && caseKey !== '' && !hall.byCase.has(caseKey)) return undefined;
  return namedMatter(unit, clause, caseKey === '' ? undefined : caseKey);
}
