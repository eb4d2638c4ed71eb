/** A round of the watch is recorded also when nothing was found. */
import { Watch } from '../pages/watch.tsx';
import { watchingOffice } from '../view/rota.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

export const show: Show = async (visit, counts) => (
  <Watch visit={visit} counts={counts} sources={await visit.house.desk.sources.list()} />
);

export const record: Act = async ({ visit, text, all }) => {
  const { house, user, c, w } = visit;
  const found = Number(text('found') || '0');
  const again = async (problem: string): Promise<Response> =>
    c.html(
      <Watch
        visit={visit}
        counts={await countsOf(visit)}
        sources={await house.desk.sources.list()}
        problem={problem}
      />,
      422,
    );
  if (!user.office) return again(w.noOffice);
  if (!Number.isInteger(found) || found < 0) return again(w.fieldWrong(w.watchFound));
  const sources = all('sources');
  const outcome = await house.actor.act(watchingOffice(visit.hall, user.office), () => [
    { type: 'watch.done', data: { unit: user.office?.unit, found, ...(sources.length > 0 ? { sources } : {}) } },
  ]);
  return outcome.kind === 'done'
    ? goWith(c, /^\/rota(\?|$)/.test(text('back')) ? text('back') : '/watch', w.savedFlash(w.watchDone))
    : again(outcome.kind === 'invalid' ? outcome.faults.join(' ') : w.notSaved);
};
