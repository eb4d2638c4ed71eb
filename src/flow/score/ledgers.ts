/**
 * Ledgers as projections of the log: coverage with outlet levels, issues and adoptions, awards, praise, own channels, training,
 * commitments. A row is an entry (or counts several) and says which; corrected entries are not in it, they are in the log.
 */
import { dateOfDay, dayOfInstant } from '#core/calendar';
import type { HuiyinEvent } from '#core/log';
import type { Replay } from '#core/obligations';
import { commitmentsIn } from './commitments.ts';

export type Cell = string | number | undefined;
/** What a cell holds, so that a page knows its words and a workbook its type. */
export type CellKind = 'date' | 'text' | 'number' | 'unit' | 'body' | 'value' | 'channel' | 'case' | 'word';
export interface Column {
  readonly key: string;
  readonly kind: CellKind;
  /** A field of the entry's type: what an import may fill. */
  readonly field?: string;
}
export interface LedgerRow {
  /** The date it counts for. */
  readonly on: string;
  readonly cells: Readonly<Record<string, Cell>>;
  /** The entries behind it, the first of them its own. */
  readonly entries: readonly string[];
}
export interface Ledger {
  readonly key: LedgerKey;
  /** The type of a row's entry; absent where rows are counted from others. */
  readonly type?: string;
  readonly columns: readonly Column[];
  readonly rows: (result: Replay) => readonly LedgerRow[];
}
export const LEDGER_KEYS = [
  'coverage',
  'submissions',
  'adoptions',
  'awards',
  'praise',
  'channels',
  'training',
  'commitments',
] as const;
export type LedgerKey = (typeof LEDGER_KEYS)[number];

const text = (event: HuiyinEvent, name: string): string | undefined => {
  const value = event.data[name];
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? value.map(String).join('、') : String(value);
};
const dateOf = (event: HuiyinEvent): string =>
  event.type === 'coverage.entered' || event.type === 'training.planned'
    ? String(event.data['on'])
    : event.at.slice(0, 10);
const of = (result: Replay, ...types: readonly string[]): HuiyinEvent[] =>
  types.flatMap(t => result.events.of(t).map(f => f.event));

/** Rows of entries of one type, each column a field of it unless said otherwise. */
const plain = (
  key: LedgerKey,
  type: string,
  columns: readonly Column[],
  more: (result: Replay) => (event: HuiyinEvent) => Readonly<Record<string, Cell>> = () => () => ({}),
): Ledger => ({
  key,
  type,
  columns,
  rows: result => {
    const rest = more(result);
    return of(result, type).map(e => ({
      on: dateOf(e),
      cells: {
        ...Object.fromEntries(columns.map(c => [c.key, c.field === undefined ? undefined : text(e, c.field)])),
        on: dateOf(e),
        ...rest(e),
      },
      entries: [e.id],
    }));
  },
});
const ON: Column = { key: 'on', kind: 'date', field: 'on' };
const UNIT: Column = { key: 'unit', kind: 'unit', field: 'unit' };
const WORK: Column = { key: 'work', kind: 'text', field: 'work' };

const coverage = plain(
  'coverage',
  'coverage.entered',
  [
    ON,
    UNIT,
    WORK,
    { key: 'outlet', kind: 'text', field: 'outlet' },
    { key: 'level', kind: 'value', field: 'level' },
    { key: 'levelBy', kind: 'word' },
  ],
  result => e => {
    const entered = String(e.data['level']);
    const level = result.levelOf(e.id) ?? entered;
    return {
      level,
      levelBy: entered !== 'unknown' ? 'levelAsEntered' : level === 'unknown' ? 'levelUnknown' : 'levelByTable',
    };
  },
);

const submissions = plain(
  'submissions',
  'submission.entered',
  [
    ON,
    UNIT,
    { key: 'issue', kind: 'text', field: 'issue' },
    { key: 'to', kind: 'body', field: 'to' },
    { key: 'adoptedBy', kind: 'body' },
  ],
  result => e => ({
    adoptedBy: of(result, 'adoption.entered')
      .filter(a => a.data['issue'] === e.data['issue'])
      .map(a => text(a, 'by'))
      .join('、'),
  }),
);

/** Items of own channels by month: a rhythm is judged by day, a ledger is read by month. */
const channels: Ledger = {
  key: 'channels',
  columns: [
    { key: 'month', kind: 'text' },
    { key: 'channel', kind: 'channel' },
    { key: 'items', kind: 'number' },
    { key: 'original', kind: 'number' },
    { key: 'withdrawn', kind: 'number' },
  ],
  rows: result => {
    const withdrawn = new Set(of(result, 'publication.withdrawn').map(e => String(e.data['publication'])));
    const groups = Map.groupBy(of(result, 'publication.made'), e => `${e.at.slice(0, 7)} ${String(e.data['channel'])}`);
    return [...groups].map(([key, items]) => {
      const [month = '', channel = ''] = key.split(' ');
      return {
        on: `${month}-01`,
        cells: {
          month,
          channel,
          items: items.length,
          original: items.filter(e => e.data['original'] === true).length,
          withdrawn: items.filter(e => withdrawn.has(e.id)).length,
        },
        entries: items.map(e => e.id),
      };
    });
  },
};

const STATES: Readonly<Record<string, string>> = {
  'training.planned': 'trainingPlanned',
  'training.held': 'trainingHeld',
  'learning.recorded': 'trainingRead',
};
const training: Ledger = {
  key: 'training',
  type: 'training.held',
  columns: [
    ON,
    { key: 'topic', kind: 'text', field: 'topic' },
    { key: 'unit', kind: 'unit', field: 'units' },
    { key: 'attended', kind: 'number', field: 'attended' },
    { key: 'state', kind: 'word' },
  ],
  rows: result =>
    of(result, ...Object.keys(STATES)).map(e => ({
      on: dateOf(e),
      cells: {
        on: dateOf(e),
        topic: text(e, 'topic'),
        unit: text(e, 'units') ?? text(e, 'for') ?? text(e, 'unit') ?? e.by.unit,
        attended: typeof e.data['attended'] === 'number' ? e.data['attended'] : undefined,
        state: STATES[e.type],
      },
      entries: [e.id],
    })),
};

/** What ends a commitment: the matter was handled, or a later answer in the same case says how it ended. */
const ENDS: ReadonlySet<string> = new Set(['handling.finished', 'track.finished']);
const commitments: Ledger = {
  key: 'commitments',
  columns: [
    ON,
    { key: 'case', kind: 'case' },
    { key: 'unit', kind: 'unit' },
    { key: 'promise', kind: 'text' },
    { key: 'due', kind: 'date' },
    { key: 'done', kind: 'date' },
  ],
  rows: result => {
    const drafts = new Map(
      of(result, 'draft.written').map(e => [`${String(e.data['document'])} ${String(e.data['textHash'])}`, e]),
    );
    return of(result, 'publication.made').flatMap(e => {
      const draft = drafts.get(`${String(e.data['document'])} ${String(e.data['textHash'])}`);
      const said = commitmentsIn(String(draft?.data['text'] ?? ''), e.at.slice(0, 10));
      if (said.length === 0) return [];
      const end = result.events.all
        .filter(f => f.event.case !== undefined && f.event.case === e.case && f.event.at > e.at)
        .find(f => ENDS.has(f.type) || (f.type === 'publication.made' && f.data['kind'] === 'final'));
      return said.map(c => ({
        on: e.at.slice(0, 10),
        cells: {
          on: e.at.slice(0, 10),
          case: e.case,
          unit: text(e, 'forUnit') ?? text(e, 'speakerUnit'),
          promise: c.says,
          due: c.due,
          done: end?.event.at.slice(0, 10),
        },
        entries: [e.id, ...(end ? [end.id] : [])],
      }));
    });
  },
};

export const LEDGERS: readonly Ledger[] = [
  coverage,
  submissions,
  plain('adoptions', 'adoption.entered', [
    ON,
    { key: 'issue', kind: 'text', field: 'issue' },
    { key: 'by', kind: 'body', field: 'by' },
  ]),
  plain('awards', 'award.entered', [
    ON,
    UNIT,
    WORK,
    { key: 'contest', kind: 'value', field: 'contest' },
    { key: 'prize', kind: 'value', field: 'prize' },
  ]),
  plain('praise', 'praise.entered', [ON, UNIT, WORK, { key: 'note', kind: 'text', field: 'note' }]),
  channels,
  training,
  commitments,
];
export const ledgerOf = (key: string): Ledger | undefined => LEDGERS.find(l => l.key === key);

/** Rows of a ledger, of one year or all, oldest first. */
export const ledgerRows = (ledger: Ledger, result: Replay, year?: number): readonly LedgerRow[] =>
  ledger
    .rows(result)
    .filter(r => year === undefined || r.on.startsWith(`${year}-`))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));

/** Today, as dates are written. */
export const todayOf = (result: Replay): string =>
  dateOfDay(dayOfInstant(result.now, result.book.calendar.offsetMinutes));
