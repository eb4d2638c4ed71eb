/** One page about the whole case: what it is, who answers for it, every duty with its due time, what was done. */
import type { Paper, PaperBlock } from '#core/paper';
import { mustOf, toldOf } from './lines.ts';
import { type CaseMaterial, ofType } from './material.ts';
import type { PaperNames } from './names.ts';
import { sayDay, sayLate, sayMoment, sayShort, sayValue } from './say.ts';

const STATES: Readonly<Record<string, string>> = {
  open: '未到期',
  late: '逾期未办',
  done: '已办',
  'done-late': '逾期办结',
  missed: '错过',
  replaced: '由更紧的代替',
  lifted: '不再需要',
};

export function caseSheet(material: CaseMaterial, names: PaperNames): Paper {
  const findings = ofType(material, 'finding.recorded');
  const grades = new Map(ofType(material, 'classification.set').map(e => [String(e.data['scale']), e]));
  const responsible = ofType(material, 'assignment.made').findLast(e => e.data['as'] === 'responsible');
  const closed = ofType(material, 'case.closed').at(-1);
  const duties = material.duties.filter(d => d.whole !== true && d.state !== 'replaced' && d.dueAt !== null);
  const soft = material.duties.filter(d => d.whole !== true && d.dueAt === null && d.state !== 'lifted');
  const blocks: PaperBlock[] = [
    {
      block: 'boxes',
      rows: [
        { label: '案件', value: `${material.number}　${material.title}` },
        {
          label: '信息来源',
          value: findings
            .map(e =>
              [sayValue(names, 'origin', e.data['origin']), sayValue(names, 'outlet', e.data['outlet'])]
                .filter(Boolean)
                .join('，'),
            )
            .join('；'),
        },
        {
          label: '发现时间',
          value: findings[0] ? sayMoment(findings[0].at) : '',
          ...(findings.length === 0 ? { missing: true as const } : {}),
        },
        {
          label: '等级',
          value: [...grades.values()]
            .map(e => `${sayValue(names, String(e.data['scale']), e.data['value'])}（${sayMoment(e.at)}）`)
            .join('；'),
        },
        { label: '责任单位', value: responsible ? names.unit(String(responsible.data['to'])) : '' },
        { label: '办结', value: closed ? sayMoment(closed.at) : '未办结' },
      ],
    },
  ];
  if (duties.length > 0)
    blocks.push(
      { block: 'heading', text: '有时限的职责' },
      {
        block: 'table',
        heads: ['事项', '责任', '最迟', '办理', '状态'],
        widths: [5, 4, 4, 4, 3],
        rows: duties.map(d => [
          `${mustOf(material, names, d)}（${names.article(d.clause)}）`,
          d.unit === undefined ? officeOf(names, d.role) : names.unit(d.unit),
          sayShort(d.dueAt ?? ''),
          d.doneAt === undefined ? '' : sayShort(d.doneAt),
          `${STATES[d.state] ?? d.state}${d.lateBySeconds === undefined ? '' : `，晚 ${sayLate(d.lateBySeconds)}`}`,
        ]),
      },
    );
  if (soft.length > 0)
    blocks.push(
      { block: 'heading', text: '没有数字时限的职责（只计用时）' },
      {
        block: 'table',
        heads: ['事项', '责任', '用时', '状态'],
        widths: [7, 4, 3, 3],
        rows: soft.map(d => [
          `${mustOf(material, names, d)}（${names.article(d.clause)}）`,
          d.unit === undefined ? officeOf(names, d.role) : names.unit(d.unit),
          sayLate(d.elapsedSeconds),
          d.state === 'open' ? '未办' : (STATES[d.state] ?? d.state),
        ]),
      },
    );
  blocks.push(
    { block: 'heading', text: '经过' },
    {
      block: 'table',
      heads: ['时间', '职务', '事项'],
      widths: [4, 4, 8],
      rows: material.events.map(e => [sayShort(e.at), names.office(e.by), toldOf(names, e)]),
    },
  );
  return {
    id: 'case-sheet',
    layout: 'sheet',
    title: '舆情处置情况表',
    issuer: names.institution,
    date: sayDay(material.now),
    to: [],
    copies: [],
    blocks,
    missing: findings.length === 0 ? ['发现时间'] : [],
    from: material.events.map(e => e.id),
  };
}
const officeOf = (names: PaperNames, role: string): string => {
  const [unit = '', name] = role.split('/');
  return name === undefined ? names.unit(unit) : names.office({ unit, role: name });
};
