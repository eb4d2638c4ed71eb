/**
 * Dead, silent and thinning sources are told to a named office: once, again every day while it lasts, and when it is over.
 * Where nobody takes note it goes up the chain of the regulation, as a duty does.
 */
import { formatInstant } from '#core/calendar';
import type { Office } from '#core/log';
import { type Ailment, ailmentOf, isCollected, SOURCE_KINDS } from '#watch';
import type { Source, Store, Tenant } from '#io/store';
import { type CalendarFor, keptOf, tellNotices } from '../notices.ts';

export const ALARM_OFFICE = 'source-alarm';
const EVERY_MS = 10 * 60_000;
const AGAIN_MS = 24 * 3_600_000;
const BACK_MS = 30 * 86_400_000;
const COLLECTED = new Set(SOURCE_KINDS.filter(k => isCollected(k.way)).map(k => k.kind));

export interface Ailing {
  readonly source: Source;
  readonly ailment: Ailment;
}
/** What is wrong with the sources of an institution now. */
export async function ailingSources(tenant: Tenant, now: number): Promise<readonly Ailing[]> {
  const sources = (await tenant.sources()).filter(s => s.state === 'on' && COLLECTED.has(s.kind));
  if (sources.length === 0) return [];
  const spans = Map.groupBy(await tenant.collecting.spans({ from: now - BACK_MS, to: now + 1 }), s => s.sourceKey);
  return sources.flatMap(source => {
    const ailment = ailmentOf(spans.get(source.key) ?? [], source.pace, source.switchedOnAt ?? source.nextDueAt, now);
    return ailment === undefined ? [] : [{ source, ailment }];
  });
}

/** Looks every ten minutes; says how many notices were written. */
export function makeSourceAlarms(store: Store, calendar: CalendarFor): (now: number) => Promise<number> {
  let lastAt = -Infinity;
  return async now => {
    if (now - lastAt < EVERY_MS) return 0;
    lastAt = now;
    let written = 0;
    for (const { id, isExample } of await store.institutions()) {
      const tenant = isExample ? undefined : await store.tenant(id);
      if (tenant) written += await alarmOf(store, tenant, calendar, now);
    }
    return written;
  };
}
async function alarmOf(store: Store, tenant: Tenant, calendar: CalendarFor, now: number): Promise<number> {
  const ailing = await ailingSources(tenant, now);
  const told = new Map((await tenant.collecting.told()).map(t => [t.key, t]));
  let written = 0;
  for (const { source, ailment } of ailing) {
    const before = told.get(source.key);
    told.delete(source.key);
    if (before && before.what === ailment.what && now - before.at < AGAIN_MS) continue;
    const key = `source|${source.key}|${ailment.what}|${now}`;
    const text = sentence(source, ailment);
    written += await say(store, tenant, calendar, now, source, {
      key,
      subject: `来源失灵：${source.title}`,
      text,
      climbs: { about: `source|${source.key}`, duty: ALARM_OFFICE },
    });
    await tenant.collecting.setTold(source.key, { at: now, what: ailment.what });
  }
  // What was told and is no longer so: said once, or the office goes on worrying.
  for (const { key } of told.values()) {
    const source = (await tenant.sources()).find(s => s.key === key);
    await tenant.collecting.setTold(key, undefined);
    await tenant.closeReminder(`source|${key}`, now);
    if (!source || source.state !== 'on') continue;
    const text = `来源“${source.title}”恢复正常读取（${formatInstant(now).slice(0, 16).replace('T', ' ')}）。中断期间的情况见“静默证明”。`;
    written += await say(store, tenant, calendar, now, source, {
      key: `source|${key}|well|${now}`,
      subject: `来源恢复：${source.title}`,
      text,
    });
  }
  return written;
}
const moment = (at: number): string => formatInstant(at).slice(0, 16).replace('T', ' ');
function sentence(source: Source, a: Ailment): string {
  const what =
    a.what === 'dead'
      ? `自${moment(a.since)}起没有读到${a.fault === undefined ? '' : `（${a.fault}）`}。这段时间“没有发现”不等于“没有发生”。`
      : a.what === 'silent'
        ? `自${moment(a.since)}起一直能读到，但没有新内容；按最近28天的平均，本应约有${a.expected}条。可能是栏目改版或地址变更。`
        : `近来新内容明显减少：${a.found}条，按最近28天的平均本应约有${a.expected}条。`;
  return `来源“${source.title}”（负责部门：${source.ownerUnit}）${what}请打开来源核对地址，或先用人工巡查补上。`;
}
/** The office that was named for it; else the offices of the unit that answers for the source; else of every unit that watches. */
async function say(
  store: Store,
  tenant: Tenant,
  calendar: CalendarFor,
  now: number,
  source: Source,
  message: {
    readonly key: string;
    readonly subject: string;
    readonly text: string;
    readonly climbs?: { readonly about: string; readonly duty: string };
  },
): Promise<number> {
  const named = (await tenant.setting(ALARM_OFFICE)) as Office | undefined;
  const roles = (await keptOf(tenant))?.setup.roles ?? [];
  const own = roles.filter(r => r.unit === source.ownerUnit);
  const offices = named
    ? [named]
    : (own.length > 0 ? own : roles.slice(0, 1)).map(({ unit, role }) => ({ unit, role }));
  const notices = await tellNotices(
    store,
    tenant.institution.id,
    { ...message, offices, path: '/watch/coverage' },
    calendar,
    now,
  );
  if (notices.length > 0) await tenant.addNotices(notices);
  return notices.length;
}
