/** The pages over a court with its worked year of publicity: an administrator who holds two heads' offices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HuiyinEvent } from '#core/log';
import { readSetup, type Setup } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import { hashPassword } from '../../src/web/index.ts';
import { digestOf } from '../../src/start/choices.ts';
import { type House, openHouse, PASSWORD, ROOT } from './house.ts';

const DAY = join(ROOT, 'rulebooks/court/days/year-of-publicity');
export async function openCourt(at: string, change: (setup: Setup) => Setup = s => s): Promise<House> {
  const house = await openHouse({ example: false });
  house.clock.at = Date.parse(at);
  const text = readFileSync(join(ROOT, 'rulebooks/court/rulebook.md'), 'utf8');
  const digest = digestOf(text);
  const book = readRulebook({ file: 'rulebook.md', text, digest });
  if (!book.ok) throw new Error('the rulebook has faults');
  const years = new Set(Array.from({ length: 20 }, (_, i) => 2007 + i));
  const read = readSetup(JSON.parse(readFileSync(join(DAY, 'setup.json'), 'utf8')), book.rulebook, years);
  if (!read.ok) throw new Error('the setup has faults');
  const held = new Set(['research-office/head', 'enforcement-bureau/head', 'filing-division/head']);
  const setup = change({
    ...read.setup,
    period: { from: '2026-01-01', to: '2099-12-31' },
    roles: read.setup.roles.map(r => ({ ...r, holder: held.has(`${r.unit}/${r.role}`) ? 'X000' : r.holder })),
  });
  await house.plugged.desk.saveInstitution({
    id: 'court',
    name: { zh: '清江市示例法院', en: 'Example court' },
    example: false,
    rulebook: { folder: 'court', text, digest },
    setup,
    names: {},
  });
  await house.plugged.desk.people.save({
    code: 'X000',
    login: 'admin',
    name: '管理员',
    passwordHash: await hashPassword(PASSWORD),
    mustChange: false,
    failed: 0,
    lockedUntil: null,
    administrator: true,
    active: true,
  });
  const tenant = await house.store.tenant('court');
  const lines = readFileSync(join(DAY, 'events.ndjson'), 'utf8').split('\n').filter(Boolean);
  await tenant?.append(lines.map(l => JSON.parse(l) as HuiyinEvent));
  Object.assign(house, { first: { login: 'admin', password: PASSWORD } });
  return house;
}
