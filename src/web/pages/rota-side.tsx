/** Beside the rota: who is there, the round of the hour, rounds that were missed, swaps, hand-over. */
import { hindrance } from '#watch';
import type { FC } from 'hono/jsx';
import { Token } from '../parts/small.tsx';
import type { ShiftSwap } from '../ports-rota.ts';
import { manned, officesOf, rotaPath, shiftsOf } from '../view/rota.ts';
import { clockText, dateText, dayText, fullMoment, momentText } from '../view/times.ts';
import { type Props, Round, Rounds, Missed, Kinds } from './rota-rounds.tsx';

export const RotaSide: FC<Props> = props => (
  <aside class="side">
    <Round {...props} />
    <There {...props} />
    <Rounds {...props} />
    <Missed {...props} />
    <Swaps {...props} />
    <HandOver {...props} />
    <Kinds {...props} />
  </aside>
);

const There: FC<Props> = ({ visit, scene, names }) => {
  const { hall, w, language } = visit;
  const shifts = shiftsOf(hall, scene);
  const on = shifts.filter(s => s.from <= hall.now && hall.now < s.to && manned(scene.presence, s));
  const next = shifts.find(s => s.from > hall.now);
  const today = dateText(hall.now);
  const away = officesOf(hall, scene.rule, scene.unit, today).flatMap(role => {
    const until = scene.presence.awayUntil(scene.unit, role, today);
    return until === undefined ? [] : [{ role, until, by: scene.presence.standIns(scene.unit, role, today)[0]?.role }];
  });
  return (
    <section>
      <h2>{w.presenceTitle}</h2>
      {shifts.length === 0 ? (
        <p class="note">{w.presenceNoRoster}</p>
      ) : on.length === 0 ? (
        <p class="late-n">✕ {w.presenceNobody}</p>
      ) : (
        on.map(s => <p>{w.presenceOn(names.role(s.role), momentText(language, s.to, hall.now))}</p>)
      )}
      {next ? (
        <p class="note">{w.presenceNext(names.role(next.role), momentText(language, next.from, hall.now))}</p>
      ) : (
        ''
      )}
      {away.map(a => (
        <p class="note">
          {w.presenceAway}：{w.leaveUntil(names.role(a.role), dayText(language, a.until, hall.now))}
          {a.by === undefined ? '' : `，${w.leaveBy(names.role(a.by))}`}
        </p>
      ))}
    </section>
  );
};

const Swaps: FC<Props> = ({ visit, scene, names }) => {
  const { hall, w, language, user } = visit;
  const shifts = shiftsOf(hall, scene).filter(s => s.from > hall.now);
  const text = (s: { readonly from: number; readonly to: number }): string =>
    `${fullMoment(language, s.from, hall.now)}–${clockText(s.to)}`;
  const own = user.office?.unit === scene.unit ? shifts.filter(s => s.role === user.office?.role) : [];
  const others = officesOf(hall, scene.rule, scene.unit, dateText(hall.now)).filter(r => r !== user.office?.role);
  const open = scene.swaps.filter(s => s.state === 'asked' && s.from > hall.now);
  const said = (s: ShiftSwap): string =>
    w.swapWaits(names.role(s.role), names.role(s.with), text(s), s.back ? w.swapBackSaid(text(s.back)) : '');
  /** Who would have less than the agreed rest afterwards. */
  const short = (s: ShiftSwap): readonly string[] => {
    const taken = shifts.filter(x => x.from !== s.from && x.from !== s.back?.from);
    const tired = (role: string, span: { readonly from: number; readonly to: number } | undefined): boolean =>
      span !== undefined && hindrance(role, span, taken, scene.pattern?.restHours ?? 0, false) === 'no-rest';
    return [...(tired(s.with, s) ? [s.with] : []), ...(tired(s.role, s.back) ? [s.role] : [])];
  };
  return (
    <section id="swaps">
      <h2>{w.swapTitle}</h2>
      {open.map(s => (
        <form method="post" action={rotaPath(scene)} class="swap">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="swap" value={s.id} />
          <p>{said(s)}</p>
          {short(s).map(role => (
            <p class="note">△ {w.swapShort(names.role(role), scene.pattern?.restHours ?? 0)}</p>
          ))}
          <div class="acts">
            {user.office?.unit === s.unit && user.office.role === s.with ? (
              <>
                <button class="btn go" type="submit" name="do" value="accept">
                  {w.swapAccept}
                </button>
                <button class="btn" type="submit" name="do" value="decline">
                  {w.swapDecline}
                </button>
              </>
            ) : user.office?.unit === s.unit && user.office.role === s.role ? (
              <button class="btn" type="submit" name="do" value="withdraw">
                {w.swapWithdraw}
              </button>
            ) : (
              <span class="tag">{w.swapStates.asked}</span>
            )}
          </div>
        </form>
      ))}
      {own.length === 0 ? (
        <p class="note">{w.swapNone}</p>
      ) : (
        <details>
          <summary>{w.swapAsk}</summary>
          <form method="post" action={rotaPath(scene)}>
            <Token csrf={user.session.csrf} />
            <p class="note">{w.swapSays}</p>
            <div class="field">
              <label for="sw-mine">{w.swapMine}</label>
              <select id="sw-mine" name="mine">
                {own.slice(0, 30).map(s => (
                  <option value={`${s.from}-${s.to}`}>{text(s)}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="sw-with">{w.swapWith}</label>
              <select id="sw-with" name="with">
                {others.map(r => (
                  <option value={r}>{names.role(r)}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="sw-back">{w.swapBack}</label>
              <select id="sw-back" name="back-shift">
                <option value="">{w.swapNoBack}</option>
                {shifts
                  .filter(s => s.role !== user.office?.role)
                  .slice(0, 40)
                  .map(s => (
                    <option value={`${s.from}-${s.to}-${s.role}`}>
                      {names.role(s.role)} {text(s)}
                    </option>
                  ))}
              </select>
            </div>
            <button class="btn" type="submit" name="do" value="swap">
              {w.swapAsk}
            </button>
          </form>
        </details>
      )}
    </section>
  );
};

const HandOver: FC<Props> = ({ visit, scene, names }) => {
  const { hall, w, language, user } = visit;
  const shifts = shiftsOf(hall, scene);
  const recent = hall.events
    .filter(e => e.type === 'shift.handed-over' && e.data['unit'] === scene.unit)
    .slice(-3)
    .reverse();
  const onNow = shifts.some(
    s =>
      s.role === user.office?.role && user.office.unit === s.unit && s.from <= hall.now && hall.now < s.to + 3_600_000,
  );
  const next = shifts.find(s => s.from > hall.now - 3_600_000 && s.role !== user.office?.role);
  return (
    <section id="hand-over">
      <h2>{w.shiftHandTitle}</h2>
      {onNow ? (
        <form method="post" action={rotaPath(scene)}>
          <Token csrf={user.session.csrf} />
          <p class="note">{w.handSays}</p>
          <div class="field">
            <label for="ho-to">{w.handTo}</label>
            <select id="ho-to" name="role">
              {officesOf(hall, scene.rule, scene.unit, dateText(hall.now))
                .filter(r => r !== user.office?.role)
                .map(r => (
                  <option value={r} selected={r === next?.role}>
                    {names.role(r)}
                  </option>
                ))}
            </select>
          </div>
          <button class="btn" type="submit" name="do" value="hand-over">
            {w.handDo}
          </button>
        </form>
      ) : (
        <p class="note">{w.handNotOn}</p>
      )}
      {recent.length === 0 ? (
        ''
      ) : (
        <ul class="log wide">
          {recent.map(e => (
            <li>
              <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
              <a href={`/rota/hand-over/${e.id}`}>
                {names.role(e.by.role)} → {names.role(String(e.data['to']))}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
