/** The tables of docs/security name real tests and files, and every row that is not met says why. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test.each([
  ['docs/security/asvs-5-level-2.md', ['yes', 'partly', 'no', 'n/a'], 60],
  ['docs/security/gbt-22239.md', ['是', '部分', '否'], 25],
])('%s', (file, words, atLeast) => {
  const rows = readFileSync(join(root, file), 'utf8')
    .split('\n')
    .filter(line => /^\| (V\d|\d)/.test(line))
    .map(line => line.split('|').map(cell => cell.trim()));
  expect(rows.length).toBeGreaterThan(atLeast);
  const [yes] = words;
  for (const [, section = '', met = '', by = '', gap = ''] of rows) {
    expect(words, section).toContain(met);
    const files = [...by.matchAll(/`([^`]+)`/g)].map(m => m[1] ?? '');
    for (const path of files) expect([section, path, existsSync(join(root, path))]).toEqual([section, path, true]);
    if (met === yes) expect([section, files.length > 0]).toEqual([section, true]);
    if (met !== yes && met !== 'n/a') expect([section, gap !== '']).toEqual([section, true]);
  }
});
