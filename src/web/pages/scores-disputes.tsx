/** Contesting a point, and deciding it: upheld, or changed by entering what was missing or wrong. */
import { VOCABULARY } from '#core/log';
import type { Dispute } from '#core/obligations';
import type { FC } from 'hono/jsx';
import type { Sheet } from '#score';
import type { Visit } from '../context.ts';
import { Token } from '../parts/small.tsx';
import { naming } from '../view/naming.ts';
import { eventLabel, fieldLabel, valueLabel } from '../words/index.ts';

/** What a decision may enter. */
export const CORRECTIONS = [
  'coverage.entered',
  'praise.entered',
  'award.entered',
  'submission.entered',
  'adoption.entered',
] as const;

export const Contest: FC<{ visit: Visit; sheet: Sheet }> = ({ visit, sheet }) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  const clauses = [
    ...new Set([
      ...sheet.targets.map(t => t.clause),
      ...sheet.scores.flatMap(s => hall.book.of('score').find(r => r.name === s.score)?.clauses ?? []),
    ]),
  ];
  if (clauses.length === 0) return <></>;
  if (user.office?.unit !== sheet.unit) return <p class="note">{w.disputeOnlyOwn}</p>;
  return (
    <form class="pane" method="post" action={`/scores/${sheet.unit ?? ''}?year=${sheet.year}`}>
      <Token csrf={user.session.csrf} />
      <h3>{w.disputeContest}</h3>
      <div class="field">
        <label for="d-clause">{w.disputeClause}</label>
        <select id="d-clause" name="clause">
          {clauses.map(c => (
            <option value={c}>
              {names.clause(c).article} {c}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="d-reason">{w.disputeReason}</label>
        <span class="hint">{w.disputeReasonHint}</span>
        <textarea id="d-reason" name="reason" rows={3} required></textarea>
      </div>
      <button class="btn go" type="submit" name="do" value="contest">
        {w.disputeContest}
      </button>
    </form>
  );
};

export const Settle: FC<{ visit: Visit; dispute: Dispute; sheet: Sheet }> = ({ visit, dispute, sheet }) => {
  const { w, hall, language, user } = visit;
  const names = naming(hall, language);
  if (!user.office || user.office.unit === sheet.unit) return <p class="note">{w.disputeNotOwn}</p>;
  const own = hall.events.filter(
    e =>
      (CORRECTIONS as readonly string[]).includes(e.type) &&
      (e.data['unit'] === sheet.unit || e.data['unit'] === undefined),
  );
  // Every field that one of these types has, asked once; which are read depends on the type chosen.
  const fields = [
    ...new Map(
      CORRECTIONS.flatMap(t => (VOCABULARY.get(t)?.fields ?? []).map(f => [f.name, { ...f, type: t }] as const)),
    ).values(),
  ].filter(f => f.name !== 'unit');
  const id = (name: string): string => `s-${dispute.event}-${name}`;
  return (
    <details>
      <summary>{`${w.disputeUphold} / ${w.disputeChange}`}</summary>
      <form class="pane" method="post" action={`/scores/${sheet.unit ?? ''}?year=${sheet.year}`}>
        <Token csrf={user.session.csrf} />
        <input type="hidden" name="dispute" value={dispute.event} />
        <div class="field">
          <label for={id('reason')}>{w.disputeReason}</label>
          <textarea id={id('reason')} name="reason" rows={2} required></textarea>
        </div>
        <div class="acts">
          <button class="btn" type="submit" name="do" value="uphold">
            {w.disputeUphold}
          </button>
        </div>
        <p class="note">{w.disputeChangeHint}</p>
        <div class="two">
          <div class="field">
            <label for={id('type')}>{w.disputeType}</label>
            <select id={id('type')} name="type">
              {CORRECTIONS.map(t => (
                <option value={t}>{eventLabel(language, t)}</option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for={id('instead')}>{w.disputeInstead}</label>
            <select id={id('instead')} name="instead">
              <option value="">{w.disputeInsteadNone}</option>
              {own.map(e => (
                <option value={e.id}>
                  {`#${e.seq} ${eventLabel(language, e.type)} ${String(e.data['work'] ?? e.data['issue'] ?? '')} ${String(e.data['on'] ?? e.at.slice(0, 10))}`}
                </option>
              ))}
            </select>
          </div>
        </div>
        <div class="three">
          {fields.map(f => (
            <div class="field">
              <label for={id(f.name)}>{fieldLabel(language, f.name, f.type)}</label>
              {f.values ? (
                <select id={id(f.name)} name={`f.${f.name}`}>
                  <option value=""></option>
                  {f.values.map(v => (
                    <option value={v}>{valueLabel(language, f.name, v)}</option>
                  ))}
                </select>
              ) : (
                <input id={id(f.name)} name={`f.${f.name}`} type={f.kind === 'date' ? 'date' : 'text'} />
              )}
            </div>
          ))}
        </div>
        <button class="btn go" type="submit" name="do" value="change">
          {`${w.disputeChange}${w.colon}${names.unit(sheet.unit ?? '')}`}
        </button>
      </form>
    </details>
  );
};
