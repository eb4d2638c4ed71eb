/** Once an hour, what has outlived its purpose is deleted in every institution; a line in the audit says how much. */
import type { SeenPlace, Store, Tenant } from '#io/store';
import { settingsOf } from './triage.ts';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
const USUAL_DAYS = 366;

export function makeForgetter(store: Store): (now: number) => Promise<void> {
  let last = -Infinity;
  const texts = makeTextForgetter(store);
  return async now => {
    if (now - last >= EVERY_MS) {
      last = now;
      for (const { id } of await store.institutions()) {
        const tenant = await store.tenant(id);
        if (!tenant) continue;
        const kept = (await tenant.setting('retention')) as { readonly auditDays?: number } | undefined;
        const { keepTextDays } = await settingsOf(tenant);
        const gone = await tenant.forgetOld(now, kept?.auditDays ?? USUAL_DAYS, now - keepTextDays * DAY_MS);
        const sealed = await tenant.evidence.expireSealed(now);
        if (sealed > 0) await tenant.audit(now, undefined, 'retention', `sealed pages ${sealed}`);
        if (gone.contacts + gone.audit > 0)
          await tenant.audit(now, undefined, 'retention', `contacts ${gone.contacts}, audit ${gone.audit}`);
        if (gone.words > 0)
          await tenant.audit(now, undefined, 'retention', `samples, trials, page states ${gone.words}`);
        texts.begin(id, now);
      }
    }
    await texts.goOn(now);
  };
}

/** One transaction takes so many; nothing that people wait for is held up for longer than that. */
const A_TIME = 2_000;
/** Transactions between two rounds of timers. A house that turns this on after years catches up over many rounds. */
const A_ROUND = 5;
interface Reached {
  /** Everything seen before this has been looked at. */
  readonly place?: SeenPlace;
  readonly wholeAt: number;
}
/**
 * Words of findings outside every case. Each hour goes on where the hour before ended; once a day everything is looked at
 * anew: what was sealed for an office is free by then, what was in a case may have been taken out of it.
 */
function makeTextForgetter(store: Store): {
  readonly begin: (institution: string, now: number) => void;
  readonly goOn: (now: number) => Promise<void>;
} {
  const reached = new Map<string, Reached>();
  const waiting = new Map<string, SeenPlace | undefined>();
  return {
    begin: (id, now) => {
      if (waiting.has(id)) return;
      const before = reached.get(id);
      const isWhole = before === undefined || now - before.wholeAt >= DAY_MS;
      waiting.set(id, isWhole ? undefined : before.place);
      if (isWhole) reached.set(id, { wholeAt: now });
    },
    goOn: async now => {
      for (let i = 0; i < A_ROUND; i++) {
        const [one] = waiting;
        if (!one) return;
        const [id, after] = one;
        // Taken off first: where one institution fails, the others still have their turn, and it has its own in an hour.
        waiting.delete(id);
        const tenant = await store.tenant(id);
        if (!tenant) continue;
        const { next, end } = await forgetSome(tenant, now, after);
        if (next) waiting.set(id, next);
        else reached.set(id, { wholeAt: reached.get(id)?.wholeAt ?? now, place: end });
      }
    },
  };
}
async function forgetSome(
  tenant: Tenant,
  now: number,
  after: SeenPlace | undefined,
): Promise<{ readonly next?: SeenPlace; readonly end: SeenPlace }> {
  const settings = await settingsOf(tenant);
  const before = now - settings.keepTextDays * DAY_MS;
  const asked = { before, reach: 2 * settings.window, most: A_TIME, ...(after ? { after } : {}) };
  const { next } = await tenant.forgetTexts(asked, now);
  return { ...(next ? { next } : {}), end: { at: before, id: '' } };
}
