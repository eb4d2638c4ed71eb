/** What every drill of one trouble needs: a store of its own, a writer whose acknowledgements are kept, a verdict. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatInstant } from '#core/calendar';
import { verifyExport } from '#core/log';
import { wallClock } from '#io/clock';
import { openStore, type Store, type Tenant, type Timer } from '#io/store';
import { INSTITUTION } from './judge.ts';

/** One trouble: what is done to the product, what must follow, and how it is tried. `run` returns what went wrong. */
export interface Trouble {
  readonly name: string;
  readonly expected: string;
  readonly run: (rounds: number) => Promise<{ readonly seen: string; readonly faults: readonly string[] }>;
}
export interface Ground {
  readonly data: string;
  readonly store: Store;
  readonly tenant: Tenant;
}

/** A store with one institution in a folder that goes away afterwards. */
export async function onGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-trouble-'));
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const store = await openStore({ data });
  try {
    await store.addInstitution(
      { id: INSTITUTION, titleZh: '演练', titleEn: 'drill', isExample: true },
      wallClock.now(),
    );
    const tenant = await store.tenant(INSTITUTION);
    if (!tenant) throw new Error('the institution was not made');
    return await work({ data, store, tenant });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const timerAt = (key: string, dueAt: number): Timer => ({
  key,
  caseId: `T-${key}`,
  clause: 'G-4.3c',
  duty: 'd',
  what: key,
  dueAt,
});

/** Writes entries until told to stop; what fails is counted, what came back is acknowledged. */
export function startWriter(tenant: Tenant): {
  readonly acknowledged: readonly string[];
  readonly refused: () => number;
  readonly stop: () => Promise<void>;
} {
  const acknowledged: string[] = [];
  let refused = 0;
  const stopping = new AbortController();
  const running = (async () => {
    for (let i = 0; !stopping.signal.aborted; i++) {
      const at = formatInstant(wallClock.now());
      const id = `w-${i}`;
      try {
        await tenant.append([
          { id, type: 'watch.done', at, recordedAt: at, by: { unit: 'u', role: 'r' }, data: { found: i } },
        ]);
        acknowledged.push(id);
      } catch {
        refused++;
        await new Promise(done => setTimeout(done, 20));
      }
    }
  })();
  return {
    acknowledged,
    refused: () => refused,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Every acknowledged entry is there once, and the log verifies. */
export async function faultsOfLog(tenant: Tenant, acknowledged: readonly string[]): Promise<string[]> {
  const ids = (await tenant.events()).map(e => e.id);
  const there = new Set(ids);
  const lost = acknowledged.filter(id => !there.has(id)).length;
  const verdict = verifyExport({ ...(await tenant.exportLog()) });
  return [
    ...(lost > 0 ? [`${lost} acknowledged entries are lost`] : []),
    ...(ids.length !== there.size ? [`${ids.length - there.size} entries are doubled`] : []),
    ...(verdict.ok ? [] : [`the log does not verify: ${JSON.stringify(verdict.firstBreak)}`]),
  ];
}
export const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));
