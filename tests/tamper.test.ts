/** The short form of the tamper drill (scripts/tamper.ts): every sort of change is found, and nothing else is complained of. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { exportOf, folderOf, verifyExport } from '#core/log';
import { generator, KINDS, makeChange } from '../scripts/tamper/changes.ts';
import { exampleLog } from '../src/cli/example-log.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const log = exampleLog(root);
const good = await folderOf(log);
const judge = (folder: ReadonlyMap<string, Uint8Array>, key?: string) =>
  verifyExport(exportOf(folder), key === undefined ? {} : { key });

test.each(KINDS)('%s: 60 changes, all found', async kind => {
  const random = generator(kind.length);
  for (let i = 0; i < 60; i++) {
    const change = await makeChange(good, kind, random);
    expect(judge(change.folder), change.says).toMatchObject({ ok: false });
  }
});
test('untouched, it is whole, signed by the log and its witness', () =>
  expect(judge(good, log.keys[0])).toMatchObject({
    ok: true,
    entries: log.entries,
    signatures: [{ ok: true }, { ok: true }],
  }));
test('a log signed by another key is not the trusted one', () => {
  const other = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  expect(judge(good, other)).toMatchObject({ ok: false, firstBreak: { why: 'checkpoint-differs' } });
  expect(() => judge(good, 'no key')).toThrow('no verifier key');
});
test('what the product did not write is named and not judged', () =>
  expect(judge(new Map([...good, ['note.txt', Buffer.from('mine')]]))).toMatchObject({
    ok: true,
    notJudged: ['note.txt'],
  }));

describe('bin/huiyin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-tamper-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'bin/huiyin'), ...args], { encoding: 'utf8', cwd: folder });

  test('exports the example, verifies it, and names the place of a change', () => {
    expect(JSON.parse(run('export', '--example', '--out', 'out').stdout)).toMatchObject({
      line: 'export',
      entries: log.entries,
    });
    expect(run('verify', 'out', '--json')).toMatchObject({ status: 0 });
    expect(run('export', '--example', '--out', 'out')).toMatchObject({ status: 2, stdout: '' });
    cpSync(join(folder, 'out'), join(folder, 'changed'), { recursive: true });
    const events = join(folder, 'changed/events.ndjson');
    writeFileSync(events, readFileSync(events, 'utf8').replace('x-002', 'x-902'));
    const verdict = run('verify', 'changed', '--json');
    expect(verdict.status).toBe(1);
    expect(JSON.parse(verdict.stdout)).toMatchObject({
      ok: false,
      firstBreak: { n: 2, id: 'x-002', why: 'missing', file: 'events.ndjson' },
    });
    expect(run('verify', 'changed').stdout).toMatch(/^broken at entry 2 \(x-002\): missing: events\.ndjson: /);
  });
  test('checks one proof by a key from elsewhere', () => {
    const proof = join('out/proofs', '18.tlog-proof');
    expect(run('verify', proof).status).toBe(2);
    expect(run('verify', proof, '--key', log.keys[0] ?? '')).toMatchObject({ status: 0 });
    expect(run('verify', proof, '--key', log.keys[1] ?? '')).toMatchObject({ status: 1 });
  });
  test.each([
    [['verify'], 'name one export'],
    [['verify', 'nowhere'], 'nowhere cannot be read as an export'],
    [['verify', '.'], 'is no export'],
  ])('%j is a wrong call', (args, says) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });
});
