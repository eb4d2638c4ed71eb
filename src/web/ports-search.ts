/** Searching what came in: what the pages ask of the store. */
import type { Instant } from '#core/calendar';
import type { Sought } from '#core/text';
import type { Finding } from './ports.ts';

export interface SearchPort {
  readonly findings: (search: {
    readonly asked: Sought;
    readonly from: Instant;
    readonly to: Instant;
    readonly limit: number;
  }) => Promise<{ readonly hits: readonly Finding[]; readonly more: boolean; readonly behind: number }>;
}
