/** An exercise is started and thrown away by who runs the house; everybody who signs in may go in and come back. */
import { Practice } from '../pages/practice.tsx';
import { permissionsOf } from '../permissions.ts';
import { enteredPractice, enterPractice, leavePractice } from '../practising.ts';
import { type Act, countsOf, goWith, type Show } from '../visiting.tsx';

export const show: Show = async (visit, counts) => {
  const running = await visit.house.desk.practice?.running();
  const inside = running !== undefined && enteredPractice(visit.c) === running.id;
  return <Practice visit={visit} counts={counts} running={running} inside={inside} />;
};

export const change: Act = async ({ visit, text }) => {
  const { c, w, house, user, hall } = visit;
  const { practice } = house.desk;
  if (!practice) return c.notFound();
  const may = permissionsOf(hall, user.office, user.person).has('administer');
  const what = text('do');
  if ((what === 'start' || what === 'discard') && !may) return c.redirect('/practice', 303);
  if (what === 'leave') {
    leavePractice(c);
    return c.redirect('/desk', 303);
  }
  if (what === 'start') {
    await practice.start();
    await house.desk.audit(user.person.code, 'practice-start', '');
  }
  const running = await practice.running();
  if (what === 'enter' || what === 'start') {
    if (!running) return c.redirect('/practice', 303);
    enterPractice(c, running.id);
    return goWith(c, '/desk', w.practice.started);
  }
  if (what === 'discard') {
    const counts = await countsOf(visit);
    if (text('sure') !== 'true')
      return c.html(
        <Practice visit={visit} counts={counts} running={running} inside={false} problem={w.practice.discardNeeded} />,
        422,
      );
    leavePractice(c);
    await practice.discard();
    await house.desk.audit(user.person.code, 'practice-discard', running?.id ?? '');
    return goWith(c, '/practice', w.practice.discarded);
  }
  return c.redirect('/practice', 303);
};
