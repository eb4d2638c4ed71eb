/**
 * The whole test: types, lint, stale generated files, then every test with a real database and a real browser.
 * Ends with one plain line `N passed, N failed, N skipped`. A skip that tests/skips.json does not allow is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.ts';
import { findOffice } from './office.ts';

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly file: string; readonly reason: string }[];
}
const root = fileURLToPath(new URL('..', import.meta.url));
const shared = process.env['HUIYIN_SHARED'] ?? join(root, '..', 'shared');
process.env['HUIYIN_SHARED'] = shared;
const only = process.argv.slice(2);

let failed = 0;
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
function step(title: string, command: string, args: readonly string[]): void {
  process.stdout.write(`\n== ${title}\n`);
  const run = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (run.status === 0) return;
  failed++;
  process.stdout.write(`FAILED: ${title}\n`);
}

if (only.length === 0) {
  step('types', bin('tsc'), ['--noEmit']);
  step('lint', bin('oxlint'), ['--deny-warnings']);
  step('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
  step('unused code and dependencies', bin('knip'), []);
  step('generated files are fresh', process.execPath, ['scripts/generate.ts', '--check']);
  const browser = findBrowser({ install: true });
  if (browser) process.env['HUIYIN_BROWSER'] = browser;
  findOffice({ install: true });
}

process.stdout.write('\n== tests\n');
const folder = mkdtempSync(join(tmpdir(), 'huiyin-test-'));
const reportFile = join(folder, 'report.json');
const args = ['run', '--reporter=default', '--reporter=./scripts/test-reporter.ts', ...only];
const tests = spawnSync(bin('vitest'), args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, HUIYIN_TEST_REPORT: reportFile },
});
const report: Report = existsSync(reportFile)
  ? (JSON.parse(readFileSync(reportFile, 'utf8')) as Report)
  : { passed: 0, failed: 1, skipped: [] };
rmSync(folder, { recursive: true, force: true });
failed += report.failed;
if (tests.status !== 0 && report.failed === 0) failed++;

const rules = JSON.parse(readFileSync(join(root, 'tests/skips.json'), 'utf8')) as {
  allowed: { reason: string; most: number; onlyWithoutSharedFiles?: boolean }[];
};
const left = rules.allowed.map(rule => ({ ...rule }));
if (report.skipped.length > 0) process.stdout.write('\n== skipped\n');
for (const skip of report.skipped) {
  const rule = left.find(
    r => skip.reason.includes(r.reason) && r.most > 0 && !(r.onlyWithoutSharedFiles && existsSync(shared)),
  );
  if (rule) rule.most--;
  else failed++;
  process.stdout.write(`${rule ? 'allowed' : 'NOT ALLOWED'}  ${skip.file}  ${skip.name}: ${skip.reason}\n`);
}
process.stdout.write(`\n${report.passed} passed, ${failed} failed, ${report.skipped.length} skipped\n`);
process.exit(failed === 0 && report.passed > 0 ? 0 : 1);
