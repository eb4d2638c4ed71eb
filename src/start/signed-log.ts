/** The log of an institution with everything that goes into an export beside it. */
import type { Store, Tenant } from '#io/store';
import type { LogFiles } from '../cli/world.ts';

/** Older ones are beginnings of these. */
const MOST_CHECKPOINTS = 50;

export async function signedLog(store: Store, tenant: Tenant, now: number, caseId?: string): Promise<LogFiles> {
  const head = await tenant.proofs.signHead(now);
  const log = await tenant.exportLog(caseId, head.size);
  const digests = new Set(log.chain.map(line => (JSON.parse(line) as { rulebook: string }).rulebook));
  const books = await Promise.all([...digests].map(async d => [d, await store.rulebook(d)] as const));
  return {
    ...log,
    checkpoints: (await tenant.proofs.checkpoints(MOST_CHECKPOINTS)).filter(c => c.size <= head.size),
    keys: await tenant.proofs.keys(),
    heartbeats: (await tenant.proofs.heartbeats()).filter(
      note => Number(/^entries (\d+)$/m.exec(note)?.[1]) <= head.size,
    ),
    rulebooks: new Map(books.flatMap(([d, text]) => (text === undefined ? [] : [[d, text] as const]))),
    ...(caseId === undefined ? {} : { scope: { case: caseId, entries: lastOf(caseId, log) } }),
  };
}
/** The counter of the case's last entry: what is given must lead up to it. */
function lastOf(
  caseId: string,
  log: { readonly events: readonly string[]; readonly chain: readonly string[] },
): number {
  const read = <T>(line: string): T => JSON.parse(line) as T;
  const ids = new Set(
    log.events.map(line => read<{ id: string; case?: string }>(line)).flatMap(e => (e.case === caseId ? [e.id] : [])),
  );
  const counters = log.chain.map(line => read<{ id: string; caseN: number }>(line)).filter(l => ids.has(l.id));
  return Math.max(0, ...counters.map(l => l.caseN));
}
