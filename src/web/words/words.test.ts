/** No word is missing in either language: the tables have the same keys, no text is empty, every type and field has a name. */
import { EVENT_TYPES, VOCABULARY } from '#core/log';
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { eventLabel, fieldLabel, nextText, valueLabel } from './index.ts';
import { FIELD_ZH, VALUE_ZH } from './fields-zh.ts';
import { EVENT_ZH, NEXT_EN, NEXT_ZH } from './vocabulary-zh.ts';
import { zh } from './zh.ts';

type Tree = { readonly [key: string]: unknown };
function paths(tree: Tree, before = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = `${before}${key}`;
    if (typeof value === 'function') return [`${here}(${value.length})`];
    if (Array.isArray(value)) return [`${here}[${value.length}]`];
    return typeof value === 'object' && value !== null ? paths(value as Tree, `${here}.`) : [here];
  });
}
const texts = (tree: Tree): string[] =>
  Object.values(tree).flatMap(v =>
    typeof v === 'string' ? [v] : typeof v === 'object' && v !== null ? texts(v as Tree) : [],
  );

test('both languages have the same words, with the same arguments and lists', () => {
  expect(paths(en).sort()).toEqual(paths(zh).sort());
  expect(paths(zh).length).toBeGreaterThan(300);
});
test('no word stands in two files: the later one would silently take the place of the other', async () => {
  for (const language of ['zh', 'en']) {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const file of globSync(`${language}-*.ts`, { cwd: import.meta.dirname })) {
      const tables = Object.values((await import(`./${file}`)) as Readonly<Record<string, Tree>>);
      for (const key of tables.flatMap(Object.keys)) {
        if (seen.has(key)) twice.push(`${key}: ${seen.get(key)} and ${file}`);
        seen.set(key, file);
      }
    }
    expect(seen.size).toBeGreaterThan(300);
    expect(twice).toEqual([]);
  }
});
test('no word is empty, and English holds no Chinese save the name of the other language', () => {
  expect([...texts(zh), ...texts(en)].filter(t => t === '')).toEqual([]);
  expect(texts(en).filter(t => /[\u3400-\u9fff]/.test(t))).toEqual(['中文']);
});
test('every event type, field and word of a closed list has a Chinese name', () => {
  expect(EVENT_TYPES.filter(type => !(type in EVENT_ZH))).toEqual([]);
  const fields = [...VOCABULARY.values()].flatMap(s => s.fields);
  expect([...new Set(fields.map(f => f.name))].filter(name => FIELD_ZH[name] === undefined)).toEqual([]);
  const values = fields.flatMap(f => (f.values ?? []).map(v => `${f.name}:${v}`));
  expect(
    [...new Set(values)].filter(v => VALUE_ZH[v] === undefined && VALUE_ZH[v.split(':')[1] ?? ''] === undefined),
  ).toEqual([]);
});
test('names are given for types that exist, and what to do next in both languages', () => {
  for (const type of EVENT_TYPES) {
    expect(eventLabel('en', type)).toMatch(/^[A-Z]/);
    expect(nextText('zh', type)).toMatch(/。$/);
    expect(nextText('en', type)).toMatch(/\.$/);
  }
  expect(Object.keys(NEXT_ZH).sort()).toEqual(Object.keys(NEXT_EN).sort());
  expect(Object.keys(NEXT_ZH).filter(type => !EVENT_TYPES.includes(type))).toEqual([]);
  expect([fieldLabel('en', 'dueAt'), valueLabel('en', 'origin', 'own-watch')]).toEqual(['Due at', 'own watch']);
});
