/** A case put away as one file: opens without the product, every link leads somewhere, and `verify` finds it whole. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyExport } from '#core/log';
import { canTypeset } from '#io/documents';
import { openExport } from '../../src/cli/export-folder.ts';
import { type House, openHouse, signIn, Visitor } from './house.ts';

let house: House;
let bytes: Uint8Array;
let files: Record<string, Uint8Array>;
beforeAll(async () => {
  house = await openHouse();
  const response = await (await signIn(house)).get('/cases/C1/archive');
  expect(response.headers.get('content-type')).toBe('application/zip');
  bytes = new Uint8Array(await response.arrayBuffer());
  files = unzipSync(bytes);
});
afterAll(() => house.close());

test('the first page links every paper, and every link leads to a file', () => {
  const index = strFromU8(files['index.html'] ?? new Uint8Array());
  const links = [...index.matchAll(/href="([^"]+)"/g)].map(m => decodeURI(m[1] ?? ''));
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(Object.keys(files)).toContain(link);
  for (const word of ['证据目录', '送达和签收清单', '卷内目录', '舆情处置情况表']) expect(index).toContain(word);
});
test('the whole volume is one PDF/A as well, with a cover', ctx => {
  if (!canTypeset()) return ctx.skip('no LibreOffice on this machine');
  const pdf = Buffer.from(files['volume.pdf'] ?? new Uint8Array()).toString('latin1');
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf).toContain('pdfaid:part');
  expect((pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length).toBeGreaterThan(5);
});
test('pages fetch nothing and run nothing', () => {
  const pages = Object.entries(files).filter(([name]) => name.endsWith('.html'));
  for (const [name, page] of pages) expect(strFromU8(page), name).not.toMatch(/<script|<link|src=|url\(|@import/i);
});
test('every file has its sum', () => {
  const sums = strFromU8(files['SHA256SUMS'] ?? new Uint8Array())
    .trim()
    .split('\n')
    .map(line => line.split('  '));
  expect(sums.map(([, name]) => name)).toEqual(
    Object.keys(files)
      .filter(name => name !== 'SHA256SUMS')
      .toSorted((a, b) => (a < b ? -1 : 1)),
  );
  for (const [sum, name = ''] of sums)
    expect(
      createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex'),
    ).toBe(sum);
});
test('its entries are those of the case, and the verifier finds them whole, or names the one that was changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-volume-'));
  try {
    const file = join(folder, 'case.zip');
    writeFileSync(file, bytes);
    const verdict = verifyExport(openExport(file));
    expect(verdict).toMatchObject({ ok: true });
    const entries = JSON.parse(strFromU8(files['events.json'] ?? new Uint8Array())) as { case?: string }[];
    expect(entries.filter(e => e.case === 'C1').length).toBeGreaterThan(5);
    expect(entries.filter(e => e.case !== undefined && e.case !== 'C1')).toEqual([]);
    const events = strFromU8(files['log/events.ndjson'] ?? new Uint8Array());
    const changed = { ...files, 'log/events.ndjson': strToU8(events.replace('case.opened', 'case.closed')) };
    writeFileSync(file, zipSync(changed));
    expect(verifyExport(openExport(file)).ok).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
test('a stranger gets nothing, a case that is not there neither', async () => {
  expect((await new Visitor(house).get('/cases/C1/archive')).status).toBe(302);
  expect((await (await signIn(house)).get('/cases/C99/archive')).status).toBe(404);
});
