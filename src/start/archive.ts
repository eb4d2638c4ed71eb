/** The log of an institution as one archive that `huiyin verify` checks as it is, or unpacked. */
import { zipSync } from 'fflate';
import { folderOf } from '#core/log';
import type { Store, Tenant } from '#io/store';
import { signedLog } from './signed-log.ts';

export async function archiveOf(
  store: Store,
  tenant: Tenant,
  now: number,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const log = await signedLog(store, tenant, now);
  const files = Object.fromEntries(await folderOf(log));
  return { name: `huiyin-${tenant.institution.id}-${log.entries}.zip`, bytes: zipSync(files) };
}
