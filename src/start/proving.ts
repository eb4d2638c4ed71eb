/** Every hour and at the start: a heartbeat for each log, its head signed, and its witnesses asked to co-sign. */
import { type Fired, overdueTimers } from '#io/engine';
import type { Post } from '#io/fetch';
import type { Store, Tenant } from '#io/store';
import { healthFaults } from './health.ts';

export interface AskedWitness {
  /** Where it answers: `<url>/add-checkpoint` (c2sp.org/tlog-witness). */
  readonly url: string;
  /** Its verifier key. */
  readonly key: string;
}
export const WITNESSES = 'witnesses';
const BEAT_MS = 3_600_000;
const LATE_MS = 60_000;
const ALARM_AGAIN_MS = 10 * 60_000;

export interface Prover {
  readonly fired: (fired: readonly Fired[]) => void;
  readonly round: (now: number) => Promise<void>;
}
export function makeProver(store: Store, post: Post, report: (what: string) => void): Prover {
  const since = new Map<string, { fired: number; late: number }>();
  const next = new Map<string, number>();
  return {
    fired: list => {
      for (const { institution, lateMs } of list) {
        const count = since.get(institution) ?? { fired: 0, late: 0 };
        since.set(institution, { fired: count.fired + 1, late: count.late + (lateMs > LATE_MS ? 1 : 0) });
      }
    },
    round: async now => {
      const institutions = await store.institutions();
      const due = institutions.filter(({ id }) => (next.get(id) ?? 0) <= now);
      if (due.length === 0) return;
      const overdue = await overdueTimers(store.pool, now - LATE_MS);
      for (const { id } of due) {
        next.set(id, now + BEAT_MS);
        const tenant = await store.tenant(id);
        if (!tenant) continue;
        const { fired, late } = since.get(id) ?? { fired: 0, late: 0 };
        since.delete(id);
        await tenant.proofs.signHead(now);
        const left = overdue.find(o => o.institution === id)?.count ?? 0;
        await tenant.proofs.beat({ due: fired + left, fired, late }, now);
        for (const witness of ((await tenant.setting(WITNESSES)) ?? []) as readonly AskedWitness[]) {
          const fault = await askWitness(tenant, witness, post);
          if (fault !== undefined) report(`the witness ${witness.url} did not co-sign: ${fault}`);
        }
      }
    },
  };
}

/** Says it once when the timer audit fails, again every ten minutes while it does, and once when all is well again. */
export function makeAlarm(store: Store, say: (what: string) => void): (now: number) => Promise<void> {
  let saidAt: number | undefined;
  return async now => {
    const faults = await healthFaults(store, now);
    if (faults.length === 0) {
      if (saidAt !== undefined) say('timer audit: all is well again');
      saidAt = undefined;
    } else if (saidAt === undefined || now - saidAt >= ALARM_AGAIN_MS) {
      saidAt = now;
      say(`timer audit: ${faults.join('; ')}`);
    }
  };
}

/** Asks one witness to co-sign the newest checkpoint; a size it did not expect is told by it and tried once. */
export async function askWitness(tenant: Tenant, witness: AskedWitness, post: Post): Promise<string | undefined> {
  const head = (await tenant.proofs.checkpoints(1)).at(-1);
  if (!head || head.note.includes(`— ${witness.key.split('+')[0]} `)) return undefined;
  // Co-signatures of others stay out: the witness looks at the log's own signature only.
  const note = `${head.note.split('\n').slice(0, 5).join('\n')}\n`;
  const ask = async (old: number) => {
    const proof = await tenant.proofs.consistency(old, head.size);
    const lines = proof.map(hash => `${Buffer.from(hash).toString('base64')}\n`).join('');
    return post({
      url: `${witness.url.replace(/\/$/, '')}/add-checkpoint`,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `old ${old}\n${lines}\n${note}`,
    });
  };
  let answer = await ask(0);
  const seen = answer.result === 'answered' && answer.status === 409 ? Number(answer.text) : NaN;
  if (Number.isInteger(seen) && seen > 0 && seen <= head.size) answer = await ask(seen);
  if (answer.result !== 'answered') return answer.reason;
  if (answer.status !== 200) return `it answered ${answer.status}`;
  for (const line of answer.text.split('\n').filter(Boolean))
    if (await tenant.proofs.addCosignature(head.size, witness.key, `${line}\n`)) return undefined;
  return 'its answer holds no signature of its key';
}
