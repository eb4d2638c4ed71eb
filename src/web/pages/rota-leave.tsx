/** Leave: who, from when, who stands in, and what it touches before it is saved. */
import type { Office } from '#core/log';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { type Counts, Page } from '../parts/layout.tsx';
import { NotSaved, Token } from '../parts/small.tsx';
import { officesHeld } from '../permissions.ts';
import { naming } from '../view/naming.ts';
import { presenceIn } from '../view/presence.ts';
import { clockText, dateText, dayText, fullMoment } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

export interface LeaveGiven {
  readonly office: string;
  readonly from: string;
  readonly to: string;
  readonly standIn: string;
  readonly why: string;
}
export interface LeaveEffect {
  readonly shifts: readonly { readonly from: number; readonly to: number }[];
  readonly capacities: readonly string[];
  readonly owes: number;
  readonly standIn?: string;
}

export const RotaLeave: FC<{
  visit: Visit;
  counts: Counts;
  offices: readonly Office[];
  given: LeaveGiven;
  problems: readonly string[];
  effect?: LeaveEffect;
}> = ({ visit, counts, offices, given, problems, effect }) => {
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const today = dateText(hall.now);
  const unit = given.office.split('/')[0];
  const roles = [
    ...new Set(
      officesHeld(hall, today)
        .filter(o => o.unit === unit)
        .map(o => o.role),
    ),
  ];
  const presence = presenceIn(hall);
  const away = officesHeld(hall, today).flatMap(o => {
    const until = presence.awayUntil(o.unit, o.role, today);
    const by = presence.standIns(o.unit, o.role, today)[0];
    return until === undefined && !by ? [] : [{ ...o, until: until ?? by?.to, by: by?.role }];
  });
  return (
    <Page visit={visit} tab="watch" title={w.leaveTitle} counts={counts}>
      <div class="page-head">
        <div>
          <p class="sub">
            <a href="/rota">{w.rotaTitle}</a>
          </p>
          <h1>{w.leaveTitle}</h1>
          <p class="sub">{w.leaveSub}</p>
        </div>
      </div>
      <NotSaved w={w} why={problems} />
      <div class="cols">
        <form class="pane" method="post" action="/rota/leave">
          <Token csrf={user.session.csrf} />
          <div class="field">
            <label for="lv-office">{w.leaveOffice}</label>
            <select id="lv-office" name="office">
              {offices.map(o => (
                <option value={`${o.unit}/${o.role}`} selected={`${o.unit}/${o.role}` === given.office}>
                  {names.office(o)}
                </option>
              ))}
            </select>
          </div>
          <div class="two">
            <div class="field">
              <label for="lv-from">{w.leaveFrom}</label>
              <input id="lv-from" name="from" type="date" value={given.from} required />
            </div>
            <div class="field">
              <label for="lv-to">{w.leaveTo}</label>
              <input id="lv-to" name="to" type="date" value={given.to} required />
            </div>
          </div>
          <div class="two">
            <div class="field">
              <label for="lv-stand-in">{w.leaveStandIn}</label>
              <select id="lv-stand-in" name="stand-in">
                <option value="">{w.leaveNobody}</option>
                {roles
                  .filter(r => `${unit}/${r}` !== given.office)
                  .map(r => (
                    <option value={r} selected={r === given.standIn}>
                      {names.role(r)}
                    </option>
                  ))}
              </select>
            </div>
            <div class="field">
              <label for="lv-why">{w.leaveWhy}</label>
              <select id="lv-why" name="why">
                {['leave', 'vacancy', 'subject-of-complaint'].map(x => (
                  <option value={x} selected={x === given.why}>
                    {valueLabel(language, 'why', x)}
                  </option>
                ))}
              </select>
            </div>
          </div>
          {effect ? <Effect visit={visit} effect={effect} /> : ''}
          <div class="acts">
            <button class={effect ? 'btn' : 'btn go'} type="submit" name="do" value="try">
              {w.leaveTry}
            </button>
            {effect ? (
              <button class="btn go" type="submit" name="do" value="save">
                {w.leaveSave}
              </button>
            ) : (
              ''
            )}
          </div>
        </form>
        <aside class="side">
          <section>
            <h2>{w.leaveNow}</h2>
            {away.length === 0 ? <p class="note">{w.leaveNoneNow}</p> : ''}
            <ul class="mini">
              {away.map(a => (
                <li>
                  <Hui size="xs" look={a.by === undefined ? 'late' : 'done'} />
                  <span>
                    {w.leaveUntil(names.office(a), a.until === undefined ? '—' : dayText(language, a.until, hall.now))}
                    <br />
                    <small>{a.by === undefined ? w.leaveNobody : w.leaveBy(names.role(a.by))}</small>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </aside>
      </div>
    </Page>
  );
};

const Effect: FC<{ visit: Visit; effect: LeaveEffect }> = ({ visit, effect }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const by = effect.standIn === undefined ? undefined : names.role(effect.standIn);
  return (
    <div class="effect" id="effect">
      <h3>{w.leaveShifts}</h3>
      {effect.shifts.length === 0 ? <p class="note">{w.leaveNoShifts}</p> : ''}
      <ul class="mini">
        {effect.shifts.map(s => (
          <li>
            <Hui size="xs" look={by === undefined ? 'late' : 'done'} />
            <span>
              {fullMoment(language, s.from, hall.now)}–{clockText(s.to)}
            </span>
            <span class={by === undefined ? 'late-n' : 'note'}>
              {by === undefined ? `✕ ${w.leaveShiftOpen}` : w.leaveShiftCovered(by)}
            </span>
          </li>
        ))}
      </ul>
      <h3>{w.leaveSigns}</h3>
      {effect.capacities.length === 0 ? <p class="note">{w.leaveNoSigns}</p> : ''}
      <ul class="mini">
        {effect.capacities.map(c => (
          <li>
            <Hui size="xs" look={by === undefined ? 'late' : 'done'} />
            <span>
              {by === undefined ? w.leaveSignOpen(names.capacity(c)) : w.leaveSignCovered(names.capacity(c), by)}
            </span>
          </li>
        ))}
      </ul>
      <h3>{w.leaveOwes}</h3>
      <p class="note">{w.leaveOwesSays(effect.owes)}</p>
    </div>
  );
};
