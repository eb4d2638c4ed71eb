/** Taking back the newest change. */
import type { Same } from './same.ts';
import type { zhTakeBack } from './zh-take-back.ts';

export const enTakeBack: Same<typeof zhTakeBack> = {
  takeBack: {
    reason: 'taken back within half a minute',
    done: 'Taken back: it is as it was.',
    gone: 'Not taken back: it has been changed again since.',
    late: 'Not taken back: the half minute is over, or it was taken back before. Change it by hand.',
  },
};
