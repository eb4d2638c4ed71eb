/** A table of an earlier year: say what each column is, look at the result row by row, then enter it. */
import type { FC } from 'hono/jsx';
import { type ImportedRow, isIdentity, type Ledger, targetsOf } from '#score';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Token } from '../parts/small.tsx';

export interface Preview {
  readonly rows: readonly (readonly string[])[];
  readonly mapping: ReadonlyMap<string, number>;
  readonly result?: readonly ImportedRow[];
}
const MOST_SHOWN = 300;

export const LedgerImport: FC<{
  visit: Visit;
  counts: Counts;
  ledger: Ledger;
  problems: readonly string[];
  preview?: Preview;
}> = ({ visit, counts, ledger, problems, preview }) => {
  const { w, user } = visit;
  const title = w.ledgerImportTitle(w.ledgerNames[ledger.key]);
  return (
    <Page visit={visit} tab="ledgers" title={title} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={`/ledgers/${ledger.key}`}>{w.ledgerNames[ledger.key]}</a>
          </p>
          <h1>{title}</h1>
          <p class="sub">{w.importSteps}</p>
        </div>
      </div>
      {problems.length === 0 ? (
        ''
      ) : (
        <Alert title={w.notSaved} stop>
          {problems.map(p => (
            <p>{p}</p>
          ))}
        </Alert>
      )}
      {preview ? (
        <Mapped visit={visit} ledger={ledger} preview={preview} />
      ) : (
        <form class="pane" method="post" enctype="multipart/form-data" action={`/ledgers/${ledger.key}/import`}>
          <Token csrf={user.session.csrf} />
          <div class="field">
            <label for="l-file">{w.ledgerFile}</label>
            <input id="l-file" name="file" type="file" accept=".xlsx,.xls,.csv" required />
          </div>
          <button class="btn go" type="submit" name="do" value="read">
            {w.importPreview}
          </button>
        </form>
      )}
    </Page>
  );
};

const Mapped: FC<{ visit: Visit; ledger: Ledger; preview: Preview }> = ({ visit, ledger, preview }) => {
  const { w, user } = visit;
  const [headings = []] = preview.rows;
  const targets = targetsOf(ledger);
  const result = preview.result ?? [];
  const fit = result.filter(r => r.result === 'ok').length;
  return (
    <form class="pane" method="post" enctype="multipart/form-data" action={`/ledgers/${ledger.key}/import`}>
      <Token csrf={user.session.csrf} />
      <textarea name="table" hidden>
        {JSON.stringify(preview.rows)}
      </textarea>
      <h2>{w.importMapping}</h2>
      <div class="three">
        {targets.map(t => (
          <div class="field">
            <label for={`m-${t.field}`}>
              {w.col[t.key as 'on']}
              {t.needed ? '' : <span class="opt-t">{w.optional}</span>}
            </label>
            <select id={`m-${t.field}`} name={`map.${t.field}`}>
              <option value="">{w.importLeave}</option>
              {headings.map((h, i) =>
                isIdentity(h) ? (
                  ''
                ) : (
                  <option value={String(i)} selected={preview.mapping.get(t.field) === i}>
                    {h}
                  </option>
                ),
              )}
            </select>
          </div>
        ))}
      </div>
      {headings.filter(isIdentity).map(h => (
        <p class="note">{`${h}${w.colon}${w.importIdentity}`}</p>
      ))}
      <div class="acts">
        <button class="btn" type="submit" name="do" value="preview">
          {w.importPreview}
        </button>
        {fit > 0 ? (
          <button class="btn go" type="submit" name="do" value="enter">
            {w.importConfirm(fit)}
          </button>
        ) : (
          <span class="note">{w.importNothing}</span>
        )}
      </div>
      <Result visit={visit} ledger={ledger} rows={preview.rows} result={result} />
    </form>
  );
};

const Result: FC<{
  visit: Visit;
  ledger: Ledger;
  rows: readonly (readonly string[])[];
  result: readonly ImportedRow[];
}> = ({ visit, ledger, rows, result }) => {
  const { w } = visit;
  const faults = {
    empty: w.importEmptyCell,
    'bad-date': w.importBadDate,
    'bad-unit': w.importBadUnit,
    'bad-value': w.importBadValue,
    'bad-number': w.importBadNumber,
    future: w.importFuture,
    other: '',
  };
  const nameOf = (field: string): string => {
    const column = ledger.columns.find(c => c.field === field);
    return column ? w.col[column.key as 'on'] : field;
  };
  const says = (r: ImportedRow): string => {
    if (r.result === 'ok') return w.importOk;
    if (r.result === 'known') return w.importKnown;
    return `${w.importRefused}${w.colon}${nameOf(r.column)} ${r.value} ${faults[r.fault]}`;
  };
  return (
    <div class="scroll" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th class="n">{w.importRow}</th>
            <th>{w.importResult}</th>
            {(rows[0] ?? []).map(h => (
              <th>{h}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.slice(0, MOST_SHOWN).map(r => (
            <tr>
              <td class="n">{r.n}</td>
              <td>{r.result === 'refused' ? <span class="tag late">{says(r)}</span> : says(r)}</td>
              {(rows[0] ?? []).map((h, i) => (
                <td>{isIdentity(h) ? '' : (rows[r.n - 1]?.[i] ?? '')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
