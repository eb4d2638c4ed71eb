/**
 * Who is told when nobody takes note: up the ladder that the rulebook itself gives. First whoever stands in for the office,
 * then the head of its unit, then who signs in this matter, step by step, then the body that leads.
 */
import type { Office } from '#core/log';
import type { ApprovalRule } from '#core/rulebook';
import type { Book } from './book.ts';
import type { ObligationLine } from './lines.ts';

type Owed = Pick<ObligationLine, 'clause' | 'role'> & { readonly unit?: string | undefined };

/** The offices of the setup that a role of an obligation means: `unit/role`, a role, or a unit's head. */
export function officesOf(book: Book, { role, unit }: Owed): readonly Office[] {
  const [first = '', second] = role.split('/');
  const exists = (o: Office): boolean => book.setup.roles.some(r => r.unit === o.unit && r.role === o.role);
  if (second !== undefined) return [{ unit: first, role: second }].filter(exists);
  const inUnit = unit === undefined ? [] : [{ unit, role: first }].filter(exists);
  if (inUnit.length > 0) return inUnit;
  if (book.org.isUnit(first)) return headsOf(book, first);
  return book.org.unitsWithRole(first).map(u => ({ unit: u, role: first }));
}
const headsOf = (book: Book, unit: string): Office[] =>
  ['head', 'deputy']
    .map(role => ({ unit, role }))
    .filter(o => book.setup.roles.some(r => r.unit === o.unit && r.role === o.role))
    .slice(0, 1);

/** The steps above who owes it, lowest first, each office once; the first step, who owes it, is not among them. */
export function escalationChain(book: Book, owed: Owed): readonly (readonly Office[])[] {
  const first = officesOf(book, owed);
  const seen = new Set(first.map(textOf));
  const steps: Office[][] = [];
  const add = (offices: readonly Office[]): void => {
    const fresh = offices.filter(o => !seen.has(textOf(o)));
    for (const o of fresh) seen.add(textOf(o));
    if (fresh.length > 0) steps.push(fresh);
  };
  add(
    first.flatMap(o => {
      const other = book.org.pairs.get(o.role);
      return other === undefined ? [] : officesOf(book, { clause: owed.clause, role: `${o.unit}/${other}` });
    }),
  );
  add(first.flatMap(o => headsOf(book, o.unit)));
  for (const capacity of signersFor(book, owed.clause)) add(holdersOf(book, capacity, first));
  return steps;
}
const textOf = (o: Office): string => `${o.unit}/${o.role}`;

/** The approval that belongs to the clause or its article; else the longest chain that must be gone through in order. */
function signersFor(book: Book, clause: string): readonly string[] {
  const all = book.of('approval').filter(a => a.steps.length > 0);
  const article = clause.split('.')[0] ?? clause;
  const duties = new Set(book.of('duty').flatMap(d => (d.clauses.includes(clause) ? [d.name] : [])));
  const chosen =
    all.find(a => a.clauses.includes(clause)) ??
    all.find(a => a.inside?.limitOf.some(name => duties.has(name))) ??
    longest(all.filter(a => a.clauses.some(c => (c.split('.')[0] ?? c) === article))) ??
    longest(all);
  return (chosen?.steps ?? []).flatMap(step => step.slice(0, 1));
}
const longest = (approvals: readonly ApprovalRule[]): ApprovalRule | undefined =>
  approvals.toSorted((a, b) => b.steps.length - a.steps.length)[0];

/** The offices that sign in a capacity by the rulebook's own entry, else those of that name. */
function holdersOf(book: Book, capacity: string, first: readonly Office[]): readonly Office[] {
  const entry = book.rulebook.terms.capacities[capacity];
  if (entry === undefined || entry.heldBy === 'by-subject') return nearest(book, capacity, first);
  return entry.heldBy.flatMap(party => {
    switch (party.party) {
      case 'office':
        return officesOf(book, { clause: '', role: `${party.unit}/${party.role}` });
      case 'role':
        return nearest(book, party.role, first);
      case 'unit':
        return headsOf(book, party.unit);
      case 'unit-kind':
      case 'relation':
        return [];
    }
  });
}

/** An office that many units have is meant where the matter lies: in the same unit, else at the institution, else where there is one only. */
function nearest(book: Book, role: string, first: readonly Office[]): readonly Office[] {
  const all = officesOf(book, { clause: '', role });
  const same = all.filter(o => first.some(f => f.unit === o.unit));
  if (same.length > 0) return same;
  const top = all.filter(o => o.unit === book.org.institution);
  if (top.length > 0) return top;
  return all.length === 1 ? all : [];
}
