/** What keeps the product from its work, and the figures an operator watches. No texts, no people, no cases. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { timingSafeEqual } from 'node:crypto';
import { type Fired, overdueTimers } from '#io/engine';
import { type Gauge, type Metrics, openMetrics } from '#io/metrics';
import type { Store } from '#io/store';

/** A moment that came this long ago and was not noticed means that the timers stand still. */
const OVERDUE_MS = 2 * 60_000;
const LATE_MS = 60_000;
/** A heartbeat is due every hour; two missed ones are a silence. */
const SILENCE_MS = 2 * 3_600_000 + 5 * 60_000;

export const METRICS = {
  huiyin_http_requests_total: { type: 'counter', help: 'Answered requests by route, method and status.' },
  huiyin_http_seconds: { type: 'histogram', help: 'How long requests took, by route.' },
  huiyin_faults_total: { type: 'counter', help: 'Faults reported, by where.' },
  huiyin_timers_fired_total: { type: 'counter', help: 'Moments of duties that came and were noticed.' },
  huiyin_timers_late_total: { type: 'counter', help: 'Of these, noticed more than a minute late.' },
  huiyin_timers_overdue: {
    type: 'gauge',
    help: 'Moments that came over two minutes ago and were not noticed: must be 0.',
  },
  huiyin_heartbeat_age_seconds: { type: 'gauge', help: 'Since the last signed heartbeat.' },
  huiyin_log_entries: { type: 'gauge', help: 'Entries in the log of an institution.' },
  huiyin_notices: { type: 'gauge', help: 'Notices by state.' },
  huiyin_ready: { type: 'gauge', help: '1 when nothing keeps the product from its work.' },
  process_resident_memory_bytes: { type: 'gauge', help: 'Memory of this process.' },
  nodejs_eventloop_delay_p99_seconds: {
    type: 'gauge',
    help: '99th percentile of the delay of the event loop since the last reading.',
  },
} as const;

/** In words for an operator; empty when all is well. */
export async function healthFaults(store: Store, now: number): Promise<string[]> {
  const overdue = await overdueTimers(store.pool, now - OVERDUE_MS);
  const beats = await lastBeats(store);
  return [
    ...overdue.map(
      o => `timers: ${o.count} moments of ${o.institution} came more than two minutes ago and were not noticed`,
    ),
    ...beats
      .filter(b => now - b.at > SILENCE_MS)
      .map(b => `heartbeat: none of ${b.institution} for ${Math.round((now - b.at) / 60_000)} minutes`),
  ];
}
async function lastBeats(store: Store): Promise<readonly { readonly institution: string; readonly at: number }[]> {
  const rows = await store.pool.scan<{ institution_id: string; at: number }>(
    'select institution_id, max(at) as at from heartbeat group by institution_id',
    [],
  );
  return rows.map(r => ({ institution: r.institution_id, at: r.at }));
}

export interface Watching {
  readonly metrics: Metrics;
  readonly answered: (request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
  readonly fired: (fired: readonly Fired[]) => void;
  /** The text for who shows the token; without a token set nobody gets it. */
  readonly read: (authorization: string | undefined) => Promise<string | undefined>;
}
export function watchHealth(store: Store, now: () => number, token: string | undefined): Watching {
  const metrics = openMetrics(METRICS);
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const gauges = async (): Promise<Gauge[]> => {
    const at = now();
    const overdue = await overdueTimers(store.pool, at - OVERDUE_MS);
    const heads = await store.pool.scan<{ institution_id: string; counter: number }>(
      'select institution_id, counter from log_head',
      [],
    );
    const notices = await store.pool.scan<{ institution_id: string; state: string; count: number }>(
      'select institution_id, state, count(*) as count from notice group by institution_id, state',
      [],
    );
    const p99 = delay.percentile(99) / 1e9;
    delay.reset();
    return [
      { name: 'huiyin_timers_overdue', value: overdue.reduce((sum, o) => sum + o.count, 0) },
      ...(await lastBeats(store)).map(b => ({
        name: 'huiyin_heartbeat_age_seconds',
        labels: { institution: b.institution },
        value: Math.max(0, (at - b.at) / 1000),
      })),
      ...heads.map(h => ({ name: 'huiyin_log_entries', labels: { institution: h.institution_id }, value: h.counter })),
      ...notices.map(n => ({
        name: 'huiyin_notices',
        labels: { institution: n.institution_id, state: n.state },
        value: n.count,
      })),
      { name: 'huiyin_ready', value: (await healthFaults(store, at)).length === 0 ? 1 : 0 },
      { name: 'process_resident_memory_bytes', value: process.memoryUsage.rss() },
      { name: 'nodejs_eventloop_delay_p99_seconds', value: p99 },
    ];
  };
  return {
    metrics,
    answered: ({ method, route, status, ms }) => {
      metrics.count('huiyin_http_requests_total', { route, method, status: String(status) });
      metrics.observe('huiyin_http_seconds', { route }, ms / 1000);
    },
    fired: list => {
      for (const { institution, lateMs } of list) {
        metrics.count('huiyin_timers_fired_total', { institution });
        if (lateMs > LATE_MS) metrics.count('huiyin_timers_late_total', { institution });
      }
    },
    read: async authorization =>
      token !== undefined && token !== '' && isSame(authorization, `Bearer ${token}`)
        ? metrics.text(await gauges())
        : undefined,
  };
}
function isSame(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
