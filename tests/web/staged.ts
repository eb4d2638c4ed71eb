/** The pages over the setup of a worked day: every office has somebody who can sign in, the clock stands where the test puts it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HuiyinEvent } from '#core/log';
import { readSetup } from '#core/obligations';
import { readRulebook } from '#core/rulebook';
import { digestOf } from '../../src/start/choices.ts';
import { hashPassword } from '../../src/web/index.ts';
import { HOST, type House, openHouse, PASSWORD, ROOT, Visitor } from './house.ts';

export interface Staged extends House {
  /** Somebody signed in who acts for this office, `unit/role`. */
  readonly as: (office: string) => Promise<Visitor>;
  /** `2026-05-01 22:20`, in the institution's zone. */
  readonly at: (moment: string) => void;
  readonly loginOf: (office: string) => string;
  readonly log: () => Promise<readonly HuiyinEvent[]>;
}
export const moment = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

export interface StageOptions {
  /** Folder of the rulebook below `rulebooks/`. */
  readonly rulebook: string;
  /** Folder with the day's `setup.json`. */
  readonly day: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly at: string;
  readonly from: string;
  readonly names?: Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
  /** Offices the setup lacks and the day needs. */
  readonly more?: readonly { readonly unit: string; readonly role: string }[];
  readonly locals?: Readonly<Record<string, unknown>>;
  readonly allowHosts?: readonly string[];
  readonly assets?: (name: string) => Uint8Array | undefined;
}

/** Founds the institution as its founding page would, with a staff code for every office. */
export async function openStage(options: StageOptions): Promise<Staged> {
  const house = await openHouse({
    example: false,
    ...(options.allowHosts ? { allowHosts: options.allowHosts } : {}),
    ...(options.assets ? { assets: options.assets } : {}),
  });
  house.clock.at = moment(options.at);
  const text = readFileSync(join(ROOT, 'rulebooks', options.rulebook, 'rulebook.md'), 'utf8');
  const digest = digestOf(text);
  const book = readRulebook({ file: 'rulebook.md', text, digest });
  if (!book.ok) throw new Error('the rulebook has faults');
  const years = new Set(Array.from({ length: 20 }, (_, i) => 2007 + i));
  const raw = JSON.parse(readFileSync(join(options.day, 'setup.json'), 'utf8')) as Record<string, unknown>;
  const read = readSetup(
    { ...raw, ...(options.locals ? { locals: { ...(raw['locals'] as object), ...options.locals } } : {}) },
    book.rulebook,
    years,
  );
  if (!read.ok) throw new Error(`the setup has faults: ${JSON.stringify(read)}`);
  let next = 1;
  const codes = new Map<string, string>();
  const roles = [...read.setup.roles, ...(options.more ?? []).map(o => ({ ...o, holder: null }))].map(r => {
    const office = `${r.unit}/${r.role}`;
    // One code for one office: who may act is then a question of the office alone.
    const holder = `P${String(next++).padStart(3, '0')}`;
    if (!codes.has(office)) codes.set(office, holder);
    return { ...r, holder };
  });
  const { desk } = house.plugged;
  await desk.saveInstitution({
    id: options.rulebook,
    name: options.name,
    example: false,
    rulebook: { folder: options.rulebook, text, digest },
    setup: { ...read.setup, period: { from: options.from, to: '2099-12-31' }, roles } as typeof read.setup,
    names: options.names ?? {},
  });
  const passwordHash = await hashPassword(PASSWORD);
  for (const [office, code] of codes)
    await desk.people.save({
      code,
      login: code.toLowerCase(),
      name: office,
      passwordHash,
      mustChange: false,
      failed: 0,
      lockedUntil: null,
      administrator: code === 'P001',
      active: true,
    });
  const loginOf = (office: string): string => {
    const code = codes.get(office);
    if (code === undefined) throw new Error(`nobody holds ${office}: ${[...codes.keys()].join(', ')}`);
    return code.toLowerCase();
  };
  const inside = new Map<string, Visitor>();
  return Object.assign(house, {
    loginOf,
    at: (text: string) => void (house.clock.at = moment(text)),
    log: async () => desk.log.read(0),
    as: async (office: string) => {
      const known = inside.get(office);
      if (known) return known;
      const visitor = new Visitor(house, HOST);
      const response = await visitor.post('/sign-in', { login: loginOf(office), password: PASSWORD });
      if (response.status !== 303) throw new Error(`${office} could not sign in: ${response.status}`);
      inside.set(office, visitor);
      return visitor;
    },
  });
}
export const bare = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
