/** `huiyin witness`: who co-signs the log of this institution, and whose logs it co-signs. */
import { parseArgs } from 'node:util';
import { type Command, EXIT, UsageError } from '../command.ts';
import { withStore } from '../with-store.ts';

export const command: Command = {
  name: 'witness',
  summary: 'who co-signs whose log',
  help: `
huiyin witness [--institution K] [--trust KEY] [--ask URL --key KEY]

Alone: prints the keys of the log, the key this institution co-signs others with, whose logs it co-signs and who co-signs its own.
--trust KEY: co-sign the log with this key whenever its checkpoints go on from the last one seen (a superior body does this).
--ask URL --key KEY: from now on, every hour, ask the witness at URL (its /proofs/witness) for a co-signature by KEY.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        institution: { type: 'string' },
        trust: { type: 'string' },
        ask: { type: 'string' },
        key: { type: 'string' },
        json: { type: 'boolean' },
      },
      strict: true,
    });
    const { ask, key, trust } = values;
    if ((ask === undefined) !== (key === undefined)) throw new UsageError('--ask URL and --key KEY go together');
    if (ask !== undefined && !URL.canParse(ask)) throw new UsageError(`"${ask}" is no address`);
    return withStore(context, async store => {
      const all = await store.institutions();
      const institution = values.institution ?? (all.length === 1 ? all[0] : undefined);
      if (institution === undefined)
        throw new UsageError(`--institution is needed: ${all.join(', ') || 'there is none yet'}`);
      const before = await store.witness(institution);
      if (trust !== undefined) await before.trust(trust);
      if (ask !== undefined && key !== undefined) await before.ask({ url: ask, key });
      const { own, keys, trusts, asks } = await store.witness(institution);
      await context.out(`${JSON.stringify({ institution, keys, own, trusts, asks })}\n`);
      return EXIT.yes;
    });
  },
};
