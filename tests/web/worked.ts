/** The pages over one of an institution's worked days, told up to its end: an administrator who holds chosen offices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HuiyinEvent } from '#core/log';
import { readSetup } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import { digestOf } from '../../src/start/choices.ts';
import { hashPassword } from '../../src/web/index.ts';
import { type House, openHouse, PASSWORD, ROOT } from './house.ts';

export interface Worked {
  readonly institution: string;
  readonly day: string;
  /** Offices of the administrator, as `unit/role`. */
  readonly held: readonly string[];
}
const YEARS = new Set(Array.from({ length: 20 }, (_, i) => 2007 + i));

export async function openWorked({ institution, day, held }: Worked): Promise<House> {
  const folder = join(ROOT, 'rulebooks', institution);
  const text = readFileSync(join(folder, 'rulebook.md'), 'utf8');
  const digest = digestOf(text);
  const book = readRulebook({ file: 'rulebook.md', text, digest });
  if (!book.ok) throw new Error('the rulebook has faults');
  const told = readFileSync(join(folder, 'days', day, 'events.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as HuiyinEvent)
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : 0));
  const read = readSetup(
    JSON.parse(readFileSync(join(folder, 'days', day, 'setup.json'), 'utf8')),
    book.rulebook,
    YEARS,
  );
  if (!read.ok) throw new Error('the setup has faults');
  const house = await openHouse({ example: false });
  const last = Math.max(...told.map(e => Date.parse(e.recordedAt)));
  house.clock.at = last + 60_000;
  const { desk } = house.plugged;
  await desk.saveInstitution({
    id: institution,
    name: { zh: `清江市示例机构（${institution}）`, en: `Example ${institution}` },
    example: false,
    rulebook: { folder: institution, text, digest },
    setup: {
      ...read.setup,
      period: { from: read.setup.period.from, to: '2099-12-31' },
      roles: [
        ...read.setup.roles.map(r => ({ ...r, holder: held.includes(`${r.unit}/${r.role}`) ? 'X000' : r.holder })),
        ...held
          .map(o => ({ unit: o.split('/')[0] ?? '', role: o.split('/')[1] ?? '', holder: 'X000' }))
          .filter(o => !read.setup.roles.some(r => r.unit === o.unit && r.role === o.role)),
      ],
    },
    names: {},
  });
  await desk.people.save({
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
  await (await house.store.tenant(institution))?.append(told);
  return Object.assign(house, { first: { login: 'admin', password: PASSWORD } });
}
export const bare = (html: string): string =>
  html
    .replaceAll(/<style[\s\S]*?<\/style>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
