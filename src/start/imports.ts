/**
 * Imports: a table is held in memory while somebody looks at its columns, then goes in row by row. It can be paused and goes
 * on; after a restart the same file goes on where it stopped. Twice the same file or row adds nothing twice.
 */
import { createHash, randomUUID } from 'node:crypto';
import { itemOfRow, mapColumns, mappingProblem, maskText, readRow, readTime, type Target, TARGETS } from '#watch';
import type { Clock } from '#io/clock';
import { readTableFile } from '#io/documents';
import type { ImportRun as StoredRun, Tenant } from '#io/store';
import type { HeldTable, ImportPort, ImportRun } from '../web/ports-imports.ts';
import { takeIn } from './intake/index.ts';

type Row = Readonly<Record<string, unknown>> | undefined;
interface Table {
  readonly name: string;
  readonly digest: string;
  readonly headings: readonly string[];
  readonly rows: readonly Row[];
  readonly heldAt: number;
}
interface Job {
  readonly table: Table;
  readonly beganAt: number;
  readonly beganRow: number;
  wanted: 'running' | 'paused' | 'stopped';
  work: Promise<void>;
}
const HOLD_MS = 30 * 60_000;
const MOST_HELD = 4;
const CHUNK = 200;
const SAMPLE = 5;
const MOST_REFUSALS = 500;
const MOST_BYTES = 64 * 1024 * 1024;

export interface Imports {
  readonly port: (here: () => Promise<Tenant>) => ImportPort;
  /** Waits until nothing runs: for tests, and before the store closes. */
  readonly drain: () => Promise<void>;
}
/** The headings in their order: what makes a table one that was mapped before. */
export const signatureOf = (headings: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(headings.map(h => h.trim())))
    .digest('hex')
    .slice(0, 32);

export function makeImports(clock: Clock, onFault: (error: unknown) => void, onTaken: () => void): Imports {
  const held = new Map<string, Table>();
  const jobs = new Map<string, Job>();
  const tidy = (): void => {
    for (const [key, table] of held) if (clock.now() - table.heldAt > HOLD_MS) held.delete(key);
    while (held.size > MOST_HELD) held.delete(held.keys().next().value ?? '');
  };
  const show = async (
    tenant: Tenant,
    key: string,
    table: Table,
    given?: Readonly<Record<string, Target>>,
  ): Promise<HeldTable> => {
    const kept =
      given ?? ((await tenant.importMapping(signatureOf(table.headings))) as Record<string, Target> | undefined);
    const columns = mapColumns(table.headings, kept ?? {});
    const problem = mappingProblem(columns);
    const shown = table.headings.filter(h => !columns.dropped.includes(h.trim()));
    return {
      key,
      name: table.name,
      rows: table.rows.length,
      headings: table.headings,
      mapping: columns.mapping,
      dropped: columns.dropped,
      remembered: given === undefined && kept !== undefined,
      sample: table.rows
        .slice(0, SAMPLE)
        .map(row =>
          Object.fromEntries(shown.map(h => [h, sampleOf(String(row?.[h] ?? ''), columns.mapping[h.trim()])])),
        ),
      ...(problem === undefined ? {} : { problem }),
    };
  };
  const start = (
    tenant: Tenant,
    table: Table,
    how: { readonly mapping: Readonly<Record<string, Target>>; readonly origin: string },
    run: StoredRun,
  ): void => {
    const job: Job = {
      table,
      beganAt: clock.now(),
      beganRow: run.doneRows,
      wanted: 'running',
      work: Promise.resolve(),
    };
    jobs.set(run.digest, job);
    job.work = work(tenant, job, how, run, clock, onTaken).catch(async error => {
      onFault(error);
      job.wanted = 'paused';
      const now = await tenant.importRun(run.digest);
      if (now) await tenant.putImportRun({ ...now, state: 'paused' });
    });
  };
  const hows = new Map<string, { readonly mapping: Readonly<Record<string, Target>>; readonly origin: string }>();
  return {
    drain: async () => void (await Promise.all([...jobs.values()].map(j => j.work))),
    port: here => ({
      hold: async (name, bytes) => {
        if (bytes.length > MOST_BYTES)
          return { problem: `the file is larger than ${MOST_BYTES / 1024 / 1024} MB; split it` };
        const read = await readTable(bytes);
        if ('problem' in read) return read;
        tidy();
        const key = randomUUID();
        const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
        const table: Table = { name: maskText(name).text, digest, ...read, heldAt: clock.now() };
        held.set(key, table);
        return show(await here(), key, table);
      },
      held: async (key, mapping) => {
        tidy();
        const table = held.get(key);
        return table && show(await here(), key, table, mapping);
      },
      begin: async (key, { mapping, origin, by }) => {
        const table = held.get(key);
        if (!table)
          return {
            problem: {
              zh: '表已经不在内存里了，请再选一次文件',
              en: 'the table is no longer in memory; choose the file again',
            },
          };
        const columns = mapColumns(table.headings, mapping);
        const problem = mappingProblem(columns);
        if (problem) return { problem: { zh: '没有一列是内容，请至少把一列选作“内容”或“标题”', en: problem } };
        const tenant = await here();
        const before = await tenant.importRun(table.digest);
        if (before?.state === 'done' || jobs.get(table.digest)?.wanted === 'running')
          return { digest: table.digest, known: true };
        await tenant.putImportMapping({
          signature: signatureOf(table.headings),
          origin,
          mapping: columns.mapping,
          setBy: by,
          usedAt: clock.now(),
        });
        const run: StoredRun = {
          ...(before ?? { imported: 0, duplicates: 0, refused: 0, doneRows: 0, masked: {}, refusals: [] }),
          digest: table.digest,
          fileName: table.name,
          rows: table.rows.length,
          dropped: columns.dropped,
          state: 'running',
          beganBy: by,
          startedAt: before?.startedAt ?? clock.now(),
        };
        await tenant.putImportRun(run);
        held.delete(key);
        hows.set(run.digest, { mapping: columns.mapping, origin });
        start(tenant, table, { mapping: columns.mapping, origin }, run);
        return { digest: run.digest, known: false };
      },
      runs: async limit => (await (await here()).importRuns(limit)).map(r => shown(r, jobs.get(r.digest), clock.now())),
      run: async digest => {
        const run = await (await here()).importRun(digest);
        return run && shown(run, jobs.get(digest), clock.now());
      },
      change: async (digest, to) => {
        const tenant = await here();
        const job = jobs.get(digest);
        if (job && to !== 'running') {
          job.wanted = to;
          await job.work;
        }
        const run = await tenant.importRun(digest);
        if (!run || run.state === 'done') return;
        if (to !== 'running') return tenant.putImportRun({ ...run, state: to });
        const how = hows.get(digest);
        if (!job || !how || job.wanted === 'running') return undefined;
        await tenant.putImportRun({ ...run, state: 'running' });
        start(tenant, job.table, how, { ...run, state: 'running' });
        return undefined;
      },
    }),
  };
}

/** Chunk by chunk from where it stopped; what has been judged is written down before the next chunk. */
async function work(
  tenant: Tenant,
  job: Job,
  how: { readonly mapping: Readonly<Record<string, Target>>; readonly origin: string },
  from: StoredRun,
  clock: Clock,
  onTaken: () => void,
): Promise<void> {
  let run = from;
  while (run.doneRows < run.rows && job.wanted === 'running') {
    const chunk = job.table.rows.slice(run.doneRows, run.doneRows + CHUNK);
    const masked: Record<string, number> = { ...run.masked };
    const refusals = [...run.refusals];
    const items = chunk.flatMap((row, i) => {
      const read = row === undefined ? { refused: 'the line is not one JSON object' } : readRow(row, how.mapping);
      if ('refused' in read) {
        if (refusals.length < MOST_REFUSALS) refusals.push({ n: run.doneRows + i + 1, reason: read.refused });
        return [];
      }
      for (const [kind, n] of Object.entries(read.counts)) masked[kind] = (masked[kind] ?? 0) + n;
      return [{ ...itemOfRow(read), source: how.origin, origin: how.origin, keeps: 'everything' as const }];
    });
    const taken = await takeIn(tenant, items, clock.now());
    const imported = taken.filter(t => t.result === 'added' || t.result === 'copy').length;
    run = {
      ...run,
      doneRows: run.doneRows + chunk.length,
      imported: run.imported + imported,
      duplicates: run.duplicates + taken.length - imported,
      refused: run.refused + chunk.length - items.length,
      masked,
      refusals,
    };
    await tenant.putImportRun(run);
    if (imported > 0) onTaken();
  }
  const { endedAt: _, ...rest } = run;
  await tenant.putImportRun(
    run.doneRows >= run.rows
      ? { ...rest, state: 'done', endedAt: clock.now() }
      : { ...rest, state: job.wanted === 'stopped' ? 'stopped' : 'paused' },
  );
  if (run.doneRows < run.rows && job.wanted === 'running') job.wanted = 'paused';
}

/** A cell as it may be shown. What stands in a column of times and is none could be anybody. */
const sampleOf = (cell: string, target: Target | undefined): string =>
  target === 'publishedAt' && cell.trim() !== '' && typeof readTime(cell) !== 'number'
    ? '—'
    : maskText(cell).text.slice(0, 120);

function shown(run: StoredRun, job: Job | undefined, now: number): ImportRun {
  const { sourceKey: _, ...rest } = run;
  const seconds = job && run.state === 'running' ? (now - job.beganAt) / 1000 : 0;
  return {
    ...rest,
    // A run that nobody works on was cut off by a restart.
    state: run.state === 'running' && !job ? 'paused' : run.state,
    inMemory: job !== undefined,
    ...(job && seconds > 0 ? { perSecond: Math.round(((run.doneRows - job.beganRow) / seconds) * 10) / 10 } : {}),
  };
}

async function readTable(
  bytes: Uint8Array,
): Promise<{ readonly headings: readonly string[]; readonly rows: readonly Row[] } | { readonly problem: string }> {
  const first = bytes.find(b => ![0x20, 0x0a, 0x0d, 0xef, 0xbb, 0xbf].includes(b));
  if (first === 0x7b) {
    const rows = new TextDecoder()
      .decode(bytes)
      .split('\n')
      .filter(l => l.trim() !== '')
      .map(objectOf);
    return { headings: [...new Set(rows.flatMap(r => Object.keys(r ?? {})))], rows };
  }
  const table = await readTableFile(bytes);
  return 'fault' in table ? { problem: table.fault } : { headings: table.headings, rows: table.rows };
}
function objectOf(line: string): Row {
  try {
    const value: unknown = JSON.parse(line.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : undefined;
  } catch {
    return undefined;
  }
}
/** A mapping from a form: only targets that exist. */
export const targetOf = (text: string): Target => TARGETS.find(t => t === text) ?? 'ignore';
