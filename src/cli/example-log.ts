/** The worked example's log as the store would keep it, made without a store: salts come from a fixed seed, so the bytes never change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendLeaf,
  bodyDigest,
  cosign,
  EMPTY_TREE,
  type HuiyinEvent,
  KEY_TYPE,
  keyOf,
  leafHash,
  NO_RULEBOOK,
  readHash,
  rootOf,
  sha256,
  showCheckpoint,
  showHash,
  showKey,
  type Signer,
  signNote,
  toHex,
  type TreeState,
} from '#core/log';
import type { LogFiles } from './world.ts';

/** Keys of an invented institution and its superior: everybody can make them, so they prove the format and nothing else. */
const LOG: Signer = { name: 'huiyin.example/petition', seed: sha256('example log key') };
const WITNESS: Signer = { name: 'huiyin.example/superior', seed: sha256('example witness key') };

export function exampleLog(root: string): LogFiles {
  const folder = join(root, 'rulebooks', 'petition', 'example');
  const book = readFileSync(join(root, 'rulebooks', 'petition', 'rulebook.md'), 'utf8');
  const digest = showHash(sha256(book));
  const events = readFileSync(join(folder, 'events.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as HuiyinEvent)
    .map(e => (e.type === 'rulebook.adopted' ? { ...e, data: { ...e.data, digest } } : e));
  const institution = 'petition';
  let tree: TreeState = EMPTY_TREE;
  let rulebook = NO_RULEBOOK;
  const cases = new Map<string, number>();
  const chain: string[] = [];
  const salts: string[] = [];
  const checkpoints: { size: number; note: string }[] = [];
  events.forEach((event, i) => {
    const n = i + 1;
    const caseN = event.case === undefined ? 0 : (cases.get(event.case) ?? 0) + 1;
    if (event.case !== undefined) cases.set(event.case, caseN);
    if (event.type === 'rulebook.adopted') rulebook = readHash(String(event.data['digest']));
    const salt = sha256(`example salt ${n}`);
    const body = bodyDigest(event, salt);
    const { type, at, recordedAt } = event;
    const leaf = leafHash({
      institution,
      counter: n,
      caseCounter: caseN,
      type,
      at,
      recordedAt,
      rulebookDigest: rulebook,
      bodyDigest: body,
    });
    chain.push(
      JSON.stringify({
        ...(i === 0 ? { institution } : {}),
        n,
        id: event.id,
        digest: showHash(leaf),
        previous: showHash(rootOf(tree)),
        caseN,
        type,
        at,
        recordedAt,
        rulebook: showHash(rulebook),
        body: showHash(body),
      }),
    );
    salts.push(JSON.stringify({ n, salt: toHex(salt) }));
    tree = appendLeaf(tree, leaf);
    const last = n === events.length;
    if (last || n === Math.floor(events.length / 2)) {
      const text = showCheckpoint({ origin: LOG.name, size: n, root: rootOf(tree) });
      const seen = cosign(text, WITNESS, Date.parse(recordedAt) / 1000);
      checkpoints.push({ size: n, note: `${signNote(text, LOG)}${seen}` });
    }
  });
  return {
    checkpoints,
    keys: [showKey(keyOf(LOG, KEY_TYPE.log)), showKey(keyOf(WITNESS, KEY_TYPE.witness))],
    events: events.map(e => JSON.stringify(e)),
    chain,
    salts,
    head: showHash(rootOf(tree)),
    entries: events.length,
    erasedBodies: 0,
    rulebooks: new Map([[digest, book]]),
  };
}
