import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Part, partsOf, sbomOf, supplyFaults } from './supply.ts';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
const parts = partsOf(read('package-lock.json'));
const part = (more: Partial<Part>): Part => ({
  name: 'x',
  version: '1.0.0',
  licence: 'MIT',
  integrity: 'sha512-AA==',
  dev: false,
  installScript: false,
  ...more,
});

test('every package may stand beside ours, and only listed ones run scripts', () =>
  expect(supplyFaults(parts, allowScripts)).toEqual([]));
test.each([
  [{ licence: 'GPL-3.0-only' }, 1],
  [{ licence: '(MIT OR GPL-3.0-or-later)' }, 0],
  [{ licence: 'MIT AND GPL-3.0-only' }, 1],
  [{ licence: 'GPL-3.0-only', dev: true }, 0],
  [{ installScript: true }, 1],
])('%j: %i faults', (more, faults) => expect(supplyFaults([part(more)], {})).toHaveLength(faults));
test('the SBOM names what is in the product, with its checksum', () => {
  const sbom = sbomOf([part({}), part({ name: '@a/b', dev: true })], { name: 'huiyin', version: '1' });
  expect(sbom).toMatchObject({
    bomFormat: 'CycloneDX',
    components: [{ purl: 'pkg:npm/x@1.0.0', hashes: [{ content: '00' }] }],
  });
});
