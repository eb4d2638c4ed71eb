/** The button of the half minute: the newest change to a register is put back as it was. */
import { permissionsOf } from '../permissions.ts';
import { takeBack } from '../take-back.ts';
import { type Act, goWith } from '../visiting.tsx';

export const undo: Act = async ({ visit, text }) => {
  const { c, w, hall, user, house } = visit;
  const outcome = await takeBack(visit, text('id'), permissionsOf(hall, user.office, user.person));
  switch (outcome.kind) {
    case 'done':
      house.keeper.forget();
      return goWith(c, outcome.back, w.takeBack.done);
    case 'gone':
      return goWith(c, outcome.back, w.takeBack.gone);
    case 'forbidden':
      return goWith(c, '/desk', w.forbiddenTitle);
    case 'late':
      return goWith(c, '/desk', w.takeBack.late);
  }
};
