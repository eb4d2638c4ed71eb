/** Duties as rows of the desk: what is owed, how long is left, which clause says so, and the one thing to do next. */
import type { Office } from '#core/log';
import type { ObligationLine } from '#core/obligations';
import type { DutyRule, Pattern, Rule } from '#core/rulebook';
import type { Hall } from '../state.ts';
import { closedWord, eventLabel, type Language, nextText, type Words } from '../words/index.ts';
import { halfOf } from './bilingual.ts';
import { type CaseHead, caseHeads, gradeOf } from './cases.ts';
import { type ClauseName, type Naming } from './naming.ts';
import { stepZh } from './steps-zh.ts';
import { reasonOf } from './pressing.ts';
import { dueText, momentText } from './times.ts';

export type Tone = 'near' | 'far' | 'soft' | 'late' | 'missed' | 'done';
export interface DutyRow {
  readonly id: string;
  readonly line: ObligationLine;
  readonly title: string;
  readonly clause: ClauseName;
  readonly tone: Tone;
  /** Share of the limit that is left, 0 to 100. */
  readonly share: number;
  readonly dueAt?: number;
  /** Seconds to the due time; negative when late. Absent without a limit. */
  readonly left?: number;
  readonly elapsed: number;
  readonly due: string;
  readonly anchor: string;
  readonly forUnit?: string;
  readonly owedBy: string;
  readonly case?: CaseHead;
  readonly bars?: { readonly bars: number; readonly text: string };
  /** The arithmetic, one step a line. */
  readonly steps: readonly string[];
  readonly next: NextStep;
  /** Whether a reason is asked for: late or missed, and none written since. */
  readonly asksWhy: boolean;
}
export interface NextStep {
  readonly type: string;
  readonly text: string;
  readonly label: string;
  readonly href: string;
}

const NEAR_SECONDS = 2 * 3600;
const CHINESE = /[\u3400-\u9fff]/;

export function ruleOf(hall: Hall, line: ObligationLine): Rule | undefined {
  const named = hall.rulebook.rules.filter(r => 'name' in r && r.name === line.duty);
  return named.find(r => r.clauses.includes(line.clause)) ?? named[0];
}

/** The patterns whose facts would meet a duty. */
export function patternsOf(rule: Rule | undefined, line: ObligationLine): readonly Pattern[] {
  if (!rule) return [];
  switch (rule.kind) {
    case 'duty':
      return rule.done.patterns;
    case 'rota':
      return [rule.rounds.find(r => r.clause === line.clause)?.done ?? rule.done];
    case 'approval':
      return rule.inside?.endsWith ? [rule.inside.endsWith] : [{ on: 'event', type: 'signature.given', tests: [] }];
    case 'form':
      return [rule.filledBy];
    case 'retention':
      return [{ on: 'event', type: rule.what === 'bundle' ? 'archive.bundled' : 'evaluation.written', tests: [] }];
    case 'quota':
      return rule.count;
    case 'risk':
      return rule.done ? [rule.done] : [{ on: 'event', type: 'risk.reviewed', tests: [] }];
    default:
      return [];
  }
}

/** What is done, as a short phrase: the event's own word and the values that the rule asks for. */
export function patternPhrase(language: Language, naming: Naming, pattern: Pattern): string {
  if (pattern.on !== 'event') return pattern.on === 'case-opening' ? eventLabel(language, 'case.opened') : '';
  const wanted = pattern.tests
    .filter(t => t.op === 'is' && !(t.field[0] === 'scale' && pattern.tests.some(o => o.field[0] === 'value')))
    .map(t =>
      t.values
        .map(
          v =>
            (t.field[0] === 'scale' ? naming.scale(v) : undefined) ??
            closedWord(language, pattern.type, t.field[0] ?? '', v) ??
            naming.value('', v),
        )
        .join(' / '),
    )
    .filter(text => text !== eventLabel(language, pattern.type));
  return `${eventLabel(language, pattern.type)}${wanted.length > 0 ? (language === 'zh' ? `（${wanted.join('，')}）` : ` (${wanted.join(', ')})`) : ''}`;
}

export function dutyTitle(hall: Hall, language: Language, naming: Naming, line: ObligationLine): string {
  const rule = ruleOf(hall, line);
  const must = rule?.kind === 'duty' ? halfOf(language, rule.must) : undefined;
  if (must !== undefined && (language === 'en' || CHINESE.test(must)))
    return must.slice(0, 1).toUpperCase() + must.slice(1);
  if (rule?.kind === 'approval')
    return language === 'zh' ? `${naming.form(rule.covers['form']?.[0] ?? '')}会签` : `Signatures: ${rule.name}`;
  const said = patternsOf(rule, line)
    .map(p => patternPhrase(language, naming, p))
    .filter(p => p !== '');
  if (said.length > 0) return said.join(language === 'zh' ? '、' : ', ');
  return line.duty.replaceAll('-', ' ');
}

/** Whether a fact of the case meets the pattern already, as far as a screen needs to know. */
function happened(hall: Hall, line: ObligationLine, pattern: Pattern): boolean {
  if (pattern.on !== 'event' || line.case === undefined) return false;
  const since = Date.parse(line.startedAt);
  return (hall.byCase.get(line.case) ?? []).some(
    e =>
      e.type === pattern.type &&
      Date.parse(e.at) >= since &&
      pattern.tests.every(t => {
        const value = e.data[t.field[0] ?? ''];
        const has = (Array.isArray(value) ? value : [value]).some(v => t.values.includes(String(v)));
        return t.op === 'is' ? has : !has;
      }),
  );
}

/** Types that have a page of their own; all others have the form that fits their fields. */
function hrefOf(line: ObligationLine, type: string, rule: DutyRule | undefined, pattern: Pattern | undefined): string {
  const inCase = line.case === undefined ? '' : `/cases/${line.case}`;
  if (type === 'watch.done') return '/watch';
  if (type === 'zero-report.filed') return `/briefs/brief-zero-${line.startedAt.slice(0, 10)}`;
  if (type === 'brief.issued') return '/briefs';
  if (inCase !== '' && ['publication.made', 'draft.written', 'signature.given', 'handover.made'].includes(type))
    return `${inCase}/reply`;
  if (type === 'case.opened' && inCase === '') return '/inbox';
  const query = new URLSearchParams({ duty: line.clause });
  if (pattern?.on === 'event')
    for (const test of pattern.tests)
      if (test.op === 'is' && test.field.length === 1) query.set(test.field[0] ?? '', test.values[0] ?? '');
  if (line.unit !== undefined) query.set('unit', line.unit);
  for (const to of rule?.to ?? []) query.append('to', to);
  return `${inCase}/do/${type}?${query}`;
}

export function nextStep(hall: Hall, language: Language, line: ObligationLine): NextStep {
  const rule = ruleOf(hall, line);
  const patterns = patternsOf(rule, line);
  const open = patterns.find(p => p.on === 'event' && !happened(hall, line, p)) ?? patterns[0];
  const type = open?.on === 'event' ? open.type : 'handling.entered';
  return {
    type,
    text: nextText(language, type),
    label: eventLabel(language, type),
    href: hrefOf(line, type, rule?.kind === 'duty' ? rule : undefined, open),
  };
}

/** The name of the anchor inside the first step of the arithmetic: `counted from discovery 2026-…`. */
export function anchorOf(line: ObligationLine): string | undefined {
  return /^counted from ([\w. -]+?) \d{4}-/.exec(line.steps[0] ?? '')?.[1];
}
export function anchorText(w: Words, language: Language, name: string): string {
  const known: Readonly<Record<string, string>> = w.anchors;
  return known[name] ?? eventLabel(language, name.replace(/^(first|last) /, ''));
}

export function dutyRow(
  hall: Hall,
  w: Words,
  language: Language,
  names: Naming,
  heads: ReadonlyMap<string, CaseHead>,
  line: ObligationLine,
): DutyRow {
  const { now } = hall;
  const started = Date.parse(line.startedAt);
  const dueAt = line.dueAt === null ? undefined : Date.parse(line.dueAt);
  const left = dueAt === undefined ? undefined : Math.floor((dueAt - now) / 1000);
  const whole = dueAt === undefined ? 0 : Math.max(1, dueAt - started);
  const head = line.case === undefined ? undefined : heads.get(line.case);
  const grade = head && gradeOf(hall, head);
  const anchor = anchorOf(line);
  const from = momentText(language, started, now);
  const tone: Tone =
    line.state === 'missed'
      ? 'missed'
      : line.state === 'done' || line.state === 'done-late' || line.state === 'lifted' || line.state === 'replaced'
        ? 'done'
        : left === undefined
          ? 'soft'
          : left < 0
            ? 'late'
            : left <= NEAR_SECONDS
              ? 'near'
              : 'far';
  return {
    id: [line.clause, line.case, line.unit, line.startedAt.slice(0, 16)]
      .filter(Boolean)
      .join('_')
      .replaceAll(/[^\w.-]/g, '-'),
    line,
    title: dutyTitle(hall, language, names, line),
    clause: names.clause(line.clause),
    tone,
    share: dueAt === undefined ? 100 : Math.max(0, Math.min(100, ((dueAt - now) / whole) * 100)),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(left === undefined ? {} : { left }),
    elapsed: Math.max(0, Math.floor((now - started) / 1000)),
    due: dueAt === undefined ? w.elapsedFrom(from) : w.dueAt(dueText(language, dueAt, line.dueOn, now)),
    anchor: anchor === undefined ? '' : w.countedFrom(anchorText(w, language, anchor), from),
    ...(line.unit === undefined ? {} : { forUnit: names.unit(line.unit) }),
    owedBy: names.officeText(line.role),
    ...(head ? { case: head } : {}),
    ...(grade ? { bars: { bars: grade.bars, text: names.value(grade.scale, grade.value) } } : {}),
    steps: language === 'zh' ? line.steps.map(s => stepZh(s, names).text) : line.steps,
    next: nextStep(hall, language, line),
    asksWhy: (tone === 'late' || tone === 'missed') && reasonOf(hall, line) === undefined,
  };
}

export function headsByKey(hall: Hall, w: Words): ReadonlyMap<string, CaseHead> {
  return new Map(caseHeads(hall, w).map(c => [c.key, c]));
}

/** Whether an office sees a duty as its own: it owes it, its unit does, or it is the office of the body that does. */
export function isMine(hall: Hall, line: ObligationLine, office: Office): boolean {
  const [first = '', second] = line.role.split('/');
  const { org } = hall.book;
  if (second !== undefined)
    return (first === office.unit && second === office.role) || org.within(office.unit, first) || first === office.unit;
  if (org.isUnit(first)) return org.within(office.unit, first);
  return (
    first === office.role &&
    (line.unit === undefined ||
      !org.isUnit(line.unit) ||
      office.unit === line.unit ||
      !org.unitsWithRole(first).includes(line.unit))
  );
}

export interface Board {
  readonly limited: readonly DutyRow[];
  readonly soft: readonly DutyRow[];
  readonly late: readonly DutyRow[];
  readonly missed: readonly DutyRow[];
  /** Owed by others, not by this office. */
  readonly waiting: readonly DutyRow[];
}

/** One thing owed to several units at once is one row that names them. */
function grouped(rows: readonly DutyRow[]): DutyRow[] {
  const byDuty = new Map<string, DutyRow[]>();
  for (const row of rows) {
    const key = [row.line.clause, row.line.duty, row.line.case ?? '', row.line.role].join('|');
    byDuty.set(key, [...(byDuty.get(key) ?? []), row]);
  }
  return [...byDuty.values()].map(same => {
    const [first] = same as [DutyRow];
    const units = [...new Set(same.flatMap(r => r.forUnit ?? []))];
    return units.length < 2 ? first : { ...first, forUnit: units.join('、') };
  });
}
/** A word such as "promptly" before no word at all; inside cases before the institution's own rounds; the longest first. */
function bySoftness(a: DutyRow, b: DutyRow): number {
  const weight = (r: DutyRow): number => (r.line.term === undefined ? 1 : 0) + (r.case ? 0 : 2);
  return weight(a) - weight(b) || b.elapsed - a.elapsed;
}

/** Everything owed now, most urgent first; `office` absent = by anybody. Parts are listed, their sums are not. */
export function board(hall: Hall, w: Words, language: Language, names: Naming, office: Office | undefined): Board {
  const heads = headsByKey(hall, w);
  const open = hall.lines.filter(
    (l): l is ObligationLine =>
      l.line === 'obligation' && !l.whole && (l.state === 'open' || l.state === 'late' || l.state === 'missed'),
  );
  const mine = office ? open.filter(l => isMine(hall, l, office)) : open;
  const others = office ? open.filter(l => l.state !== 'missed' && !isMine(hall, l, office)) : [];
  const rows = (lines: readonly ObligationLine[]): DutyRow[] =>
    lines.map(l => dutyRow(hall, w, language, names, heads, l));
  const byDue = (a: DutyRow, b: DutyRow): number =>
    (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || b.elapsed - a.elapsed;
  const all = rows(mine).sort(byDue);
  return {
    limited: all.filter(r => r.tone === 'near' || r.tone === 'far'),
    soft: grouped(all.filter(r => r.tone === 'soft')).sort(bySoftness),
    late: all.filter(r => r.tone === 'late'),
    missed: all
      .filter(r => r.tone === 'missed')
      .reverse()
      .slice(0, 12),
    waiting: rows(others).sort(byDue).slice(0, 8),
  };
}
