/** Once an hour: stories left alone are looked at again, what went by is forgotten after its days; at night routing is trained. */
import type { Store } from '#io/store';
import { labelledOf } from './routing.ts';
import { takeInHeld } from './intake/index.ts';
import { settingsOf, settleStories } from './triage.ts';
import { trainRouting } from '#triage';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function makeTriageRounds(store: Store): (now: number) => Promise<void> {
  let last = -Infinity;
  return async now => {
    if (now - last < EVERY_MS) return;
    last = now;
    for (const { id } of await store.institutions()) {
      const tenant = await store.tenant(id);
      if (!tenant) continue;
      await tenant.triage.tidy(now, (await settingsOf(tenant)).keepPassedDays);
      // Who switched a rule on may have been cut off before what went by was taken in, or a reading was under way.
      const fresh = (await tenant.triage.ruleVersions()).filter(
        v => v.offAt === undefined && v.onAt !== undefined && v.onAt > now - DAY_MS,
      );
      if (fresh.length > 0)
        await takeInHeld(
          tenant,
          fresh.map(v => v.rule),
          now,
        );
      await settleStories(tenant, now);
      const known = await tenant.triage.routeModel();
      if (known && now - known.madeAt < DAY_MS) continue;
      const trained = trainRouting(await labelledOf(tenant));
      if (trained) await tenant.triage.putRouteModel(trained.model, now, trained.model.items, trained.accuracy);
    }
  };
}
