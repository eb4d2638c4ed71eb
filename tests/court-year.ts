/** A court with its worked year of publicity in a store: an administrator who holds the heads' offices of three units. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HuiyinEvent } from '#core/log';
import { readSetup } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import type { Store } from '#io/store';
import { digestOf } from '../src/start/choices.ts';
import type { Desk } from '../src/web/ports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DAY = join(ROOT, 'rulebooks/court/days/year-of-publicity');
const HELD = new Set(['research-office/head', 'enforcement-bureau/head', 'filing-division/head']);

export async function seedCourt(desk: Desk, store: Store, passwordHash: string): Promise<void> {
  const text = readFileSync(join(ROOT, 'rulebooks/court/rulebook.md'), 'utf8');
  const digest = digestOf(text);
  const book = readRulebook({ file: 'rulebook.md', text, digest });
  if (!book.ok) throw new Error('the rulebook has faults');
  const years = new Set(Array.from({ length: 20 }, (_, i) => 2007 + i));
  const read = readSetup(JSON.parse(readFileSync(join(DAY, 'setup.json'), 'utf8')), book.rulebook, years);
  if (!read.ok) throw new Error('the setup has faults');
  await desk.saveInstitution({
    id: 'court',
    name: { zh: '清江市示例法院', en: 'Example court' },
    example: false,
    rulebook: { folder: 'court', text, digest },
    setup: {
      ...read.setup,
      period: { from: '2026-01-01', to: '2099-12-31' },
      roles: read.setup.roles.map(r => ({ ...r, holder: HELD.has(`${r.unit}/${r.role}`) ? 'X000' : r.holder })),
    },
    names: {},
  });
  await desk.people.save({
    code: 'X000',
    login: 'admin',
    name: '管理员',
    passwordHash,
    mustChange: false,
    failed: 0,
    lockedUntil: null,
    administrator: true,
    active: true,
  });
  const tenant = await store.tenant('court');
  const lines = readFileSync(join(DAY, 'events.ndjson'), 'utf8').split('\n').filter(Boolean);
  // Nothing is told of days that are still to come.
  const told = lines.map(l => JSON.parse(l) as HuiyinEvent).filter(e => Date.parse(e.recordedAt) <= desk.now());
  await tenant?.append(told);
}
