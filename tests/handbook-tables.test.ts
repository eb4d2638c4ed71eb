/** The handbook's data map names every table of the database, and its settings page every variable the product reads. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');
/** First cells of the rows of tables with so many columns, headings and rules left out. */
const rowsOf = (text: string, columns: number): string[][] =>
  text
    .split('\n')
    .filter(line => line.startsWith('| ') || line.startsWith('|-'))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    )
    .filter(cells => cells.length === columns && !/^-+$/.test(cells[0] ?? ''));

test('every table of the database stands in the data map once, with every question answered', () => {
  const tables = [...read('tests/conformance/schema.golden.txt').matchAll(/^([a-z_]+)\.[a-z_]+ /gm)].map(
    m => m[1] ?? '',
  );
  const rows = rowsOf(read('docs/handbook/data-map.md'), 5).filter(([first]) => first !== '表');
  expect(rows.map(([table]) => table).toSorted()).toEqual([...new Set(tables)].toSorted());
  for (const row of rows) expect([row[0], row.every(cell => cell !== '')]).toEqual([row[0], true]);
});

test('what holds something of a person who is not staff says how long, and it is not for ever', () => {
  const rows = rowsOf(read('docs/handbook/data-map.md'), 5);
  for (const table of ['hotline_contact', 'evidence_sealed', 'finding', 'passed_item', 'page_version', 'recall_drill'])
    expect(rows.find(([name]) => name === table)?.[3]).toMatch(/\d+ 天/);
});

test('every variable that is read is explained, and nothing is explained that is not read', () => {
  const files = ['src', 'scripts'].flatMap(folder =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map(f => `${folder}/${f}`),
  );
  const used = new Set(
    files
      .filter(f => /\.(ts|tsx)$/.test(f))
      .flatMap(f => [...read(f).matchAll(/env\['(HUIYIN_[A-Z_]+|DATABASE_URL)'\]/g)].map(m => m[1] ?? '')),
  );
  used.delete('HUIYIN_TEST_REPORT'); // between the test runner and its own reporter
  const explained = rowsOf(read('docs/handbook/settings.md'), 3)
    .map(([name = '']) => name)
    .filter(name => name !== '变量');
  expect(explained.toSorted()).toEqual([...used].toSorted());
});
