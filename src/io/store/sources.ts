/** Sources, imports, remembered mappings and what watched pages said. No statement here knows who spoke. */
import type { ImportRun, PageVersion, Query, Source, Tenant } from './port.ts';

type Row = Record<string, unknown>;
type SourceStatements = Pick<
  Tenant,
  | 'sources'
  | 'putSource'
  | 'importRun'
  | 'importRuns'
  | 'putImportRun'
  | 'importMapping'
  | 'putImportMapping'
  | 'pageVersions'
  | 'addPageVersion'
>;
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());
const when = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
/** Leaves out members that are null or undefined. */
const given = <T extends object>(parts: T): T =>
  Object.fromEntries(Object.entries(parts).filter(([, v]) => v !== undefined && v !== null)) as T;

export function sourceStatements(
  id: string,
  run: <T>(work: (query: Query) => Promise<T>) => Promise<T>,
): SourceStatements {
  const rows = <R extends Row = Row>(sql: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    run(query => query<R>(sql, [id, ...values]));
  const done = async (sql: string, values: readonly unknown[] = []): Promise<void> => void (await rows(sql, values));
  return {
    sources: async () => (await rows('select * from source where institution_id = $1 order by key')).map(sourceOf),
    putSource: s =>
      done(
        `insert into source (institution_id, key, kind, title, owner_unit, purpose, settings, state, validators, next_due_at, last_success_at, last_fault,
           class, reach, outlet_kind, pace, proposed_by, switched_on_by, switched_on_at, tried_at, tried_items)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (institution_id, key) do update set title = excluded.title, owner_unit = excluded.owner_unit, purpose = excluded.purpose, settings = excluded.settings, state = excluded.state,
           validators = excluded.validators, next_due_at = excluded.next_due_at, last_success_at = excluded.last_success_at, last_fault = excluded.last_fault,
           class = excluded.class, reach = excluded.reach, outlet_kind = excluded.outlet_kind, pace = excluded.pace, proposed_by = excluded.proposed_by,
           switched_on_by = excluded.switched_on_by, switched_on_at = excluded.switched_on_at, tried_at = excluded.tried_at, tried_items = excluded.tried_items`,
        [
          s.key,
          s.kind,
          s.title,
          s.ownerUnit,
          s.purpose,
          JSON.stringify(s.settings),
          s.state,
          JSON.stringify(s.validators),
          iso(s.nextDueAt),
          iso(s.lastSuccessAt),
          s.lastFault ?? null,
          s.class,
          s.reach,
          s.outletKind ?? null,
          s.pace,
          s.proposedBy ?? null,
          s.switchedOnBy ?? null,
          iso(s.switchedOnAt),
          iso(s.triedAt),
          s.triedItems ?? null,
        ],
      ),
    importRun: async digest => {
      const [row] = await rows('select * from import_run where institution_id = $1 and digest = $2', [digest]);
      return row && runOf(row);
    },
    importRuns: async limit =>
      (
        await rows(
          'select * from import_run where institution_id = $1 order by coalesce(started_at, ended_at) desc limit $2',
          [limit],
        )
      ).map(runOf),
    putImportRun: r =>
      done(
        `insert into import_run (institution_id, digest, file_name, rows, imported, duplicates, refused, dropped, ended_at, state, done_rows, source_key, began_by, started_at, masked, refusals)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (institution_id, digest) do update set rows = excluded.rows, imported = excluded.imported, duplicates = excluded.duplicates, refused = excluded.refused,
           dropped = excluded.dropped, ended_at = excluded.ended_at, state = excluded.state, done_rows = excluded.done_rows, masked = excluded.masked, refusals = excluded.refusals`,
        [
          r.digest,
          r.fileName,
          r.rows,
          r.imported,
          r.duplicates,
          r.refused,
          [...r.dropped],
          iso(r.endedAt),
          r.state,
          r.doneRows,
          r.sourceKey ?? null,
          r.beganBy ?? null,
          iso(r.startedAt),
          JSON.stringify(r.masked),
          JSON.stringify(r.refusals),
        ],
      ),
    importMapping: async signature =>
      (await rows('select mapping from import_mapping where institution_id = $1 and signature = $2', [signature]))[0]?.[
        'mapping'
      ] as Readonly<Record<string, string>> | undefined, // written by `putImportMapping`
    putImportMapping: m =>
      done(
        `insert into import_mapping (institution_id, signature, origin, mapping, set_by, used_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (institution_id, signature) do update set origin = excluded.origin, mapping = excluded.mapping, set_by = excluded.set_by, used_at = excluded.used_at`,
        [m.signature, m.origin, JSON.stringify(m.mapping), m.setBy ?? null, iso(m.usedAt)],
      ),
    pageVersions: async (sourceKey, limit) =>
      (
        await rows(
          'select * from page_version where institution_id = $1 and source_key = $2 order by seen_at desc limit $3',
          [sourceKey, limit],
        )
      ).map(versionOf),
    addPageVersion: v =>
      done(
        'insert into page_version (institution_id, source_key, seen_at, digest, title, text) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
        [v.sourceKey, iso(v.seenAt), v.digest, v.title, v.text],
      ),
  };
}

export const sourceOf = (r: Row): Source =>
  given({
    key: String(r['key']),
    kind: String(r['kind']),
    title: String(r['title']),
    ownerUnit: String(r['owner_unit']),
    purpose: String(r['purpose']),
    settings: r['settings'] as Record<string, string>,
    state: r['state'] as Source['state'],
    validators: r['validators'] as Record<string, string>,
    nextDueAt: Number(r['next_due_at']),
    lastSuccessAt: when(r['last_success_at']) as number,
    lastFault: r['last_fault'] as string,
    class: r['class'] as Source['class'],
    reach: r['reach'] as Source['reach'],
    outletKind: r['outlet_kind'] as string,
    pace: r['pace'] as Source['pace'],
    proposedBy: r['proposed_by'] as string,
    switchedOnBy: r['switched_on_by'] as string,
    switchedOnAt: when(r['switched_on_at']) as number,
    triedAt: when(r['tried_at']) as number,
    triedItems: r['tried_items'] as number,
  });
const runOf = (r: Row): ImportRun =>
  given({
    digest: String(r['digest']),
    fileName: String(r['file_name']),
    rows: Number(r['rows']),
    imported: Number(r['imported']),
    duplicates: Number(r['duplicates']),
    refused: Number(r['refused']),
    dropped: r['dropped'] as string[],
    endedAt: when(r['ended_at']) as number,
    state: r['state'] as ImportRun['state'],
    doneRows: Number(r['done_rows']),
    sourceKey: r['source_key'] as string,
    beganBy: r['began_by'] as string,
    startedAt: when(r['started_at']) as number,
    masked: r['masked'] as ImportRun['masked'],
    refusals: r['refusals'] as ImportRun['refusals'],
  });
const versionOf = (r: Row): PageVersion => ({
  sourceKey: String(r['source_key']),
  seenAt: Number(r['seen_at']),
  digest: String(r['digest']),
  title: String(r['title']),
  text: String(r['text']),
});
