/** What a rulebook leaves open: notes nobody decided, unset locals, outside rules not supplied, capacities without holder. */
import type { RuleBase, Rulebook } from './types.ts';

export interface Question {
  readonly line: 'question';
  readonly clause: string;
  readonly article: string;
  readonly about: string;
  readonly question: string;
  readonly reading: string;
  readonly alternatives: readonly string[];
  readonly decidedBy: string;
  readonly kind: 'note' | 'local' | 'outside' | 'capacity';
}

export function openQuestions(book: Rulebook): Question[] {
  const questions = book.rules.flatMap((rule): Question[] => {
    const base = (clause: string, r: RuleBase) => ({
      line: 'question' as const,
      clause,
      article: r.articleNumber || r.article,
    });
    switch (rule.kind) {
      case 'note':
        return rule.decidedBy === 'open'
          ? [
              {
                ...base(rule.clauses[0] ?? '', rule),
                about: rule.about,
                question: rule.question,
                reading: rule.reading,
                alternatives: rule.alternatives,
                decidedBy: 'open',
                kind: 'note',
              },
            ]
          : [];
      case 'local':
        return rule.value === undefined && rule.unset === 'gap'
          ? rule.for.map(clause => ({
              ...base(clause, rule),
              about: rule.name,
              question: `The text gives no value for ${rule.name}. Which is it here?`,
              reading: 'shown as a gap until it is set',
              alternatives: [],
              decidedBy: 'open',
              kind: 'local' as const,
            }))
          : [];
      case 'outside':
        return rule.status === 'not-supplied'
          ? [
              {
                ...base(rule.clauses[0] ?? '', rule),
                about: rule.name,
                question: `${rule.name} is named and not supplied. Where is its text?`,
                reading: 'its step is confirmed by a person before the act',
                alternatives: [],
                decidedBy: 'open',
                kind: 'outside',
              },
            ]
          : [];
      case 'approval':
        return rule.steps.flat().flatMap(capacity => {
          const entry = book.terms.capacities[capacity];
          const known =
            (entry && (entry.heldBy === 'by-subject' || entry.heldBy.length > 0)) ||
            capacity in book.terms.roles ||
            capacity in book.terms.units;
          return known
            ? []
            : [
                {
                  ...base(rule.clauses[0] ?? '', rule),
                  about: capacity,
                  question: `Who signs as ${capacity}?`,
                  reading: 'nobody can until it is named',
                  alternatives: [],
                  decidedBy: 'open',
                  kind: 'capacity' as const,
                },
              ];
        });
      default:
        return [];
    }
  });
  return questions;
}

/** Keys of what is missing in the book itself: locals to set, rules to supply. */
export const gapsOf = (book: Rulebook): string[] =>
  openQuestions(book)
    .filter(q => q.kind !== 'note')
    .map(q => `${q.kind} ${q.about} (${q.clause})`);
