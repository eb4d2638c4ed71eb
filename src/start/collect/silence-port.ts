/** Adapts stretches of reading and looks at pages to what the desk asks for. */
import type { Office } from '#core/log';
import { ailmentOf, baselineOf, isCollected, keepsBytes, longestBetween, sourceKind, stretches } from '#watch';
import type { Tenant } from '#io/store';
import type { EvidencePort, SilencePort, SourceCoverage } from '../../web/ports-silence.ts';
import { fromStore } from '../sources.ts';
import { ALARM_OFFICE } from './alarms.ts';
import type { Collector } from './collector.ts';

const BASELINE_MS = 30 * 86_400_000;

export function silencePort(here: () => Promise<Tenant>, now: () => number): SilencePort {
  return {
    coverage: async period => {
      const tenant = await here();
      const at = now();
      const to = Math.min(period.to, at);
      const sources = (await tenant.sources()).filter(s => s.state === 'on');
      const longest = Math.max(0, ...sources.map(s => longestBetween(s.pace)));
      const from = Math.min(period.from - longest, at - BASELINE_MS);
      const spans = Map.groupBy(await tenant.collecting.spans({ from, to: at + 1 }), s => s.sourceKey);
      return sources.map((source): SourceCoverage => {
        const own = spans.get(source.key) ?? [];
        const way = sourceKind(source.kind)?.way ?? 'by-hand';
        const since = source.switchedOnAt ?? own[0]?.beganAt ?? at;
        const collected = isCollected(way);
        const inside = own.filter(s => s.endedAt >= period.from && s.beganAt < to);
        const sum = (pick: (s: (typeof inside)[number]) => number): number => inside.reduce((n, s) => n + pick(s), 0);
        const readings = sum(s => (s.state === 'read' ? s.readings : 0));
        const baseline = baselineOf(own, since, at);
        const ailment = collected ? ailmentOf(own, source.pace, since, at) : undefined;
        return {
          source: fromStore(source),
          way,
          stretches: collected ? stretches(own, source.pace, { from: period.from, to }, since) : [],
          readings,
          failures: sum(s => (s.state === 'failed' ? s.readings : 0)),
          fresh: sum(s => s.fresh),
          added: sum(s => s.added),
          nextAt: source.nextDueAt,
          ...(readings === 0
            ? {}
            : { tookMs: Math.round(sum(s => (s.state === 'read' ? s.milliseconds : 0)) / readings) }),
          ...(baseline === undefined ? {} : { baseline }),
          ...(ailment === undefined ? {} : { ailment }),
        };
      });
    },
    alarmOffice: async () => (await (await here()).setting(ALARM_OFFICE)) as Office | undefined,
    setAlarmOffice: async office => (await here()).putSetting(ALARM_OFFICE, office ?? null),
  };
}

export function evidencePort(here: () => Promise<Tenant>, collector: Collector, now: () => number): EvidencePort {
  return {
    of: async finding => {
      const tenant = await here();
      const found = await tenant.finding(finding);
      if (!found) return undefined;
      const source = (await tenant.sources()).find(s => s.key === found.sourceKey);
      const dates = await tenant.collecting.dateOf(finding);
      return {
        keeps: source && keepsBytes(source.class) ? 'bytes' : 'digest',
        looks: await tenant.evidence.looks(finding),
        planned: await tenant.evidence.planned(finding),
        ...(dates === undefined ? {} : { dates }),
      };
    },
    body: async (finding, n) => (await here()).evidence.body(finding, n),
    look: async (finding, asked) => collector.lookNow(await here(), finding, asked),
    open: async (finding, n, office) => (await here()).evidence.openSealed(finding, n, office, now()),
  };
}
