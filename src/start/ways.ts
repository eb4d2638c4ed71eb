/** The institution's ways to sign in, kept sealed, made ready for the pages. */
import { type WayTools, WAY_KINDS, wayKind, wayProblem } from '#io/sign-in';
import type { Tenant } from '#io/store';
import type { WayPort, WaySetting } from '../web/ports-access.ts';

const KEY = 'sign-in-ways';

export function wayPort(here: () => Promise<Tenant>, tools: WayTools): WayPort {
  const list = async (): Promise<readonly WaySetting[]> =>
    ((await (await here()).access.secret(KEY)) ?? []) as readonly WaySetting[];
  const find = async (key: string) => {
    const way = (await list()).find(w => w.key === key);
    const kind = way && wayKind(way.kind);
    return kind ? { values: way.values, kind } : undefined;
  };
  return {
    kinds: WAY_KINDS.map(({ kind, title, fields }) => ({ kind, title, fields })),
    list,
    save: async ways => (await here()).access.putSecret(KEY, ways),
    problem: way => wayProblem(way.kind, way.values, tools),
    begin: async (key, back, state) => {
      const way = await find(key);
      if (!way) return { fault: 'there is no such way to sign in' };
      return way.kind
        .begin(way.values, back, state, tools)
        .catch((error: Error) => ({ fault: error.message.slice(0, 200) }));
    },
    finish: async (key, back, came, remembered, state) => {
      const way = await find(key);
      if (!way) return { fault: 'there is no such way to sign in' };
      return way.kind.finish(way.values, back, came, remembered, state, tools);
    },
  };
}
