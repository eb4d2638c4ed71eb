/** Enters what came in for searching, behind the intake and in small steps, so that neither waits for the other. */
import type { Store } from '#io/store';

const AT_ONCE = 200;
/** Steps of one round: the engine has other work. */
const STEPS = 5;

export const enterForSearch = (store: Store) => async (): Promise<number> => {
  let entered = 0;
  for (const { id } of await store.institutions()) {
    const tenant = await store.tenant(id);
    if (!tenant) continue;
    for (let step = 0; step < STEPS; step++) {
      const n = await tenant.search.enter(AT_ONCE);
      entered += n;
      if (n < AT_ONCE) break;
    }
  }
  return entered;
};
