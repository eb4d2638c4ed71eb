/**
 * Routing: which unit such a matter went to before. Trained on the institution's own assignments and nothing else; how good
 * it is, is measured on what it was not trained on. It proposes with the words it read; a person decides.
 */
import { makeRouter, type RouteModel, trainRoute } from '#core/text';

export interface Labelled {
  readonly title: string;
  readonly text: string;
  readonly label: string;
}
export interface Trained {
  readonly model: RouteModel;
  /** Share of right proposals on parts that were left out of the training, five times over; absent where there are too few. */
  readonly accuracy?: number;
}
/** With less than this there is nothing to learn from. */
export const LEAST_LABELLED = 12;
const LEAST_OF_LABEL = 3;
const FOLDS = 5;
const LEAST_FOR_FOLDS = 25;

/** Labels with too few examples are left out: a proposal from two letters is a guess. */
export function trainRouting(rows: readonly Labelled[]): Trained | undefined {
  const counts = new Map<string, number>();
  for (const r of rows) counts.set(r.label, (counts.get(r.label) ?? 0) + 1);
  const usable = rows.filter(r => (counts.get(r.label) ?? 0) >= LEAST_OF_LABEL);
  const labels = new Set(usable.map(r => r.label));
  if (usable.length < LEAST_LABELLED || labels.size < 2) return undefined;
  const model = trainRoute(usable);
  return usable.length < LEAST_FOR_FOLDS ? { model } : { model, accuracy: accuracyOf(usable) };
}
function accuracyOf(rows: readonly Labelled[]): number {
  let right = 0;
  for (let fold = 0; fold < FOLDS; fold++) {
    const propose = makeRouter(trainRoute(rows.filter((_, i) => i % FOLDS !== fold)));
    for (const row of rows.filter((_, i) => i % FOLDS === fold)) if (propose(row).label === row.label) right++;
  }
  return Math.round((right / rows.length) * 1000) / 1000;
}

/** The terms that speak most for each label: the model as people read it. */
export function weightsOf(
  model: RouteModel,
  most: number,
): readonly {
  readonly label: string;
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
}[] {
  return model.labels.map((label, l) => ({
    label,
    terms: Object.entries(model.terms)
      .map(([term, values]) => ({ term, weight: values[l + 1] ?? 0 }))
      .filter(t => t.weight > 0 && t.term.length > 1)
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, most),
  }));
}
