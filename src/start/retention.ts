/** Once an hour, what has outlived its purpose is deleted in every institution; a line in the audit says how much. */
import type { Store } from '#io/store';

const EVERY_MS = 3_600_000;
const USUAL_DAYS = 366;

export function makeForgetter(store: Store): (now: number) => Promise<void> {
  let last = -Infinity;
  return async now => {
    if (now - last < EVERY_MS) return;
    last = now;
    for (const { id } of await store.institutions()) {
      const tenant = await store.tenant(id);
      if (!tenant) continue;
      const kept = (await tenant.setting('retention')) as { readonly auditDays?: number } | undefined;
      const gone = await tenant.forgetOld(now, kept?.auditDays ?? USUAL_DAYS);
      const sealed = await tenant.evidence.expireSealed(now);
      if (sealed > 0) await tenant.audit(now, undefined, 'retention', `sealed pages ${sealed}`);
      if (gone.contacts + gone.audit > 0)
        await tenant.audit(now, undefined, 'retention', `contacts ${gone.contacts}, audit ${gone.audit}`);
    }
  };
}
