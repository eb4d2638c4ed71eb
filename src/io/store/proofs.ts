/**
 * Proofs over one institution's log: checkpoints signed by its key, proofs from its tiles, heartbeats, and what a witness has
 * to add. A head is signed only after the tree was made again from tiles and leaves and agrees with it and with the last one.
 */
import { randomBytes } from 'node:crypto';
import {
  type Bytes,
  KEY_TYPE,
  keyOf,
  openNote,
  proveConsistency,
  proveInclusion,
  readCheckpoint,
  readKey,
  showCheckpoint,
  showHash,
  showHeartbeat,
  showKey,
  showProof,
  type Signer,
  signNote,
  toHex,
} from '#core/log';
import type { Seal } from '../seal/index.ts';
import { keepTiles, rootAt, treeOf } from './log-tree.ts';
import type { Query } from './port.ts';

export type KeyKind = 'log' | 'heartbeat' | 'witness';
export interface SignedHead {
  readonly size: number;
  /** The checkpoint as a signed note, co-signatures included. */
  readonly note: string;
}
export interface BeatCounts {
  readonly due: number;
  readonly fired: number;
  readonly late: number;
}
export interface LogProofs {
  /** The name of the log: what its checkpoints begin with. */
  readonly origin: string;
  /** Verifier keys of the log, its heartbeats and of every witness that has co-signed. */
  readonly keys: () => Promise<readonly string[]>;
  /** Signs the head as it is now, unless that was done before. */
  readonly signHead: (now: number) => Promise<SignedHead>;
  /** The newest checkpoints, oldest first. */
  readonly checkpoints: (most: number) => Promise<readonly SignedHead[]>;
  /** The `.tlog-proof` of one entry under the newest checkpoint that covers it; with the body where it is kept. */
  readonly proofOf: (n: number) => Promise<string | undefined>;
  /** Hashes of one tile of the newest checkpoint's tree, or nothing where it has no such tile. */
  readonly tile: (level: number, index: number, width: number) => Promise<Bytes | undefined>;
  readonly consistency: (old: number, size: number) => Promise<readonly Bytes[]>;
  /** Keeps a witness's line under a checkpoint after checking it. */
  readonly addCosignature: (size: number, key: string, line: string) => Promise<boolean>;
  readonly beat: (counts: BeatCounts, at: number) => Promise<void>;
  readonly lastBeat: () => Promise<{ readonly beat: number; readonly at: number } | undefined>;
  readonly heartbeats: () => Promise<readonly string[]>;
  /**
   * From now on another key signs. The head is signed by the old one first and by the new one beside it, so that who
   * trusts the old key can pass on to the new; both stay among the keys.
   */
  readonly changeKey: (kind: KeyKind, now: number) => Promise<string>;
  /** The key this institution co-signs others' logs with; made on first use. */
  readonly witness: () => Promise<Signer>;
}
export class LogBroken extends Error {
  override readonly name = 'LogBroken';
  readonly mend =
    'the stored log does not agree with what was signed before: run huiyin verify on a backup, and call for help';
}
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
const OFFSET = 8 * 3_600_000;
/** As instants are written everywhere: to the second, in the institution's zone. */
const written = (at: number): string => new Date(at + OFFSET).toISOString().replace(/\.\d+Z$/, '+08:00');

export function openProofs(institution: string, run: Run, seal: Seal, originBase: string): LogProofs {
  const origin = `${originBase}/${institution}`;
  const purpose = (kind: KeyKind): string => `log-key ${institution} ${kind}`;
  const nameOf = (kind: KeyKind): string => (kind === 'log' ? origin : `${origin}/${kind}`);

  const keep = async (query: Query, kind: KeyKind, fresh: Signer, now: number): Promise<void> => {
    const type = kind === 'witness' ? KEY_TYPE.witness : KEY_TYPE.log;
    await query(
      `insert into log_key (institution_id, kind, name, public_key, sealed, made_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [
        institution,
        kind,
        fresh.name,
        Buffer.from(showKey(keyOf(fresh, type))),
        seal.seal(fresh.seed, purpose(kind)),
        new Date(now).toISOString(),
      ],
    );
  };
  const freshSigner = (kind: KeyKind): Signer => ({ name: nameOf(kind), seed: new Uint8Array(randomBytes(32)) });
  const signer = async (query: Query, kind: KeyKind, now: number): Promise<Signer> => {
    const read = () =>
      query<{ name: string; sealed: string }>(
        'select name, sealed from log_key where institution_id = $1 and kind = $2 and retired_at is null',
        [institution, kind],
      );
    let [kept] = await read();
    if (!kept) {
      await keep(query, kind, freshSigner(kind), now);
      [kept] = await read();
    }
    if (!kept) throw new Error(`the key "${kind}" of ${institution} was not kept`);
    return { name: kept.name, seed: seal.open(kept.sealed, purpose(kind)) };
  };
  const keysOf = async (query: Query): Promise<string[]> => {
    const own = await query<{ public_key: Uint8Array }>(
      "select public_key from log_key where institution_id = $1 and kind <> 'witness'",
      [institution],
    );
    const others = await query<{ witness_key: string }>(
      'select distinct witness_key from log_cosignature where institution_id = $1',
      [institution],
    );
    return [
      ...new Set([...own.map(r => Buffer.from(r.public_key).toString('utf8')), ...others.map(r => r.witness_key)]),
    ].sort();
  };
  const newest = async (query: Query, most: number, covering = 0): Promise<SignedHead[]> => {
    const rows = await query<{ size: number; note: string }>(
      'select size, note from log_checkpoint where institution_id = $1 and size >= $2 order by size desc limit $3',
      [institution, covering, most],
    );
    const lines = await query<{ size: number; line: string }>(
      'select size, line from log_cosignature where institution_id = $1 and size = any($2) order by witness',
      [institution, rows.map(r => r.size)],
    );
    return rows
      .map(({ size, note }) => ({
        size,
        note:
          note +
          lines
            .filter(l => l.size === size)
            .map(l => l.line)
            .join(''),
      }))
      .reverse();
  };

  const signHead = async (query: Query, now: number): Promise<SignedHead> => {
    // The head's row is locked: two who sign at once would otherwise both make the first key.
    const [head] = await query<{ counter: number; root: Uint8Array }>(
      'select counter, root from log_head where institution_id = $1 for update',
      [institution],
    );
    const size = head?.counter ?? 0;
    const by = await signer(query, 'log', now);
    await signer(query, 'heartbeat', now);
    const [last] = await newest(query, 1);
    if (last?.size === size) return last;
    await keepTiles(institution, query, size);
    const of = treeOf(institution, query, size);
    const root = await rootAt(size, of);
    if (head && toHex(root) !== toHex(new Uint8Array(head.root)))
      throw new LogBroken(`the entries of ${institution} do not make the root of its log`);
    const before = last && readCheckpoint(last.note.slice(0, last.note.indexOf('\n\n') + 1));
    if (before && (before.size > size || toHex(await rootAt(before.size, of)) !== toHex(before.root)))
      throw new LogBroken(`the log of ${institution} is not the one that was signed at ${before.size} entries`);
    const note = signNote(showCheckpoint({ origin: by.name, size, root }), by);
    await query('insert into log_checkpoint (institution_id, size, note, signed_at) values ($1, $2, $3, $4)', [
      institution,
      size,
      note,
      new Date(now).toISOString(),
    ]);
    return { size, note };
  };

  return {
    origin,
    keys: () => run(keysOf),
    signHead: now => run(query => signHead(query, now)),
    checkpoints: most => run(query => newest(query, most)),
    proofOf: n =>
      run(async query => {
        const [head] = await newest(query, 1, n);
        const [entry] = await query(
          `select e.n, e.id, e.case_n, e.type, e.at, e.recorded_at, e.rulebook_digest, e.body_digest, e.leaf, b.salt, b.body
           from log_entry e left join log_body b on b.institution_id = e.institution_id and b.n = e.n
           where e.institution_id = $1 and e.n = $2`,
          [institution, n],
        );
        if (!head || !entry) return undefined;
        const hash = (name: string): string => showHash(entry[name] as Uint8Array);
        const { id, type, at, recorded_at: recordedAt } = entry as Record<string, string>;
        const line = { institution, n, id, digest: hash('leaf'), caseN: Number(entry['case_n']), type, at, recordedAt };
        const body = typeof entry['body'] === 'string' ? (JSON.parse(entry['body']) as object) : undefined;
        const given = body && {
          salt: toHex(entry['salt'] as Uint8Array),
          event: { ...body, type, at, recordedAt } as never,
        };
        return showProof({
          extra: { entry: { ...line, rulebook: hash('rulebook_digest'), body: hash('body_digest') }, ...given },
          index: n - 1,
          path: await proveInclusion(n - 1, head.size, treeOf(institution, query, head.size)),
          checkpoint: head.note,
        });
      }),
    tile: (level, index, width) =>
      run(async query => {
        const [head] = await newest(query, 1);
        const span = 256 ** level;
        if (!head || (index * 256 + width) * span > head.size) return undefined;
        const of = treeOf(institution, query, head.size);
        const hashes = Array.from({ length: width }, (_, i) => (index * 256 + i) * span);
        const parts: Bytes[] = [];
        for (const start of hashes) parts.push(await of(start, start + span));
        return Buffer.concat(parts);
      }),
    consistency: (old, size) => run(query => proveConsistency(old, size, treeOf(institution, query, size))),
    addCosignature: (size, key, line) =>
      run(async query => {
        const [head] = await query<{ note: string }>(
          'select note from log_checkpoint where institution_id = $1 and size = $2',
          [institution, size],
        );
        const witness = readKey(key);
        const signed = head && witness && openNote(head.note + line, [witness]);
        if (!signed || witness.type !== KEY_TYPE.witness || signed.signedBy.length !== 1) return false;
        await query(
          `insert into log_cosignature (institution_id, size, witness, witness_key, line) values ($1, $2, $3, $4, $5)
           on conflict do nothing`,
          [institution, size, witness.name, key, line],
        );
        return true;
      }),
    beat: (counts, at) =>
      run(async query => {
        const [head] = await query<{ counter: number; root: Uint8Array }>(
          'select counter, root from log_head where institution_id = $1 for update',
          [institution],
        );
        if (!head) return;
        const by = await signer(query, 'heartbeat', at);
        const [last] = await query<{ beat: number; at: number; note: string }>(
          'select beat, at, note from heartbeat where institution_id = $1 order by beat desc limit 1',
          [institution],
        );
        // A clock set back must not make the row of beats go back: the later moment stands until the clock has caught up.
        const moment = Math.max(at, last?.at ?? 0);
        const beat = (last?.beat ?? 0) + 1;
        const text = showHeartbeat({
          origin,
          beat,
          at: written(moment),
          entries: head.counter,
          root: new Uint8Array(head.root),
          ...counts,
          ...(last ? { previous: last.note } : {}),
        });
        await query('insert into heartbeat (institution_id, beat, at, note) values ($1, $2, $3, $4)', [
          institution,
          beat,
          new Date(moment).toISOString(),
          signNote(text, by),
        ]);
      }),
    lastBeat: () =>
      run(async query => {
        const [last] = await query<{ beat: number; at: number }>(
          'select beat, at from heartbeat where institution_id = $1 order by beat desc limit 1',
          [institution],
        );
        return last;
      }),
    heartbeats: () =>
      run(async query =>
        (
          await query<{ note: string }>('select note from heartbeat where institution_id = $1 order by beat', [
            institution,
          ])
        ).map(r => r.note),
      ),
    changeKey: (kind, now) =>
      run(async query => {
        const head = await signHead(query, now);
        await signer(query, kind, now);
        const fresh = freshSigner(kind);
        await query(
          'update log_key set retired_at = $3 where institution_id = $1 and kind = $2 and retired_at is null',
          [institution, kind, new Date(now).toISOString()],
        );
        await keep(query, kind, fresh, now);
        const key = showKey(keyOf(fresh, kind === 'witness' ? KEY_TYPE.witness : KEY_TYPE.log));
        if (kind === 'log') {
          const text = head.note.slice(0, head.note.indexOf('\n\n') + 1);
          const line = signNote(text, fresh).slice(text.length + 1);
          await query(
            `insert into log_cosignature (institution_id, size, witness, witness_key, line) values ($1, $2, $3, $4, $5)
             on conflict do nothing`,
            [institution, head.size, fresh.name, key, line],
          );
        }
        return key;
      }),
    witness: () => run(query => signer(query, 'witness', 0)),
  };
}
