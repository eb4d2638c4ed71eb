/**
 * The account the database server runs under. PostgreSQL refuses root, so root starts it as `nobody`; everybody else
 * as themselves. That account must reach the program and the data, which a checkout under a closed home does not give it.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedFault } from './fault.ts';

export interface Account {
  /** For `spawn`; absent where the server runs as we do. */
  readonly ids?: { readonly uid: number; readonly gid: number };
  readonly name: string;
}

export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return { name: 'the current user' };
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(l => l.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid)
    throw new EmbeddedFault(
      'PostgreSQL will not run as root and this machine has no account "nobody"',
      'start huiyin as an ordinary user, or give DATABASE_URL',
    );
  return { ids: { uid: Number(uid), gid: Number(gid) }, name: 'nobody' };
}

/** Can the account run this program? Asked by running it, which is the only answer that counts. */
export function canRun(account: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { ...account.ids, cwd: '/', stdio: 'ignore' }).status === 0;
}
/** Can the account reach this folder? */
export function canReach(account: Account, folder: string): boolean {
  return spawnSync('test', ['-x', folder], { ...account.ids, cwd: '/', stdio: 'ignore' }).status === 0;
}
/** Gives a folder and all that is in it to the account. */
export function giveTo(account: Account, path: string): void {
  if (!account.ids) return;
  chownSync(path, account.ids.uid, account.ids.gid);
  if (lstatSync(path).isDirectory())
    for (const name of readdirSync(path))
      if (!lstatSync(join(path, name)).isSymbolicLink()) giveTo(account, join(path, name));
}
