/** The vectors of docs/specs/event-log.md: a log of three entries, one erased, as a whole export and one proof. */
import {
  appendLeaf,
  bodyDigest,
  cosign,
  EMPTY_TREE,
  folderOf,
  type HuiyinEvent,
  KEY_TYPE,
  keyOf,
  leafHash,
  NO_RULEBOOK,
  proveInclusion,
  rangesOf,
  rootOf,
  sha256,
  showCheckpoint,
  showHash,
  showHeartbeat,
  showKey,
  showProof,
  type Signer,
  signNote,
  toHex,
  type TreeState,
} from '#core/log';

const INSTITUTION = 'petition';
/** Seeds anybody can make: these keys are worth nothing. */
const LOG: Signer = { name: 'huiyin.example/petition', seed: sha256('vector log key') };
const BEATS: Signer = { ...LOG, name: `${LOG.name}/heartbeat` };
const WITNESS: Signer = { name: 'huiyin.example/superior', seed: sha256('vector witness key') };
const AT = '2026-07-10T09:00:00+08:00';
const event = (id: string, type: string, data: Record<string, unknown>, caseId?: string): HuiyinEvent => ({
  id,
  ...(caseId === undefined ? {} : { case: caseId }),
  type,
  at: AT,
  recordedAt: AT,
  by: { unit: 'general-office', role: 'watch-officer' },
  data,
});

export async function generate(): Promise<Map<string, Uint8Array>> {
  const events = [
    event('v1-e1', 'watch.done', { found: 0 }),
    event('v1-e2', 'case.opened', { from: ['v1-f1'], concerns: ['general-office'] }, 'C-1'),
    event('v1-e3', 'body.erased', { entry: 'v1-e1', reason: 'retention', schedule: 'three-years' }),
  ];
  let tree: TreeState = EMPTY_TREE;
  const leaves: Uint8Array[] = [];
  const salts = events.map((_, i) => Uint8Array.from({ length: 32 }, (_byte, k) => (k + i) & 0xff));
  const chain = events.map((e, i) => {
    const n = i + 1;
    const caseN = e.case === undefined ? 0 : 1;
    const body = bodyDigest(e, salts[i] ?? NO_RULEBOOK);
    const { type, at, recordedAt } = e;
    const parts = { institution: INSTITUTION, counter: n, caseCounter: caseN, type, at, recordedAt };
    const leaf = leafHash({ ...parts, rulebookDigest: NO_RULEBOOK, bodyDigest: body });
    const previous = showHash(rootOf(tree));
    tree = appendLeaf(tree, leaf);
    leaves.push(leaf);
    const line = { n, id: e.id, digest: showHash(leaf), previous, caseN, type, at, recordedAt };
    const rest = { ...line, rulebook: showHash(NO_RULEBOOK), body: showHash(body) };
    return n === 1 ? { institution: INSTITUTION, ...rest } : rest;
  });
  const text = showCheckpoint({ origin: LOG.name, size: 3, root: rootOf(tree) });
  const checkpoint = signNote(text, LOG) + cosign(text, WITNESS, Date.parse(AT) / 1000);
  const beat = { origin: LOG.name, at: AT, entries: 3, root: rootOf(tree), due: 2, fired: 2, late: 0 };
  const first = signNote(showHeartbeat({ ...beat, beat: 1 }), BEATS);
  const second = signNote(showHeartbeat({ ...beat, beat: 2, previous: first }), BEATS);
  const kept = [1, 2];
  const keys = [keyOf(LOG, KEY_TYPE.log), keyOf(BEATS, KEY_TYPE.log), keyOf(WITNESS, KEY_TYPE.witness)].map(showKey);
  const folder = await folderOf({
    events: kept.map(i => JSON.stringify(events[i])),
    chain: chain.map(line => JSON.stringify(line)),
    salts: kept.map(i => JSON.stringify({ n: i + 1, salt: toHex(salts[i] ?? NO_RULEBOOK) })),
    rulebooks: new Map(),
    checkpoints: [{ size: 3, note: checkpoint }],
    keys,
    heartbeats: [first, second],
  });
  const { previous: _previous, ...line } = chain[1] ?? {};
  const proof = showProof({
    extra: {
      entry: { institution: INSTITUTION, ...line },
      salt: toHex(salts[1] ?? NO_RULEBOOK),
      event: events[1] as HuiyinEvent,
    },
    index: 1,
    path: await proveInclusion(1, 3, rangesOf(leaves)),
    checkpoint,
  });
  const files = new Map([
    ...[...folder].map(([name, bytes]) => [`export/${name}`, bytes] as const),
    ['keys.txt', Buffer.from(`${[keys[0], keys[2]].join('\n')}\n`)],
    ['entry-2.tlog-proof', Buffer.from(proof)],
  ]);
  return new Map([...files].map(([name, bytes]) => [`docs/specs/vectors/${name}`, bytes]));
}
