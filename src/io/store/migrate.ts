/** Brings a database to the newest schema: numbered files, one transaction each, safe when many processes start at once. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';

const folder = fileURLToPath(new URL('./sql/', import.meta.url));
/** Any number, the same for all starters of one database. */
const MIGRATION_LOCK = 8420_2016;

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}
/** The numbered files in order. A line that is only `--;` ends a statement. */
export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter(name => /^\d{6}\.sql$/.test(name))
    .sort()
    .map(name => ({
      number: Number(name.slice(0, 6)),
      name,
      statements: readFileSync(`${folder}${name}`, 'utf8')
        .split(/^--;\s*$/m)
        .map(s => s.replace(/^\s*--.*$/gm, '').trim())
        .filter(Boolean),
    }));
}

/** Applies what is missing; returns the numbers applied. */
export async function migrate(client: pg.ClientBase): Promise<number[]> {
  await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
  try {
    await client.query(
      'create table if not exists schema_migration (number integer primary key, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ number: number }>('select number from schema_migration');
    const done = new Set(rows.map(r => r.number));
    const newest = Math.max(0, ...done);
    const files = readMigrations();
    if (newest > (files.at(-1)?.number ?? 0))
      throw new Error(
        `the database is of a newer version (schema ${newest}) than this product (schema ${files.at(-1)?.number ?? 0}): start the newer product`,
      );
    const applied: number[] = [];
    for (const file of files) {
      if (done.has(file.number)) continue;
      await client.query('begin');
      try {
        for (const statement of file.statements) await client.query(statement);
        await client.query('insert into schema_migration (number) values ($1)', [file.number]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${file.name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(file.number);
    }
    return applied;
  } finally {
    await client.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`);
  }
}
