/** What a drill is judged by: what was acknowledged is there once, every duty fired once, the log verifies. */
import { existsSync, readFileSync } from 'node:fs';
import { verifyExport } from '#core/log';
import { wallClock } from '#io/clock';
import { fireDue } from '#io/engine';
import { openStore } from '#io/store';

export const INSTITUTION = 'drill';
export interface Judged {
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubledEvents: number;
  readonly duties: number;
  readonly doubled: number;
  readonly never: number;
  readonly log: string;
  readonly good: boolean;
}

export async function judge(data: string, acknowledgedFile: string): Promise<Judged> {
  const store = await openStore({ data });
  try {
    const tenant = await store.tenant(INSTITUTION);
    if (!tenant) throw new Error('the institution is gone');
    const events = await tenant.events();
    const ids = new Set(events.map(e => e.id));
    const text = existsSync(acknowledgedFile) ? readFileSync(acknowledgedFile, 'utf8') : '';
    const acknowledged = text.split(/\s+/).filter(Boolean);
    const lost = acknowledged.filter(id => !ids.has(id)).length;
    for (let fired = 1; fired > 0;)
      fired = (await fireDue(store.pool, async () => [], wallClock.now() + 60_000)).length;
    const [timers] = await store.pool.scan<{ unfired: number }>(
      'select count(*) as unfired from timer t where not exists (select 1 from timer_fired f where f.institution_id = t.institution_id and f.key = t.key)',
      [],
    );
    const [notices] = await store.pool.scan<{ all: number; keys: number }>(
      'select count(*) as all, count(distinct key) as keys from notice',
      [],
    );
    const verdict = verifyExport({ ...(await tenant.exportLog()) });
    const doubled = Number(notices?.all ?? 0) - Number(notices?.keys ?? 0);
    const doubledEvents = events.length - ids.size;
    const never = Number(timers?.unfired);
    return {
      acknowledged: acknowledged.length,
      lost,
      doubledEvents,
      duties: Number(notices?.all ?? 0),
      doubled,
      never,
      log: verdict.ok ? 'verifies' : `broken: ${JSON.stringify(verdict.firstBreak)}`,
      good: lost === 0 && doubledEvents === 0 && doubled === 0 && never === 0 && verdict.ok,
    };
  } finally {
    await store.close();
  }
}
export const judgedText = (j: Judged): string =>
  `${j.acknowledged} events acknowledged, ${j.lost} lost, ${j.doubledEvents} doubled; ${j.duties} duties fired, ${j.doubled} doubled, ${j.never} never; log ${j.log}`;
