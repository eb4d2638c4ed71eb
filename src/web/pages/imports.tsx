/** Tables: chosen, looked at column by column, imported with every row accounted for. */
import type { FC } from 'hono/jsx';
import { TARGETS } from '#watch';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Alert, Token } from '../parts/small.tsx';
import type { HeldTable, ImportRun } from '../ports-imports.ts';
import { faultText } from '../view/source-faults.ts';
import { momentText } from '../view/times.ts';
import { spellText } from '../words/index.ts';

const pathOf = (run: ImportRun): string => `/imports/${run.digest.replace('sha256:', '')}`;
const Stop: FC<{ visit: Visit; problem: string | undefined }> = ({ visit, problem }) =>
  problem === undefined ? (
    <></>
  ) : (
    <Alert title={visit.w.notSaved} stop>
      <p>{faultText(visit.language, problem)}</p>
    </Alert>
  );

export const ImportStart: FC<{ visit: Visit; counts: Counts; runs: readonly ImportRun[]; problem?: string }> = ({
  visit,
  counts,
  runs,
  problem,
}) => {
  const { w, user, language, hall } = visit;
  return (
    <Page visit={visit} tab="inbox" title={w.src.importTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.src.importTitle}</h1>
          <p class="sub">{w.src.importSays}</p>
        </div>
      </div>
      <Stop visit={visit} problem={problem} />
      <form class="pane narrow sec" method="post" action="/inbox/import" enctype="multipart/form-data">
        <Token csrf={user.session.csrf} />
        <div class="field">
          <label for="i-file">{w.file}</label>
          <span class="hint">{w.importColumns}</span>
          <input id="i-file" name="file" type="file" accept=".xlsx,.xls,.csv,.tsv,.txt,.jsonl,.ndjson" required />
        </div>
        <button class="btn go" type="submit">
          {w.src.mapTitle}
        </button>
      </form>
      <section class="sec">
        <h2>{w.src.importRuns}</h2>
        {runs.length === 0 ? (
          <p class="note">{w.src.importNone}</p>
        ) : (
          <div class="src-scroll">
            <table>
              <tbody>
                {runs.map(r => (
                  <tr>
                    <td>
                      <a href={pathOf(r)}>{r.fileName}</a>
                    </td>
                    <td>{w.src.runStates[r.state]}</td>
                    <td>{w.src.runProgress(r.doneRows, r.rows)}</td>
                    <td>
                      {w.src.runImported} {r.imported}
                    </td>
                    <td>
                      {w.src.runRefused} {r.refused}
                    </td>
                    <td>{r.startedAt === undefined ? '' : momentText(language, r.startedAt, hall.now)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </Page>
  );
};

export const ImportMapping: FC<{ visit: Visit; counts: Counts; table: HeldTable; problem?: string }> = ({
  visit,
  counts,
  table,
  problem,
}) => {
  const { w, user, house, language } = visit;
  const origins = house.desk.sources.kinds
    .find(k => k.kind === 'hotline-file')
    ?.settings.find(s => s.name === 'origin');
  return (
    <Page visit={visit} tab="inbox" title={w.src.mapTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.src.mapTitle}</h1>
          <p class="sub">
            {table.name} {w.src.mapSays} {table.remembered ? w.src.mapRemembered : ''}
          </p>
        </div>
      </div>
      <Stop visit={visit} problem={problem ?? table.problem} />
      {table.dropped.length === 0 ? (
        ''
      ) : (
        <p class="note sec">{w.src.mapDroppedSays(table.dropped.join(w.and), table.dropped.length)}</p>
      )}
      <form class="pane" method="post" action={`/inbox/import/${table.key}`}>
        <Token csrf={user.session.csrf} />
        <div class="field narrow">
          <label for="i-origin">{w.src.originWord}</label>
          <select id="i-origin" name="origin">
            {(origins?.choices ?? []).map(o => (
              <option value={o.value}>{o.label[language]}</option>
            ))}
          </select>
        </div>
        <div class="src-scroll sec">
          <table class="src-map">
            <thead>
              <tr>
                <th>{w.src.mapColumn}</th>
                <th>{w.src.mapTarget}</th>
                <th>{w.src.mapSample}</th>
              </tr>
            </thead>
            <tbody>
              {table.headings.map((h, i) => {
                const gone = table.dropped.includes(h.trim());
                return (
                  <tr class={gone ? 'gone' : ''}>
                    <td>
                      <label for={`c-${i}`}>{h}</label>
                    </td>
                    <td>
                      {gone ? (
                        w.src.mapDropped
                      ) : (
                        <select id={`c-${i}`} name={`col.${i}`}>
                          {TARGETS.map(t => (
                            <option value={t} selected={(table.mapping[h.trim()] ?? 'ignore') === t}>
                              {w.src.targets[t]}
                            </option>
                          ))}
                        </select>
                      )}
                    </td>
                    <td class="song">
                      {gone
                        ? ''
                        : table.sample
                            .map(row => row[h] ?? '')
                            .filter(v => v !== '')
                            .slice(0, 3)
                            .join(' ／ ')}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <button class="btn go" type="submit">
          {w.src.mapStart(table.rows)}
        </button>
      </form>
    </Page>
  );
};

export const ImportShow: FC<{ visit: Visit; counts: Counts; run: ImportRun }> = ({ visit, counts, run: r }) => {
  const { w, user, language, hall } = visit;
  const left = r.perSecond !== undefined && r.perSecond > 0 ? (r.rows - r.doneRows) / r.perSecond : undefined;
  const masked = Object.entries(r.masked);
  return (
    <Page visit={visit} tab="inbox" title={w.src.runTitle(r.fileName)} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.src.runTitle(r.fileName)}</h1>
          <p class="sub">
            {w.src.runStates[r.state]}
            {w.src.comma}
            {w.src.runProgress(r.doneRows, r.rows)}
            {r.state === 'running' && r.perSecond !== undefined ? `${w.src.comma}${w.src.runRate(r.perSecond)}` : ''}
            {r.state === 'running' && left !== undefined
              ? `${w.src.comma}${w.src.runLeft(spellText(w, Math.max(60, left)))}`
              : ''}
          </p>
        </div>
        <div class="acts">
          <a class="btn" href="/inbox">
            {w.nav.inbox}
          </a>
        </div>
      </div>
      <form class="pane sec" method="post" action={pathOf(r)}>
        <Token csrf={user.session.csrf} />
        <progress class="src-bar" max={r.rows} value={r.doneRows}>
          {w.src.runProgress(r.doneRows, r.rows)}
        </progress>
        <div class="src-figures">
          {[
            [w.src.runImported, r.imported],
            [w.src.runDuplicates, r.duplicates],
            [w.src.runRefused, r.refused],
          ].map(([label, n]) => (
            <div>
              <b>{n}</b>
              <span class="note">{label}</span>
            </div>
          ))}
        </div>
        {r.dropped.length === 0 ? '' : <p>{w.src.mapDroppedSays(r.dropped.join(w.and), r.dropped.length)}</p>}
        {masked.length === 0 ? (
          ''
        ) : (
          <p>
            {w.src.runMasked}
            {w.colon}
            {masked.map(([kind, n]) => `${w.src.masks[kind as 'phone'] ?? kind} ${n}`).join(w.src.comma)}
          </p>
        )}
        {r.beganBy === undefined || r.startedAt === undefined ? (
          ''
        ) : (
          <p class="note">{w.src.runBegan(r.beganBy, momentText(language, r.startedAt, hall.now))}</p>
        )}
        {r.state === 'paused' && !r.inMemory ? <p class="note">{w.src.runAgain}</p> : ''}
        <div class="acts">
          {r.state === 'running' ? (
            <button class="btn" type="submit" name="do" value="paused">
              {w.src.runPause}
            </button>
          ) : (
            ''
          )}
          {r.state === 'paused' && r.inMemory ? (
            <button class="btn go" type="submit" name="do" value="running">
              {w.src.runGoOn}
            </button>
          ) : (
            ''
          )}
          {r.state === 'paused' && !r.inMemory ? (
            <a class="btn go" href="/inbox/import">
              {w.src.importLink}
            </a>
          ) : (
            ''
          )}
          {r.state === 'running' || r.state === 'paused' ? (
            <button class="btn" type="submit" name="do" value="stopped">
              {w.src.runStop}
            </button>
          ) : (
            ''
          )}
        </div>
      </form>
      {r.refusals.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <h2>{w.src.runRefusals}</h2>
          <table>
            <tbody>
              {r.refusals.map(f => (
                <tr>
                  <td>{w.src.runRow(f.n)}</td>
                  <td>{faultText(language, f.reason)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {r.refused > r.refusals.length ? (
            <p class="note">{w.src.runMoreRefusals(r.refused - r.refusals.length)}</p>
          ) : (
            ''
          )}
        </section>
      )}
    </Page>
  );
};
