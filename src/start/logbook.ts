/**
 * What the product says about itself while it runs: sentences for a person at a terminal, or with HUIYIN_LOG=json one JSON
 * object a line for a machine. Routes, states and fault numbers; no texts, no people, no addresses.
 */
export type Level = 'info' | 'error';
export interface Logbook {
  readonly fault: (id: string, error: unknown) => void;
  readonly say: (level: Level, what: string, more?: Readonly<Record<string, string | number>>) => void;
  /** Every answered request; only where a machine reads. */
  readonly request: (request: Readonly<Record<string, string | number>>) => void;
}
export function openLogbook(json: boolean, now: () => number, write: (line: string) => void): Logbook {
  const line = (level: Level, what: string, more: Readonly<Record<string, string | number>>): void =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, what, ...more })}\n`);
  const said = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
  return {
    fault: (id, error) =>
      json ? line('error', 'fault', { id, error: said(error) }) : write(`fault ${id}: ${said(error)}\n`),
    say: (level, what, more = {}) => {
      if (json) line(level, what, more);
      else if (level === 'error') write(`${what}\n`);
    },
    request: request => {
      if (json) line('info', 'request', request);
    },
  };
}
