/**
 * Figures that the text leaves to the institution: one person writes one down with its reason, a second switches it on, and
 * from that day on it stands in the log and in every derivation that rests on it.
 */
import type { FC } from 'hono/jsx';
import { GRADING_COUNTS, type LocalGrading, readGrading } from '#triage';
import type { Visit } from '../context.ts';
import type { Counts } from '../parts/layout.tsx';
import { Clause, Token } from '../parts/small.tsx';
import { permissionsOf } from '../permissions.ts';
import type { LocalProposal, StoredEvent } from '../ports.ts';
import { naming } from '../view/naming.ts';
import {
  decisionAbout,
  figureKind,
  figureText,
  gradedLocally,
  GRADING_KEY,
  localName,
  type LocalRow,
  locals,
  SPAN_UNITS,
  spanOf,
  tableOf,
  valueText,
} from '../view/settled.ts';
import { momentText } from '../view/times.ts';
import { Deciders } from './register-rules.tsx';
import { EmptyRegister, RegisterFrame, type Said, typed } from './registers.tsx';

interface Props {
  readonly visit: Visit;
  readonly said: Said;
  readonly proposals: readonly LocalProposal[];
  readonly people: ReadonlyMap<string, string>;
}
export const LocalsRegister: FC<Props & { counts: Counts; grading: LocalGrading }> = props => {
  const { visit, counts, said, grading } = props;
  const all = locals(visit.hall);
  const graded = gradedLocally(visit.hall);
  return (
    <RegisterFrame visit={visit} counts={counts} register="locals" said={said}>
      <p class="note sec">{visit.w.reg.twoPeople}</p>
      {all.length === 0 && !graded ? <EmptyRegister visit={visit} register="locals" /> : ''}
      {all.map(l => (
        <Figure {...props} row={l} />
      ))}
      {graded ? <Grading {...props} clause={graded.clauses[0] ?? ''} grading={grading} /> : ''}
    </RegisterFrame>
  );
};

/** What was decided and when, with its number in the log. */
const Decided: FC<{ visit: Visit; event: StoredEvent | undefined }> = ({ visit, event }) => {
  const { hall, w, language } = visit;
  if (!event) return <></>;
  return (
    <p class="note">
      {w.reg.since(momentText(language, Date.parse(event.at), hall.now))} {String(event.data['reason'])}{' '}
      {naming(hall, language).key(String(event.data['decidedBy']))}{' '}
      <a href={`/log?before=${event.seq + 1}`}>#{event.seq}</a>
    </p>
  );
};

/** A figure waiting for the second person: who wrote it, why, and the one button that is somebody else's. */
const Waiting: FC<Props & { proposal: LocalProposal; text: string }> = ({ visit, people, proposal, text }) => {
  const { hall, w, language, user } = visit;
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const own = proposal.by === user.person.code;
  return (
    <div class="lint">
      <b>
        {w.reg.proposedFigure}
        {w.colon}
        {text}
      </b>
      <p>
        {proposal.reason}{' '}
        <span class="note">
          {people.get(proposal.by) ?? proposal.by} {momentText(language, proposal.at, hall.now)}
        </span>
      </p>
      {may ? (
        <form method="post" action="/registers/locals" class="acts">
          <Token csrf={user.session.csrf} />
          <input type="hidden" name="key" value={proposal.key} />
          <input type="hidden" name="at" value={String(proposal.at)} />
          {own ? (
            <span class="note">{w.reg.ownFigure}</span>
          ) : (
            <button class="btn go" type="submit" name="do" value="on">
              {w.reg.switchOn}
            </button>
          )}
          <button class="btn text" type="submit" name="do" value="drop">
            {own ? w.reg.withdraw : w.reg.turnDown}
          </button>
        </form>
      ) : (
        ''
      )}
    </div>
  );
};

const Figure: FC<Props & { row: LocalRow }> = props => {
  const { visit, said, proposals, row } = props;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const { name } = row.rule;
  const mine = typed(said, 'key') === name;
  const proposal = proposals.find(p => p.key === name);
  return (
    <section class="pane reg-q" id={`l-${name}`}>
      <p>
        <b>{localName(visit, name)}</b>{' '}
        {row.clauses.map(x => (
          <Clause clause={names.clause(x)} local />
        ))}{' '}
        {row.value === '' ? (
          <span class={row.needed ? 'tag late' : 'tag dash'}>{row.needed ? w.reg.unsetGap : w.reg.unsetNone}</span>
        ) : (
          <>
            <b>{valueText(visit, row.value)}</b> <span class="tag dash">{w.local}</span>
          </>
        )}
      </p>
      <Decided visit={visit} event={row.decided} />
      {proposal ? <Waiting {...props} proposal={proposal} text={figureText(w, String(proposal.value))} /> : ''}
      {tableOf(row.value) !== undefined ? (
        <p class="note">{w.reg.tableFigure}</p>
      ) : may ? (
        <details open={mine || (row.value === '' && !proposal)}>
          <summary>{proposal || row.value !== '' ? w.reg.otherFigure : w.reg.setFigure}</summary>
          <form method="post" action="/registers/locals" data-draft={`local-${name}`}>
            <Token csrf={user.session.csrf} />
            <input type="hidden" name="key" value={name} />
            <input type="hidden" name="clause" value={row.clauses[0] ?? ''} />
            <div class="three">
              <FigureField
                visit={visit}
                row={row}
                value={mine ? typed(said, 'value') : row.value}
                unit={typed(said, 'unit')}
              />
              <div class="field">
                <label for={`w-${name}`}>{w.reg.why}</label>
                <input
                  id={`w-${name}`}
                  name="reason"
                  required
                  maxlength={400}
                  value={mine ? typed(said, 'reason') : ''}
                />
              </div>
              <Deciders visit={visit} id={`d-${name}`} chosen={mine ? typed(said, 'decidedBy') : ''} />
            </div>
            <button class="btn" type="submit" name="do" value="propose">
              {w.reg.proposeFigure}
            </button>
          </form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};

const FigureField: FC<{ visit: Visit; row: LocalRow; value: string; unit: string }> = ({ visit, row, value, unit }) => {
  const { hall, w, language } = visit;
  const names = naming(hall, language);
  const { name } = row.rule;
  const kind = figureKind(hall, name);
  const span = spanOf(value);
  if (kind === 'span')
    return (
      <div class="field">
        <label for={`v-${name}`}>{w.reg.figure}</label>
        <span class="figure">
          <input id={`v-${name}`} name="value" type="number" min="1" max="99999" required value={span?.n ?? value} />
          <select name="unit" aria-label={w.reg.spanUnit}>
            {SPAN_UNITS.map(u => (
              <option value={u} selected={u === (span?.unit ?? (unit || 'days'))}>
                {w.reg.spanUnits[u]}
              </option>
            ))}
          </select>
        </span>
      </div>
    );
  if (kind === 'office') {
    const offices = [...new Set(hall.institution.setup.roles.map(r => `${r.unit}/${r.role}`))];
    return (
      <div class="field">
        <label for={`v-${name}`}>{w.offices}</label>
        <select id={`v-${name}`} name="value" required>
          <option value="">{w.chooseOne}</option>
          {offices.map(o => (
            <option value={o} selected={o === value}>
              {names.office({ unit: o.split('/')[0] ?? '', role: o.split('/')[1] ?? '' })}
            </option>
          ))}
        </select>
      </div>
    );
  }
  return (
    <div class="field">
      <label for={`v-${name}`}>{w.reg.figure}</label>
      <input id={`v-${name}`} name="value" required maxlength={80} value={value} />
    </div>
  );
};

/** Thresholds by which a grade is proposed where the text gives no criterion that can be worked out. */
const Grading: FC<Props & { grading: LocalGrading; clause: string }> = props => {
  const { visit, said, proposals, grading, clause } = props;
  const { hall, w, language, user } = visit;
  const names = naming(hall, language);
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const mine = typed(said, 'key') === GRADING_KEY;
  const proposal = proposals.find(p => p.key === GRADING_KEY);
  const wanted = proposal && readGrading(String(proposal.value));
  const bounds = (name: (typeof GRADING_COUNTS)[number]): string =>
    grading.atLeast
      .filter(l => l.name === name)
      .map(l => l.atLeast)
      .join(' ');
  return (
    <section class="pane reg-q" id={`l-${GRADING_KEY}`}>
      <p>
        <b>{w.reg.gradingTitle}</b> <Clause clause={names.clause(clause)} local />{' '}
        <span class="tag dash">{w.local}</span>
      </p>
      <p>{gradingText(visit, grading)}</p>
      <p class="note">{w.reg.gradingSays}</p>
      <Decided visit={visit} event={decisionAbout(hall, GRADING_KEY)} />
      {proposal && wanted ? <Waiting {...props} proposal={proposal} text={gradingText(visit, wanted)} /> : ''}
      {may ? (
        <details open={mine}>
          <summary>{w.reg.otherFigure}</summary>
          <form method="post" action="/registers/locals" data-draft={`local-${GRADING_KEY}`}>
            <Token csrf={user.session.csrf} />
            <input type="hidden" name="key" value={GRADING_KEY} />
            <div class="three">
              {GRADING_COUNTS.map(name => (
                <div class="field">
                  <label for={`g-${name}`}>{w.gradeInputs[name]} ≥</label>
                  <input
                    id={`g-${name}`}
                    name={name}
                    inputmode="numeric"
                    value={mine ? typed(said, name) : bounds(name)}
                  />
                </div>
              ))}
              <div class="field">
                <label for="g-step">{w.reg.gradingStep}</label>
                <input
                  id="g-step"
                  name="step"
                  type="number"
                  min="1"
                  max="10"
                  required
                  value={mine ? typed(said, 'step') : String(grading.perStep)}
                />
              </div>
              <div class="field">
                <label for="g-why">{w.reg.why}</label>
                <input id="g-why" name="reason" required maxlength={400} value={mine ? typed(said, 'reason') : ''} />
              </div>
              <Deciders visit={visit} id="g-d" chosen={mine ? typed(said, 'decidedBy') : ''} />
            </div>
            <p class="note">{w.reg.gradingHint}</p>
            <button class="btn" type="submit" name="do" value="propose">
              {w.reg.proposeFigure}
            </button>
          </form>
        </details>
      ) : (
        ''
      )}
    </section>
  );
};
const gradingText = ({ w }: Visit, grading: LocalGrading): string =>
  w.gradeLocalSays(
    grading.atLeast.map(c => `${w.gradeInputs[c.name]} ≥ ${c.atLeast}`).join(w.semicolon),
    grading.perStep,
  );
