/** The reasons for a grade, laid out beside the form in which a person decides it. */
import type { Child, FC } from 'hono/jsx';
import type { Visit } from '../context.ts';
import { naming } from '../view/naming.ts';
import type { GradeProposal } from '../view/grade-proposal.ts';

export const sayGrade = (visit: Visit, p: GradeProposal): string => {
  const { w } = visit;
  const { counted } = p;
  const said: Readonly<Record<keyof GradeProposal['counted'], string>> = {
    items: w.gradeFacts.items(counted.items, counted.outlets),
    outlets: w.gradeFacts.items(counted.items, counted.outlets),
    copies: w.gradeFacts.copies(counted.copies),
    media: w.gradeFacts.media(counted.media),
    hotline: w.gradeFacts.hotline(counted.hotline),
    spike: w.spikeFromNothing,
  };
  return [...new Set(p.holds.map(h => said[h.name]))].join(w.and);
};

export const GradeReasons: FC<{ visit: Visit; proposal: GradeProposal }> = ({ visit, proposal: p }): Child => {
  const { w, language, hall } = visit;
  const names = naming(hall, language);
  return (
    <section class="pane grade-why">
      <h3>{w.gradeWhy}</h3>
      <p>
        {p.holds.length === 0 ? w.gradeNoProposal : w.gradeProposed(names.value(p.scale, p.value), sayGrade(visit, p))}
      </p>
      <p class="note">{w.gradeWhySays}</p>
    </section>
  );
};
