/** The log of an institution with everything that goes into an export beside it. */
import type { Store, Tenant } from '#io/store';
import type { LogFiles } from '../cli/world.ts';

export async function signedLog(store: Store, tenant: Tenant, caseId?: string): Promise<LogFiles> {
  const log = await tenant.exportLog(caseId);
  const digests = new Set(log.chain.map(line => (JSON.parse(line) as { rulebook: string }).rulebook));
  const books = await Promise.all([...digests].map(async d => [d, await store.rulebook(d)] as const));
  return {
    ...log,
    checkpoints: [],
    keys: [],
    rulebooks: new Map(books.flatMap(([d, text]) => (text === undefined ? [] : [[d, text] as const]))),
    ...(caseId === undefined
      ? {}
      : {
          scope: {
            case: caseId,
            entries: log.events.filter(e => (JSON.parse(e) as { case?: string }).case === caseId).length,
          },
        }),
  };
}
