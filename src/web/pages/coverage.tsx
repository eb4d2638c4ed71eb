/** Proof of silence: for a period, when each source was read and when it was not. What was not read is hatched, never zero. */
import type { FC } from 'hono/jsx';
import { unreadMs } from '#watch';
import type { Office } from '#core/log';
import type { Visit } from '../context.ts';
import { type Counts, Page } from '../parts/layout.tsx';
import { Empty, SpellOf } from '../parts/small.tsx';
import type { SourceCoverage } from '../ports-silence.ts';
import { byClass, gapsOf, isRead } from '../view/coverage.ts';
import { naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';

const MOST_GAPS = 200;
const DAY = 86_400_000;
export interface Period {
  readonly from: number;
  /** First moment that no longer belongs to it. */
  readonly to: number;
  /** As it was asked for: dates. */
  readonly first: string;
  readonly last: string;
}

export const Coverage: FC<{
  visit: Visit;
  counts: Counts;
  period: Period;
  sources: readonly SourceCoverage[];
  alarm: Office | undefined;
  mayName: boolean;
}> = ({ visit, counts, period, sources, alarm, mayName }) => {
  const { w, hall, language } = visit;
  const fetched = sources.filter(isRead);
  const broken = fetched.filter(s => unreadMs(s.stretches) > 0);
  const gaps = gapsOf(sources);
  const names = naming(hall, language);
  return (
    <Page visit={visit} tab="coverage" title={w.coverageTitle} counts={counts}>
      <div class="page-head">
        <div>
          <h1>{w.coverageTitle}</h1>
          <p class="sub">{w.coverageSub}</p>
        </div>
        <form method="get" class="acts cov-when">
          <label>
            {w.coverageFrom} <input type="date" name="from" value={period.first} required />
          </label>
          <label>
            {w.coverageTo} <input type="date" name="to" value={period.last} required />
          </label>
          <button class="btn" type="submit">
            {w.coverageShow}
          </button>
        </form>
      </div>
      {sources.length === 0 ? (
        <Empty title={w.coverageNone} says={w.coverageNoneSays}>
          <a class="btn" href="/sources">
            {w.coverageToSources}
          </a>
        </Empty>
      ) : (
        <>
          <p class="lede">
            {w.coverageLede(fetched.length, fetched.length - broken.length, broken.length)}
            {broken.length === 0 ? '' : <span class="late-n"> {w.coverageMissing}</span>}
          </p>
          <Classes visit={visit} sources={sources} />
          <section class="sec">
            <div class="sec-h">
              <h2>{w.coverageSources}</h2>
              <span class="legend">
                <i class="k-read"></i> {w.coverageRead} <i class="k-unread"></i> {w.coverageUnread}{' '}
                <i class="k-none"></i> {w.coverageBefore}
              </span>
            </div>
            <table class="tbl cov">
              <thead>
                <tr>
                  <th>{w.coverageSource}</th>
                  <th>{w.coverageStrip}</th>
                  <th class="n">{w.coverageReadings}</th>
                  <th class="n">{w.coverageFresh}</th>
                  <th>{w.coverageState}</th>
                </tr>
              </thead>
              <tbody>
                {sources.map(s => (
                  <Row visit={visit} period={period} source={s} />
                ))}
              </tbody>
            </table>
          </section>
          <section class="sec">
            <div class="sec-h">
              <h2>{w.coverageGaps}</h2>
              <span class="num">{gaps.length}</span>
            </div>
            {gaps.length === 0 ? (
              <p>{w.coverageNoGaps}</p>
            ) : (
              <>
                <p class="sub">{w.coverageGapsSay}</p>
                <table class="tbl cov-gaps">
                  <tbody>
                    {gaps.slice(0, MOST_GAPS).map(g => (
                      <tr>
                        <td>{g.title}</td>
                        <td>
                          {momentText(language, g.from, hall.now)} — {momentText(language, g.to, hall.now)}
                        </td>
                        <td class="n">
                          <SpellOf w={w} seconds={(g.to - g.from) / 1000} />
                        </td>
                        <td>{g.fault === undefined ? w.coverageNobody : faultText(w.coverageFaults, g.fault)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                {gaps.length > MOST_GAPS ? <p class="sub">{w.coverageMoreGaps(gaps.length - MOST_GAPS)}</p> : ''}
                <p>
                  <a class="btn" href="/watch">
                    {w.coverageByHand}
                  </a>
                </p>
              </>
            )}
          </section>
          <section class="sec">
            <div class="sec-h">
              <h2>{w.coverageAlarm}</h2>
            </div>
            <p>{alarm ? w.coverageAlarmTo(names.office(alarm)) : w.coverageAlarmUsual}</p>
            {mayName ? (
              <form method="post" action="/watch/coverage" class="acts">
                <input type="hidden" name="csrf" value={visit.user.session.csrf} />
                <label>
                  {w.coverageAlarmName}{' '}
                  <select name="office">
                    <option value="">{w.coverageAlarmOwn}</option>
                    {hall.institution.setup.roles.map(r => (
                      <option value={`${r.unit}/${r.role}`} selected={alarm?.unit === r.unit && alarm.role === r.role}>
                        {names.office(r)}
                      </option>
                    ))}
                  </select>
                </label>
                <button class="btn" type="submit">
                  {w.save}
                </button>
              </form>
            ) : (
              ''
            )}
          </section>
        </>
      )}
    </Page>
  );
};
/** What kept a source from being read, in the reader's language where it is one of the usual faults. */
export function faultText(known: Readonly<Record<string, string>>, fault: string): string {
  const status = /answered (\d{3})/.exec(fault)?.[1];
  const found = Object.entries(known).find(([part]) => fault.includes(part));
  return found ? `${found[1]}${status === undefined ? '' : ` ${status}`}` : fault;
}

const Classes: FC<{ visit: Visit; sources: readonly SourceCoverage[] }> = ({ visit, sources }) => {
  const { w } = visit;
  return (
    <table class="tbl cov-classes">
      <thead>
        <tr>
          <th>{w.coverageClass}</th>
          <th>{w.coverageHow}</th>
          <th class="n">{w.coverageCount}</th>
          <th class="n">{w.coverageWhole}</th>
          <th class="n">{w.coverageBroken}</th>
          <th class="n">{w.coverageUnreadTime}</th>
        </tr>
      </thead>
      <tbody>
        {byClass(sources).map(c => (
          <tr class={c.how === 'not-covered' ? 'hatched' : ''}>
            <td>{w.coverageClasses[c.class]}</td>
            <td>{w.coverageHows[c.how]}</td>
            <td class="n">{c.how === 'not-covered' ? '—' : c.sources}</td>
            <td class="n">{c.how === 'read' || c.how === 'bought' ? c.whole : '—'}</td>
            <td class="n">{c.how === 'read' || c.how === 'bought' ? c.gaps : '—'}</td>
            <td class="n">{c.unreadMs === 0 ? '—' : <SpellOf w={w} seconds={c.unreadMs / 1000} />}</td>
          </tr>
        ))}
        {w.coverageNever.map(never => (
          <tr class="hatched">
            <td>{never}</td>
            <td>{w.coverageNeverSays}</td>
            <td colspan={4}></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Row: FC<{ visit: Visit; period: Period; source: SourceCoverage }> = ({ visit, period, source: s }) => {
  const { w, hall, language } = visit;
  const unread = unreadMs(s.stretches);
  return (
    <tr data-row id={`s-${s.source.key}`}>
      <td>
        <a href={`/sources#${s.source.key}`}>{s.source.title}</a>
        <p class="sub">
          {w.coverageClasses[s.source.class]} · {w.coveragePaces[s.source.pace]}
        </p>
      </td>
      <td>
        {isRead(s) ? (
          <>
            <Strip period={period} source={s} says={unread === 0 ? w.coverageAllRead : w.coverageSomeUnread} />
            {unread === 0 ? (
              ''
            ) : (
              <p class="sub">
                {w.coverageUnread} <SpellOf w={w} seconds={unread / 1000} />
              </p>
            )}
          </>
        ) : (
          <p class="sub">{w.coverageNotFetched}</p>
        )}
      </td>
      <td class="n" data-label={w.coverageReadings}>
        {s.readings}
        {s.failures === 0 ? '' : <span class="late-n"> ✕{s.failures}</span>}
        {s.tookMs === undefined ? '' : <p class="sub">{w.coverageTook(s.tookMs)}</p>}
      </td>
      <td class="n" data-label={w.coverageFresh}>
        {s.readings === 0 && isRead(s) ? '—' : s.fresh}
        {s.baseline === undefined ? '' : <p class="sub">{w.coverageBaseline(Math.round(s.baseline * 10) / 10)}</p>}
      </td>
      <td>
        {s.ailment ? (
          <b class="late-n">✕ {w.coverageAilments[s.ailment.what]}</b>
        ) : (
          <span>{isRead(s) ? w.coverageWell : w.coverageHand}</span>
        )}
        <p class="sub">
          {s.source.lastReadAt === undefined
            ? w.coverageNeverRead
            : w.coverageLast(momentText(language, s.source.lastReadAt, hall.now))}
          {s.source.problem === undefined ? '' : ` · ${faultText(w.coverageFaults, s.source.problem)}`}
        </p>
      </td>
    </tr>
  );
};

const WIDTH = 480;
/** The period as a band: filled where it was read, hatched where it was not, empty before it was switched on. */
const Strip: FC<{ period: Period; source: SourceCoverage; says: string }> = ({ period, source, says }) => {
  const x = (at: number): number => Math.round(((at - period.from) / (period.to - period.from)) * WIDTH * 10) / 10;
  const days = Math.round((period.to - period.from) / DAY);
  const step = days <= 1 ? DAY / 4 : days <= 31 ? DAY : 7 * DAY;
  const marks: number[] = [];
  for (let at = period.from + step; at < period.to; at += step) marks.push(x(at));
  return (
    <svg class="cov-strip" viewBox={`0 0 ${WIDTH} 20`} preserveAspectRatio="none" role="img" aria-label={says}>
      <defs>
        <pattern id={`h-${source.source.key}`} width="6" height="6" patternUnits="userSpaceOnUse">
          <path class="cov-line" d="M-1 1l2-2M0 6l6-6M5 7l2-2" />
        </pattern>
      </defs>
      <rect class="cov-base" x="0" y="1" width={WIDTH} height="18" />
      {source.stretches.map(s => (
        <rect
          class={s.state === 'read' ? 'cov-read' : 'cov-unread'}
          x={x(s.from)}
          y="1"
          width={Math.max(1, Math.round((x(s.to) - x(s.from)) * 10) / 10)}
          height="18"
          {...(s.state === 'read' ? {} : { fill: `url(#h-${source.source.key})` })}
        />
      ))}
      {marks.map(m => (
        <path class="cov-mark" d={`M${m} 15v4`} />
      ))}
    </svg>
  );
};
