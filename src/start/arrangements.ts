/** Carries the stores of rotas and inspection across to the pages. Holds no rule. */
import type { Tenant } from '#io/store';
import type { InspectionPort } from '../web/ports-inspection.ts';
import type { RotaPort } from '../web/ports-rota.ts';

type Here = () => Promise<Tenant>;
const SOURCE_KINDS = 'source-kinds';

export const rotaPort = (here: Here): RotaPort => ({
  patterns: async () => (await here()).rota.patterns(),
  putPattern: async pattern => (await here()).rota.putPattern(pattern),
  swaps: async () => (await here()).rota.swaps(),
  askSwap: async swap => (await here()).rota.askSwap(swap),
  settleSwap: async (id, to) => (await here()).rota.settleSwap(id, to),
  sourceKinds: async () => ((await (await here()).setting(SOURCE_KINDS)) ?? {}) as Readonly<Record<string, string>>,
  putSourceKinds: async kinds => (await here()).putSetting(SOURCE_KINDS, kinds),
});

export const inspectionPort = (here: Here): InspectionPort => ({
  hearings: async () => (await here()).inspection.hearings(),
  ask: async hearing => (await here()).inspection.ask(hearing),
  looks: async () => (await here()).inspection.looks(),
  look: async look => (await here()).inspection.look(look),
});
