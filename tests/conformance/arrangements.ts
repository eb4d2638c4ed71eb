/** Uses every statement of the stores of rotas, own channels and inspection once, so that they are read by the checks. */
import type { Tenant } from '#io/store';

export async function useArrangements({ rota, ownChannels, inspection }: Tenant, at: number): Promise<void> {
  const by = { unit: 'u', role: 'r' };
  const shifts = [{ name: 'day', opens: '08:00', closes: '20:00' }];
  await rota.putPattern({ rota: 'w', unit: 'u', shifts, offices: ['a', 'b'], restHours: 11 });
  await rota.patterns();
  const span = { from: at, to: at + 9 };
  await rota.askSwap({
    id: 's1',
    rota: 'w',
    unit: 'u',
    role: 'a',
    ...span,
    with: 'b',
    back: span,
    askedAt: at,
    state: 'asked',
  });
  await rota.settleSwap('s1', { state: 'accepted', at, event: 'e' });
  await rota.swaps();
  const channel = { channel: 'website', state: 'in-use', holder: by, since: at, alarm: by } as const;
  await ownChannels.put(channel, '');
  await ownChannels.put({ ...channel, source: 's', holder: { unit: 'u', role: 'b' }, since: at + 1 }, 'handed over');
  await ownChannels.noteReading('website', at, undefined);
  await ownChannels.noteReading('website', at, 'cannot be read');
  await ownChannels.list();
  await ownChannels.holdings();
  await ownChannels.plan({ id: 'p1', channel: 'website', on: '2026-07-10', title: 't', unit: 'u' });
  await ownChannels.planned('2026-07-01', '2026-08-01');
  await ownChannels.drop('p1');
  const item = {
    channel: 'website',
    id: 'i1',
    title: 't',
    text: 't',
    seenAt: at,
    state: 'unbacked',
    likeness: 0.2,
  } as const;
  await ownChannels.addItems([item]);
  await ownChannels.items(5);
  await ownChannels.item('website', 'i1');
  await ownChannels.settle('website', 'i1', { state: 'explained', by, at, why: 'w' });
  await inspection.ask({ duty: 'd', unit: 'u', clause: 'c', by, askedAt: at, answerBy: at + 9 });
  await inspection.hearings();
  await inspection.look({ event: 'e', by, at, verdict: 'fine', note: 'n' });
  await inspection.looks();
}
