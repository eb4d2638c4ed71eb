/** Duties as rows of the desk: what is owed, how long is left, which clause says so, and the one thing to do next. */
import type { Office } from '#core/log';
import type { ObligationLine, OpenDuty, Standing, Whose } from '#core/obligations';
import type { DutyRule, Pattern, Rule, Rulebook } from '#core/rulebook';
import { type Hall, keptOf } from '../state.ts';
import { closedWord, eventLabel, type Language, nextText, type Words } from '../words/index.ts';
import { halfOf } from './bilingual.ts';
import { type CaseHead, caseHead, gradeOf } from './cases.ts';
import { type ClauseName, type Naming } from './naming.ts';
import { localName, localStep } from './settled.ts';
import { stepZh } from './steps-zh.ts';
import { reasonOf } from './pressing.ts';
import { dueText, momentText } from './times.ts';
import { isMine, type Scope, whoseOf } from './whose.ts';

export type Tone = 'near' | 'far' | 'soft' | 'late' | 'missed' | 'done';
export interface DutyRow {
  readonly id: string;
  /** What the line was written from, where the row came from the index. */
  readonly row?: OpenDuty['row'];
  readonly line: ObligationLine;
  readonly title: string;
  readonly clause: ClauseName;
  readonly tone: Tone;
  /** Share of the limit that is left, 0 to 100. */
  readonly share: number;
  readonly dueAt?: number;
  /** The last safe moment to move, where it is earlier than the due time. */
  readonly moveBy?: number;
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
  /** Ids of rows that this one speaks for as well. */
  readonly also?: readonly string[];
}
export interface NextStep {
  readonly type: string;
  readonly text: string;
  readonly label: string;
  readonly href: string;
}

const NEAR_SECONDS = 2 * 3600;
const CHINESE = /[\u3400-\u9fff]/;

/** A duty by its name and the clause it stands under. */
export interface DutyName {
  readonly duty: string;
  readonly clause: string;
}
const byName = new WeakMap<Rulebook, ReadonlyMap<string, readonly Rule[]>>();
function rulesNamed(rulebook: Rulebook, name: string): readonly Rule[] {
  const known = byName.get(rulebook);
  if (known) return known.get(name) ?? [];
  const made = new Map<string, Rule[]>();
  for (const rule of rulebook.rules) if ('name' in rule) made.set(rule.name, [...(made.get(rule.name) ?? []), rule]);
  byName.set(rulebook, made);
  return made.get(name) ?? [];
}
export function ruleOf(hall: Hall, line: DutyName): Rule | undefined {
  const named = rulesNamed(hall.rulebook, line.duty);
  return named.find(r => r.clauses.includes(line.clause)) ?? named[0];
}

/** The patterns whose facts would meet a duty. */
export function patternsOf(rule: Rule | undefined, line: DutyName): readonly Pattern[] {
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

export function dutyTitle(hall: Hall, language: Language, naming: Naming, line: DutyName): string {
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

/** What pages and addresses call one duty. */
export const rowId = (line: ObligationLine): string =>
  [line.clause, line.case, line.unit, line.startedAt.slice(0, 16)]
    .filter(Boolean)
    .join('_')
    .replaceAll(/[^\w.-]/g, '-');

export function dutyRow(
  hall: Hall,
  w: Words,
  language: Language,
  names: Naming,
  heads: Heads,
  line: ObligationLine,
  safe?: number,
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
            : Math.min(left, ((safe ?? Infinity) - now) / 1000) <= NEAR_SECONDS
              ? 'near'
              : 'far';
  return {
    id: rowId(line),
    line,
    title: dutyTitle(hall, language, names, line),
    clause: names.clause(line.clause),
    tone,
    share: dueAt === undefined ? 100 : Math.max(0, Math.min(100, ((dueAt - now) / whole) * 100)),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(safe !== undefined && dueAt !== undefined && safe < dueAt ? { moveBy: safe } : {}),
    ...(left === undefined ? {} : { left }),
    elapsed: Math.max(0, Math.floor((now - started) / 1000)),
    due: dueAt === undefined ? w.elapsedFrom(from) : w.dueAt(dueText(language, dueAt, line.dueOn, now)),
    anchor: anchor === undefined ? '' : w.countedFrom(anchorText(w, language, anchor), from),
    ...(line.unit === undefined ? {} : { forUnit: names.unit(line.unit) }),
    owedBy: names.officeText(line.role),
    ...(head ? { case: head } : {}),
    ...(grade ? { bars: { bars: grade.bars, text: names.value(grade.scale, grade.value) } } : {}),
    steps: [
      ...(language === 'zh' ? line.steps.map(s => stepZh(s, names).text) : line.steps),
      ...localNames(hall, line).map(name => localStep(hall, w, localName({ hall, language }, name), name)),
    ],
    next: nextStep(hall, language, line),
    asksWhy: (tone === 'late' || tone === 'missed') && reasonOf(hall, line) === undefined,
  };
}

/** Figures of the house's own that a due time or a target rests on. */
function localNames(hall: Hall, line: ObligationLine): readonly string[] {
  if (line.dueBasis !== 'local' && !line.local) return [];
  const rule = ruleOf(hall, line);
  return rule?.kind === 'duty' && rule.local !== undefined ? [rule.local] : [];
}

/** Heads of cases by key, each read when it is asked for. */
export type Heads = Pick<ReadonlyMap<string, CaseHead>, 'get'>;
export const headsByKey = (hall: Hall, w: Words): Heads => ({ get: key => caseHead(hall, w, key) });

export interface Board {
  readonly limited: readonly DutyRow[];
  readonly soft: readonly DutyRow[];
  readonly late: readonly DutyRow[];
  readonly missed: readonly DutyRow[];
  /** Owed by others, not by this office. */
  readonly waiting: readonly DutyRow[];
  readonly counts: Readonly<Record<Standing | 'waiting', number>>;
}
export interface BoardOptions {
  readonly office: Office | undefined;
  readonly scope: Scope;
  /** Rows of each list at most; how many there are altogether stands in the counts. */
  readonly most: number;
  /** Where a later page of the lists begins. */
  readonly from?: number;
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
    return units.length < 2 ? first : { ...first, forUnit: units.join('、'), also: same.slice(1).map(r => r.id) };
  });
}
/** What is owed in one standing, from the first on, as rows. */
export function rowsOf(
  hall: Hall,
  w: Words,
  language: Language,
  names: Naming,
  duties: readonly OpenDuty[],
): readonly DutyRow[] {
  const { live } = keptOf(hall);
  const heads = headsByKey(hall, w);
  return duties.map(d => ({ ...dutyRow(hall, w, language, names, heads, live.lineOf(d.row), d.moveBy), row: d.row }));
}
/** What a case owes, the first due first; what has no due time last. */
export function openRowsOfCase(
  hall: Hall,
  w: Words,
  language: Language,
  names: Naming,
  key: string,
  most = Infinity,
): readonly DutyRow[] {
  const own = keptOf(hall).duties.ofCase(key);
  const due = (d: OpenDuty): number => d.row.due.at ?? Infinity;
  return rowsOf(
    hall,
    w,
    language,
    names,
    own
      .filter(d => d.standing !== 'missed')
      .toSorted((a, b) => due(a) - due(b))
      .slice(0, most),
  );
}
const MOST_MISSED = 12;
const MOST_WAITING = 8;
/** Beyond this nobody counts rows that belong together as one. */
const COUNTED_ONE_BY_ONE = 400;

/** Everything owed now in the order of the last safe moment to move. Parts are listed, their sums are not. */
export function board(hall: Hall, w: Words, language: Language, names: Naming, options: BoardOptions): Board {
  const { duties } = keptOf(hall);
  const { office, scope, most, from = 0 } = options;
  const whose = whoseOf(hall, office, scope);
  const others: Whose = office ? owed => !isMine(hall, owed, office) : () => false;
  const rows = (standing: Standing, of: Whose, limit: number): readonly DutyRow[] =>
    rowsOf(hall, w, language, names, duties.list(standing, of, limit));
  const page = (standing: Standing): readonly DutyRow[] =>
    rowsOf(hall, w, language, names, duties.list(standing, whose, most, from));
  const counts = countsOf(hall, whose);
  return {
    limited: page('limited'),
    soft:
      from > 0 || counts.soft > COUNTED_ONE_BY_ONE
        ? page('soft')
        : grouped(rows('soft', whose, duties.count('soft', whose))).slice(0, most),
    late: page('late'),
    missed: rows('missed', whose, MOST_MISSED),
    waiting: [...rows('late', others, MOST_WAITING), ...rows('limited', others, MOST_WAITING)].slice(0, MOST_WAITING),
    counts: { ...counts, waiting: duties.count('late', others) + duties.count('limited', others) },
  };
}
/** How much is owed; a soft duty towards several units at once counts once. */
export function countsOf(hall: Hall, whose: Whose): Readonly<Record<Standing, number>> {
  const { duties } = keptOf(hall);
  const soft = duties.count('soft', whose);
  const one = ({ row }: OpenDuty): string => [row.clause, row.name, row.case ?? '', row.role].join('|');
  return {
    limited: duties.count('limited', whose),
    soft: soft > COUNTED_ONE_BY_ONE ? soft : new Set(duties.list('soft', whose, soft).map(one)).size,
    late: duties.count('late', whose),
    missed: duties.count('missed', whose),
  };
}
/** The one to do first: what must be moved within two hours, else what became late last, else the next due. */
export function firstDuty(hall: Hall, whose: Whose): OpenDuty | undefined {
  const { duties } = keptOf(hall);
  const [next] = duties.list('limited', whose, 1);
  if (next && (next.moveBy ?? Infinity) - hall.now <= NEAR_SECONDS * 1000) return next;
  return duties.list('late', whose, 1)[0] ?? next;
}
