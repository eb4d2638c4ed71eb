/** The log as `huiyin verify` reads it: events, chain, salts. */
import { showHash, toHex } from '#core/log';
import type { LogExport, Query } from './port.ts';

export async function exportLog(institution: string, query: Query, caseId?: string, upTo?: number): Promise<LogExport> {
  const rows = await query(
    `select e.n, e.id, e.case_id, e.case_n, e.type, e.at, e.recorded_at, e.rulebook_digest, e.body_digest, e.leaf, e.previous, b.salt, b.body
     from log_entry e left join log_body b on b.institution_id = e.institution_id and b.n = e.n where e.institution_id = $1 and ($2::bigint is null or e.n <= $2) order by e.n`,
    [institution, upTo ?? null],
  );
  const [head] = await query('select root from log_head where institution_id = $1', [institution]);
  const chain = rows.map((r, i) =>
    JSON.stringify({
      ...(i === 0 ? { institution } : {}),
      n: Number(r['n']),
      id: r['id'],
      digest: showHash(r['leaf'] as Uint8Array),
      previous: showHash(r['previous'] as Uint8Array),
      caseN: Number(r['case_n']),
      type: r['type'],
      at: r['at'],
      recordedAt: r['recorded_at'],
      rulebook: showHash(r['rulebook_digest'] as Uint8Array),
      body: showHash(r['body_digest'] as Uint8Array),
    }),
  );
  // The chain is always whole. Of one case only its own bodies are given; the erasures of others are told all the same.
  const given = rows.filter(
    r =>
      typeof r['body'] === 'string' && (caseId === undefined || r['case_id'] === caseId || r['type'] === 'body.erased'),
  );
  const events = given.map(r => {
    const body = JSON.parse(String(r['body'])) as Record<string, unknown>;
    return JSON.stringify({
      id: body['id'],
      case: body['case'],
      type: r['type'],
      at: r['at'],
      recordedAt: r['recorded_at'],
      lateEntryReason: body['lateEntryReason'],
      by: body['by'],
      data: body['data'],
    });
  });
  return {
    events,
    chain,
    salts: given.map(r => JSON.stringify({ n: Number(r['n']), salt: toHex(r['salt'] as Uint8Array) })),
    head: head ? showHash(head['root'] as Uint8Array) : '',
    entries: rows.length,
    erasedBodies: rows.filter(r => r['body'] === null).length,
  };
}
