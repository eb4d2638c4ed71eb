/** What a scored unit needs to recompute its points without us: the regulation, the setup of the year, the entries, the command. */
import { strToU8, zipSync } from 'fflate';
import type { Store, Tenant } from '#io/store';
import { earlier, keptOf } from './notices.ts';

export async function recomputeKit(
  store: Store,
  tenant: Tenant,
  year: number,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const kept = await keptOf(tenant);
  const text = kept && (await store.rulebook(kept.digest));
  if (!kept || text === undefined) throw new Error('the institution has no rulebook');
  const [first, next] = [`${year}-01-01`, `${year + 1}-01-01`];
  const { from } = kept.setup.period;
  const setup = {
    ...kept.setup,
    period: { from: earlier(from, next) > first ? earlier(from, next) : first, to: next },
  };
  const events = (await tenant.events()).map(({ n: _n, ...event }) => `${JSON.stringify(event)}\n`).join('');
  const files = {
    'rulebook/rulebook.md': text,
    'setup.json': `${JSON.stringify(setup, null, 2)}\n`,
    'events.ndjson': events,
    'README.txt':
      `bin/huiyin score rulebook --setup setup.json --events events.ndjson --year ${year} --explain\n` +
      '每一分列出记录,没有计入的写明为什么;加 --unit 只看一个单位,加 --json 给程序读。\n' +
      'Every point lists its entries, and every entry that did not count says why.\n',
  };
  return {
    name: `huiyin-score-${tenant.institution.id}-${year}.zip`,
    bytes: zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)]))),
  };
}
