/** Being a witness (c2sp.org/tlog-witness): another log's checkpoint is co-signed only when it goes on from the last one seen. */
import { type Bytes, cosign, isConsistent, KEY_TYPE, openNote, readCheckpoint, readKey, type Signer } from '#core/log';
import type { Query } from './port.ts';

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly body: string;
}
type Run = <T>(work: (query: Query) => Promise<T>) => Promise<T>;
const no = (status: WitnessAnswer['status'], body = ''): WitnessAnswer => ({ status, body });
const MOST_LINES = 63;

/** From now on checkpoints of this log are answered. */
export async function trustLog(institution: string, run: Run, key: string): Promise<void> {
  const read = readKey(key);
  if (!read || read.type !== KEY_TYPE.log) throw new RangeError('that is no key of a log: name+id+base64');
  await run(query =>
    query(
      `insert into witnessed_log (institution_id, origin, log_key, size, note) values ($1, $2, $3, 0, '')
       on conflict (institution_id, origin) do update set log_key = excluded.log_key`,
      [institution, read.name, key],
    ),
  );
}
export const trustedLogs = (institution: string, run: Run): Promise<readonly { origin: string; size: number }[]> =>
  run(query =>
    query<{ origin: string; size: number }>(
      'select origin, size from witnessed_log where institution_id = $1 order by origin',
      [institution],
    ),
  );

/** One `add-checkpoint` request. The row is locked from reading the last size to keeping the new one. */
export async function seeCheckpoint(
  institution: string,
  run: Run,
  witness: () => Promise<Signer>,
  request: string,
  now: number,
): Promise<WitnessAnswer> {
  const asked = readRequest(request);
  if (!asked) return no(400, 'not a request of c2sp.org/tlog-witness\n');
  const by = await witness();
  return run(async query => {
    const [log] = await query<{ log_key: string; size: number; note: string }>(
      'select log_key, size, note from witnessed_log where institution_id = $1 and origin = $2 for update',
      [institution, asked.note.split('\n')[0]],
    );
    const key = log && readKey(log.log_key);
    if (!log || !key) return no(404);
    const opened = openNote(asked.note, [key]);
    const head = opened && readCheckpoint(opened.text);
    if (!opened || !head) return no(403);
    if (asked.old > head.size) return no(400, 'the old size is above the new one\n');
    if (asked.old !== log.size) return no(409, `${log.size}\n`);
    const before = log.note === '' ? undefined : readCheckpoint(log.note);
    if (before && before.size === head.size && Buffer.compare(before.root, head.root) !== 0)
      return no(409, `${log.size}\n`);
    if (before ? !isConsistent(before, head, asked.proof) : asked.proof.length > 0) return no(422);
    await query(
      'update witnessed_log set size = $3, note = $4, seen_at = $5 where institution_id = $1 and origin = $2',
      [institution, head.origin, head.size, opened.text, new Date(now).toISOString()],
    );
    return { status: 200, body: cosign(opened.text, by, Math.floor(now / 1000)) };
  });
}
function readRequest(text: string): { old: number; proof: Bytes[]; note: string } | undefined {
  const cut = text.indexOf('\n\n');
  const [first = '', ...lines] = text.slice(0, cut).split('\n');
  const [, old] = /^old (0|[1-9]\d{0,14})$/.exec(first) ?? [];
  const proof = lines.map(line => Buffer.from(line, 'base64'));
  const fine = cut > 0 && old !== undefined && lines.length <= MOST_LINES;
  if (!fine || proof.some((hash, i) => hash.length !== 32 || hash.toString('base64') !== lines[i])) return undefined;
  return { old: Number(old), proof, note: text.slice(cut + 2) };
}
