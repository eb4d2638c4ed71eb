/**
 * One suite for every kind of source: what was saved of the world, and what must be read from it. It holds the rules for
 * sources: no invented date, no empty list for a broken page, no shortened title, one link per item, nobody in it.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PLANTED, plantedIn } from '../fixtures/planted.ts';
import { maskItem } from '../mask-item.ts';
import type { SourceKind, SourceReading } from '../source-kind.ts';
import { judgeSource, SOURCE_KINDS } from './index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
interface Given {
  readonly settings: Readonly<Record<string, string>>;
  readonly url: string;
  readonly contentType?: string;
  readonly state?: Readonly<Record<string, string>>;
}
const folderOf = (kind: SourceKind): string => join(here, kind.kind, 'fixtures');
const fixturesOf = (kind: SourceKind): readonly string[] =>
  globSync('*', { cwd: folderOf(kind) })
    .filter(f => f !== 'settings.json' && !f.endsWith('.expected.json'))
    .sort();
function readFixture(kind: SourceKind, name: string): { readonly input: string; readonly reading: SourceReading } {
  const given = JSON.parse(readFileSync(join(folderOf(kind), 'settings.json'), 'utf8')) as Given;
  const body = readFileSync(join(folderOf(kind), name));
  const response = {
    url: given.url,
    body,
    ...(given.contentType === undefined ? {} : { contentType: given.contentType }),
  };
  return { input: body.toString('utf8'), reading: kind.read(response, given.settings, given.state ?? {}) };
}
const named = (kind: SourceKind, name: string): string =>
  fixturesOf(kind).find(f => f.startsWith(`${name}.`)) ?? `${name}: missing`;

describe.each(SOURCE_KINDS.map(kind => [kind.kind, kind] as const))('%s', (_, kind) => {
  test.each(fixturesOf(kind))('%s is read as expected', async name => {
    const { reading } = readFixture(kind, name);
    const stem = basename(name).replace(/\.[a-z]+$/, '');
    await expect(`${JSON.stringify(reading, undefined, 2)}\n`).toMatchFileSnapshot(
      join(folderOf(kind), `${stem}.expected.json`),
    );
    if (!reading.ok) return;
    for (const item of reading.items) {
      expect(item.title).not.toBe('');
      if (item.url !== undefined) expect(item.url).toMatch(/^https?:\/\//);
    }
    const links = reading.items.flatMap(i => (i.url === undefined ? [] : [i.url]));
    expect(new Set(links).size, 'one link per item').toBe(links.length);
  });

  test('an item without a date keeps none', () => {
    const { reading } = readFixture(kind, named(kind, 'undated'));
    expect(reading.ok && reading.items.length > 0 && reading.items.every(i => i.publishedAt === undefined)).toBe(true);
  });

  test('a title is kept whole however long it is', () => {
    const { input, reading } = readFixture(kind, named(kind, 'long-title'));
    const title = reading.ok ? (reading.items[0]?.title ?? '') : '';
    expect(title.length).toBeGreaterThan(120);
    expect(input).toContain(title);
  });

  test('what cannot be read says why, and is no empty list', () => {
    const broken = fixturesOf(kind).filter(f => f.startsWith('broken'));
    expect(broken.length).toBeGreaterThan(1);
    for (const name of broken) {
      const { reading } = readFixture(kind, name);
      expect(reading.ok, name).toBe(false);
      expect(reading.ok ? '' : reading.problem, name).not.toBe('');
    }
  });

  test('who spoke is gone after masking', () => {
    const { input, reading } = readFixture(kind, named(kind, 'planted'));
    expect(plantedIn(input).length).toBeGreaterThan(3);
    if (!reading.ok) throw new Error(reading.problem);
    const kept = reading.items.map(maskItem);
    expect(kept.length).toBeGreaterThan(0);
    expect(plantedIn(JSON.stringify(kept))).toEqual([]);
  });

  test('its settings have no place for a person', () => {
    const names = kind.settings.map(s => s.name);
    expect(names.filter(n => /author|account|follower|phone|mobile|uid|nick/i.test(n))).toEqual([]);
    // The login of the institution's own mailbox is the institution's.
    expect(names.filter(n => n === 'user')).toEqual(kind.kind === 'mailbox' ? ['user'] : []);
  });

  test('what is needed and missing is said, each by its setting', () => {
    const needed = kind.settings.filter(s => s.needed).map(s => s.name);
    const said = judgeSource(kind, {}).map(p => p.setting);
    expect(needed.filter(n => !said.includes(n))).toEqual([]);
  });
});

test('there is a folder with fixtures for every kind, and nothing else', () => {
  expect(SOURCE_KINDS.map(k => k.kind).sort()).toEqual(
    globSync('*/source.ts', { cwd: here })
      .map(f => f.replaceAll('\\', '/').split('/')[0])
      .sort(),
  );
  expect(Object.keys(PLANTED).length).toBeGreaterThan(10);
});

test('an address that leads to somebody’s page is not read', () => {
  for (const kind of SOURCE_KINDS.filter(k => k.way === 'fetched')) {
    const body = readFileSync(join(folderOf(kind), named(kind, 'long-title')));
    const reading = kind.read({ url: 'https://weibo.com/u/1234567890', body }, {}, {});
    expect(reading.ok ? '' : reading.problem, kind.kind).toContain('Weibo profile');
  }
});
