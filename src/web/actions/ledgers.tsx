/** Ledgers, their export as workbooks, and earlier years as a start. */
import { VOCABULARY } from '#core/log';
import {
  importLedger,
  type ImportWords,
  isIdentity,
  type Ledger,
  ledgerOf,
  ledgerRows,
  targetsOf,
  todayOf,
} from '#score';
import type { Visit } from '../context.ts';
import { LedgerPage, Ledgers } from '../pages/ledgers.tsx';
import { LedgerImport, type Preview } from '../pages/ledgers-import.tsx';
import type { SheetTable } from '../ports.ts';
import { digestOf } from '../session.ts';
import { naming } from '../view/naming.ts';
import { yearOf } from '../view/scores.ts';
import * as tables from '../view/tables.ts';
import { type Act, countsOf, goWith, type Posted, type Show } from '../visiting.tsx';
import { valueLabel, words } from '../words/index.ts';
import { yearAsked } from './scores.tsx';

const only = ({ c }: Visit): number | undefined => {
  const asked = c.req.query('year') ?? '';
  return /^20\d\d$/.test(asked) ? Number(asked) : undefined;
};
const thisYear = (visit: Visit) => yearOf(visit.hall, yearAsked(visit));

export const list: Show = (visit, counts) => <Ledgers visit={visit} counts={counts} year={thisYear(visit)} />;

export const show: Show = (visit, counts) => {
  const ledger = ledgerOf(visit.c.req.param('ledger') ?? '');
  if (!ledger) return visit.c.notFound() as Response;
  return <LedgerPage visit={visit} counts={counts} ledger={ledger} year={thisYear(visit)} only={only(visit)} />;
};

const MOST_FINDINGS = 20_000;
const MOST_NOTICES = 5_000;
async function tablesNamed(visit: Visit, name: string): Promise<readonly SheetTable[] | undefined> {
  const { house } = visit;
  const ledger = ledgerOf(name);
  if (ledger) return [tables.ledgerTable(visit, ledger, ledgerRows(ledger, thisYear(visit).result, only(visit)))];
  switch (name) {
    case 'ledgers':
      return tables.allLedgers(visit, thisYear(visit), only(visit));
    case 'log':
      return [tables.logTable(visit)];
    case 'cases':
      return [tables.casesTable(visit)];
    case 'duties':
      return [tables.dutiesTable(visit)];
    case 'inbox':
      return [tables.inboxTable(visit, await house.desk.findings.list({ limit: MOST_FINDINGS }))];
    case 'offices':
      return [tables.officesTable(visit)];
    case 'notices':
      return [tables.noticesTable(visit, await house.desk.notices.list(MOST_NOTICES))];
    case 'scores':
      return tables.scoresTables(visit, thisYear(visit));
    default:
      return undefined;
  }
}

export const workbook: Show = async visit => {
  const name = visit.c.req.param('table') ?? '';
  const found = await tablesNamed(visit, name);
  if (!found) return visit.c.notFound() as Response;
  await visit.house.desk.audit(visit.user.person.code, 'table-exported', name);
  return visit.c.body(Uint8Array.from(visit.house.desk.writeWorkbook(found)), 200, {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename="${name}.xlsx"`,
  });
};

const MOST_ROWS = 5_000;
async function importPage(
  visit: Visit,
  ledger: Ledger,
  problems: readonly string[] = [],
  preview?: Preview,
): Promise<Response> {
  const counts = await countsOf(visit);
  return visit.c.html(
    <LedgerImport
      visit={visit}
      counts={counts}
      ledger={ledger}
      problems={problems}
      {...(preview ? { preview } : {})}
    />,
    problems.length > 0 ? 422 : 200,
  );
}
const importable = (visit: Visit): Ledger | undefined => {
  const ledger = ledgerOf(visit.c.req.param('ledger') ?? '');
  return ledger?.type === undefined ? undefined : ledger;
};
export const showImport: Show = visit => {
  const ledger = importable(visit);
  return ledger ? importPage(visit, ledger) : (visit.c.notFound() as Response);
};

export const enter: Act = async posted => {
  const { visit, text } = posted;
  const { house, user, w, c } = visit;
  const ledger = importable(visit);
  if (!ledger) return c.notFound() as Response;
  const read = await readRows(posted);
  if ('problem' in read) return importPage(visit, ledger, [read.problem]);
  const mapping =
    text('do') === 'read' ? guessed(ledger, read.rows[0] ?? []) : mapped(posted, ledger, read.rows[0] ?? []);
  const lacking = targetsOf(ledger).filter(t => t.needed && !mapping.has(t.field));
  const missing = lacking.map(t => w.importMissingColumn(w.col[t.key as 'on']));
  const judge = (hall: Visit['hall']) =>
    importLedger(
      ledger,
      read.rows.slice(1),
      mapping,
      wordsOf(visit),
      hall.events,
      todayOf(yearOf(hall, yearAsked(visit)).result),
    );
  const preview: Preview = { ...read, mapping, ...(missing.length > 0 ? {} : { result: judge(visit.hall) }) };
  if (text('do') !== 'enter' || missing.length > 0)
    return importPage(visit, ledger, text('do') === 'read' ? [] : missing, preview);
  if (!user.office) return importPage(visit, ledger, [w.noOffice], preview);
  const count = { ok: 0, known: 0, refused: 0 };
  const outcome = await house.actor.act(user.office, hall => {
    // Judged again on the log as it is now: what somebody else entered meanwhile is not entered twice.
    const rows = judge(hall);
    for (const key of ['ok', 'known', 'refused'] as const) count[key] = rows.filter(r => r.result === key).length;
    return rows.flatMap(r =>
      r.result === 'ok' ? [{ type: r.type, at: r.at, data: r.data, lateEntryReason: w.importReason }] : [],
    );
  });
  if (outcome.kind === 'invalid') return importPage(visit, ledger, outcome.faults.slice(0, 10), preview);
  await house.desk.audit(user.person.code, 'ledger-imported', `${ledger.key} ${count.ok}`);
  return goWith(c, `/ledgers/${ledger.key}`, w.importSaid(count.ok, count.known, count.refused));
};

/** The table as rows of text: from the file, or as the preview carries it. Columns of identity are emptied before anything else. */
async function readRows({
  visit,
  text,
  file,
}: Posted): Promise<{ readonly rows: string[][] } | { readonly problem: string }> {
  const { w, house } = visit;
  const given = file('file');
  let rows: string[][];
  if (given) {
    const table = await house.desk.readTable(given.name, new Uint8Array(await given.arrayBuffer()));
    if ('problem' in table) return table;
    rows = table.rows.map(r => [...r]);
  } else {
    try {
      const kept = JSON.parse(text('table')) as unknown;
      if (!Array.isArray(kept) || !kept.every(r => Array.isArray(r) && r.every(v => typeof v === 'string')))
        throw new Error();
      rows = kept as string[][];
    } catch {
      return { problem: w.fileNeeded };
    }
  }
  if (rows.length - 1 > MOST_ROWS) return { problem: w.importTooMany(MOST_ROWS) };
  const hidden = new Set((rows[0] ?? []).flatMap((h, i) => (isIdentity(h) ? [i] : [])));
  return { rows: rows.map((r, n) => (n === 0 ? r : r.map((v, i) => (hidden.has(i) ? '' : v)))) };
}

/** Headings that say what a column is called here, in either language, or the field's own name. */
function guessed(ledger: Ledger, headings: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const t of targetsOf(ledger)) {
    const names = [words('zh').col[t.key as 'on'], words('en').col[t.key as 'on'], t.field].map(n => n.toLowerCase());
    const exact = headings.findIndex(h => names.includes(h.trim().toLowerCase()));
    const near = headings.findIndex(h => !isIdentity(h) && h.includes(names[0] ?? ''));
    if (exact >= 0 || near >= 0) found.set(t.field, exact >= 0 ? exact : near);
  }
  return found;
}
function mapped({ text }: Posted, ledger: Ledger, headings: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    targetsOf(ledger).flatMap(t => {
      const n = text(`map.${t.field}`);
      const column = Number(n);
      return n === '' || headings[column] === undefined || isIdentity(headings[column])
        ? []
        : [[t.field, column] as const];
    }),
  );
}

/** A table calls units and values by their names; keys stand in the log. */
function wordsOf({ hall }: Visit): ImportWords {
  const [zh, en] = [naming(hall, 'zh'), naming(hall, 'en')];
  const lower = (text: string): string => text.trim().toLowerCase();
  const units = new Map(
    hall.institution.setup.units.flatMap(u =>
      [u.key, zh.unit(u.key), en.unit(u.key)].map(n => [lower(n), u.key] as const),
    ),
  );
  const bodies = new Map(
    Object.keys({ ...hall.rulebook.terms.bodies, ...hall.rulebook.terms.channels }).flatMap(k =>
      [k, zh.body(k), en.body(k), zh.channel(k)].map(n => [lower(n), k] as const),
    ),
  );
  const values = new Map<string, string>();
  for (const shape of VOCABULARY.values())
    for (const field of shape.fields)
      for (const v of field.values ?? [])
        for (const name of [v, valueLabel('zh', field.name, v), valueLabel('en', field.name, v)])
          values.set(`${field.name} ${lower(name)}`, v);
  return {
    unit: written => units.get(lower(written)),
    value: (field, written) => values.get(`${field} ${lower(written)}`),
    key: (field, written) => {
      const known = bodies.get(lower(written)) ?? units.get(lower(written));
      if (known !== undefined && field !== 'work' && field !== 'note') return known;
      return /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/.test(written) ? written : `x-${digestOf(written).slice(0, 12)}`;
    },
  };
}
