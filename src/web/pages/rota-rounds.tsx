/** The round of the hour and those before it: done with its sources ticked, nothing found in one step, missed ones with their reason. */
import type { ObligationLine } from '#core/obligations';
import type { FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { Hui } from '../parts/hui.tsx';
import { Clause, Token } from '../parts/small.tsx';
import { standingLinesOf } from '../state.ts';
import { halfOf } from '../view/bilingual.ts';
import { dutyTitle, rowId } from '../view/duties.ts';
import type { Naming } from '../view/naming.ts';
import { explanationsOf } from '../view/pressing.ts';
import { kindsRead, lookOfDay, openRounds, rotaDays, rotaPath, rotasOf, type RotaScene } from '../view/rota.ts';
import { sentence } from '../view/sentences.ts';
import { dateText, dayText, dueText, momentText } from '../view/times.ts';
import type { RotaProps } from './rota.tsx';

export type Props = RotaProps & { readonly names: Naming };

const says = (visit: Visit, must: string): string => {
  const text = halfOf(visit.language, must);
  return (visit.w.rotaMusts as Readonly<Record<string, string>>)[text] ?? text;
};

/** The round that is due now, with the kinds of source that the machine has read since it began ticked already. */
export const Round: FC<Props> = ({ visit, scene, names, sources, sourceKinds }) => {
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

export const Rounds: FC<Props> = ({ visit, names }) => {
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

export const Missed: FC<Props> = ({ visit, names }) => {
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

export const Kinds: FC<Props> = ({ visit, scene, names, sources, sourceKinds }) => {
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
