/** Plugs the store into the commands that need it. */
import { KEY_TYPE, keyOf, readKey, showKey } from '#core/log';
import { wallClock } from '#io/clock';
import { defaultDataFolder, openStore, type Store } from '#io/store';
import type { StoreCommands } from '../cli/world.ts';
import { employ, type Hands, openHands, takeIn } from './intake/index.ts';
import { maskText } from '#watch';
import { type AskedWitness, WITNESSES } from './proving.ts';
import { signedLog } from './signed-log.ts';
import { signingOf } from './signing-settings.ts';

const MANY = 500;

export async function openStoreCommands(env: Readonly<Record<string, string | undefined>>): Promise<StoreCommands> {
  const prefer = env['HUIYIN_PG'];
  const store = await openStore({
    data: env['HUIYIN_DATA'] ?? defaultDataFolder(),
    ...(env['DATABASE_URL'] ? { databaseUrl: env['DATABASE_URL'] } : {}),
    ...(prefer === 'system' || prefer === 'npm' ? { prefer } : {}),
    ...signingOf(env),
  });
  const tenant = async (id: string) => {
    const found = await store.tenant(id);
    if (!found)
      throw new RangeError(
        `there is no institution "${id}" in this store; there are ${(await store.institutions()).map(i => i.id).join(', ') || 'none'}`,
      );
    return found;
  };
  let hands: Hands | undefined;
  return {
    institutions: async () => (await store.institutions()).map(i => i.id),
    addInstitution: institution => store.addInstitution({ ...institution, isExample: false }, wallClock.now()),
    exportLog: async (institution, caseId) => signedLog(store, await tenant(institution), wallClock.now(), caseId),
    witness: async institution => {
      const { proofs, witnessing, setting, putSetting } = await tenant(institution);
      const asked = async () => ((await setting(WITNESSES)) ?? []) as readonly AskedWitness[];
      await proofs.signHead(wallClock.now());
      return {
        own: showKey(keyOf(await proofs.witness(), KEY_TYPE.witness)),
        keys: await proofs.keys(),
        trusts: (await witnessing.logs()).map(l => ({ origin: l.origin, entries: l.size })),
        asks: await asked(),
        trust: witnessing.trust,
        ask: async witness => {
          if (readKey(witness.key)?.type !== KEY_TYPE.witness)
            throw new RangeError('--key is no key of a witness: name+id+base64');
          const others = (await asked()).filter(w => w.key !== witness.key);
          await putSetting(WITNESSES, [...others, witness]);
        },
      };
    },
    keys: async institution => {
      const { proofs } = await tenant(institution);
      await proofs.signHead(wallClock.now());
      return proofs.keys();
    },
    changeKey: async (institution, kind) => {
      const found = await tenant(institution);
      const key = await found.proofs.changeKey(kind, wallClock.now());
      await found.audit(wallClock.now(), undefined, 'key-changed', `${kind} ${key}`);
      return key;
    },
    changeSeal: async () => {
      const key = store.sealing.rotate();
      return { key, sealed: await sealAnew(store) };
    },
    forgetOldSeals: async () => {
      await sealAnew(store);
      return store.sealing.forgetOld();
    },
    releaseDuty: async (institution, duty) => {
      const found = await tenant(institution);
      const holders = (await found.staff()).filter(s => s.duty === duty);
      for (const { duty: _, ...rest } of holders) {
        await found.putStaff(rest);
        for (const s of await found.access.sessionsOf(rest.code)) await found.access.endMarked(rest.code, s.mark);
        await found.audit(wallClock.now(), undefined, 'duty-released', `${duty} ${rest.code}`);
      }
      return holders.map(s => s.code);
    },
    backup: store.dump,
    isEmpty: store.isEmpty,
    restore: store.restore,
    takeIn: async (institution, items) => {
      // A file of a year's rows; a thread of its own is worth its start from some hundred on.
      if (items.length >= MANY) employ(store.pool, (hands ??= openHands()));
      return takeIn(await tenant(institution), items, wallClock.now());
    },
    importRun: async (institution, digest) => (await (await tenant(institution)).importRun(digest)) !== undefined,
    putImportRun: async (institution, run) => {
      const found = await tenant(institution);
      // What a file did the first time stands; the second time it did nothing.
      if ((await found.importRun(run.digest))?.state === 'done') return;
      await found.putImportRun({
        ...run,
        fileName: maskText(run.fileName).text,
        state: 'done',
        doneRows: run.rows,
        masked: {},
        refusals: [],
        startedAt: wallClock.now(),
        endedAt: wallClock.now(),
      });
    },
    now: wallClock.now,
    close: async () => {
      await hands?.close();
      await store.close();
    },
  };
}

async function sealAnew(store: Store): Promise<number> {
  let sealed = 0;
  for (const { id } of await store.institutions()) sealed += (await (await store.tenant(id))?.access.sealAnew()) ?? 0;
  return sealed;
}
