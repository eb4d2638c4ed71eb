/** A limit as it is said: "2 hours", "same day", the soft word itself. */
import type { Limit } from '#core/rulebook';

export function limitText(limit: Limit): string {
  switch (limit.kind) {
    case 'span':
      return `${limit.n} ${limit.unit}`;
    case 'soft':
      return `soft "${limit.word}"`;
    case 'before':
      return `before ${limit.duty}`;
    default:
      return limit.kind;
  }
}
