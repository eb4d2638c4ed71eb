/** The product served with a certificate: TLS 1.2 and later, cookies for TLS only; and one line for every certificate that does not work. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (name: string): string => join(root, 'tests/fixtures/tls', name);
const ca = readFileSync(at('cert.pem'));
const env = { ...process.env, DATABASE_URL: '' };
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-tls-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'nonsense.pem'), 'not a certificate');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const start = (cert: string, key: string): string[] => [
  join(root, 'bin/huiyin'),
  'start',
  '--port',
  '0',
  '--data',
  join(folder, 'data'),
  '--tls-cert',
  cert,
  '--tls-key',
  key,
];

test.each([
  ['a certificate that is not there', 'nowhere.pem', 'key.pem', /there is no file \S+nowhere\.pem\n$/],
  ['a key of another certificate', 'cert.pem', 'other-key.pem', /do not work together: .+\. Mend: .+\n$/],
])('%s is said in one line, and nothing is started', (_title, cert, key, says) => {
  const run = spawnSync(process.execPath, start(at(cert), at(key)), { cwd: root, env, encoding: 'utf8' });
  expect([run.status, run.stdout]).toEqual([2, '']);
  expect(run.stderr).toMatch(says);
});
test('nor with something that is no certificate', () => {
  const run = spawnSync(process.execPath, start(join(folder, 'nonsense.pem'), at('key.pem')), {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  expect([run.status, run.stdout, run.stderr.split('\n').length]).toEqual([2, '', 2]);
});

test('served with it: the transport is asked for again by the browser, cookies are for TLS only, old versions are refused', async () => {
  const child = spawn(process.execPath, start(at('cert.pem'), at('key.pem')), { cwd: root, env });
  const ended = new Promise<number | null>(done => child.once('exit', done));
  let err = '';
  child.stderr.on('data', part => (err += String(part)));
  const url = await new Promise<string>((done, fail) => {
    child.stdout.on('data', part => {
      const ready = /^ready (https:\S+)$/m.exec(String(part));
      if (ready) done(ready[1] ?? '');
    });
    void ended.then(code => fail(new Error(`ended with ${code}: ${err}`)));
  });
  const page = await new Promise<IncomingMessage>((done, fail) =>
    request(`${url}/sign-in`, { ca }, done).once('error', fail).end(),
  );
  page.resume();
  expect(page.statusCode).toBe(200);
  expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
  const [cookie = ''] = page.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/^__Host-huiyin-door=.*; HttpOnly.*; Secure/);
  const old = await new Promise<string>(done => {
    const socket = connect({
      host: '127.0.0.1',
      port: Number(new URL(url).port),
      ca,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    socket.once('secureConnect', () => done('connected'));
    socket.once('error', error => done((error as NodeJS.ErrnoException).code ?? error.message));
  });
  expect(old).toMatch(/PROTOCOL_VERSION/);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 60_000);
