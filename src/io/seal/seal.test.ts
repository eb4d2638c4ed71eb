import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSeal } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'huiyin-seal-'));
afterAll(() => rmSync(folder, { recursive: true }));
const secret = Buffer.from('a seed of 32 bytes, or anything');

test('what is sealed opens again, also in another process, and for its purpose only', () => {
  const file = join(folder, 'a/secrets.key');
  const sealed = openSeal(file).seal(secret, 'log-key petition');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(sealed).not.toContain(secret.toString('base64').slice(0, 8));
  expect(Buffer.from(openSeal(file).open(sealed, 'log-key petition'))).toEqual(secret);
  expect(() => openSeal(file).open(sealed, 'log-key court')).toThrow('does not open');
  expect(() => openSeal(file).open(`${sealed.slice(0, -4)}AAA=`, 'log-key petition')).toThrow('does not open');
});
test('a new key seals, the old one still opens', () => {
  const file = join(folder, 'b.key');
  const seal = openSeal(file);
  const before = seal.seal(secret, 'p');
  expect(seal.rotate()).toBe('k2');
  expect([seal.isOld(before), seal.isOld(seal.seal(secret, 'p'))]).toEqual([true, false]);
  expect(Buffer.from(openSeal(file).open(before, 'p'))).toEqual(secret);
  writeFileSync(file, readFileSync(file, 'utf8').split('\n')[0] ?? '');
  expect(() => openSeal(file).open(before, 'p')).toThrow('sealed with the key k1');
});
test('another file is refused', () => {
  writeFileSync(join(folder, 'c.key'), 'hello\n');
  expect(() => openSeal(join(folder, 'c.key'))).toThrow('is no file of secrets');
});
