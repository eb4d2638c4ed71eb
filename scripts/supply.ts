/**
 * What the product is made of, from the lockfile: an SBOM (CycloneDX 1.6), licences that may stand beside ours, and packages
 * that run a script when they are installed. node scripts/supply.ts [--sbom FILE]; exit 1 names what is not allowed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}
export interface Part {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  readonly integrity: string | undefined;
  readonly dev: boolean;
  readonly installScript: boolean;
}
const root = fileURLToPath(new URL('..', import.meta.url));
/** Licences that ask for nothing but their own text beside the copy. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
  'PostgreSQL',
  'MPL-2.0',
  'WTFPL',
]);
/** Any one of several ways, or all of them. */
const isAllowed = (licence: string): boolean => {
  const words = licence.replaceAll(/[()]/g, '').split(/ (AND|OR) /);
  const names = words.filter((_, i) => i % 2 === 0).map(name => ALLOWED.has(name));
  return words.includes('AND') ? names.every(Boolean) : names.some(Boolean);
};

/** Packages of the lockfile; stubs of other platforms without a licence or checksum are not here and count for nothing. */
export function partsOf(lock: string): Part[] {
  const { packages } = JSON.parse(lock) as { packages: Readonly<Record<string, Locked>> };
  return Object.entries(packages)
    .filter(([path, p]) => path !== '' && p.version !== undefined && p.integrity !== undefined)
    .map(([path, p]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: p.version ?? '',
      licence: p.license,
      integrity: p.integrity,
      dev: p.dev === true,
      installScript: p.hasInstallScript === true,
    }));
}
/** Sentences about what may not be; empty when all is well. */
export function supplyFaults(parts: readonly Part[], allowScripts: Readonly<Record<string, boolean>>): string[] {
  const listed = Object.keys(allowScripts).filter(name => allowScripts[name] === true);
  return [
    // What only builds or tests the product is not given to anybody.
    ...parts
      .filter(p => !p.dev && p.licence !== undefined && !isAllowed(p.licence))
      .map(p => `${p.name} ${p.version} is under ${p.licence}`),
    // A package for another platform comes from the same maker as the one for ours, and is not installed here.
    ...parts
      .filter(
        p => p.installScript && !listed.some(name => p.name === name || p.name.startsWith(`${name.split('/')[0]}/`)),
      )
      .map(p => `${p.name} ${p.version} runs a script at install and is not listed in allowScripts`),
  ];
}
export function sbomOf(parts: readonly Part[], product: { readonly name: string; readonly version: string }): object {
  const purl = (p: Part): string => `pkg:npm/${p.name.replace('@', '%40')}@${p.version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: product.name, version: product.version } },
    components: parts
      .filter(p => !p.dev)
      .map(p => ({
        type: 'library',
        'bom-ref': purl(p),
        name: p.name,
        version: p.version,
        purl: purl(p),
        ...(p.licence ? { licenses: [{ expression: p.licence }] } : {}),
        ...(p.integrity?.startsWith('sha512-')
          ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(p.integrity.slice(7), 'base64').toString('hex') }] }
          : {}),
      })),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { sbom: { type: 'string' } } });
  const product = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    name: string;
    version: string;
    allowScripts: Record<string, boolean>;
  };
  const parts = partsOf(readFileSync(`${root}/package-lock.json`, 'utf8'));
  const faults = supplyFaults(parts, product.allowScripts);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  if (values.sbom !== undefined) writeFileSync(values.sbom, `${JSON.stringify(sbomOf(parts, product), null, 2)}\n`);
  const scripts = parts.filter(p => p.installScript).map(p => `${p.name} ${p.version}`);
  process.stdout.write(
    `${parts.length} packages, ${parts.filter(p => !p.dev).length} of them in the product; install scripts: ${scripts.join(', ')}\n`,
  );
  process.exit(faults.length === 0 ? 0 : 1);
}
