/** One of an institution's worked days in an empty store: an administrator who holds chosen offices. */
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
export interface Worked {
  readonly institution: string;
  readonly day: string;
  /** Offices of the administrator, as `unit/role`. */
  readonly held: readonly string[];
}
const YEARS = new Set(Array.from({ length: 20 }, (_, i) => 2007 + i));

/** Puts the day into an empty store; returns the moment of its last entry. */
export async function seedWorked(
  desk: Desk,
  store: Store,
  { institution, day, held }: Worked,
  passwordHash: string,
): Promise<number> {
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
    passwordHash,
    mustChange: false,
    failed: 0,
    lockedUntil: null,
    administrator: true,
    active: true,
  });
  await (await store.tenant(institution))?.append(told);
  return Math.max(...told.map(e => Date.parse(e.recordedAt)));
}
