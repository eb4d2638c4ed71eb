/** Threads that compute behind the pages give way to them. */
import { setPriority } from 'node:os';

const BEHIND = 5;
/** Called in a thread of its own. Elsewhere than on Linux a priority is that of the whole process: nothing is done there. */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(BEHIND);
  } catch {
    // A host that refuses it only shares evenly.
  }
}
