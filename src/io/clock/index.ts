/** The wall clock: the only place that reads it, so that everything else can be told what time it is. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: () => number;
}
export const wallClock: Clock = { now: () => Date.now() };

/** Waits, unless told to stop first. */
export function sleep(milliseconds: number, stop?: AbortSignal): Promise<void> {
  return new Promise(done => {
    if (stop?.aborted) return done();
    const finish = () => {
      clearTimeout(timer);
      stop?.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, milliseconds);
    stop?.addEventListener('abort', finish, { once: true });
  });
}
