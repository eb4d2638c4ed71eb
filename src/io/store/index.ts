/** The store: PostgreSQL and nothing else. */
import { join } from 'node:path';
import type pg from 'pg';
import { openSeal } from '../seal/index.ts';
import { type Connection, openPool } from './connect.ts';
import { startEmbedded } from './embedded/index.ts';
import type { PausePoint } from './append.ts';
import { partitionOf } from './findings.ts';
import { dumpTables, isEmptyStore, restoreTables } from './backup.ts';
import { discardPractice } from './practice.ts';
import { migrate } from './migrate.ts';
import { openTenant } from './tenant.ts';
import type { Institution, Store } from './port.ts';

export { defaultDataFolder, EmbeddedFault, serverProcess } from './embedded/index.ts';
export {
  type Claimed,
  type DueSource,
  dueSources,
  type FindingDate,
  type KeptRobots,
  type SourceSpan,
} from './collecting.ts';
export { dueEvidence, type EvidenceLook, type LookWhy } from './evidence.ts';
export type { SeenPlace } from './erasing.ts';
export type * from './port.ts';
export type * from './port-triage.ts';
export { LogMoved } from './port.ts';

export interface StoreOptions {
  /** A server of one's own; without it a local one is started in `data`. */
  readonly databaseUrl?: string;
  readonly data: string;
  readonly prefer?: 'system' | 'npm';
  /** The file with the keys that seal secrets; beside the data unless said otherwise. */
  readonly secrets?: string;
  /** What the name of every log begins with, such as the address the institution answers at. */
  readonly origin?: string;
  /** For drills. */
  readonly pause?: PausePoint;
}
/** duplicate_table, and the same seen a moment earlier as a duplicate name in the catalogue. */
const MADE_MEANWHILE = new Set(['42P07', '23505']);
const INSTITUTION = /^[a-z][a-z0-9-]{0,62}$/;

/** Opens the store, bringing its schema up to date first. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const server = options.databaseUrl
    ? undefined
    : await startEmbedded({ data: options.data, ...(options.prefer ? { prefer: options.prefer } : {}) });
  const connection: Connection = server ? server.connection : { connectionString: options.databaseUrl ?? '' };
  const { pool, port } = openPool(connection);
  const pause: PausePoint = options.pause ?? (async () => undefined);
  try {
    const client = await pool.connect();
    try {
      await migrate(client);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    await server?.stop();
    throw error;
  }
  const signing = {
    seal: openSeal(options.secrets ?? join(options.data, 'secrets.key')),
    origin: options.origin ?? 'huiyin',
  };
  const months = new Map<string, Promise<void>>();
  /** "If not exists" does not hold between two that begin at once: one of them finds the table made meanwhile. */
  const makeMonth = async (sql: string): Promise<void> => {
    try {
      await pool.query(sql);
    } catch (error) {
      if (!MADE_MEANWHILE.has((error as { readonly code?: string }).code ?? '')) throw error;
    }
  };
  const ensureMonths = async (instants: readonly number[]): Promise<void> => {
    for (const { name, sql } of instants.map(partitionOf)) {
      const made = months.get(name) ?? makeMonth(sql);
      months.set(name, made);
      await made.catch(error => {
        months.delete(name);
        throw error;
      });
    }
  };
  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  };
  const institutions = async (): Promise<Institution[]> =>
    (
      await port.scan(
        'select id, title_zh, title_en, is_example, practice_of from institution order by created_at, id',
        [],
      )
    ).map(r => ({
      id: String(r['id']),
      titleZh: String(r['title_zh']),
      titleEn: String(r['title_en']),
      isExample: r['is_example'] === true,
      ...(typeof r['practice_of'] === 'string' ? { practiceOf: r['practice_of'] } : {}),
    }));
  return {
    institutions,
    addInstitution: async (institution, at) => {
      if (!INSTITUTION.test(institution.id))
        throw new RangeError(`"${institution.id}" is no institution key: small letters, digits and hyphens`);
      await port.scan(
        'insert into institution (id, title_zh, title_en, is_example, created_at, practice_of) values ($1, $2, $3, $4, $5, $6)',
        [
          institution.id,
          institution.titleZh,
          institution.titleEn,
          institution.isExample,
          new Date(at).toISOString(),
          institution.practiceOf ?? null,
        ],
      );
    },
    discardPractice: id => withClient(client => discardPractice(client, id)),
    tenant: async id => {
      const institution = (await institutions()).find(i => i.id === id);
      return institution && openTenant(institution, port, { ensureMonths }, pause, signing);
    },
    putRulebook: async b =>
      void (await port.scan(
        'insert into rulebook_text (digest, institution_key, version, text) values ($1, $2, $3, $4) on conflict do nothing',
        [b.digest, b.institution, b.version, b.text],
      )),
    rulebook: async digest =>
      (await port.scan('select text from rulebook_text where digest = $1', [digest]))[0]?.['text'] as
        string | undefined,
    sealing: { rotate: signing.seal.rotate, forgetOld: signing.seal.forgetOld },
    pool: port,
    dump: () => withClient(dumpTables),
    isEmpty: () => withClient(isEmptyStore),
    restore: (dump, { replace }) => withClient(client => restoreTables(client, dump, replace)),
    close: async () => {
      await pool.end();
      await server?.stop();
    },
  };
}
