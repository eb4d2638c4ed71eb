/** How long an export of a million entries takes to verify, from disk, in one process: node bench/log/verify.bench.ts [entries] */
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  appendLeaf,
  bodyDigest,
  EMPTY_TREE,
  type HuiyinEvent,
  leafHash,
  NO_RULEBOOK,
  rootOf,
  sha256,
  showCheckpoint,
  showHash,
  toHex,
  type TreeState,
  verifyExport,
} from '#core/log';
import { openExport } from '../../src/cli/export-folder.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const institution = 'petition';
const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-'));
const files = ['events', 'chain', 'salts'].map(name => openSync(join(folder, `${name}.ndjson`), 'w'));
const buffers: string[][] = [[], [], []];
const flush = (): void => {
  for (const [i, lines] of buffers.entries()) {
    writeSync(files[i] ?? 0, lines.join(''));
    lines.length = 0;
  }
};
let tree: TreeState = EMPTY_TREE;
const cases = new Map<string, number>();
const START = Date.parse('2026-01-01T00:00:00Z');
for (let i = 0; i < count; i++) {
  const n = i + 1;
  const caseId = `C-${i % 5000}`;
  const caseN = (cases.get(caseId) ?? 0) + 1;
  cases.set(caseId, caseN);
  const at = new Date(START + i * 30_000).toISOString().replace(/\.\d+Z$/, '+08:00');
  const event: HuiyinEvent = {
    id: `e-${n}`,
    case: caseId,
    type: 'facts.verified',
    at,
    recordedAt: at,
    by: { unit: 'general-office', role: 'watch-officer' },
    data: { with: ['transport-bureau', 'general-office'], conclusion: 'confirmed', cause: i % 2 === 0 },
  };
  const salt = sha256(String(n));
  const body = bodyDigest(event, salt);
  const parts = { institution, counter: n, caseCounter: caseN, type: event.type, at, recordedAt: at };
  const leaf = leafHash({ ...parts, rulebookDigest: NO_RULEBOOK, bodyDigest: body });
  const previous = showHash(rootOf(tree));
  tree = appendLeaf(tree, leaf);
  const line = { n, id: event.id, digest: showHash(leaf), previous, caseN, type: event.type, at, recordedAt: at };
  const rest = { ...line, rulebook: showHash(NO_RULEBOOK), body: showHash(body) };
  buffers[0]?.push(`${JSON.stringify(event)}\n`);
  buffers[1]?.push(`${JSON.stringify(i === 0 ? { institution, ...rest } : rest)}\n`);
  buffers[2]?.push(`${JSON.stringify({ n, salt: toHex(salt) })}\n`);
  if (n % 10_000 === 0) flush();
}
flush();
for (const file of files) closeSync(file);
mkdirSync(join(folder, 'checkpoints'));
writeFileSync(
  join(folder, 'checkpoints', `${count}.txt`),
  showCheckpoint({ origin: `huiyin/${institution}`, size: count, root: rootOf(tree) }),
);
const bytes = ['events', 'chain', 'salts'].reduce((sum, n) => sum + statSync(join(folder, `${n}.ndjson`)).size, 0);

const started = process.hrtime.bigint();
const spent = process.cpuUsage();
const verdict = verifyExport(openExport(folder));
const wall = Number(process.hrtime.bigint() - started) / 1e9;
const { user, system } = process.cpuUsage(spent);
rmSync(folder, { recursive: true });
process.stdout.write(
  `${count} entries, ${(bytes / 1e6).toFixed(0)} MB: ${verdict.ok ? 'whole' : JSON.stringify(verdict.firstBreak)} in ${wall.toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processor), ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB in memory\n`,
);
process.exit(verdict.ok && verdict.entries === count ? 0 : 1);
