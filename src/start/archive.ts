/** The log of an institution as one archive that `huiyin verify` can check once unpacked. */
import { zipSync } from 'fflate';
import type { Store, Tenant } from '#io/store';

export async function archiveOf(
  store: Store,
  tenant: Tenant,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const log = await tenant.exportLog();
  const utf8 = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.map(l => `${l}\n`).join(''));
  const digests = new Set(log.chain.map(line => (JSON.parse(line) as { rulebook: string }).rulebook));
  const books: Record<string, Uint8Array> = {};
  for (const digest of digests) {
    const text = await store.rulebook(digest);
    if (text !== undefined) books[`rulebooks/${digest.replace(':', '-')}.md`] = new TextEncoder().encode(text);
  }
  const files = {
    'events.ndjson': utf8(log.events),
    'chain.ndjson': utf8(log.chain),
    'salts.ndjson': utf8(log.salts),
    ...books,
  };
  return { name: `huiyin-${tenant.institution.id}-${log.entries}.zip`, bytes: zipSync(files) };
}
