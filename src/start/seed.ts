/** Puts the worked example into an empty store, and the first administrator with a password for one use. */
import type { Clock } from '#io/clock';
import type { Store } from '#io/store';
import type { Desk, Person } from '../web/ports.ts';
import { mapTable } from '../web/actions/table.ts';
import { readExample } from './example.ts';
import { arrangeExample } from './example-rota.ts';
import { takeIn } from './intake.ts';
import { incomingOf, readSource } from './sources.ts';

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
  await desk.settings.save({ ...(await desk.settings.read()), matchRules: example.rules });
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
      lastSuccessAt: clock.now(),
      class: 'public-board',
      reach: 'domestic',
      pace: 'hour',
      proposedBy: example.administrator.code,
    });
    const reading = readSource(
      'rss',
      { outlet: feed.outlet },
      {
        body: new TextEncoder().encode(feed.xml),
        url: 'http://forum.qingjiang.example/',
        contentType: 'application/xml',
      },
    );
    await takeIn(tenant, incomingOf({ key, kind: 'rss', settings: {} }, reading), clock.now());
  }
  const table = mapTable(
    example.hotline
      .split('\n')
      .filter(l => l !== '')
      .map(l => l.split(',')),
  );
  if (!('problem' in table)) await desk.findings.add(table.items);
  await arrangeExample(tenant, clock.now());
  await tenant.append(example.events);
  return { login: administrator.login, password };
}
