/** The peers of the matcher, run in the same minutes: Hyperscan through bench/text/hyperscan.c, PostgreSQL through the embedded server. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { fold, type Item, type RuleSource } from '#core/text';
import { startEmbedded } from '../../src/io/store/embedded/index.ts';

export interface Peer {
  /** Seconds of processor and hits for one pass over all texts. */
  readonly run: () => Promise<{ readonly seconds: number; readonly hits: number }>;
  readonly compileSeconds: number;
  readonly end: () => void;
}
const records = (texts: readonly string[]): Buffer =>
  Buffer.concat(
    texts.flatMap(text => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );

/** Hyperscan over folded terms and texts, or why it cannot be run here. */
export async function hyperscan(terms: readonly string[], texts: readonly string[]): Promise<Peer | string> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-hyperscan-'));
  const driver = join(folder, 'hyperscan');
  try {
    execFileSync('cc', ['-O3', fileURLToPath(new URL('hyperscan.c', import.meta.url)), '-lhs', '-o', driver], {
      stdio: 'pipe',
    });
  } catch {
    rmSync(folder, { recursive: true });
    return 'not measured: needs a C compiler and libhyperscan-dev';
  }
  writeFileSync(join(folder, 'terms'), records([...new Set(terms.map(fold))]));
  writeFileSync(join(folder, 'texts'), records(texts.map(fold)));
  const child = spawn(driver, [join(folder, 'terms'), join(folder, 'texts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => ((await lines.next()) as IteratorResult<string, string>).value ?? '';
  const compileSeconds = Number((await line()).split(' ')[1]);
  return {
    compileSeconds,
    async run() {
      child.stdin.write('go\n');
      const [seconds, hits] = (await line()).split(' ').map(Number);
      return { seconds: seconds ?? 0, hits: hits ?? 0 };
    },
    end() {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * PostgreSQL's tsquery on the embedded server: rules as rows with a GiST index over their queries, texts as tsvectors of
 * character bigrams made beforehand (no Chinese segmenter comes with it), so that only matching is counted. No NEAR.
 * Wall time of the server's one process; texts/s.
 */
export async function tsquery(rules: readonly RuleSource[], items: readonly Item[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-tsquery-'));
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ data: join(folder, 'data') });
  const client = new pg.Client(server.connection);
  await client.connect();
  try {
    const bigrams = (text: string): string[] =>
      Array.from({ length: Math.max(1, text.length - 1) }, (_, i) => text.slice(i, i + 2)).filter(
        g => !/[\s'\\:&|!()<>*]/.test(g),
      );
    const phrase = (term: string): string =>
      `(${
        bigrams(fold(term))
          .map(g => `'${g}'`)
          .join('<->') || "'∅'"
      })`;
    const queryOf = (r: RuleSource): string =>
      [
        ...(r.all ?? []).map(g => `(${g.map(phrase).join('|')})`),
        ...(r.near ?? []).map(p => `(${phrase(p.a)}&${phrase(p.b)})`),
        ...(r.none ?? []).map(t => `!${phrase(t)}`),
      ].join('&');
    await client.query('create temp table rule (id int, q tsquery)');
    await client.query('insert into rule select * from unnest($1::int[], $2::tsquery[])', [
      rules.map((_, i) => i),
      rules.map(queryOf),
    ]);
    await client.query('create index on rule using gist (q)');
    await client.query('create temp table item (id int, v tsvector)');
    const vector = (text: string): string =>
      Object.entries(
        bigrams(fold(text)).reduce<Record<string, number[]>>((o, g, i) => ((o[g] ??= []).push(i + 1), o), {}),
      )
        .map(([g, at]) => `'${g}':${at.slice(0, 255).join(',')}`)
        .join(' ');
    await client.query('insert into item select * from unnest($1::int[], $2::tsvector[])', [
      items.map((_, i) => i),
      items.map(i => vector(i.text)),
    ]);
    await client.query('analyze');
    const started = performance.now();
    await client.query('select count(*) from item join rule on v @@ q');
    return items.length / ((performance.now() - started) / 1000);
  } finally {
    await client.end();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}
