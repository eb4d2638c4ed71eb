/**
 * Checks an exported log against itself, from the specification alone (docs/specs/event-log.md): it shares no code with
 * the writer, so that a mistake there cannot hide here. Needs no rulebook and no network.
 */
import { Beside, type Besides, type OtherFiles } from './beside.ts';
import { type Break, Broken } from './broken.ts';
import { parseKey, type Signature } from './note.ts';
import { type JudgedProof, judgeProof } from './proof.ts';
import { type Lines, Walk } from './walk.ts';

export { readLines } from './lines.ts';
export { exportOf } from './memory.ts';
export type { Break, BreakKind } from './broken.ts';
export type { JudgedProof } from './proof.ts';
export type { OtherFiles } from './beside.ts';

export interface ExportFiles extends Lines {
  /** Keys, checkpoints, tiles, proofs and the rest; without them the chain alone is checked. */
  readonly others?: OtherFiles;
}
export interface Verdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly erasedBodies: number;
  readonly head: string;
  readonly firstBreak?: Break;
  readonly signatures: readonly { readonly name: string; readonly ok: boolean }[];
  readonly heartbeats?: NonNullable<Besides['heartbeats']>;
  readonly notJudged?: readonly string[];
}
const NO_FILES: OtherFiles = { names: [], read: () => new Uint8Array(), digest: () => '' };

/** The verdict over one export. A line that is not JSON is a finding, not a wrong call. `key`: the one the reader trusts. */
export function verifyExport(files: ExportFiles, options: { readonly key?: string } = {}): Verdict {
  const trusted = options.key === undefined ? undefined : parseKey(options.key);
  if (options.key !== undefined && !trusted) throw new RangeError('that is no verifier key: name+id+base64');
  let walk = new Walk(files);
  try {
    const beside = new Beside(files.others ?? NO_FILES, trusted);
    walk = new Walk(files, beside.scope());
    const walked = walk.run(entry => beside.see(entry));
    const { signatures, heartbeats, notJudged } = beside.judge(walked);
    return {
      ok: true,
      entries: walked.entries,
      erasedBodies: walked.erasedBodies,
      head: `sha256:${walked.root}`,
      signatures: signatures.map(named),
      ...(heartbeats ? { heartbeats } : {}),
      ...(notJudged.length > 0 ? { notJudged } : {}),
    };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return {
      ok: false,
      entries: walk.entries,
      erasedBodies: walk.erased,
      head: `sha256:${walk.root}`,
      firstBreak: error.place,
      signatures: [],
    };
  }
}
const named = ({ name, ok }: Signature) => ({ name, ok });

/** The verdict over one `.tlog-proof`: `keys` are those the reader trusts. */
export function verifyProof(text: string, keys: readonly string[]): JudgedProof {
  const read = keys.map(parseKey);
  if (read.some(k => k === undefined)) throw new RangeError('a line is no verifier key: name+id+base64');
  return judgeProof(
    text,
    read.flatMap(k => (k ? [k] : [])),
    false,
  );
}
