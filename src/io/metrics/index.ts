/**
 * Figures for Prometheus in its text format (0.0.4). Labels are words of ours: routes as they are written in the map,
 * states, institutions. Never an address that was asked, a text, a login or a number of a case.
 */
export interface Metrics {
  readonly count: (name: string, labels?: Labels, by?: number) => void;
  readonly observe: (name: string, labels: Labels, value: number) => void;
  /** Gauges asked for when somebody reads; the rest as counted so far. */
  readonly text: (gauges: readonly Gauge[]) => string;
}
export type Labels = Readonly<Record<string, string>>;
export interface Gauge {
  readonly name: string;
  readonly labels?: Labels;
  readonly value: number;
}
export interface MetricHelp {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5];
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
const shown = (labels: Labels): string => {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
};

/** Only what `known` names is ever counted: a figure nobody has described is a mistake. */
export function openMetrics(known: Readonly<Record<string, MetricHelp>>): Metrics {
  const counters = new Map<string, Map<string, number>>();
  const series = new Map<string, Map<string, { labels: Labels; buckets: number[]; sum: number; count: number }>>();
  const mustBe = (name: string, type: MetricHelp['type']): void => {
    if (known[name]?.type !== type) throw new RangeError(`there is no ${type} "${name}"`);
  };
  const line = (name: string, labels: Labels, value: number): string => `${name}${shown(labels)} ${value}\n`;
  return {
    count: (name, labels = {}, by = 1) => {
      mustBe(name, 'counter');
      const rows = counters.get(name) ?? new Map<string, number>();
      counters.set(name, rows);
      rows.set(shown(labels), (rows.get(shown(labels)) ?? 0) + by);
    },
    observe: (name, labels, value) => {
      mustBe(name, 'histogram');
      const rows =
        series.get(name) ?? new Map<string, { labels: Labels; buckets: number[]; sum: number; count: number }>();
      series.set(name, rows);
      const row = rows.get(shown(labels)) ?? { labels, buckets: BUCKETS.map(() => 0), sum: 0, count: 0 };
      rows.set(shown(labels), row);
      row.sum += value;
      row.count++;
      for (const [i, most] of BUCKETS.entries()) if (value <= most) row.buckets[i] = (row.buckets[i] ?? 0) + 1;
    },
    text: gauges => {
      let text = '';
      for (const [name, { type, help }] of Object.entries(known)) {
        text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
        for (const [labels, value] of counters.get(name) ?? []) text += `${name}${labels} ${value}\n`;
        for (const { labels, buckets, sum, count } of series.get(name)?.values() ?? []) {
          for (const [i, most] of BUCKETS.entries())
            text += line(`${name}_bucket`, { ...labels, le: String(most) }, buckets[i] ?? 0);
          text += line(`${name}_bucket`, { ...labels, le: '+Inf' }, count);
          text += line(`${name}_sum`, labels, sum) + line(`${name}_count`, labels, count);
        }
        for (const gauge of gauges) if (gauge.name === name) text += line(name, gauge.labels ?? {}, gauge.value);
      }
      return text;
    },
  };
}
