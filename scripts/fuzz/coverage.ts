/** Which blocks of our own code have run, from V8: inputs that reach new ones are kept, and the sum is printed. */
import { Session } from 'node:inspector/promises';

export interface Coverage {
  /** Notes what ran since the last call; true when some block ran for the first time. */
  readonly grew: () => Promise<boolean>;
  /** Counting makes the code several times slower: it can rest. */
  readonly rest: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly says: () => string;
}
export async function openCoverage(isOurs: (url: string) => boolean): Promise<Coverage> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  const resume = async (): Promise<void> =>
    void (await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true }));
  await resume();
  const seen = new Set<string>();
  const known = new Set<string>();
  return {
    resume,
    rest: async () => void (await session.post('Profiler.stopPreciseCoverage')),
    grew: async () => {
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const before = seen.size;
      for (const script of result) {
        if (!isOurs(script.url)) continue;
        for (const { ranges } of script.functions)
          for (const range of ranges) {
            const key = `${script.scriptId}:${range.startOffset}-${range.endOffset}`;
            known.add(key);
            if (range.count > 0) seen.add(key);
          }
      }
      return seen.size > before;
    },
    says: () =>
      `${seen.size} of ${known.size} blocks (${known.size === 0 ? 0 : Math.round((100 * seen.size) / known.size)} %)`,
  };
}
