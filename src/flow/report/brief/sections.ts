/** The sections of a brief that follow from the log alone: figures, charts, cases, duties, what is due next. */
import type { ObligationLine } from '#core/obligations';
import type { PaperBlock } from '#core/paper';
import type { PaperNames } from '../names.ts';
import { sayShort, sayValue } from '../say.ts';
import { chronicle } from './chronicle.ts';
import { dutyName, dutyState, type Figure, figuresOf, officeOf } from './figures.ts';
import { addDays, spanBefore } from './kinds.ts';
import { type BriefCase, type BriefMaterial, inSpan } from './material.ts';

export type Section = readonly [string, readonly PaperBlock[]];

/** Figures beside the span before; what is nothing in both is named in one line instead of a row each. */
export function comparedFigures(
  material: BriefMaterial,
  names: PaperNames,
  figures: readonly Figure[],
): readonly PaperBlock[] {
  const before = new Map(figuresOf(material, names, spanBefore(material.about)).map(f => [f.key, f.behind.length]));
  const then = (f: Figure): number => before.get(f.key) ?? 0;
  const shown = figures.filter(f => f.behind.length > 0 || then(f) > 0 || ALWAYS.has(f.key));
  return [
    {
      block: 'table',
      heads: ['事项', '本期', '上期', '增减'],
      rows: shown.map(f => [
        f.label,
        `${f.behind.length} ${f.unit}`,
        `${then(f)} ${f.unit}`,
        difference(f.behind.length, then(f)),
      ]),
    },
    ...nothingIn(figures.filter(f => !shown.includes(f))),
  ];
}
const ALWAYS = new Set(['watch', 'slots-missed', 'findings', 'opened', 'closed', 'standing', 'late']);
const difference = (now: number, then: number): string =>
  now === then ? '持平' : `${now > then ? '+' : '−'}${Math.abs(now - then)}`;
const nothingIn = (figures: readonly Figure[]): readonly PaperBlock[] =>
  figures.length === 0 ? [] : [{ block: 'note', text: `${figures.map(f => f.label).join('、')}：都是 0。` }];
export const plainFigures = (figures: readonly Figure[]): readonly PaperBlock[] => {
  const shown = figures.filter(f => f.behind.length > 0);
  const table: PaperBlock = {
    block: 'table',
    heads: ['事项', '数量'],
    rows: shown.map(f => [f.label, `${f.behind.length} ${f.unit}`]),
  };
  return [...(shown.length === 0 ? [] : [table]), ...nothingIn(figures.filter(f => !shown.includes(f)))];
};

/** More would bury the numbers; the proof of silence has them all. */
const MOST_GAPS_SAID = 6;
/** A source that was not read leaves a hole in every number; the brief says so in the hole. */
export function sourceNotes(material: BriefMaterial): readonly PaperBlock[] {
  const { sources } = material;
  if (sources === undefined) return [{ block: 'note', text: '成稿时的信源状况没有记录，以上数字不含未读到的信源。' }];
  if (sources.length === 0) return [{ block: 'note', text: '没有设置自动信源，以上数字只含人工登记的信息。' }];
  const broken = sources.filter(s => s.how !== 'sent' && (s.problem !== undefined || s.readAt === undefined));
  const head = `信源 ${sources.length} 个，成稿时正常 ${sources.length - broken.length} 个。`;
  const holes = broken.map(
    s => `“${s.title}”${s.readAt === undefined ? '从未读到' : `自${sayShort(s.readAt)}起没有读到`}，此后没有数字`,
  );
  const notes: PaperBlock[] = [{ block: 'note', text: holes.length === 0 ? head : `${head}${holes.join('；')}。` }];
  const read = sources.filter(s => s.how === 'read');
  if (read.length === 0) return notes;
  const others = (['bought', 'sent'] as const).map(how => sources.filter(s => s.how === how).length);
  const gaps = read.filter(s => (s.unread ?? []).length > 0);
  const said = gaps.slice(0, MOST_GAPS_SAID).map(
    s =>
      `“${s.title}”${(s.unread ?? [])
        .slice(0, 3)
        .map(g => `${sayShort(g.from)}至${sayShort(g.to)}`)
        .join('、')}${(s.unread ?? []).length > 3 ? '等' : ''}`,
  );
  // “没有发现” is worth as much as the reading behind it: said with every number, zero above all.
  notes.push({
    block: 'note',
    text: `本期覆盖：自己直接读取${read.length}个，其中全程读到${read.length - gaps.length}个${others[0] ? `；购买${others[0]}个` : ''}${others[1] ? `；报送、登记${others[1]}个` : ''}。${gaps.length === 0 ? '' : `以下时段没有读到，没有数字：${said.join('；')}${gaps.length > said.length ? `等${gaps.length}个信源` : ''}。`}`,
  });
  return notes;
}

export function bars(material: BriefMaterial): PaperBlock {
  const { about } = material;
  const found = material.events.filter(e => e.type === 'finding.recorded' && inSpan(e.at, about));
  if (about.kind === 'yearly')
    return {
      block: 'bars',
      rows: Array.from({ length: 12 }, (_, i) => {
        const month = `${about.from.slice(0, 4)}-${String(i + 1).padStart(2, '0')}`;
        return { label: `${i + 1}月`, value: found.filter(e => e.at.startsWith(month)).length };
      }),
    };
  const rows: { label: string; value: number }[] = [];
  for (let day = about.from; day <= about.to; day = addDays(day, 1))
    rows.push({
      label: `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
      value: found.filter(e => e.at.startsWith(day)).length,
    });
  return { block: 'bars', rows };
}

/** What people asked about most, as the desk ranked it in the span. */
export function questions({ events, about }: BriefMaterial): Section[] {
  const list = events.findLast(e => e.type === 'topic-list.made' && inSpan(e.at, about));
  const topics = list?.data['topics'];
  if (!Array.isArray(topics) || topics.length === 0) return [];
  const rows = topics.map((topic, i) => [String(i + 1), String(topic)]);
  return [['群众问得最多的事', [{ block: 'table', heads: ['排序', '问题'], rows }]]];
}

export function caseSections(material: BriefMaterial, names: PaperNames): Section[] {
  const { about } = material;
  const end = addDays(about.to, 1);
  const row = (c: BriefCase): readonly string[] => [
    c.number,
    c.title,
    gradeOf(material, names, c.key, end),
    unitOf(material, names, c.key, end),
    c.closedAt !== undefined && c.closedAt < end
      ? `${sayShort(c.closedAt)}办结`
      : latestOf(material, names, c.key, end),
  ];
  const heads = ['案号', '事项', '等级', '责任单位', '进展'];
  const table = (cases: readonly BriefCase[]): readonly PaperBlock[] =>
    cases.length === 0 ? [] : [{ block: 'table', heads, rows: cases.map(row) }];
  const standing = material.cases.filter(c => c.openedAt < end && !(c.closedAt !== undefined && c.closedAt < end));
  return [
    ['在办案件', table(standing)],
    ['本期办结案件', table(material.cases.filter(c => inSpan(c.closedAt, about)))],
  ];
}
/** The grade that stood at the end of the span, on the rulebook's own scales. */
function gradeOf(material: BriefMaterial, names: PaperNames, key: string, end: string): string {
  const scales = material.rules.flatMap(r => (r.kind === 'grades' ? [r.name] : []));
  const found = scales.flatMap(scale => {
    const set = material.events.findLast(
      e => e.case === key && e.type === 'classification.set' && e.data['scale'] === scale && e.at < end,
    );
    return set ? [sayValue(names, scale, set.data['value'])] : [];
  });
  return found[0] ?? '未定级';
}
function unitOf(material: BriefMaterial, names: PaperNames, key: string, end: string): string {
  const made = material.events.findLast(
    e => e.case === key && e.type === 'assignment.made' && e.data['as'] === 'responsible' && e.at < end,
  );
  return made ? names.unit(String(made.data['to'])) : '未分派';
}
function latestOf(material: BriefMaterial, names: PaperNames, key: string, end: string): string {
  const latest = material.events.findLast(e => e.case === key && e.at < end);
  return latest ? `${sayShort(latest.at)}${names.event(latest.type)}` : '';
}

export function dutySections(material: BriefMaterial, names: PaperNames): Section[] {
  const { about } = material;
  const mine = material.duties.filter(
    d => d.whole !== true && d.dueAt !== null && (about.case === undefined || d.case === about.case),
  );
  const number = (d: ObligationLine): string => material.cases.find(c => c.key === d.case)?.number ?? '—';
  const late = mine.filter(
    d => inSpan(d.dueAt ?? undefined, about) && ['late', 'missed', 'done-late'].includes(d.state),
  );
  const after = { from: addDays(about.to, 1), to: addDays(about.to, about.kind === 'daily' ? 1 : 7) };
  const coming = mine.filter(d => d.state === 'open' && d.case !== undefined && inSpan(d.dueAt ?? undefined, after));
  return [
    [
      '逾期情况',
      late.length === 0
        ? [{ block: 'text', text: '本期没有逾期的职责。' }]
        : [
            {
              block: 'table',
              heads: ['案号', '事项', '责任', '最迟', '情况'],
              rows: late.map(d => [
                number(d),
                dutyName(material, names, d),
                officeOf(names, d),
                sayShort(d.dueAt ?? ''),
                dutyState(d),
              ]),
            },
          ],
    ],
    [
      '即将到期',
      coming.length === 0
        ? []
        : [
            {
              block: 'table',
              heads: ['案号', '事项', '责任', '最迟'],
              rows: coming
                .toSorted((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''))
                .map(d => [number(d), dutyName(material, names, d), officeOf(names, d), sayShort(d.dueAt ?? '')]),
            },
          ],
    ],
  ];
}

export function watchTable(material: BriefMaterial, names: PaperNames): PaperBlock {
  const rounds = material.events.filter(e => e.type === 'watch.done' && inSpan(e.at, material.about));
  return {
    block: 'table',
    heads: ['时间', '值守', '发现（条）'],
    rows:
      rounds.length === 0
        ? [['—', '没有值守记录', '—']]
        : rounds.map(e => [sayShort(e.at), names.office(e.by), String(e.data['found'] ?? 0)]),
  };
}

/** A year tells every case of it from the first day to the last. */
export const chapters = (material: BriefMaterial, names: PaperNames): (readonly [string, readonly PaperBlock[]])[] =>
  material.cases
    .filter(c => inSpan(c.openedAt, material.about))
    .map(c => [`${c.number}　${c.title}`, chronicle(material, names, c.key)]);
