/** What robots.txt means when it cannot be had: RFC 9309, 2.3.1. Pure; who collects does the asking. */
import { mayFetch } from '../robots.ts';

export interface RobotsFile {
  readonly fetchedAt: number;
  readonly state: 'rules' | 'none' | 'unreachable';
  readonly text: string;
  readonly unreachableSince?: number;
}
const HOUR = 3_600_000;
/** 2.4: no longer than 24 hours. */
const FRESH_MS = 24 * HOUR;
/** While nobody can say, it is asked again soon. */
const UNREACHABLE_FRESH_MS = HOUR;
/** 2.3.1.4: after a long time of being unreachable the site may be taken to have no rules. */
const LONG_TIME_MS = 30 * 24 * HOUR;

export const isFresh = (file: RobotsFile, now: number): boolean =>
  now - file.fetchedAt < (file.state === 'unreachable' ? UNREACHABLE_FRESH_MS : FRESH_MS);

export type RobotsAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'no answer' };

/** The file as it is after an answer. Unavailable (4xx): no rules. Unreachable (5xx, nothing): the rules that were known stand. */
export function afterRobots(before: RobotsFile | undefined, answer: RobotsAnswer, now: number): RobotsFile {
  if (answer.kind === 'text') return { fetchedAt: now, state: 'rules', text: answer.text };
  if (answer.kind === 'status' && answer.status >= 400 && answer.status < 500 && answer.status !== 429)
    return { fetchedAt: now, state: 'none', text: '' };
  return {
    fetchedAt: now,
    state: 'unreachable',
    text: before?.text ?? '',
    unreachableSince: before?.unreachableSince ?? now,
  };
}
/** Why a page may not be fetched, or undefined. */
export function robotsProblem(file: RobotsFile, agent: string, url: string, now: number): string | undefined {
  const refused = 'the site’s robots.txt asks not to read this page';
  if (file.state === 'none') return undefined;
  if (file.state === 'rules') return mayFetch(file.text, agent, url) ? undefined : refused;
  const since = file.unreachableSince ?? file.fetchedAt;
  if (now - since >= LONG_TIME_MS) return undefined;
  // Rules that were read before go on to hold for a day; after that, and without any, everything is asked not to be read.
  if (file.text !== '' && now - since < FRESH_MS) return mayFetch(file.text, agent, url) ? undefined : refused;
  return 'the site’s robots.txt cannot be reached, which means: do not read (RFC 9309)';
}
