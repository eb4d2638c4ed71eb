/** The brief as the log drafts it: an opening in words, figures beside the span before, cases, duties, what is due next. */
import type { PaperBlock } from '#core/paper';
import type { PaperNames } from '../names.ts';
import { sayDay, sayMoment, sayShort } from '../say.ts';
import { chronicle } from './chronicle.ts';
import { type Figure, figuresOf } from './figures.ts';
import { saySpan } from './kinds.ts';
import type { BriefCase, BriefMaterial } from './material.ts';
import {
  bars,
  caseSections,
  chapters,
  comparedFigures,
  dutySections,
  plainFigures,
  questions,
  type Section,
  sourceNotes,
  watchTable,
} from './sections.ts';
import { type BriefText, writeText } from './text.ts';

/** Headings of the sections that the office writes itself; the rest follows from the log. */
export const OPENING = '综述';
export const NEXT = '下一步工作';

/** What the office wrote; absent = as the log drafts it. */
export interface OwnWords {
  readonly opening?: string;
  readonly next?: string;
}

export interface DraftedBrief {
  /** What is kept in the log and signed. */
  readonly text: BriefText;
  /** Tables too long for one entry: made again for every print, and held to the digest that stands in the text. */
  readonly annex?: readonly PaperBlock[];
}

/** An entry holds 20,000 characters; own words and figures need the rest of it. */
const LONGEST_TABLES = 12_000;
const ANNEX = '附件';

export function draftBrief(
  material: BriefMaterial,
  names: PaperNames,
  own: OwnWords,
  hash: (text: string) => string,
): DraftedBrief {
  const { about } = material;
  const about1 = about.case === undefined ? undefined : material.cases.find(c => c.key === about.case);
  const figures = figuresOf(material, names, about);
  const first: Section[] = [
    [OPENING, [...paragraphs(own.opening ?? openingOf(material, names, figures, about1)), ...unfinished(material)]],
  ];
  const tables: Section[] = [];
  if (about.kind === 'issue')
    return {
      text: { title: titleOf(material, about1), blocks: paragraphs(own.opening ?? issueText(material, about1)) },
    };
  if (about.kind === 'zero') first.push(['值守', [watchTable(material, names), ...sourceNotes(material)]]);
  else {
    const counted = about1 ? plainFigures(figures) : comparedFigures(material, names, figures);
    first.push(['数字', [...counted, ...sourceNotes(material)]]);
    if (about.kind === 'weekly' || about.kind === 'monthly') first.push(['每日发现信息', [bars(material)]]);
    if (about.kind === 'yearly') first.push(['每月发现信息', [bars(material)]]);
    if (about1) tables.push(['经过', chronicle(material, names, about1.key)]);
    else tables.push(...questions(material), ...caseSections(material, names));
    tables.push(...dutySections(material, names));
    if (about.kind === 'yearly') tables.push(...chapters(material, names));
  }
  const last: Section[] = own.next === undefined || own.next === '' ? [] : [[NEXT, paragraphs(own.next)]];
  const filled = tables.filter(([, blocks]) => blocks.length > 0);
  const title = titleOf(material, about1);
  const annex = numbered(filled);
  const annexText = writeText({ title: ANNEX, blocks: annex });
  if (annexText.length <= LONGEST_TABLES) return { text: { title, blocks: numbered([...first, ...filled, ...last]) } };
  const note: PaperBlock = { block: 'note', text: `${ANNEX}：表 ${filled.length} 种，指纹 ${hash(annexText)}。` };
  return { text: { title, blocks: [...numbered([...first, ...last]), note] }, annex };
}

/** The digest of the annex that a kept wording names. */
export function annexHash({ blocks }: BriefText): string | undefined {
  const last = blocks.at(-1);
  return last?.block === 'note' ? /^附件：.*指纹 (sha256:[0-9a-f]{64})。$/.exec(last.text)?.[1] : undefined;
}

function titleOf({ about }: BriefMaterial, about1: BriefCase | undefined): string {
  if (about1) return about.kind === 'issue' ? about1.title : `关于“${about1.title}”的情况`;
  return about.kind === 'zero' ? `${saySpan(about)}零报告` : `${saySpan(about)}舆情情况`;
}
const numbered = (sections: readonly Section[]): readonly PaperBlock[] =>
  sections.flatMap(([heading, blocks], i) => [
    { block: 'heading' as const, text: `${ordinal(i + 1)}、${heading}` },
    ...blocks,
  ]);

/** What the log can say of a matter by itself; the rest is for the editor to write. */
function issueText({ events }: BriefMaterial, about: BriefCase | undefined): string {
  const own = events.filter(e => e.case === about?.key);
  const words = own.flatMap(e =>
    ['information.arose', 'incident.occurred', 'measure.taken', 'handling.entered', 'handling.finished'].includes(
      e.type,
    )
      ? [`${sayMoment(e.at)}，${String(e.data['what'])}。`]
      : [],
  );
  return words.length > 0 ? words.join('\n') : `${about?.title ?? ''}。`;
}

/** A span that is still running gives figures that will grow. */
const unfinished = ({ about, now }: BriefMaterial): readonly PaperBlock[] =>
  about.case === undefined && now.slice(0, 10) <= about.to
    ? [{ block: 'note', text: `期间未满，数字截至${sayMoment(now)}。` }]
    : [];

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const ordinal = (n: number): string =>
  n > 99
    ? String(n)
    : n < 10
      ? (DIGITS[n] ?? '')
      : `${n < 20 ? '' : DIGITS[Math.floor(n / 10)]}十${n % 10 === 0 ? '' : DIGITS[n % 10]}`;
const paragraphs = (text: string): readonly PaperBlock[] =>
  text
    .split('\n')
    .filter(l => l.trim() !== '')
    .map(line => ({ block: 'text', text: line.trim() }));

/** The opening that the figures write by themselves. */
function openingOf(
  material: BriefMaterial,
  names: PaperNames,
  figures: readonly Figure[],
  about: BriefCase | undefined,
): string {
  const n = (key: string): number => figures.find(f => f.key === key)?.behind.length ?? 0;
  const span = saySpan(material.about);
  if (about) {
    const latest = material.events.findLast(e => e.case === about.key);
    return `现将${about.number}“${about.title}”有关情况专报如下。该案${sayDay(about.openedAt)}立案，${about.closedAt === undefined ? '尚未办结' : `${sayDay(about.closedAt)}办结`}${latest ? `，最近一次进展为${sayShort(latest.at)}“${names.event(latest.type)}”` : ''}。`;
  }
  const found = n('findings');
  if (material.about.kind === 'zero')
    return found === 0
      ? `${span}，值守 ${n('watch')} 次，未发现涉及本单位的舆情。`
      : `${span}，值守 ${n('watch')} 次，发现涉及本单位的信息 ${found} 条。`;
  const late = figures.find(f => f.key === 'late')?.behind ?? [];
  return [
    found === 0
      ? `${span}，值守 ${n('watch')} 次，未发现涉及本单位的信息；`
      : `${span}，发现涉及本单位的信息 ${found} 条，其中负面 ${n('negative')} 条；`,
    `新立案件 ${n('opened')} 件，办结 ${n('closed')} 件，期末在办 ${n('standing')} 件。`,
    `到期职责按时办理 ${n('on-time')} 项，逾期办结 ${n('late-done')} 项，逾期未办 ${late.length} 项${
      late.length === 0
        ? ''
        : `（${late
            .slice(0, 3)
            .map(b => b.text)
            .join('；')}${late.length > 3 ? '等' : ''}）`
    }。`,
    n('answers') === 0 ? '' : `公开发布 ${n('answers')} 条。`,
  ].join('');
}
