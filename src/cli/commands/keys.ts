/** `huiyin keys`: the keys that sign an institution's log, and the key that seals the store's secrets; shown and changed. */
import { parseArgs } from 'node:util';
import { type Command, EXIT, UsageError } from '../command.ts';
import { withStore } from '../with-store.ts';
import type { KeyKind } from '../world.ts';

const KINDS: readonly KeyKind[] = ['log', 'heartbeat', 'witness'];

export const command: Command = {
  name: 'keys',
  summary: 'the keys that sign and seal, and changing them',
  help: `
huiyin keys [--institution K] [--change log|heartbeat|witness]
huiyin keys --seal | --forget-old

Alone: prints the verifier keys of the log, those that signed before included.
--change: another key signs from now on. The head is signed by both keys, so that who trusts the old one can pass on to the
new: publish the new key, and tell your witnesses. Change it when somebody who could reach the machine has left.
--seal: a new key for the file of secrets; every secret of the store is sealed anew with it. Older keys stay in the file, so
that older backups still open. --forget-old: removes them; secrets in backups made before then open no more.
The product may go on running meanwhile.`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        institution: { type: 'string' },
        change: { type: 'string' },
        seal: { type: 'boolean', default: false },
        'forget-old': { type: 'boolean', default: false },
        json: { type: 'boolean' },
      },
      strict: true,
    });
    const kind = KINDS.find(k => k === values.change);
    if (values.change !== undefined && !kind) throw new UsageError(`--change is ${KINDS.join(', ')}`);
    if ([values.change !== undefined, values.seal, values['forget-old']].filter(Boolean).length > 1)
      throw new UsageError('--change, --seal and --forget-old are done one at a time');
    return withStore(context, async store => {
      if (values.seal) {
        const { key, sealed } = await store.changeSeal();
        await context.out(`${JSON.stringify({ key, sealed })}\n`);
        return EXIT.yes;
      }
      if (values['forget-old']) {
        await context.out(`${JSON.stringify({ forgotten: await store.forgetOldSeals() })}\n`);
        return EXIT.yes;
      }
      const all = await store.institutions();
      const institution = values.institution ?? (all.length === 1 ? all[0] : undefined);
      if (institution === undefined)
        throw new UsageError(`--institution is needed: ${all.join(', ') || 'there is none yet'}`);
      const changed = kind && (await store.changeKey(institution, kind));
      const keys = await store.keys(institution);
      await context.out(`${JSON.stringify({ institution, keys, ...(changed ? { changed } : {}) })}\n`);
      return EXIT.yes;
    });
  },
};
