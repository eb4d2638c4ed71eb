/** Whose turn it is at a host: few at once and never in a row, so that many sources of one site do not fall on it together. */
export interface HostTurns {
  readonly isFree: (host: string, now: number) => boolean;
  readonly running: (host: string) => number;
  readonly began: (host: string, now: number) => void;
  readonly ended: (host: string) => void;
}
export const MOST_PER_HOST = 2;

export function makeHostTurns(paceMs: number): HostTurns {
  const hosts = new Map<string, { running: number; nextAt: number }>();
  return {
    isFree: (host, now) => {
      const h = hosts.get(host);
      return h === undefined || (h.running < MOST_PER_HOST && h.nextAt <= now);
    },
    running: host => hosts.get(host)?.running ?? 0,
    began: (host, now) => {
      hosts.set(host, { running: (hosts.get(host)?.running ?? 0) + 1, nextAt: now + paceMs });
      if (hosts.size > 20_000) for (const [name, h] of hosts) if (h.running === 0 && h.nextAt < now) hosts.delete(name);
    },
    ended: host => {
      const h = hosts.get(host);
      if (h) h.running = Math.max(0, h.running - 1);
    },
  };
}
export const hostOf = (url: string): string => {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
};
