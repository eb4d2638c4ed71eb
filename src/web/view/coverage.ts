/** A period's coverage by class of source: read directly, bought, sent to us, and what is not covered at all. */
import { isCollected, unreadMs } from '#watch';
import type { SourceCoverage } from '../ports-silence.ts';
import { SOURCE_CLASSES, type SourceClass } from '../ports-sources.ts';

export interface ClassCoverage {
  readonly class: SourceClass;
  readonly sources: number;
  readonly whole: number;
  readonly gaps: number;
  readonly unreadMs: number;
  readonly readings: number;
  readonly fresh: number;
  readonly how: 'read' | 'bought' | 'sent' | 'not-covered';
}
/** Read by itself on its pace: only of such a source can it be said when it was not read. */
export const isRead = (s: SourceCoverage): boolean => isCollected(s.way);

/** One line for each class there is; a class without a source is not covered, which is said and not left out. */
export function byClass(sources: readonly SourceCoverage[]): readonly ClassCoverage[] {
  return SOURCE_CLASSES.map(name => {
    const own = sources.filter(s => s.source.class === name);
    const read = own.filter(isRead);
    const gaps = read.filter(s => unreadMs(s.stretches) > 0);
    return {
      class: name,
      sources: own.length,
      whole: read.length - gaps.length,
      gaps: gaps.length,
      unreadMs: read.reduce((n, s) => n + unreadMs(s.stretches), 0),
      readings: own.reduce((n, s) => n + s.readings, 0),
      fresh: own.reduce((n, s) => n + s.fresh, 0),
      how:
        own.length === 0
          ? 'not-covered'
          : name === 'bought'
            ? 'bought'
            : own.some(s => s.way === 'fetched')
              ? 'read'
              : 'sent',
    };
  });
}
export interface Gap {
  readonly title: string;
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly fault?: string;
}
/** Every gap of the period, the longest first. */
export const gapsOf = (sources: readonly SourceCoverage[]): readonly Gap[] =>
  sources
    .flatMap(s =>
      s.stretches
        .filter(x => x.state === 'unread')
        .map(x => ({
          title: s.source.title,
          key: s.source.key,
          from: x.from,
          to: x.to,
          ...(x.fault === undefined ? {} : { fault: x.fault }),
        })),
    )
    .toSorted((a, b) => b.to - b.from - (a.to - a.from));
