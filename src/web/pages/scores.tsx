/** The year of the institution: its targets and its units, without ranking unless the institution wants one. */
import type { FC } from 'hono/jsx';
import { type Sheet, sheetOf } from '#score';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { AsOf, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import { naming } from '../view/naming.ts';
import { unitsIn, type YearLately, yearsIn } from '../view/scores.ts';
import { Targets } from './scores-targets.tsx';

const pointsIn = (sheet: Sheet): number => sheet.scores.reduce((sum, s) => sum + s.points, 0);

export const Scores: FC<{ visit: Visit; counts: Counts; year: YearLately; ranked: boolean }> = ({
  visit,
  counts,
  year,
  ranked,
}) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  const whole = sheetOf(year, undefined);
  const given = unitsIn(year).map(unit => ({ unit, sheet: sheetOf(year, unit) }));
  const hasPoints = hall.rulebook.rules.some(r => r.kind === 'score');
  const units = ranked ? given.toSorted((a, b) => pointsIn(b.sheet) - pointsIn(a.sheet)) : given;
  return (
    <Page visit={visit} tab="scores" title={w.scoresTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.scoresTitle}</h1>
          <p class="sub">{w.scoresSub}</p>
          <AsOf w={w} at={year.asOf} />
        </div>
        <div class="acts">
          {yearsIn(hall).map(y => (
            <a class="btn" href={`/scores?year=${y}`} {...(y === year.year ? { 'aria-current': 'page' as const } : {})}>
              {w.scoresYear(y)}
            </a>
          ))}
          <a class="btn" href={`/tables/scores?year=${year.year}`}>
            {w.ledgerExport}
          </a>
          <a class="btn" href={`/scores/recompute?year=${year.year}`}>
            {w.scoreRecompute}
          </a>
        </div>
      </div>
      <h2>{w.scoresWhole}</h2>
      {whole.targets.length === 0 ? (
        <p class="note">{w.scoresNoTargets}</p>
      ) : (
        <Targets visit={visit} targets={whole.targets} />
      )}
      <h2 class="under">{w.scoresUnits}</h2>
      <p class="note">{hasPoints ? (ranked ? w.leagueOn : w.leagueOff) : w.scoresNoRule}</p>
      <div class="scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th>{w.col.unit}</th>
              {hasPoints ? <th>{w.col.base}</th> : ''}
              {hasPoints ? <th class="n">{w.col.points}</th> : ''}
              <th class="n">{w.promptOnTime}</th>
              <th class="n">{w.promptLate}</th>
              <th class="n">{w.ignoredContested}</th>
            </tr>
          </thead>
          <tbody>
            {units.map(({ unit, sheet }) => (
              <tr>
                <td>
                  <a href={`/scores/${unit}?year=${year.year}`}>{names.unit(unit)}</a>
                </td>
                {hasPoints ? (
                  <td>
                    {sheet.scores.map(s => (
                      <span class={s.veto ? 'tag late' : 'tag'}>{s.veto ? w.scoreVeto : w.scoreBase[s.base]}</span>
                    ))}
                  </td>
                ) : (
                  ''
                )}
                {hasPoints ? <td class="n">{pointsIn(sheet)}</td> : ''}
                <td class="n">{sheet.promptness.reduce((n, p) => n + p.onTime.length, 0)}</td>
                <td class="n">{sheet.promptness.reduce((n, p) => n + p.late.length, 0)}</td>
                <td class="n">{sheet.ignored.contested}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasPoints && permissionsOf(hall, user.office, user.person).has('administer') ? (
        <form class="acts" method="post" action="/scores">
          <Token csrf={user.session.csrf} />
          <button class="btn text" type="submit" name="league" value={ranked ? 'off' : 'on'}>
            {ranked ? w.leagueTurnOff : w.leagueTurnOn}
          </button>
        </form>
      ) : (
        ''
      )}
    </Page>
  );
};
