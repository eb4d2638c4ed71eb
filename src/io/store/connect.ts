/** Connections: one transaction of one institution under the application's role, and scans as the keeper. */
import pg from 'pg';
import type { Query, StorePool } from './port.ts';

const { Pool, types } = pg;
const BIGINT = 20;
const TIMESTAMP = 1184;
// Counters stay far below 2^53 and instants are milliseconds everywhere in this product.
types.setTypeParser(BIGINT, Number);
types.setTypeParser(TIMESTAMP, text => Date.parse(text));

export type Connection =
  | { readonly host: string; readonly port: number; readonly database: string; readonly user: string }
  | { readonly connectionString: string };
/** No statement of a page or a timer takes this long unless something is stuck; then it must end and say so. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Quoted for SET, which takes no parameters. Institution ids are checked when they are made. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * A client with an open transaction. After a server's restart the pool may hand out a connection whose end has not been
 * noticed yet (also between two of these statements); as nothing was done on it, the next one is taken. What fails later
 * is the caller's to know.
 */
async function begin(pool: pg.Pool, institution: string): Promise<pg.PoolClient> {
  for (let tries = pool.totalCount + 1; ; tries--) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('set local role huiyin_app');
      await client.query(`set local app.institution = ${quoted(institution)}`);
      return client;
    } catch (error) {
      client.release(error as Error);
      if (tries <= 1) throw error;
    }
  }
}

export function openPool(connection: Connection): { readonly pool: pg.Pool; readonly port: StorePool } {
  const pool = new Pool({
    ...connection,
    max: 16,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A server that goes away ends idle connections; the next use opens a new one and reports what it finds.
  pool.on('error', () => undefined);
  // A client in the middle of a transaction tells its caller through the query that failed; without a listener the same
  // loss would end the whole process.
  pool.on('connect', client => void client.on('error', () => undefined));
  const inTenant: StorePool['inTenant'] = async (institution, work) => {
    const client = await begin(pool, institution);
    let broken: Error | undefined;
    try {
      const query: Query = async (sql, values = []) => (await client.query(sql, [...values])).rows as never;
      const result = await work(query);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((e: Error) => (broken = e));
      throw error;
    } finally {
      client.release(broken);
    }
  };
  const scan: StorePool['scan'] = async (sql, values) => (await pool.query(sql, [...values])).rows as never;
  return { pool, port: { inTenant, scan } };
}
