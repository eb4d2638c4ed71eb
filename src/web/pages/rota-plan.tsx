/** Planning from a pattern: the pattern, and what it gives, before anything is set. */
import { isNight, type PlannedShift } from '#watch';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, NotSaved, Token } from '../parts/small.tsx';
import type { PatternShift } from '../ports-rota.ts';
import { naming } from '../view/naming.ts';
import { lookOfDay, officesOf, rotaPath, type RotaScene } from '../view/rota.ts';
import { clockText, dateText, dayText, OFFSET } from '../view/times.ts';
import { rotaName } from './rota.tsx';

export interface PlanGiven {
  readonly from: string;
  readonly to: string;
  readonly shifts: readonly PatternShift[];
  readonly offices: readonly string[];
  readonly restHours: string;
}
interface Props {
  readonly visit: Visit;
  readonly counts: Counts;
  readonly scene: RotaScene;
  readonly given: PlanGiven;
  readonly problems: readonly string[];
  readonly planned?: readonly PlannedShift[];
}

export const RotaPlan: FC<Props> = props => {
  const { visit, counts, scene, given, problems, planned } = props;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const offices = officesOf(hall, scene.rule, scene.unit, dateText(hall.now));
  const action = `/rota/plan?${new URLSearchParams({ rota: scene.rule.name, unit: scene.unit })}`;
  return (
    <Page visit={visit} tab="watch" title={w.rotaPlanTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href={rotaPath(scene)}>{w.rotaTitle}</a> · {rotaName(visit, scene.rule)} · {names.unit(scene.unit)}{' '}
            <Clause clause={names.clause(scene.rule.clauses[0] ?? '')} />
          </p>
          <h1>{w.rotaPlanTitle}</h1>
          <p class="sub">{w.rotaPlanSub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <form class="pane mid" method="post" action={action}>
        <Token csrf={user.session.csrf} />
        <div class="three">
          <div class="field">
            <label for="p-from">{w.rotaPlanFrom}</label>
            <input id="p-from" name="from" type="date" value={given.from} required />
          </div>
          <div class="field">
            <label for="p-to">{w.rotaPlanTo}</label>
            <input id="p-to" name="to" type="date" value={given.to} required />
          </div>
          <div class="field">
            <label for="p-rest">{w.rotaPlanRest}</label>
            <input id="p-rest" name="rest" type="number" min="0" max="48" value={given.restHours} required />
            <span class="hint">{w.rotaPlanRestHint}</span>
          </div>
        </div>
        <fieldset class="opts">
          <legend>{w.rotaPlanShifts}</legend>
          <span class="hint">{w.rotaPlanShiftsHint}</span>
          {given.shifts.map((s, i) => (
            <div class="shift-row">
              <label>
                {w.rotaPlanShiftName}
                <input name="shift-name" value={s.name} maxlength={12} aria-label={`${w.rotaPlanShiftName} ${i + 1}`} />
              </label>
              <label>
                {w.rotaPlanOpens}
                <input name="shift-opens" type="time" value={s.opens} aria-label={`${w.rotaPlanOpens} ${i + 1}`} />
              </label>
              <label>
                {w.rotaPlanCloses}
                <input name="shift-closes" type="time" value={s.closes} aria-label={`${w.rotaPlanCloses} ${i + 1}`} />
              </label>
            </div>
          ))}
        </fieldset>
        <fieldset class="opts">
          <legend>{w.rotaPlanOffices}</legend>
          <div class="row">
            {offices.map(role => (
              <label>
                <input type="checkbox" name="offices" value={role} checked={given.offices.includes(role)} />
                {names.role(role)}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="acts">
          <button class={planned ? 'btn' : 'btn go'} type="submit" name="do" value="try">
            {w.rotaPlanTry}
          </button>
          {planned?.some(s => s.role !== undefined) ? (
            <button class="btn go" type="submit" name="do" value="save">
              {w.rotaPlanSave}
            </button>
          ) : (
            ''
          )}
        </div>
      </form>
      {planned ? <Planned {...props} planned={planned} /> : ''}
    </Page>
  );
};

const Planned: FC<Props & { planned: readonly PlannedShift[] }> = ({ visit, scene, given, planned }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  if (planned.length === 0) return <p class="sec">{w.rotaPlanNothing}</p>;
  const open = planned.filter(s => s.role === undefined);
  const dates = [...new Set(planned.map(s => s.date))];
  const shiftNames = [...new Set(planned.map(s => s.name))];
  const isRest = (date: string): boolean => lookOfDay(hall, date).look === 'rest';
  const sep = language === 'zh' ? '、' : ', ';
  return (
    <section class="sec planned">
      <div class="sec-h">
        <h2>{w.rotaPlanLoad}</h2>
        <span class={open.length > 0 ? 'late-n' : 'num'}>
          {open.length > 0 ? `✕ ${w.rotaPlanOpen(open.length)}` : w.rotaPlanFull}
        </span>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label={w.rotaPlanLoad}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.rotaPlanLoadHead.office}</th>
              <th scope="col">{w.rotaPlanLoadHead.all}</th>
              <th scope="col">{w.rotaPlanLoadHead.nights}</th>
              <th scope="col">{w.rotaPlanLoadHead.rest}</th>
            </tr>
          </thead>
          <tbody>
            {given.offices.map(role => {
              const own = planned.filter(s => s.role === role);
              return (
                <tr>
                  <th scope="row">{names.role(role)}</th>
                  <td>{own.length}</td>
                  <td>{own.filter(s => isNight(s, OFFSET)).length}</td>
                  <td>{own.filter(s => isRest(s.date)).length}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div class="scroll" tabindex={0} role="region" aria-label={w.rotaPlanTitle}>
        <table class="plan-days">
          <thead>
            <tr>
              <th scope="col">{w.rotaHeadDate}</th>
              {shiftNames.map(n => (
                <th scope="col">{n}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {dates.map(date => {
              const { look, holiday } = lookOfDay(hall, date);
              return (
                <tr class={look}>
                  <th scope="row">
                    {dayText(language, date, hall.now)}{' '}
                    <small>
                      {look === 'rest' ? w.rotaRest : w.rotaWork} {look === 'swap' ? w.rotaLegendSwap : (holiday ?? '')}
                    </small>
                  </th>
                  {shiftNames.map(n => {
                    const shift = planned.find(s => s.date === date && s.name === n);
                    if (!shift) return <td>—</td>;
                    return shift.role === undefined ? (
                      <td class="nobody">
                        <b>{w.rotaNobody}</b>{' '}
                        <small>
                          {(shift.why ?? []).map(x => `${names.role(x.role)}（${w.rotaWhy[x.why]}）`).join(sep)}
                        </small>
                      </td>
                    ) : (
                      <td>
                        {names.role(shift.role)} <small>{clockText(shift.from)}</small>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="note no-print">
        <a href={rotaPath(scene)}>{w.rotaTitle}</a>
      </p>
    </section>
  );
};
