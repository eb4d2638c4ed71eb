/** Beside the rota: who is there, the round of the hour, rounds that were missed, swaps, hand-over. */
import type { ObligationLine } from '#core/obligations';
import { hindrance } from '#watch';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause, Token } from '../parts/small.tsx';
import type { ShiftSwap } from '../ports-rota.ts';
import { standingLinesOf } from '../state.ts';
import { halfOf } from '../view/bilingual.ts';
import { dutyTitle, rowId } from '../view/duties.ts';
import type { Naming } from '../view/naming.ts';
import { explanationsOf } from '../view/pressing.ts';
import {
  kindsRead,
  lookOfDay,
  manned,
  officesOf,
  openRounds,
  rotaDays,
  rotaPath,
  rotasOf,
  type RotaScene,
  shiftsOf,
} from '../view/rota.ts';
import { sentence } from '../view/sentences.ts';
import { clockText, dateText, dayText, dueText, fullMoment, momentText } from '../view/times.ts';
import type { RotaProps } from './rota.tsx';

type Props = RotaProps & { readonly names: Naming };

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

const says = (visit: Visit, must: string): string => {
  const text = halfOf(visit.language, must);
  return (visit.w.rotaMusts as Readonly<Record<string, string>>)[text] ?? text;
};

/** The round that is due now, with the kinds of source that the machine has read since it began ticked already. */
const Round: FC<Props> = ({ visit, scene, names, sources, sourceKinds }) => {
  const { hall, w, language, user } = visit;
  const open = openRounds(hall, scene.rule.name);
  const looks = open.filter(l => !isZero(visit, l));
  const [first] = looks.toSorted((a, b) => Date.parse(a.dueAt ?? '') - Date.parse(b.dueAt ?? ''));
  const since = Date.parse(first?.startedAt ?? new Date(hall.now - 3_600_000).toISOString());
  const kinds = kindsRead(hall, sources, sourceKinds, since);
  const zero = open.find(l => isZero(visit, l));
  return (
    <section id="round">
      <h2>{first ? w.roundTitle(momentText(language, Date.parse(first.startedAt), hall.now)) : w.roundNone}</h2>
      {first?.dueAt ? (
        <p class="dense">
          {w.roundBefore(dueText(language, Date.parse(first.dueAt), first.dueOn, hall.now))}{' '}
          {first.dueBasis === 'local' ? <span class="tag dash">{w.local}</span> : ''}{' '}
          <Clause clause={names.clause(first.clause)} />
        </p>
      ) : (
        ''
      )}
      <form method="post" action="/watch">
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="back" value={rotaPath(scene)} />
        <fieldset class="opts src-kinds">
          <legend class="vh">{w.watchSources}</legend>
          {kinds.map(k => {
            const bad = k.sources.find(s => s.problem !== undefined);
            return (
              <label>
                <input type="checkbox" name="sources" value={k.kind} checked={k.read} />
                <span>
                  {names.key(k.kind)}
                  <small>
                    {k.sources.length === 0
                      ? w.roundPeople
                      : bad
                        ? `${bad.title}：${bad.problem ?? ''}`
                        : k.read
                          ? w.roundRead
                          : w.roundNeverRead}
                  </small>
                </span>
              </label>
            );
          })}
        </fieldset>
        <div class="field">
          <label for="rd-found">{w.roundFound}</label>
          <input id="rd-found" name="found" type="number" min="0" value="0" required />
        </div>
        <div class="acts">
          <button class="btn go" type="submit">
            {w.roundDo}
          </button>
          {zero ? (
            <a class="btn" href={`/briefs/brief-zero-${dateText(hall.now)}`}>
              {w.roundZero}
            </a>
          ) : (
            <a class="btn" href="/inbox/new">
              {w.roundNew}
            </a>
          )}
        </div>
      </form>
      <RestDays visit={visit} scene={scene} />
    </section>
  );
};
function isZero({ hall }: Visit, line: ObligationLine): boolean {
  const rule = rotasOf(hall).find(r => r.name === line.duty);
  const round =
    rule?.rounds.find(r => r.clause === line.clause) ?? (rule?.rounds.length === 1 ? rule.rounds[0] : undefined);
  return round?.done?.on === 'event' && round.done.type === 'zero-report.filed';
}

/** Rest days to come, with the rounds that go on: nobody should find out on the morning itself. */
const RestDays: FC<{ visit: Visit; scene: RotaScene }> = ({ visit, scene }) => {
  const { hall, w, language } = visit;
  const musts = scene.rule.rounds
    .filter(r => r.on !== 'working-days')
    .map(r => [says(visit, r.must), (r.at ?? []).join(language === 'zh' ? '、' : ', ')].filter(Boolean).join(' '));
  const days = rotaDays(hall, scene, dateText(hall.now), 7)
    .filter(d => lookOfDay(hall, d.date).look === 'rest')
    .map(d => dayText(language, d.date, hall.now));
  if (musts.length === 0 || days.length === 0) return <></>;
  const sep = language === 'zh' ? '、' : ', ';
  return (
    <p class="note">
      <b>{w.roundRest}</b> {w.roundRestSays(days.join(sep), musts.join(sep))}
    </p>
  );
};

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

const Rounds: FC<Props> = ({ visit, names }) => {
  const { hall, w, language } = visit;
  const rounds = hall.events
    .filter(e => e.type === 'watch.done' || e.type === 'zero-report.filed')
    .slice(-6)
    .reverse();
  if (rounds.length === 0) return <></>;
  return (
    <section>
      <h2>{w.roundsRecent}</h2>
      <ul class="log wide">
        {rounds.map(e => (
          <li>
            <time>{momentText(language, Date.parse(e.at), hall.now)}</time>
            <span>{sentence(e, language, names).detail || sentence(e, language, names).label}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const MOST_MISSED = 6;
const Missed: FC<Props> = ({ visit, names }) => {
  const { hall, w, language } = visit;
  const rotas = new Set(rotasOf(hall).map(r => r.name));
  const missed = standingLinesOf(hall)
    .filter(l => rotas.has(l.duty) && l.state === 'missed')
    .reverse();
  return (
    <section id="missed">
      <h2>{w.roundMissed}</h2>
      {missed.length === 0 ? <p class="note">{w.roundMissedNone}</p> : ''}
      <ul class="mini missed">
        {missed.slice(0, MOST_MISSED).map(l => {
          const said = explanationsOf(hall, l).at(-1);
          return (
            <li>
              <Hui size="xs" look="late" />
              <span>
                {dutyTitle(hall, language, names, l)}
                <br />
                <small>
                  {said ? (
                    w.roundMissedSaid(String(said.data['reason']))
                  ) : (
                    <a href={`/reason/${rowId(l)}`}>{w.roundMissedWhy}</a>
                  )}
                </small>
              </span>
              <time>{momentText(language, Date.parse(l.startedAt), hall.now)}</time>
            </li>
          );
        })}
      </ul>
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

const Kinds: FC<Props> = ({ visit, scene, names, sources, sourceKinds }) => {
  const { hall, w, user } = visit;
  const kinds = kindsRead(hall, [], {}, hall.now);
  if (sources.length === 0 || kinds.length === 0) return <></>;
  return (
    <section>
      <details>
        <summary>{w.kindsTitle}</summary>
        <form method="post" action={rotaPath(scene)}>
          <Token csrf={user.session.csrf} />
          <p class="note">{w.kindsSays}</p>
          {sources.map(s => (
            <div class="field">
              <label for={`kd-${s.key}`}>{s.title}</label>
              <select id={`kd-${s.key}`} name={`kind.${s.key}`}>
                <option value="">{w.kindsNone}</option>
                {kinds.map(k => (
                  <option value={k.kind} selected={sourceKinds[s.key] === k.kind}>
                    {names.key(k.kind)}
                  </option>
                ))}
              </select>
            </div>
          ))}
          <button class="btn" type="submit" name="do" value="kinds">
            {w.kindsSave}
          </button>
        </form>
      </details>
    </section>
  );
};
