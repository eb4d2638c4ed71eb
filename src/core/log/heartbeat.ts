/** Heartbeats: short signed notes that show the timers ran, each naming the one before, so that a silence cannot be filled in later. */
import { type Bytes, sha256, showHash } from './digest.ts';

export interface Heartbeat {
  readonly origin: string;
  /** From 1, without gaps. */
  readonly beat: number;
  readonly at: string;
  readonly entries: number;
  readonly root: Bytes;
  /** Since the beat before: timers that came due, were fired, and how many were noticed late. */
  readonly due: number;
  readonly fired: number;
  readonly late: number;
  /** The whole note before this one. */
  readonly previous?: string;
}
export function showHeartbeat(h: Heartbeat): string {
  const previous = showHash(h.previous === undefined ? new Uint8Array(32) : sha256(h.previous));
  return [
    `${h.origin}/heartbeat`,
    `beat ${h.beat}`,
    `at ${h.at}`,
    `entries ${h.entries}`,
    `root ${Buffer.from(h.root).toString('base64')}`,
    `timers due ${h.due} fired ${h.fired} late ${h.late}`,
    `previous ${previous}`,
    '',
  ].join('\n');
}
