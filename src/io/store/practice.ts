/** An exercise is thrown away whole: every row of its institution in every table, in one transaction. */
import type pg from 'pg';

/** Never of a real institution: the flag is asked for in the same transaction that deletes. */
export async function discardPractice(client: pg.ClientBase, id: string): Promise<boolean> {
  await client.query('begin');
  try {
    const { rows } = await client.query(
      'select 1 from institution where id = $1 and practice_of is not null for update',
      [id],
    );
    if (rows.length === 0) {
      await client.query('rollback');
      return false;
    }
    // By the catalogue, so that no table of a later version is forgotten; partitions go with their parent.
    const found = await client.query<{ name: string }>(
      "select quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema() join pg_attribute a on a.attrelid = c.oid and a.attname = 'institution_id' and not a.attisdropped where c.relkind in ('r', 'p') and not c.relispartition order by c.oid desc",
    );
    await deleteAll(
      client,
      found.rows.map(r => r.name),
      id,
    );
    await client.query('delete from institution where id = $1', [id]);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Children before parents: a table that something still points to is tried again after the others. */
async function deleteAll(client: pg.ClientBase, tables: readonly string[], id: string): Promise<void> {
  const left: string[] = [];
  let last: unknown;
  for (const table of tables) {
    await client.query('savepoint one');
    try {
      await client.query(`delete from ${table} where institution_id = $1`, [id]);
      await client.query('release savepoint one');
    } catch (error) {
      if ((error as { code?: string }).code !== '23503') throw error;
      await client.query('rollback to savepoint one');
      left.push(table);
      last = error;
    }
  }
  if (left.length === tables.length && left.length > 0) throw last;
  if (left.length > 0) await deleteAll(client, left, id);
}
