/** Puts the worked example into an empty store, and the first administrator with a password for one use. */
import type { Clock } from '#io/clock';
import type { Store, Tenant } from '#io/store';
import type { Desk, Person } from '../web/ports.ts';
import { mapTable } from '../web/actions/table.ts';
import { arrangeExample } from './example-rota.ts';
import { type Example, readExample } from './example.ts';
import { type Incoming, takeIn } from './intake/index.ts';
import { incomingOf, readSource } from './sources.ts';
import { settleStories } from './triage.ts';

export interface Secrets {
  readonly hash: (password: string) => Promise<string>;
  readonly oneTime: () => string;
}
/** Founds the example; returns the one-time password of its administrator. */
export async function seedExample(
  desk: Desk,
  store: Store,
  clock: Clock,
  root: string,
  secrets: Secrets,
): Promise<{ readonly login: string; readonly password: string }> {
  const example = readExample(root, clock.now());
  await desk.saveInstitution(example.institution);
  const tenant = await store.tenant(example.institution.id);
  if (!tenant) throw new Error('the example could not be founded');
  const password = secrets.oneTime();
  const administrator: Person = {
    code: example.administrator.code,
    login: 'admin',
    name: '管理员',
    passwordHash: await secrets.hash(password),
    mustChange: true,
    failed: 0,
    lockedUntil: null,
    administrator: true,
    active: true,
  };
  await desk.people.save(administrator);
  // The others of the example sign in once an administrator gives them a password.
  const nobody = await secrets.hash(secrets.oneTime());
  for (const p of example.people)
    await desk.people.save({
      ...administrator,
      code: p.code,
      login: p.code.toLowerCase(),
      name: p.name,
      passwordHash: nobody,
      administrator: false,
    });
  await seedConcerns(tenant, example, clock.now());
  const items: Incoming[] = [];
  for (const [i, feed] of example.feeds.entries()) {
    const key = `example-${i + 1}`;
    await tenant.putSource({
      key,
      kind: 'rss',
      title: feed.title,
      ownerUnit: 'general-office',
      purpose: '了解群众对本机关工作的反映',
      settings: { url: 'http://forum.qingjiang.example/feed', outlet: feed.outlet },
      state: 'off',
      validators: {},
      nextDueAt: clock.now(),
      lastSuccessAt: clock.now() - (feed.silentMinutes ?? 0) * 60_000,
      ...(feed.fault === undefined ? {} : { lastFault: feed.fault }),
      class: 'public-board',
      reach: 'domestic',
      outletKind: feed.kind,
      pace: 'hour',
      proposedBy: example.administrator.code,
    });
    if (feed.xml === undefined) continue;
    const reading = readSource(
      'rss',
      { outlet: feed.outlet },
      {
        body: new TextEncoder().encode(feed.xml),
        url: 'http://forum.qingjiang.example/',
        contentType: 'application/xml',
      },
    );
    items.push(...incomingOf({ key, kind: 'rss', outletKind: feed.kind, settings: {} }, reading));
  }
  // Everything in one delivery: it is placed in the order in which it was published.
  await takeIn(tenant, items, clock.now());
  const table = mapTable(
    example.hotline
      .split('\n')
      .filter(l => l !== '')
      .map(l => l.split(',')),
  );
  if (!('problem' in table)) await desk.findings.add(table.items);
  await arrangeExample(tenant, clock.now());
  await tenant.append(example.events);
  await seedCases(tenant, example);
  await settleStories(tenant, clock.now());
  return { login: administrator.login, password };
}

const DAY_MS = 86_400_000;
/** Rules of concern with their history: written by one, switched on by another, one still waiting to be tried. */
async function seedConcerns(tenant: Tenant, example: Example, now: number): Promise<void> {
  const [author = '', second = ''] = [example.people[8]?.code, example.people[2]?.code];
  for (const [i, concern] of example.concerns.entries()) {
    const madeAt = now - (40 - i) * DAY_MS;
    const { title, unit, note, rule } = concern;
    const { id, version: _version, ...body } = rule;
    const own = { rule: id, title, unit, note, said: [], madeBy: author };
    const version = await tenant.triage.addRuleVersion({
      ...own,
      body: { ...body, id, version: rule.version },
      madeAt: concern.waits ? now - DAY_MS / 8 : madeAt,
      ...(concern.waits ? {} : { triedAt: madeAt + 3_600_000 }),
    });
    if (!concern.waits) await tenant.triage.switchOn(id, version, second, madeAt + 2 * 3_600_000);
  }
  await tenant.putSetting('triage', { places: example.places });
}
/** What the told days have taken into a case stands there with its copies. */
async function seedCases(tenant: Tenant, example: Example): Promise<void> {
  const all = await tenant.findings({ limit: 500 });
  for (const { title, case: caseId, event } of example.inCase) {
    const found = all.filter(f => f.title === title).map(f => f.id);
    await tenant.triage.settle(found, {
      state: 'in-case',
      caseId,
      events: Object.fromEntries(found.map(id => [id, event])),
    });
  }
}
