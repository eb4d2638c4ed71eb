/** A rule of concern as people read it, whichever way it was written. */
import { type Expression, readExpression, type RuleSource, showExpression } from '#core/text';

const quoted = (term: string): string => (/[\s()"]/.test(term) ? `"${term}"` : term);
const group = (terms: readonly string[]): string =>
  terms.length === 1 ? quoted(terms[0] ?? '') : `(${terms.map(quoted).join(' OR ')})`;

/** The expression, or groups written as one. */
export function expressionOf(rule: RuleSource): string {
  if (rule.expr !== undefined) return rule.expr;
  const parts = [
    ...(rule.all ?? []).map(group),
    ...(rule.near ?? []).map(n => `(${quoted(n.a)} NEAR/${n.within} ${quoted(n.b)})`),
    ...(rule.none ?? []).map(term => `NOT ${quoted(term)}`),
  ];
  return parts.join(' AND ');
}
/** Without what it excludes, as the public sees it: excluding words would tell how to stay unseen. */
export function withoutExclusions(rule: RuleSource): string {
  if (rule.expr === undefined) return expressionOf({ ...rule, none: [] });
  const kept = strip(readExpression(rule.expr));
  return kept ? showExpression(kept) : '';
}
function strip(tree: Expression): Expression | undefined {
  switch (tree.kind) {
    case 'not':
      return undefined;
    case 'and':
    case 'or': {
      const parts = tree.parts.flatMap(p => strip(p) ?? []);
      return parts.length === 0 ? undefined : parts.length === 1 ? parts[0] : { ...tree, parts };
    }
    case 'sentence': {
      const part = strip(tree.part);
      return part && { ...tree, part };
    }
    default:
      return tree;
  }
}
