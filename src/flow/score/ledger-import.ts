/**
 * A table of an earlier year becomes entries of a ledger: each column is one field of the entry or is left out, each row is
 * judged by itself and says why it cannot be entered. Columns that name a private person have no target.
 */
import { checkEvent, type FieldShape, type HuiyinEvent, VOCABULARY } from '#core/log';
import { dayNumber } from '#core/calendar';
import type { Ledger } from './ledgers.ts';

export type RowFault = 'empty' | 'bad-date' | 'bad-unit' | 'bad-value' | 'bad-number' | 'future' | 'other';
export type ImportedRow =
  | {
      readonly n: number;
      readonly result: 'ok';
      readonly type: string;
      readonly at: string;
      readonly data: Readonly<Record<string, unknown>>;
    }
  | { readonly n: number; readonly result: 'known' }
  | {
      readonly n: number;
      readonly result: 'refused';
      readonly fault: RowFault;
      readonly column: string;
      readonly value: string;
    };

export interface ImportWords {
  /** Unit keys by whatever name a table may give them. */
  readonly unit: (written: string) => string | undefined;
  /** A word of a closed list by its key or its name on the pages. */
  readonly value: (field: string, written: string) => string | undefined;
  /** A key for what is written: that of a body or channel of that name, else one made of the text, always the same. */
  readonly key: (field: string, written: string) => string;
}
const IDENTITY =
  /姓名|作者|电话|手机|账号|帐号|身份证|住址|地址|联系|邮箱|微信号|昵称|粉丝|^name$|author|phone|mobile|account|e-?mail|address|follower/i;
export const isIdentity = (heading: string): boolean => IDENTITY.test(heading);

/** The fields an import may fill, the date first. */
export function targetsOf(
  ledger: Ledger,
): readonly { readonly key: string; readonly field: string; readonly needed: boolean }[] {
  const fields = VOCABULARY.get(ledger.type ?? '')?.fields ?? [];
  const needed = (name: string): boolean => fields.some(f => f.name === name && !f.optional);
  return ledger.columns.flatMap(c =>
    c.field === undefined ? [] : [{ key: c.key, field: c.field, needed: c.field === 'on' || needed(c.field) }],
  );
}

const DATE = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?$/;
export function readDay(written: string): string | undefined {
  const cut = DATE.exec(written.trim());
  if (!cut) return undefined;
  const date = `${cut[1]}-${(cut[2] ?? '').padStart(2, '0')}-${(cut[3] ?? '').padStart(2, '0')}`;
  return dayNumber(date) === undefined ? undefined : date;
}

export function importLedger(
  ledger: Ledger,
  rows: readonly (readonly string[])[],
  /** Field → number of the column. */
  mapping: ReadonlyMap<string, number>,
  words: ImportWords,
  known: readonly HuiyinEvent[],
  today: string,
): readonly ImportedRow[] {
  const type = ledger.type ?? '';
  const shape = VOCABULARY.get(type);
  const seen = new Set(known.filter(e => e.type === type).map(e => identityOf(e.type, e.at, e.data)));
  return rows.map((cells, i): ImportedRow => {
    // The first row of a table is its headings.
    const n = i + 2;
    const cell = (field: string): string => (cells[mapping.get(field) ?? -1] ?? '').trim();
    const refused = (fault: RowFault, column: string): ImportedRow => ({
      n,
      result: 'refused',
      fault,
      column,
      value: cell(column),
    });
    const on = readDay(cell('on'));
    if (on === undefined) return refused(cell('on') === '' ? 'empty' : 'bad-date', 'on');
    if (on > today) return refused('future', 'on');
    const data: Record<string, unknown> = {};
    for (const field of shape?.fields ?? []) {
      const written = field.name === 'on' ? on : cell(field.name);
      if (written === '') {
        if (!field.optional) return refused('empty', field.name);
        continue;
      }
      const read = readCell(field, written, words);
      if ('fault' in read) return refused(read.fault, field.name);
      data[field.name] = read.value;
    }
    // Nobody knows the hour of an old entry: it stands at noon of its date.
    const at = `${on}T12:00:00+08:00`;
    const faults = checkEvent({ id: 'x', type, at, recordedAt: at, by: { unit: 'u', role: 'r' }, data });
    if (faults.length > 0) return { n, result: 'refused', fault: 'other', column: '', value: faults[0]?.message ?? '' };
    const identity = identityOf(type, at, data);
    if (seen.has(identity)) return { n, result: 'known' };
    seen.add(identity);
    return { n, result: 'ok', type, at, data };
  });
}

/**
 * The same entry again is the same date and the same content, whenever it was entered. A level is a judgement of the piece,
 * not another piece: a table that says it otherwise asks for a correction, not for a second entry.
 */
const identityOf = (type: string, at: string, data: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([
    type,
    data['on'] ?? at.slice(0, 10),
    Object.entries(data)
      .filter(([name]) => name !== 'level')
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);

function readCell(
  field: FieldShape,
  written: string,
  words: ImportWords,
): { readonly value: unknown } | { readonly fault: RowFault } {
  const one = (text: string): { readonly value: unknown } | { readonly fault: RowFault } => {
    if (field.values) {
      const value = words.value(field.name, text);
      return value === undefined ? { fault: 'bad-value' } : { value };
    }
    if (field.name === 'unit' || field.name === 'units') {
      const value = words.unit(text);
      return value === undefined ? { fault: 'bad-unit' } : { value };
    }
    if (field.kind === 'integer') return /^\d+$/.test(text) ? { value: Number(text) } : { fault: 'bad-number' };
    if (field.kind === 'key') return { value: words.key(field.name, text) };
    return { value: text };
  };
  if (!field.list) return one(written);
  const parts = written
    .split(/[、,，;；]\s*/)
    .filter(p => p !== '')
    .map(one);
  const wrong = parts.find(p => 'fault' in p);
  return wrong ?? { value: parts.map(p => ('value' in p ? p.value : '')) };
}
