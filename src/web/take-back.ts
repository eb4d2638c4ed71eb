/**
 * Half a minute in which the newest change to a register can be taken back. What would be done then is kept beside the
 * person who may do it (the half-typed forms lie there too), one thing at a time under an id of its own; the page that is
 * shown next offers it as a form, so it works without script. Facts are never removed: an entry is answered by one that
 * puts the former state back and says that it corrects.
 */
import type { Office } from '#core/log';
import { newId } from './acting.ts';
import type { Visit } from './context.ts';
import { officesHeld, type Permission } from './permissions.ts';
import type { LocalProposal, Responsibility } from './ports.ts';
import type { PlannedItem } from './ports-own-channels.ts';

export const TAKE_BACK_MS = 30_000;
/** And a little for the way here. */
const GRACE_MS = 5_000;

/** What can be put back, and what for it has to be known. */
export interface Former {
  readonly 'map-line': { readonly line: Responsibility; readonly at: number };
  readonly offices: {
    readonly from: string;
    readonly held: readonly { readonly unit: string; readonly role: string; readonly holder: string | null }[];
    readonly entries: readonly string[];
    /** Somebody who was also shut out. */
    readonly person?: string;
  };
  readonly person: { readonly code: string };
  readonly calendar: PlannedItem;
  readonly concern: { readonly rule: string; readonly version: number };
  readonly source: { readonly key: string };
  readonly local: LocalProposal;
}
type Kind = keyof Former;
interface Reverser<K extends Kind> {
  readonly needs: Permission;
  /** False where the world has moved on meanwhile. */
  readonly run: (visit: Visit, former: Former[K]) => Promise<boolean>;
}
const SYSTEM: Office = { unit: 'institution', role: 'system' };

export const REVERSERS: { readonly [K in Kind]: Reverser<K> } = {
  'map-line': {
    needs: 'administer',
    run: async ({ house }, { line, at }) => {
      const { settings } = house.desk;
      const now = await settings.read();
      const all = now.responsibilities ?? [];
      await settings.save({ ...now, responsibilities: all.toSpliced(Math.min(at, all.length), 0, line) });
      return true;
    },
  },
  offices: {
    needs: 'access',
    run: async ({ house, user, w }, { from, held, entries, person }) => {
      const outcome = await house.actor.act(user.office ?? SYSTEM, (_hall, ids) =>
        held.flatMap(({ unit, role, holder }, i) => {
          const id = ids();
          const back =
            holder === null
              ? { id, type: 'role.vacated', data: { unit, role, from } }
              : { id, type: 'role.assigned', data: { unit, role, holder, from } };
          const entry = entries[i];
          return entry === undefined
            ? [back]
            : [back, { type: 'entry.corrected', data: { entry, replacement: id, reason: w.takeBack.reason } }];
        }),
      );
      const one = person === undefined ? undefined : await house.desk.people.byCode(person);
      if (one) await house.desk.people.save({ ...one, active: true });
      return outcome.kind === 'done';
    },
  },
  person: {
    needs: 'access',
    run: async ({ house }, { code }) => {
      const one = await house.desk.people.byCode(code);
      if (one) await house.desk.people.save({ ...one, active: true });
      return one !== undefined;
    },
  },
  calendar: {
    needs: 'enter',
    run: async ({ house }, item) => {
      await house.desk.ownChannels.plan(item);
      return true;
    },
  },
  concern: {
    needs: 'enter',
    // The second person's word still stands: it is their switch that is put back, not a new one.
    run: ({ house, user }, { rule, version }) => house.desk.triage.switchBack(rule, version, user.person.code),
  },
  source: {
    needs: 'view',
    run: async ({ house }, { key }) => {
      const { sources } = house.desk;
      const source = (await sources.list()).find(s => s.key === key);
      return source?.state === 'off' && (await sources.save({ ...source, state: 'on' })) === undefined;
    },
  },
  local: {
    needs: 'administer',
    run: async ({ house }, proposal) => {
      const { settings } = house.desk;
      const now = await settings.read();
      const others = (now.proposedLocals ?? []).filter(p => p.key !== proposal.key);
      await settings.save({ ...now, proposedLocals: [...others, proposal] });
      return true;
    },
  },
};

const slot = (id: string): string => `undo:${id}`;
/** Keeps what would put things back; the id goes with the redirect. */
export async function keepFormer<K extends Kind>(
  visit: Visit,
  kind: K,
  former: Former[K],
  back: string,
): Promise<string> {
  const { house, user } = visit;
  const id = newId(house.desk.now()).replace(/^e-/, 'u-');
  await house.desk.drafts.put(user.person.code, slot(id), {
    kind: [kind],
    back: [back],
    former: [JSON.stringify(former)],
  });
  return id;
}
export type TakenBack =
  | { readonly kind: 'done' | 'gone'; readonly back: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'forbidden'; readonly needs: Permission };

/** Once, by the one who did it, while the half minute lasts and only with the permission the change itself needed. */
export async function takeBack(visit: Visit, id: string, may: ReadonlySet<Permission>): Promise<TakenBack> {
  const { house, user } = visit;
  const { drafts } = house.desk;
  const kept = /^u-[\w-]{1,60}$/.test(id) ? await drafts.read(user.person.code, slot(id)) : undefined;
  if (!kept) return { kind: 'late' };
  await drafts.put(user.person.code, slot(id), undefined);
  if (house.desk.now() - kept.savedAt > TAKE_BACK_MS + GRACE_MS) return { kind: 'late' };
  const kind = kept.fields['kind']?.[0] as Kind; // written above, by nobody else
  const former = JSON.parse(kept.fields['former']?.[0] ?? 'null') as never; // of this kind: both were written together
  const { needs, run } = REVERSERS[kind];
  if (!may.has(needs)) return { kind: 'forbidden', needs };
  await house.desk.audit(user.person.code, 'taken-back', kind);
  return { kind: (await run(visit, former)) ? 'done' : 'gone', back: kept.fields['back']?.[0] ?? '/desk' };
}
/** Until when an id can still be used, read off the id itself; undefined where it is none. */
export function lastMoment(id: string | undefined): number | undefined {
  const made = /^u-([0-9a-z]{6,12})-[0-9a-f]{8}$/.exec(id ?? '')?.[1];
  return made === undefined ? undefined : Number.parseInt(made, 36) + TAKE_BACK_MS;
}

/** Offices as they are held on a day: what is put back when a change to them is taken back. */
export const heldBefore = (visit: Visit, offices: readonly Office[], from: string): Former['offices']['held'] => {
  const held = officesHeld(visit.hall, from);
  return offices.map(({ unit, role }) => ({
    unit,
    role,
    holder: held.find(o => o.unit === unit && o.role === role)?.holder ?? null,
  }));
};
