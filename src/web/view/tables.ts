/** Every table of the product as rows with typed columns, in the words of the page: what the export writes. */
import { ledgerRows, LEDGERS, sheetOf, type CellKind, type Ledger, type LedgerRow, type Year } from '#score';
import type { Finding, NoticeRow, SheetTable } from '../ports.ts';
import { obligationLines, type Hall } from '../state.ts';
import { closedWord, eventLabel, type Language, valueLabel, type Words } from '../words/index.ts';
import { caseHeads } from './cases.ts';
import { dutyTitle } from './duties.ts';
import { naming, type Naming } from './naming.ts';
import { unitsIn } from './scores.ts';
import { sentence } from './sentences.ts';

export const TABLE_KEYS = ['log', 'cases', 'duties', 'inbox', 'offices', 'notices', 'scores'] as const;
export type TableKey = (typeof TABLE_KEYS)[number];

export interface TableContext {
  readonly hall: Hall;
  readonly w: Words;
  readonly language: Language;
}
type Cells = readonly (string | number | undefined)[];
type ColumnName = keyof Words['col'];
const columns = (
  w: Words,
  given: readonly (readonly [ColumnName, SheetTable['columns'][number]['type']])[],
): SheetTable['columns'] => given.map(([key, type]) => ({ label: w.col[key], type }));

/** One cell of a ledger in the words of the page. */
export function cellText(
  { w, language }: TableContext,
  names: Naming,
  ledger: Ledger,
  key: string,
  kind: CellKind,
  value: string | number | undefined,
): string | number | undefined {
  if (value === undefined || typeof value === 'number') return value;
  const each = (say: (one: string) => string): string =>
    value
      .split('、')
      .filter(v => v !== '')
      .map(say)
      .join('、');
  switch (kind) {
    case 'unit':
      return each(names.unit);
    case 'body':
      return each(names.body);
    case 'channel':
      return names.channel(value);
    case 'value':
      return closedWord(language, ledger.type ?? '', key, value) ?? valueLabel(language, key, value);
    case 'word':
      return String(w[value as 'levelAsEntered'] ?? value);
    case 'date':
    case 'text':
    case 'number':
    case 'case':
      return value;
  }
}

export function ledgerTable(context: TableContext, ledger: Ledger, rows: readonly LedgerRow[]): SheetTable {
  const { w, hall, language } = context;
  const names = naming(hall, language);
  return {
    title: w.ledgerNames[ledger.key],
    columns: [
      ...ledger.columns.map(c => ({
        label: w.col[c.key as ColumnName],
        type: c.kind === 'date' ? ('date' as const) : c.kind === 'number' ? ('number' as const) : ('text' as const),
      })),
      { label: w.col.entry, type: 'text' as const },
    ],
    rows: rows.map(r => [
      ...ledger.columns.map(c => cellText(context, names, ledger, c.key, c.kind, r.cells[c.key])),
      r.entries
        .map(id => `#${hall.byId.get(id)?.seq ?? id}`)
        .slice(0, 20)
        .join(' '),
    ]),
  };
}
export const allLedgers = (context: TableContext, year: Year, only: number | undefined): readonly SheetTable[] =>
  LEDGERS.map(l => ledgerTable(context, l, ledgerRows(l, year.result, only)));

export function logTable({ hall, w, language }: TableContext): SheetTable {
  const names = naming(hall, language);
  return {
    title: w.tableNames.log,
    columns: columns(w, [
      ['n', 'number'],
      ['at', 'moment'],
      ['recordedAt', 'moment'],
      ['case', 'text'],
      ['office', 'text'],
      ['type', 'text'],
      ['what', 'text'],
    ]),
    rows: hall.events.map((e): Cells => {
      const said = sentence(e, language, names);
      return [e.seq, e.at, e.recordedAt, e.case, names.office(e.by), eventLabel(language, e.type), said.detail];
    }),
  };
}
export function casesTable({ hall, w }: TableContext): SheetTable {
  const instant = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : new Date(at).toISOString();
  return {
    title: w.tableNames.cases,
    columns: columns(w, [
      ['case', 'text'],
      ['title', 'text'],
      ['opened', 'moment'],
      ['closed', 'moment'],
    ]),
    rows: caseHeads(hall, w).map((c): Cells => [c.number, c.title, instant(c.openedAt), instant(c.closedAt)]),
  };
}
export function dutiesTable({ hall, w, language }: TableContext): SheetTable {
  const names = naming(hall, language);
  return {
    title: w.tableNames.duties,
    columns: columns(w, [
      ['clause', 'text'],
      ['duty', 'text'],
      ['case', 'text'],
      ['unit', 'text'],
      ['owner', 'text'],
      ['from', 'moment'],
      ['limit', 'moment'],
      ['done', 'moment'],
      ['state', 'text'],
    ]),
    rows: obligationLines(hall).map((l): Cells => [
      l.clause,
      dutyTitle(hall, language, names, l),
      l.case,
      l.unit === undefined ? undefined : names.unit(l.unit),
      names.officeText(l.role),
      l.startedAt,
      l.dueAt ?? undefined,
      l.doneAt,
      l.state,
    ]),
  };
}
export function inboxTable({ w }: TableContext, findings: readonly Finding[]): SheetTable {
  const instant = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : new Date(at).toISOString();
  return {
    title: w.tableNames.inbox,
    columns: columns(w, [
      ['seen', 'moment'],
      ['on', 'moment'],
      ['outlet', 'text'],
      ['title', 'text'],
      ['what', 'text'],
      ['url', 'text'],
      ['state', 'text'],
      ['case', 'text'],
    ]),
    rows: findings.map((f): Cells => [
      instant(f.seenAt),
      instant(f.publishedAt),
      f.outlet,
      // An empty cell would read as if nothing had been said.
      f.erasedAt === undefined ? f.title : w.titleErased,
      f.erasedAt === undefined ? f.text : w.titleErased,
      f.url,
      f.state,
      f.case,
    ]),
  };
}
export function officesTable({ hall, w, language }: TableContext): SheetTable {
  const names = naming(hall, language);
  return {
    title: w.tableNames.offices,
    columns: columns(w, [
      ['unit', 'text'],
      ['role', 'text'],
      ['holder', 'text'],
      ['from', 'date'],
      ['until', 'date'],
    ]),
    rows: hall.institution.setup.roles.map((r): Cells => [
      names.unit(r.unit),
      names.role(r.role),
      r.holder ?? undefined,
      r.from,
      r.to,
    ]),
  };
}
export function noticesTable({ w }: TableContext, notices: readonly NoticeRow[]): SheetTable {
  return {
    title: w.tableNames.notices,
    columns: columns(w, [
      ['at', 'moment'],
      ['channel', 'text'],
      ['destination', 'text'],
      ['what', 'text'],
      ['fate', 'text'],
    ]),
    rows: notices.map((n): Cells => [
      new Date(n.endedAt ?? n.notBefore).toISOString(),
      n.channel,
      n.destination,
      n.subject,
      [w.noticeState[n.state], n.fault ?? ''].filter(t => t !== '').join(' · '),
    ]),
  };
}
/** One sheet of what each unit has, and one of every entry behind a point. */
export function scoresTables(context: TableContext, year: Year): readonly SheetTable[] {
  const { hall, w, language } = context;
  const names = naming(hall, language);
  const sheets = unitsIn(year).map(unit => sheetOf(year, unit));
  return [
    {
      title: `${w.tableNames.scores} ${year.year}`,
      columns: [
        ...columns(w, [
          ['unit', 'text'],
          ['base', 'text'],
          ['points', 'number'],
          ['veto', 'text'],
        ]),
        { label: w.promptOnTime, type: 'number' },
        { label: w.promptLate, type: 'number' },
        { label: w.ignoredContested, type: 'number' },
      ],
      rows: sheets.map((s): Cells => [
        names.unit(s.unit ?? ''),
        s.scores.map(x => w.scoreBase[x.base]).join('、'),
        s.scores.length === 0 ? undefined : s.scores.reduce((n, x) => n + x.points, 0),
        s.scores.some(x => x.veto) ? w.scoreVeto : undefined,
        s.promptness.reduce((n, p) => n + p.onTime.length, 0),
        s.promptness.reduce((n, p) => n + p.late.length, 0),
        s.ignored.contested,
      ]),
    },
    {
      title: w.pointsTitle,
      columns: columns(w, [
        ['unit', 'text'],
        ['clause', 'text'],
        ['points', 'number'],
        ['entry', 'text'],
        ['on', 'date'],
        ['type', 'text'],
        ['work', 'text'],
      ]),
      rows: sheets.flatMap(s =>
        s.scores.flatMap(x =>
          x.lines.flatMap(l =>
            l.basis.map((id, i): Cells => {
              const e = hall.byId.get(id);
              // The points of a line stand at its first entry: single entries may be worth different points.
              return [
                names.unit(x.unit),
                l.clause,
                i === 0 ? l.points : undefined,
                `#${e?.seq ?? id}`,
                String(e?.data['on'] ?? e?.at.slice(0, 10) ?? ''),
                e === undefined ? undefined : eventLabel(language, e.type),
                String(e?.data['work'] ?? ''),
              ];
            }),
          ),
        ),
      ),
    },
  ];
}
