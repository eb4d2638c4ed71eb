/** The worked example's log as the store would keep it, made without a store: salts come from a fixed seed, so the bytes never change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendLeaf,
  bodyDigest,
  EMPTY_TREE,
  type HuiyinEvent,
  leafHash,
  NO_RULEBOOK,
  readHash,
  rootOf,
  sha256,
  showHash,
  toHex,
  type TreeState,
} from '#core/log';
import type { LogFiles } from './world.ts';

export function exampleLog(
  root: string,
): LogFiles & { readonly institution: string; readonly rulebooks: ReadonlyMap<string, string> } {
  const folder = join(root, 'rulebooks', 'petition', 'example');
  const events = readFileSync(join(folder, 'events.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as HuiyinEvent);
  const book = readFileSync(join(root, 'rulebooks', 'petition', 'rulebook.md'), 'utf8');
  const institution = 'petition';
  let tree: TreeState = EMPTY_TREE;
  let rulebook = NO_RULEBOOK;
  const cases = new Map<string, number>();
  const chain: string[] = [];
  const salts: string[] = [];
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
  });
  return {
    institution,
    events: events.map(e => JSON.stringify(e)),
    chain,
    salts,
    head: showHash(rootOf(tree)),
    entries: events.length,
    erasedBodies: 0,
    rulebooks: new Map([[showHash(sha256(book)), book]]),
  };
}
