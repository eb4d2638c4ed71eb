/** Every statement of collection and evidence once, for the test that reads them. */
import { dueEvidence, dueSources, type Store, type Tenant } from '#io/store';

export async function useCollecting(
  store: Store,
  tenant: Tenant,
  source: string,
  finding: string,
  at: number,
): Promise<void> {
  const { collecting, evidence } = tenant;
  await dueSources(store.pool, ['rss'], at, 5);
  await collecting.makeDue(source, at);
  await collecting.hasten([source], 'hour', at);
  await collecting.claim([source], 'me', at, at + 1);
  const outcome = { state: 'read', items: 1, fresh: 1, added: 1, milliseconds: 1 } as const;
  const settled = { key: source, by: 'me', at, nextDueAt: at, outcome };
  await collecting.settle({ ...settled, validators: { etag: '"1"' }, goesOn: () => false });
  await collecting.claim([source], 'me', at, at + 1);
  await collecting.settle({ ...settled, goesOn: () => true });
  await collecting.release('me');
  await collecting.spans({ from: at, to: at + 1 });
  await collecting.putRobots('https://news.example.cn', { fetchedAt: at, state: 'none', text: '' });
  await collecting.robots('https://news.example.cn');
  await collecting.putDates([{ findingId: finding, firstSeenAt: at, claimedAt: at, claimedFrom: 'pubDate' }]);
  await collecting.dateOf(finding);
  await collecting.setTold(source, { at, what: 'dead' });
  await collecting.told();
  await collecting.openCases();
  await collecting.sourcesOfCases(['C1']);
  await evidence.plan([finding], [{ why: 'first', dueAt: at }]);
  await dueEvidence(store.pool, at, 5);
  await evidence.take(finding, at, at + 1);
  await evidence.planned(finding);
  await evidence.finish(finding, ['first']);
  const look = {
    findingId: finding,
    lookedAt: at,
    why: 'first',
    outcome: 'kept',
    url: 'https://news.example.cn/1',
    headers: {},
  } as const;
  await evidence.addLook({ ...look, keeps: 'bytes' }, new Uint8Array([1]));
  const asked = { unit: 'u', role: 'r', reason: 'x', at, keepUntil: at + 1 };
  const n = await evidence.addLook({ ...look, keeps: 'digest' }, new Uint8Array([1]), asked);
  await evidence.looks(finding);
  await evidence.ofCase('C1');
  await evidence.body(finding, 1);
  await evidence.openSealed(finding, n, { unit: 'u', role: 'r' }, at);
  await evidence.expireSealed(at + 2);
}
