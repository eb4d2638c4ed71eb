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
/** A line that went dead without a word answers nothing: the client gives up a little after the server would have. */
const ANSWER_TIMEOUT_MS = 35_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Quoted for SET, which takes no parameters. Institution ids are checked when they are made. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Connections that were open when one of them stopped answering: the line is dead for all of them, and asking each would
 * cost its own time limit. They are dropped unasked.
 */
interface Line {
  readonly isDead: (client: pg.PoolClient) => boolean;
  readonly wentDead: () => void;
}
function watchLine(pool: pg.Pool): Line {
  const bornIn = new WeakMap<object, number>();
  let age = 0;
  pool.on('connect', client => void bornIn.set(client, age));
  return { isDead: client => (bornIn.get(client) ?? 0) < age, wentDead: () => void age++ };
}
/** The client's own limit, not the server's: nothing came back at all. */
const isSilence = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout';

async function living(pool: pg.Pool, line: Line): Promise<pg.PoolClient> {
  for (;;) {
    const client = await pool.connect();
    if (!line.isDead(client)) return client;
    client.release(true);
  }
}

/**
 * A client with an open transaction. After a server's restart the pool may hand out a connection whose end has not been
 * noticed yet (also between two of these statements); as nothing was done on it, the next one is taken. What fails later
 * is the caller's to know.
 */
async function begin(pool: pg.Pool, line: Line, institution: string): Promise<pg.PoolClient> {
  for (let tries = pool.totalCount + 1; ; tries--) {
    const client = await living(pool, line);
    try {
      // In one message: each further one would cost every page and every turn a way there and back.
      await client.query(`begin; set local role huiyin_app; set local app.institution = ${quoted(institution)}`);
      return client;
    } catch (error) {
      if (isSilence(error)) line.wentDead();
      client.release(error as Error);
      if (tries <= 1) throw error;
    }
  }
}

export function openPool(connection: Connection): { readonly pool: pg.Pool; readonly port: StorePool } {
  const pool = new Pool({
    ...connection,
    max: 16,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A server that goes away ends idle connections; the next use opens a new one and reports what it finds.
  pool.on('error', () => undefined);
  // A client in the middle of a transaction tells its caller through the query that failed; without a listener the same
  // loss would end the whole process.
  pool.on('connect', client => void client.on('error', () => undefined));
  const line = watchLine(pool);
  const inTenant: StorePool['inTenant'] = async (institution, work) => {
    const client = await begin(pool, line, institution);
    let broken: Error | undefined;
    let ended = false;
    /** Statements follow each other in the order in which they are given, waited for or not. */
    let before: Promise<unknown> = Promise.resolve();
    try {
      const query: Query = (sql, values = []) => {
        const answer = before.then(async () => {
          // What comes after the end would run without the institution and by itself.
          if (ended) throw new Error('the transaction has ended');
          return (await client.query(sql, [...values])).rows as never;
        });
        before = answer.catch(() => undefined);
        return answer;
      };
      const result = await work(query);
      ended = true;
      await before;
      await client.query('commit');
      return result;
    } catch (error) {
      ended = true;
      await before;
      if (isSilence(error)) {
        line.wentDead();
        broken = error as Error;
      } else await client.query('rollback').catch((e: Error) => (broken = e));
      throw error;
    } finally {
      client.release(broken);
    }
  };
  const scan: StorePool['scan'] = async (sql, values) => {
    const client = await living(pool, line);
    let broken: Error | undefined;
    try {
      return (await client.query(sql, [...values])).rows as never;
    } catch (error) {
      if (isSilence(error)) {
        line.wentDead();
        broken = error as Error;
      }
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return { pool, port: { inTenant, scan } };
}
