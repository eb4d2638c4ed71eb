/** An exercise is thrown away whole: every row of its institution, children before parents, in one transaction. */
import type pg from 'pg';
import { TABLES } from './backup.ts';

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
    for (const table of ['session', 'sign_in_try', ...TABLES.toReversed()])
      if (table !== 'institution' && table !== 'rulebook_text')
        await client.query(`delete from ${table} where institution_id = $1`, [id]);
    await client.query('delete from institution where id = $1', [id]);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
