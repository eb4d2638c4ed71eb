/**
 * Completes package-lock.json with a stub for every optional package that the package source did not offer.
 * A source that lacks other platforms' packages makes npm write a lock that its own `npm ci` refuses
 * ("Missing … from lock file"). Run after every dependency change: node scripts/lock-stubs.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface LockEntry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
  [key: string]: unknown;
}
export type LockPackages = Record<string, LockEntry>;

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(darwin|macos)\b/, 'darwin'],
  [/\b(win32|windows)\b/, 'win32'],
  [/\bandroid\b/, 'android'],
  [/\bfreebsd\b/, 'freebsd'],
  [/\blinux\b/, 'linux'],
  [/\bopenharmony\b/, 'openharmony'],
];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'wasm32'];

/** Where npm would look for `name` from the package at `from`, innermost first. */
function places(from: string, name: string): string[] {
  const found: string[] = [];
  for (let base = from; ;) {
    found.push(`${base === '' ? '' : `${base}/`}node_modules/${name}`);
    if (base === '') return found;
    const cut = base.lastIndexOf('/node_modules/');
    base = cut < 0 ? '' : base.slice(0, cut);
  }
}

/** The platform a package is for, read from its name: `@scope/tool-linux-arm64-gnu`. */
export function platformOf(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.replace(/[@/_.]/g, '-');
  const os = SYSTEMS.find(([pattern]) => pattern.test(words))?.[1];
  const cpu =
    PROCESSORS.find(word => new RegExp(`(^|-)${word}`).test(words)) ?? (/-arm-?v?\d/.test(words) ? 'arm' : undefined);
  const libc = /musl/.test(words) ? 'musl' : /-gnu/.test(words) && os === 'linux' ? 'glibc' : undefined;
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}) };
}

/** The exact version an optional dependency asks for; platform packages are always pinned by their parent. */
const versionOf = (range: string): string => /\d+\.\d+\.\d+[^ |]*/.exec(range)?.[0] ?? '0.0.0';

/** Adds the missing stubs; returns the names added. A stub of another version does not serve: the package gets its own below. */
export function addStubs(packages: LockPackages): string[] {
  const added: string[] = [];
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const version = versionOf(range);
      const found = places(from, name).find(place => packages[place]);
      if (found !== undefined && (!isExact(range) || packages[found]?.version === version)) continue;
      const place = found === undefined ? `node_modules/${name}` : `${from}/node_modules/${name}`;
      packages[place] = { version, ...platformOf(name), optional: true };
      added.push(name);
    }
  }
  return added;
}
const isExact = (range: string): boolean => /^\d+\.\d+\.\d+[\w.+-]*$/.test(range);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: LockPackages };
  const added = addStubs(lock.packages);
  const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
  process.stdout.write(`${added.length} stubs added${added.length ? `: ${added.join(', ')}` : ''}\n`);
}
