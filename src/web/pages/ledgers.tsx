/** Ledgers that grow from the log: the list of them, one of them with its rows, and every table as a workbook. */
import type { FC } from 'hono/jsx';
import { type Ledger, ledgerRows, LEDGERS, type Year } from '#score';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { naming } from '../view/naming.ts';
import { yearsIn } from '../view/scores.ts';
import { cellText, TABLE_KEYS } from '../view/tables.ts';
import { EntryLink } from './scores-targets.tsx';

export const Ledgers: FC<{ visit: Visit; counts: Counts; year: Year }> = ({ visit, counts, year }) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="ledgers" title={w.ledgersTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.ledgersTitle}</h1>
          <p class="sub">{w.ledgersSub}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/tables/ledgers">
            {w.ledgerExport}
          </a>
        </div>
      </div>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>{w.ledgersTitle}</th>
              <th class="n">{w.scoresYear(year.year)}</th>
              <th class="n">{w.ledgerAllYears}</th>
            </tr>
          </thead>
          <tbody>
            {LEDGERS.map(l => (
              <tr>
                <td>
                  <a href={`/ledgers/${l.key}`}>{w.ledgerNames[l.key]}</a>
                </td>
                <td class="n">{ledgerRows(l, year.result, year.year).length}</td>
                <td class="n">{ledgerRows(l, year.result).length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2 class="under">{w.tablesTitle}</h2>
      <p class="note">{w.tablesSub}</p>
      <div class="acts">
        {TABLE_KEYS.map(key => (
          <a class="btn" href={`/tables/${key}`}>
            {w.tableNames[key]}
          </a>
        ))}
      </div>
    </Page>
  );
};

export const LedgerPage: FC<{
  visit: Visit;
  counts: Counts;
  ledger: Ledger;
  year: Year;
  only: number | undefined;
}> = ({ visit, counts, ledger, year, only }) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  const rows = ledgerRows(ledger, year.result, only).toReversed();
  const may = permissionsOf(hall, user.office, user.person).has('enter');
  const ofYear = only === undefined ? '' : `?year=${only}`;
  const text = (c: Ledger['columns'][number], value: string | number | undefined): string =>
    String(cellText({ hall, w, language }, names, ledger, c.key, c.kind, value) ?? '');
  return (
    <Page visit={visit} tab="ledgers" title={w.ledgerNames[ledger.key]} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/ledgers">{w.ledgersTitle}</a>
          </p>
          <h1>{w.ledgerNames[ledger.key]}</h1>
          <p class="sub">{w.ledgerRows(rows.length)}</p>
        </div>
        <div class="acts">
          {may && ledger.type !== undefined ? (
            <>
              <a class="btn go" href={`/do/${ledger.type}`}>
                {w.ledgerAdd}
              </a>
              <a class="btn" href={`/ledgers/${ledger.key}/import`}>
                {w.ledgerImport}
              </a>
            </>
          ) : (
            ''
          )}
          <a class="btn" href={`/tables/${ledger.key}${ofYear}`}>
            {w.ledgerExport}
          </a>
        </div>
      </div>
      <nav class="acts" aria-label={w.ledgerYear}>
        <a
          class="btn text"
          href={`/ledgers/${ledger.key}`}
          {...(only === undefined ? { 'aria-current': 'page' as const } : {})}
        >
          {w.ledgerAllYears}
        </a>
        {yearsIn(hall).map(y => (
          <a
            class="btn text"
            href={`/ledgers/${ledger.key}?year=${y}`}
            {...(only === y ? { 'aria-current': 'page' as const } : {})}
          >
            {w.scoresYear(y)}
          </a>
        ))}
      </nav>
      {rows.length === 0 ? (
        <Empty title={w.ledgerEmptyTitle} says={ledger.type === undefined ? w.ledgerEmptyGrows : w.ledgerEmptySays} />
      ) : (
        <div class="scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                {ledger.columns.map(c => (
                  <th class={c.kind === 'number' ? 'n' : ''}>{w.col[c.key as 'on']}</th>
                ))}
                <th>{w.col.entry}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(r => (
                <tr>
                  {ledger.columns.map(c => (
                    <td class={c.kind === 'number' ? 'n' : ''}>
                      {c.kind === 'case' && r.cells[c.key] !== undefined ? (
                        <a href={`/cases/${String(r.cells[c.key])}`}>{text(c, r.cells[c.key])}</a>
                      ) : (
                        text(c, r.cells[c.key])
                      )}
                    </td>
                  ))}
                  <td class="entry-t">
                    {r.entries.slice(0, 3).map(id => (
                      <>
                        <EntryLink visit={visit} id={id} />{' '}
                      </>
                    ))}
                    {r.entries.length > 3 ? `… ${r.entries.length}` : ''}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
};
