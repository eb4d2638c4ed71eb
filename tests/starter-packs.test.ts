/** Starter packs hold classes of sources and no address: those differ everywhere and are not guessed. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SOURCE_KINDS } from '#watch';
import { readPacks } from '../src/start/starter-packs.ts';
import { SOURCE_CLASSES, SOURCE_PACES } from '../src/web/ports-sources.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const packs = readPacks(root);

test('there is one for every kind of institution that has a rulebook', () => {
  const institutions = new Set(packs.map(p => p.for));
  const clauses = JSON.parse(readFileSync(`${root}/rulebooks/clauses.json`, 'utf8')) as { institution: string }[];
  const eight = [...new Set(clauses.map(c => c.institution))].filter(i => readdirSync(`${root}/rulebooks`).includes(i));
  expect(eight.filter(i => !institutions.has(i) && i !== 'national-response')).toEqual([]);
});

test.each(packs.map(p => [p.for, p] as const))(
  '%s: kinds, classes and paces exist, both languages, no address',
  (_, pack) => {
    expect(pack.sources.length).toBeGreaterThan(5);
    for (const s of pack.sources) {
      expect(SOURCE_KINDS.map(k => k.kind)).toContain(s.kind);
      expect(SOURCE_CLASSES).toContain(s.class);
      expect(SOURCE_PACES).toContain(s.pace);
      expect([s.title.zh, s.title.en, s.purpose.zh, s.purpose.en].filter(t => t === '')).toEqual([]);
    }
    expect(JSON.stringify(pack)).not.toMatch(/https?:|www\.|\.(?:cn|com|gov)\b/);
  },
);
