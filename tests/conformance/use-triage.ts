/** Every statement of triage, once, so that the statement test sees it. */
import type { PlacedItem, Tenant } from '#io/store';

export const item = (id: string, at: number, more: Partial<PlacedItem> = {}): PlacedItem => ({
  id,
  key: id,
  sourceKey: 's',
  origin: 'own-watch',
  title: `标题 ${id}`,
  text: `正文 ${id}`,
  matched: [],
  seenAt: at,
  lane: 'public',
  of: null,
  kind: 'first',
  likeness: 0,
  story: `st-${id}`,
  topics: [],
  ...more,
});

export async function write(tenant: Tenant, at: number, items: readonly PlacedItem[]): Promise<void> {
  await tenant.triage.intake(at, async turn => {
    await turn.known(items.map(i => i.key));
    await turn.since(0, 10, 1000);
    await turn.wentBy(items.map(i => i.key));
    await turn.heldAfter(0, 0, 10);
    await turn.write(items);
  });
}

export async function useTriage(tenant: Tenant, at: number): Promise<void> {
  const { triage } = tenant;
  await write(tenant, at, [
    item('a', at),
    item('b', at, { of: 'a', kind: 'exact', story: 'st-a', likeness: 1 }),
    item('c', at),
    item('p', at, { lane: 'passed' }),
    item('q', at, { origin: 'hotline', lane: 'hotline', topics: ['r'] }),
  ]);
  await triage.tidy(at, 1);
  await triage.head();
  await triage.stories({ tab: 'new', from: 0, limit: 5 });
  await triage.countStories();
  await triage.story('st-a');
  await triage.storyOf('a');
  await triage.findingsOf('st-a', 5);
  await triage.sightings(['st-a'], 0);
  await triage.byOrigin(['st-a']);
  await triage.topicsOf(['st-a']);
  await triage.topicCounts(at, at);
  await triage.evidenceOf(['a']);
  await triage.settle(['a'], { state: 'in-case', caseId: 'C1', events: { a: 'e' } });
  await triage.setStoryCase('st-a', 'C1');
  await triage.untoldFolds(5);
  await triage.merge('st-c', 'st-a');
  await triage.story('st-c');
  await triage.move(['c'], 'st-a', 'st-c');
  const act = { id: 't1', at, staffCode: 'H01', what: 'merge', story: 'st-c', detail: {} } as const;
  await triage.putAct(act);
  await triage.acts(0);
  await triage.passed(0, 5);
  await triage.passedOf(['p']);
  await triage.countPassed(0, at + 1);
  await triage.intake(at, turn => turn.release(['p']));
  await triage.recent(0, 5);
  const version = { rule: 'r', title: 't', body: {}, note: 'n', said: [], madeBy: 'H01', madeAt: at };
  await triage.addRuleVersion(version);
  await triage.tried('r', 1, at, {});
  await triage.switchOn('r', 1, 'H02', at);
  await triage.tookIn('r', 1, 2);
  await triage.switchOff('r', 'H02', at);
  await triage.switchBack('r', 1, 'H02');
  await triage.ruleVersions();
  await triage.addMiss({ id: 'm', foundAt: at, how: 'phone', title: 't', text: 't', why: 'w', enteredBy: 'H01' });
  await triage.misses();
  await triage.addDrill('2026-07', [{ item: 'x', title: 't', text: 't' }]);
  await triage.sayDrill('2026-07', 'x', 'ours', 'H01', at);
  await triage.drill('2026-07');
  await triage.drillMonths();
  await triage.putRouteModel({}, at, 1, 0.9);
  await triage.routeModel();
}
