/** The reasons for a grade, laid out beside the form in which a person decides it. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { type Naming, naming } from '../view/naming.ts';
import type { GradeProposal } from '../view/grade-proposal.ts';

/** What holds, in words: a criterion of the rulebook as written, or what was counted. */
export const sayGrade = (visit: Visit, p: GradeProposal): string => {
  const { w, language, hall } = visit;
  const { counted } = p;
  if (p.by === 'rulebook') {
    const names = naming(hall, language);
    const held = p.criteria.filter(c => c.state === 'holds' && c.value === p.value);
    return held.map(c => sayCriterion(visit, c, names)).join(w.and);
  }
  return [...new Set(p.holds.map(h => factOf(visit, h.name, counted)))].filter(f => f !== '').join(w.and);
};
function factOf({ w }: Visit, name: keyof GradeProposal['counted'], counted: GradeProposal['counted']): string {
  switch (name) {
    case 'items':
    case 'outlets':
      return w.gradeFacts.items(counted.items, counted.outlets);
    case 'copies':
      return w.gradeFacts.copies(counted.copies);
    case 'media':
      return w.gradeFacts.media(counted.media);
    case 'hotline':
      return w.gradeFacts.hotline(counted.hotline);
    case 'spike':
      return w.spikeFromNothing;
    default:
      return '';
  }
}
type Weighed = GradeProposal['criteria'][number];
/** Clause, and each input with what is asked of it and what it is. */
function sayCriterion({ w }: Visit, c: Weighed, names: Naming): string {
  const label = (input: string): string => w.gradeInputs[input as keyof typeof w.gradeInputs] ?? input;
  const inputs = c.when.map(
    x =>
      `${label(x.input)} ${x.wanted}${x.is === undefined ? '' : w.gradeIs(typeof x.is === 'number' ? String(x.is) : w.yesNo(x.is))}`,
  );
  return [...(c.clause === undefined ? [] : [names.clause(c.clause).article]), ...inputs].join(' ');
}

export const GradeReasons: FC<{ visit: Visit; proposal: GradeProposal }> = ({ visit, proposal: p }): Child => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  const nothing = p.value === undefined || (p.by === 'local' && p.holds.length === 0);
  return (
    <section class="pane grade-why">
      <h3>{w.gradeWhy}</h3>
      <p>
        {nothing ? w.gradeNoProposal : w.gradeProposed(names.value(p.scale, p.value ?? ''), sayGrade(visit, p))}
        {p.by === 'local' ? <small> {w.gradeLocal}</small> : ''}
      </p>
      {p.criteria.length === 0 ? (
        ''
      ) : (
        <ul class="mini-list">
          {p.criteria.map(c => (
            <li>
              <b>{names.value(p.scale, c.value)}</b> {sayCriterion(visit, c, names)}{' '}
              <small>{w.gradeStates[c.state]}</small>
            </li>
          ))}
        </ul>
      )}
      {p.by === 'local' ? (
        <details>
          <summary>{w.gradeLocal}</summary>
          <p class="note">
            {w.gradeLocalSays(
              p.grading.atLeast.map(c => `${w.gradeInputs[c.name]} ≥ ${c.atLeast}`).join(w.semicolon),
              p.grading.perStep,
            )}
          </p>
        </details>
      ) : (
        ''
      )}
      <p class="note">{w.gradeWhySays}</p>
    </section>
  );
};
