/**
 * Fuzzing: hostile bytes into every reader of what comes from outside. Inputs that reach new code are built upon.
 * node scripts/fuzz.ts [--target feed] [--iterations N | --seconds S] [--seed 8420]
 * Each target runs in a process of its own that may crash, hang or swell: that input is kept in tests/corpus/<target>/found-….
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openCoverage } from './fuzz/coverage.ts';
import { mutate } from './fuzz/mutate.ts';
import { type Target, TARGETS } from './fuzz/targets.ts';
import { generator } from './tamper/changes.ts';

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    iterations: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: '8420' },
    worker: { type: 'string' },
  },
});
const corpusOf = (target: string): string => fileURLToPath(new URL(`../tests/corpus/${target}`, import.meta.url));
const BATCH = 256;
const MOST_KEPT = 4_000;
const COUNTED_BATCHES = 60;

/** The child: runs until it is done or dies; the input that runs stands in a file, so that a death can be told. */
async function work(
  target: Target,
  iterations: number,
  seconds: number,
  seed: number,
  lastFile: string,
): Promise<void> {
  // Half of a reader's time went into the stacks of faults it only counts; a found input is run again for its own.
  Error.stackTraceLimit = 0;
  const random = generator(seed);
  const folder = corpusOf(target.name);
  const files: Uint8Array[] = readdirSync(folder).map(name => readFileSync(join(folder, name)));
  const corpus: Uint8Array[] = [];
  const coverage = await openCoverage(url => target.covers.test(url));
  const last = openSync(lastFile, 'w+');
  const header = Buffer.alloc(4);
  const run = async (bytes: Uint8Array): Promise<void> => {
    header.writeUInt32BE(bytes.length);
    writeSync(last, header, 0, 4, 0);
    writeSync(last, bytes, 0, bytes.length, 4);
    const started = performance.now();
    const before = process.cpuUsage();
    await target.run(bytes);
    const took = performance.now() - started;
    if (took <= target.mostMs) return;
    // A busy machine makes everything slow; what counts is that the input kept the processor busy for so long.
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > target.mostMs) throw new Error(`it took ${Math.round(took)} ms`);
  };
  for (const bytes of files) {
    const before = target.stopped?.() ?? 0;
    await run(bytes);
    // What runs into a limit is not built upon: most of its changes would, too.
    if ((target.stopped?.() ?? 0) === before) corpus.push(bytes);
  }
  await coverage.grew();
  const until = performance.now() + seconds * 1000;
  let done = 0;
  let batches = 0;
  while (done < iterations && performance.now() < until) {
    const batch: Uint8Array[] = [];
    for (let i = 0; i < BATCH && done < iterations; i++, done++) {
      const bytes = mutate(
        corpus[Math.floor(random() * corpus.length)] ?? new Uint8Array(),
        corpus,
        target.words,
        random,
      );
      batch.push(bytes);
      await run(bytes);
    }
    // Taking the coverage is slow, so a batch shares one; where it grew, some of the batch are built upon. Later only
    // every 64th batch is counted.
    const counting = batches < COUNTED_BATCHES || batches % 64 === 0;
    if (counting && (await coverage.grew()) && corpus.length < MOST_KEPT)
      corpus.push(...batch.filter(() => random() < 1 / 16));
    batches++;
    if (batches === COUNTED_BATCHES || (batches > COUNTED_BATCHES && batches % 64 === 1)) await coverage.rest();
    else if (batches > COUNTED_BATCHES && batches % 64 === 0) await coverage.resume();
    process.send?.({ done });
  }
  closeSync(last);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send?.({ done, coverage: coverage.says(), kept: corpus.length, memory, stopped: target.stopped?.() ?? 0 });
  process.disconnect?.();
  process.exit(0);
}

/** Processor time of a process where the system says so, in milliseconds. */
function cpuMsOf(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}
interface Told {
  done: number;
  coverage?: string;
  kept?: number;
  memory?: number;
  stopped?: number;
}
/** The parent: watches, and keeps what the child died of. Returns a sentence when it did. */
async function watch(target: Target): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-fuzz-'));
  const lastFile = join(folder, 'last');
  const iterations = values.iterations ?? (values.seconds === undefined ? String(target.iterations) : '1e12');
  const args = [
    '--worker',
    lastFile,
    '--target',
    target.name,
    '--iterations',
    iterations,
    '--seconds',
    values.seconds ?? '1e9',
    '--seed',
    values.seed,
  ];
  const started = performance.now();
  const child = fork(fileURLToPath(import.meta.url), args, {
    execArgv: [`--max-old-space-size=${target.mostMb}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let told: Told = { done: 0 };
  let stderr = '';
  let heard = performance.now();
  child.stderr?.on('data', part => (stderr = (stderr + String(part)).slice(-4000)));
  let heardAtCpu = cpuMsOf(child.pid);
  child.on('message', message => {
    told = { ...told, ...(message as Told) };
    heard = performance.now();
    heardAtCpu = cpuMsOf(child.pid);
  });
  // A batch may be slow on a busy machine; a hang is an input that never ends.
  const patience = target.mostMs * 10 + 60_000;
  const watching = setInterval(() => {
    const silent = performance.now() - heard;
    const worked = cpuMsOf(child.pid);
    // A child that gets no processor is no hang; one that waits for nothing for very long is.
    const busy = worked === undefined || heardAtCpu === undefined ? silent : worked - heardAtCpu;
    if (busy > patience || silent > patience * 30) child.kill('SIGKILL');
  }, 1_000);
  const code = await new Promise<number | null>(ended => child.once('exit', ended));
  clearInterval(watching);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  if (code === 0) {
    process.stdout.write(
      `${target.name.padEnd(11)}${told.done} iterations in ${seconds} s, ${told.coverage}, ${told.kept} inputs built upon, ${told.memory} MB at most: no crash, no hang${told.stopped ? `; ${told.stopped} stopped by the reader's own limit` : ''}\n`,
    );
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const all = readFileSync(lastFile);
  const bytes = all.subarray(4, 4 + all.readUInt32BE(0));
  const name = `found-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;
  mkdirSync(corpusOf(target.name), { recursive: true });
  writeFileSync(join(corpusOf(target.name), name), bytes);
  rmSync(folder, { recursive: true });
  return `${target.name} ended after ${told.done} iterations (${code ?? 'killed: a hang'}); the input is tests/corpus/${target.name}/${name}\n${stderr}`;
}

const chosen = TARGETS.filter(t => values.target === undefined || t.name === values.target);
if (chosen.length === 0)
  throw new RangeError(`there is no target "${values.target}": ${TARGETS.map(t => t.name).join(', ')}`);
if (values.worker !== undefined)
  await work(
    chosen[0] as Target,
    Number(values.iterations),
    Number(values.seconds),
    Number(values.seed),
    values.worker,
  );
else {
  let faults = 0;
  for (const target of chosen) {
    const fault = await watch(target);
    if (fault === undefined) continue;
    faults++;
    process.stdout.write(`${fault}\n`);
  }
  process.exit(faults === 0 ? 0 : 1);
}
