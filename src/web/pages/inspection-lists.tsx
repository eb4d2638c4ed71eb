/** What persons found and what was put aside or lifted, by reason: the lists of the inspector's desk. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Counts } from '../parts/layout.tsx';
import { Clause, Token } from '../parts/small.tsx';
import type { DismissalLook, Hearing } from '../ports-inspection.ts';
import type { StoredEvent } from '../ports.ts';
import { ofType, openFaults, sampled } from '../view/inspection.ts';
import { type Naming } from '../view/naming.ts';
import { momentText } from '../view/times.ts';
import { valueLabel } from '../words/index.ts';

const MOST_LISTED = 8;

export interface InspectionProps {
  readonly visit: Visit;
  readonly counts: Counts;
  readonly unit?: string;
  readonly hearings: readonly Hearing[];
  readonly looks: readonly DismissalLook[];
  readonly problem?: string;
}

export type Named = InspectionProps & { readonly names: Naming };

export const Log: FC<{ visit: Visit; events: readonly StoredEvent[]; line: (e: StoredEvent) => Child }> = ({
  visit,
  events,
  line,
}) => (
  <ul class="log wide">
    {events
      .slice(-MOST_LISTED)
      .reverse()
      .map(e => (
        <li data-row>
          <time>{momentText(visit.language, Date.parse(e.at), visit.hall.now)}</time>
          <span>{line(e)}</span>
        </li>
      ))}
  </ul>
);

/** What persons found and passed on; nothing here was written by the system. */
export const Found: FC<Named> = ({ visit, names }) => {
  const { hall, w, language } = visit;
  const { insp } = w;
  const faults = ofType(hall, 'fault.found');
  const open = new Set(openFaults(hall).map(e => e.id));
  const outside = ofType(hall, 'publication.found');
  const files = ofType(hall, 'referral.filed');
  return (
    <>
      <section class="sec">
        <div class="sec-h">
          <h2>{insp.faults}</h2>
          <span class="num">{faults.length}</span>
          {open.size === 0 ? (
            ''
          ) : (
            <a class="btn no-print" href="/inspection/refer">
              {insp.refer}
            </a>
          )}
        </div>
        {faults.length === 0 ? <p class="note">{insp.faultsNone}</p> : ''}
        <Log
          visit={visit}
          events={faults}
          line={e => (
            <>
              <b>{valueLabel(language, 'kind', String(e.data['kind']))}</b>{' '}
              {e.data['unit'] === undefined ? '' : names.unit(String(e.data['unit']))}{' '}
              {((e.data['about'] as readonly string[] | undefined) ?? []).map(c => (
                <Clause clause={names.clause(c)} />
              ))}{' '}
              {open.has(e.id) ? '' : <span class="tag">{insp.referred}</span>}
              <br />
              <small>
                {names.office(e.by)}：{String(e.data['reason'])}
              </small>
            </>
          )}
        />
      </section>
      {outside.length === 0 ? (
        ''
      ) : (
        <section class="sec">
          <div class="sec-h">
            <h2>{insp.outside}</h2>
            <span class="num">{outside.length}</span>
          </div>
          <Log
            visit={visit}
            events={outside}
            line={e => (
              <>
                {insp.outsideSays(names.unit(String(e.data['unit'])))}：{String(e.data['what'])}{' '}
                <a
                  href={`/inspection/other?${new URLSearchParams({ unit: String(e.data['unit']), ...(e.case === undefined ? {} : { case: e.case }) })}`}
                >
                  {insp.openOne}
                </a>
              </>
            )}
          />
        </section>
      )}
      <section class="sec">
        <div class="sec-h">
          <h2>{insp.files}</h2>
          <span class="num">{files.length}</span>
        </div>
        {files.length === 0 ? <p class="note">{insp.filesNone}</p> : ''}
        <Log
          visit={visit}
          events={files}
          line={e => (
            <a href={`/inspection/files/${e.id}`} data-go>
              {insp.fileTitle(names.unit(String(e.data['unit'])))}
            </a>
          )}
        />
      </section>
    </>
  );
};

/** Findings put aside by reason, a sample to look at again, duties that were lifted. */
export const PutAside: FC<Named> = ({ visit, names, looks }) => {
  const { hall, w, language, user } = visit;
  const { insp } = w;
  const dismissed = ofType(hall, 'finding.dismissed');
  const lifted = ofType(hall, 'obligation.lifted');
  const byReason = new Map<string, number>();
  for (const e of dismissed) byReason.set(String(e.data['reason']), (byReason.get(String(e.data['reason'])) ?? 0) + 1);
  const sample = sampled(hall);
  return (
    <>
      <section class="sec" id="dismissals">
        <div class="sec-h">
          <h2>{insp.dismissals}</h2>
          <span class="num">{dismissed.length}</span>
          <span class="note">
            {[...byReason]
              .map(([r, n]) => `${valueLabel(language, 'reason', r)} ${n}`)
              .join(language === 'zh' ? '，' : ', ')}
          </span>
        </div>
        {dismissed.length === 0 ? <p class="note">{insp.dismissalsNone}</p> : ''}
        <Log
          visit={visit}
          events={dismissed}
          line={e => (
            <>
              {valueLabel(language, 'reason', String(e.data['reason']))}：{String(e.data['why'])}{' '}
              <small>{names.office(e.by)}</small>
            </>
          )}
        />
        <h3>{insp.sample}</h3>
        <p class="note">{sample.length === 0 ? insp.sampleNone : insp.sampleSays}</p>
        {sample.map(e => {
          const look = looks.find(l => l.event === e.id);
          const finding = hall.byId.get(String(e.data['finding']));
          return (
            <form method="post" action="/inspection" class="sample" id={`look-${e.id}`}>
              <Token csrf={user.session.csrf} />
              <input type="hidden" name="event" value={e.id} />
              <p>
                <b>{finding === undefined ? e.id : String(finding.data['subject'])}</b>
                <br />
                {valueLabel(language, 'reason', String(e.data['reason']))}：{String(e.data['why'])}{' '}
                <small>{names.office(e.by)}</small>
              </p>
              {look ? (
                <p class="note">
                  {insp.lookSaid(
                    look.verdict === 'fine' ? insp.lookFine : insp.lookTakeUp,
                    names.office(look.by),
                    momentText(language, look.at, hall.now),
                  )}{' '}
                  {look.note}
                </p>
              ) : (
                <div class="acts">
                  <input
                    class="inline"
                    name="note"
                    maxlength={200}
                    required
                    aria-label={insp.lookNote}
                    placeholder={insp.lookNote}
                  />
                  <button class="btn" type="submit" name="do" value="fine">
                    {insp.lookFine}
                  </button>
                  <button class="btn" type="submit" name="do" value="take-up">
                    {insp.lookTakeUp}
                  </button>
                </div>
              )}
            </form>
          );
        })}
      </section>
      <section class="sec" id="lifted">
        <div class="sec-h">
          <h2>{insp.lifted}</h2>
          <span class="num">{lifted.length}</span>
        </div>
        {lifted.length === 0 ? <p class="note">{insp.liftedNone}</p> : ''}
        <Log
          visit={visit}
          events={lifted}
          line={e => (
            <>
              <Clause clause={names.clause(String(e.data['clause']))} />{' '}
              {e.data['unit'] === undefined ? '' : names.unit(String(e.data['unit']))}：{String(e.data['reason'])}
              <br />
              <small>
                {names.office(e.by)}，{insp.liftedBy(String(e.data['authority']))}
              </small>
            </>
          )}
        />
      </section>
    </>
  );
};
