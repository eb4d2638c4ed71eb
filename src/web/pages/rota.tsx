/** The rota: two weeks of shifts with their holes, days off and swapped days in words, and what can be done about a hole. */
import { HOUR } from '#core/calendar';
import type { Span } from '#core/obligations';
import type { RotaRule } from '#core/rulebook';
import { hindrance, hoursOf } from '#watch';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Clause, Empty, NotSaved, Token } from '../parts/small.tsx';
import type { Source } from '../ports.ts';
import { halfOf } from '../view/bilingual.ts';
import { type Naming, naming } from '../view/naming.ts';
import {
  datesFrom,
  holesOf,
  mondayOf,
  officesOf,
  type RotaCell,
  type RotaDay,
  rotaDays,
  rotaPath,
  rotasOf,
  type RotaScene,
  shiftsOf,
  unitsOfRota,
} from '../view/rota.ts';
import { clockText, dateText, dayText, momentText, OFFSET } from '../view/times.ts';
import { addDays } from '../view/dates.ts';
import { spellText } from '../words/index.ts';
import { RotaSide } from './rota-side.tsx';

const AHEAD = 14;
/** Holes that get a form of their own; the others stand in the table. */
const MOST_FORMS = 3;

export interface RotaProps {
  readonly visit: Visit;
  readonly counts: Counts;
  readonly scene: RotaScene;
  readonly from: string;
  readonly sources: readonly Source[];
  readonly sourceKinds: Readonly<Record<string, string>>;
  readonly problem?: string;
}

export const rotaName = (visit: Visit, rule: RotaRule): string => {
  const { w, hall, language } = visit;
  const said = halfOf(language, rule.rounds[0]?.must ?? 'shifts');
  const musts: Readonly<Record<string, string>> = w.rotaMusts;
  return `${musts[said] ?? said} · ${naming(hall, language).clause(rule.clauses[0] ?? '').article}`;
};
export const Rota: FC<RotaProps> = props => {
  const { visit, counts, scene, from, problem } = props;
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const today = dateText(hall.now);
  const until = addDays(today, AHEAD);
  const gaps = holesOf(hall, scene, today, until).filter(g => g.to > hall.now);
  const days = rotaDays(hall, scene, from, 14);
  const coming = rotaDays(hall, scene, today, AHEAD);
  const swaps = scene.swaps.filter(s => s.state === 'accepted' && s.to > hall.now).length;
  const makeUps = coming.filter(d => d.look === 'swap').length;
  const facts = [
    gaps.length === 0 ? w.rotaNoGaps : w.rotaGaps(gaps.length),
    ...(swaps > 0 ? [w.rotaSwapsDone(swaps)] : []),
    ...(makeUps > 0 ? [w.rotaMakeUps(makeUps)] : []),
  ];
  const empty = shiftsOf(hall, scene).length === 0 && scene.pattern === undefined;
  return (
    <Page visit={visit} tab="watch" title={w.rotaTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.rotaTitle}</h1>
          <p class={gaps.length > 0 ? 'sub gaps' : 'sub'}>{w.rotaSub(facts.join(language === 'zh' ? '，' : ', '))}</p>
        </div>
        <div class="acts">
          <a class="btn" href="/burden">
            {w.burdenLink}
          </a>
          <a class="btn" href="/rota/leave">
            {w.leaveTitle}
          </a>
          <a class="btn go" href={`/rota/plan?${new URLSearchParams({ rota: scene.rule.name, unit: scene.unit })}`}>
            {w.rotaPlanDo}
          </a>
        </div>
      </div>
      <NotSaved w={w} why={problem} />
      <Choices visit={visit} scene={scene} names={names} />
      <div class="cols">
        <div>
          {empty && gaps.length === 0 ? (
            <section class="sec">
              <Empty title={w.rotaEmptyTitle} says={w.rotaEmptySays}>
                <a
                  class="btn go"
                  href={`/rota/plan?${new URLSearchParams({ rota: scene.rule.name, unit: scene.unit })}`}
                >
                  {w.rotaPlanDo}
                </a>
              </Empty>
            </section>
          ) : (
            ''
          )}
          <Week visit={visit} days={days.slice(0, 7)} names={names} scene={scene} first />
          <Week visit={visit} days={days.slice(7)} names={names} scene={scene} />
          {gaps.slice(0, MOST_FORMS).map(gap => (
            <Gap visit={visit} scene={scene} gap={gap} names={names} />
          ))}
          {gaps.length > MOST_FORMS ? <p class="note">{w.rotaMoreGaps(gaps.length - MOST_FORMS)}</p> : ''}
        </div>
        <RotaSide {...props} names={names} />
      </div>
    </Page>
  );
};

const Choices: FC<{ visit: Visit; scene: RotaScene; names: Naming }> = ({ visit, scene, names }) => {
  const { hall, w } = visit;
  const rotas = rotasOf(hall);
  const units = unitsOfRota(hall, scene.rule);
  if (rotas.length < 2 && units.length < 2) return <></>;
  return (
    <div class="rota-which">
      {rotas.length < 2 ? (
        ''
      ) : (
        <nav class="tabs" aria-label={w.rotaOne}>
          {rotas.map(r => (
            <a
              href={`/rota?rota=${encodeURIComponent(r.name)}`}
              {...(r.name === scene.rule.name ? { 'aria-current': 'page' as const } : {})}
            >
              {rotaName(visit, r)}
            </a>
          ))}
        </nav>
      )}
      {units.length < 2 ? (
        ''
      ) : (
        <nav class="tabs" aria-label={w.rotaUnit}>
          {units.map(u => (
            <a
              href={rotaPath({ ...scene, unit: u })}
              {...(u === scene.unit ? { 'aria-current': 'page' as const } : {})}
            >
              {names.unit(u)}
            </a>
          ))}
        </nav>
      )}
    </div>
  );
};

const Week: FC<{ visit: Visit; days: readonly RotaDay[]; names: Naming; scene: RotaScene; first?: boolean }> = ({
  visit,
  days,
  names,
  scene,
  first,
}) => {
  const { hall, w, language } = visit;
  const [from = '', to = ''] = [days[0]?.date, days.at(-1)?.date];
  const rows = Math.max(1, ...days.map(d => d.cells.length));
  return (
    <section class="wk">
      <div class="sec-h">
        <h2>{w.rotaWeek(dayText(language, from, hall.now), dayText(language, to, hall.now))}</h2>
        {first ? (
          <span class="note no-print">
            <a href={rotaPath(scene, addDays(from, -7))}>{w.rotaEarlier}</a>
            {' · '}
            {from === mondayOf(dateText(hall.now)) ? '' : <a href={rotaPath(scene)}>{w.rotaToday}</a>}
            {from === mondayOf(dateText(hall.now)) ? '' : ' · '}
            <a href={rotaPath(scene, addDays(from, 7))}>{w.rotaLater}</a>
          </span>
        ) : (
          <span class="note legend">
            <span>
              <b>{w.rotaRest}</b> {w.rotaLegendRest}
            </span>
            <span>
              <b>{w.rotaWork}</b> {w.rotaLegendWork}
            </span>
            <span>
              <i class="sw"></i>
              {w.rotaLegendSwap}
            </span>
            <span>
              <i class="gp"></i>
              {w.rotaLegendGap}
            </span>
          </span>
        )}
      </div>
      <ol class={`week rows-${Math.min(8, rows)}`}>
        {days.map(day => (
          <Day visit={visit} day={day} names={names} clause={scene.rule.name} />
        ))}
      </ol>
    </section>
  );
};

const Day: FC<{ visit: Visit; day: RotaDay; names: Naming; clause: string }> = ({ visit, day, names }) => {
  const { w, language } = visit;
  const weekday = w.weekdays[(new Date(`${day.date}T00:00:00Z`).getUTCDay() + 7) % 7] ?? '';
  const kind = day.look === 'unknown' ? w.rotaUnknownDay : day.look === 'swap' ? w.rotaLegendSwap : (day.holiday ?? '');
  const mark = day.look === 'unknown' ? '' : day.look === 'rest' ? w.rotaRest : w.rotaWork;
  const short = language === 'zh' ? weekday.replace('周', '') : weekday.slice(0, 3);
  return (
    <li class={`day ${day.look}${day.today ? ' today' : ''}`}>
      <header>
        <b>{Number(day.date.slice(8))}</b> {short}
        <br />
        <span class="k2">
          {mark === '' ? '' : <b>{mark}</b>} {kind}
        </span>
      </header>
      {day.cells.length === 0 ? (
        <div class="shift none">
          <span class="h">{w.rotaNoShifts}</span>
        </div>
      ) : (
        day.cells.map(cell => <Cell visit={visit} cell={cell} names={names} />)
      )}
    </li>
  );
};

const Cell: FC<{ visit: Visit; cell: RotaCell; names: Naming }> = ({ visit, cell, names }) => {
  const { w, hall, language } = visit;
  const notes = [
    cell.away && cell.role !== undefined && cell.standIns[0] !== undefined
      ? w.rotaStandIn(names.role(cell.role), names.role(cell.standIns[0]))
      : undefined,
    cell.swapped && cell.role !== undefined
      ? w.rotaSwapped(names.role(cell.role === cell.swapped.with ? cell.swapped.role : cell.swapped.with))
      : undefined,
    cell.on && cell.kind === 'shift' ? w.rotaOnNow : undefined,
    cell.done > 0 ? w.rotaRoundsDone(cell.done) : undefined,
    ...cell.missed.slice(0, 2).map(m => w.rotaRoundMissed(momentText(language, Date.parse(m.startedAt), cell.from))),
  ].filter(n => n !== undefined);
  return (
    <div
      class={['shift', cell.kind === 'gap' ? 'gap' : '', cell.on ? 'on' : '', cell.past ? 'past' : ''].join(' ').trim()}
    >
      <span class="h">
        {cell.name === undefined ? '' : `${cell.name} `}
        {clockText(cell.from)}
        {cell.name === undefined ? `–${endClock(cell)}` : ''}
      </span>
      {cell.kind === 'gap' ? (
        <>
          <b>{w.rotaNobody}</b>
          <span class="d">{spellText(w, (cell.to - cell.from) / 1000)}</span>
        </>
      ) : (
        <b>{names.role(cell.standIns[0] !== undefined && cell.away ? cell.standIns[0] : (cell.role ?? ''))}</b>
      )}
      {notes.map(n => (
        <span class="d">{n}</span>
      ))}
      {cell.kind === 'gap' && cell.to > hall.now ? <span class="vh">{w.rotaLegendGap}</span> : ''}
    </div>
  );
};
const endClock = ({ to }: Span): string => (clockText(to) === '00:00' ? '24:00' : clockText(to));

/** A hole, as long as somebody could fill it in one step: the parts of the pattern in it, or a day at most. */
const Gap: FC<{ visit: Visit; scene: RotaScene; gap: Span; names: Naming }> = ({ visit, scene, gap, names }) => {
  const { hall, w, language, user } = visit;
  const from = Math.max(gap.from, Math.floor(hall.now / 60_000) * 60_000);
  const on = dateText(from);
  const cuts = scene.pattern?.shifts.flatMap(s =>
    datesFrom(addDays(on, -1), addDays(on, 2)).map(d => hoursOf(d, s, OFFSET)),
  );
  const part = cuts?.find(c => c.from <= from && c.to > from);
  const to = Math.min(gap.to, part?.to ?? from + 24 * HOUR);
  const span = { from, to };
  const rest = scene.pattern?.restHours ?? 0;
  const shifts = shiftsOf(hall, scene);
  const offices = officesOf(hall, scene.rule, scene.unit, on).map(role => ({
    role,
    why: hindrance(role, span, shifts, rest, scene.presence.awayUntil(scene.unit, role, on) !== undefined),
  }));
  const rested = offices.filter(o => o.why === undefined);
  // Better somebody who has rested little than nobody: said, and left to them.
  const able = rested.length > 0 ? rested : offices.filter(o => o.why === 'no-rest');
  const unable = offices.flatMap(o => (o.why === undefined ? [] : [`${names.role(o.role)}（${w.rotaWhy[o.why]}）`]));
  const named = scene.pattern?.shifts.find(s => hoursOf(dateText(part?.from ?? from), s, OFFSET).from === part?.from);
  const id = `gap-${from}`;
  return (
    <div class="alert sec no-print" id={id}>
      <b>{w.rotaGapHead(dayText(language, on, hall.now), named?.name ?? `${clockText(from)}–${endClock(span)}`)}</b>
      <p>
        {w.rotaGapLong(spellText(w, (gap.to - gap.from) / 1000))}
        {unable.length === 0 ? '' : w.rotaGapCannot(unable.join(language === 'zh' ? '、' : ', '))}{' '}
        <Clause clause={names.clause(scene.rule.clauses[0] ?? '')} />
      </p>
      {able.length === 0 ? (
        <p>{w.rotaGapNoOne}</p>
      ) : (
        <form method="post" action={rotaPath(scene)} class="acts">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="from" value={String(from)} />
          <input type="hidden" name="to" value={String(to)} />
          <label class="vh" for={`${id}-role`}>
            {w.rotaFillWho}
          </label>
          <select id={`${id}-role`} name="role" class="inline">
            {able.map(o => (
              <option value={o.role}>
                {names.role(o.role)}
                {o.why === undefined ? '' : `（${w.rotaWhy[o.why]}）`}
              </option>
            ))}
          </select>
          <button class="btn" type="submit" name="do" value="fill">
            {w.rotaFill}
          </button>
        </form>
      )}
    </div>
  );
};

/** A regulation without a watch: said, so that nobody looks for one. */
export const RotaNone: FC<{ visit: Visit; counts: Counts }> = ({ visit, counts }) => {
  const { w } = visit;
  return (
    <Page visit={visit} tab="watch" title={w.rotaTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.rotaTitle}</h1>
        </div>
        <div class="acts">
          <a class="btn" href="/rota/leave">
            {w.leaveTitle}
          </a>
        </div>
      </div>
      <Empty title={w.rotaNoneTitle} says={w.rotaNoneSays}>
        <a class="btn" href="/rules">
          {w.nav.rules}
        </a>
        <a class="btn" href="/watch">
          {w.watchNow}
        </a>
      </Empty>
    </Page>
  );
};
