/** robots.txt of each site: asked once, kept a day in the store, one question at a time for each origin. */
import { afterRobots, decode, isFresh, type RobotsAnswer, type RobotsFile, robotsProblem } from '#watch';
import type { Door } from '#io/fetch';
import type { Tenant } from '#io/store';

/** RFC 9309 2.3.1.2: at least five redirects are followed. */
const HOPS = 5;
const MOST_CHARACTERS = 512 * 1024;
const MOST_REMEMBERED = 20_000;

/** Why a page may not be fetched, or undefined. */
export type RobotsGate = (tenant: Tenant, url: string) => Promise<string | undefined>;

export function makeRobotsGate(door: Door, agent: string, now: () => number): RobotsGate {
  const known = new Map<string, Promise<RobotsFile>>();
  const fileOf = async (tenant: Tenant, origin: string): Promise<RobotsFile> => {
    const before = await tenant.collecting.robots(origin);
    if (before && isFresh(before, now())) return before;
    const result = await door.fetch({ url: `${origin}/robots.txt`, accept: 'text/plain', hops: HOPS });
    const answer: RobotsAnswer =
      result.result === 'page'
        ? { kind: 'text', text: decode(result.body, result.headers['content-type']).text.slice(0, MOST_CHARACTERS) }
        : result.result !== 'unchanged' && result.status !== undefined
          ? { kind: 'status', status: result.status }
          : { kind: 'no answer' };
    const file = afterRobots(before, answer, now());
    // A NUL cannot be stored, and no rule holds one.
    await tenant.collecting.putRobots(origin, { ...file, text: file.text.replaceAll('\u0000', '') });
    return file;
  };
  return async (tenant, url) => {
    let origin: string;
    try {
      ({ origin } = new URL(url));
    } catch {
      return 'no address';
    }
    const key = `${tenant.institution.id} ${origin}`;
    let asked = known.get(key);
    if (asked) {
      const file = await asked.catch(() => undefined);
      if (file && isFresh(file, now())) return robotsProblem(file, agent, url, now());
      // Whoever waited for the same old answer takes the question of the first to ask again.
      const newer = known.get(key);
      asked = newer === asked ? undefined : newer;
    }
    if (!asked) {
      asked = fileOf(tenant, origin);
      known.set(key, asked);
      if (known.size > MOST_REMEMBERED) known.delete(known.keys().next().value ?? '');
    }
    const file = await asked;
    return robotsProblem(file, agent, url, now());
  };
}
