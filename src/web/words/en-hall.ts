/** My duties, search, live updates, keys: the words of these pages. */
import type { zhHall } from './zh-hall.ts';
import type { Same } from './same.ts';

export const enHall: Same<typeof zhHall> = {
  moreOf: (n: number) => `${n} more`,
  superviseMore: (n: number) => `${n} more: go on`,
};
