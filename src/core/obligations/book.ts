/**
 * One rulebook made ready for one institution: rules found by name, by clause and by the event type that concerns them,
 * its units, its parameters. Made once, used for every case.
 */
import type { Calendar } from '#core/calendar';
import type {
  ApprovalRule,
  DutyRule,
  FormRule,
  GateRule,
  Pattern,
  RetentionRule,
  RouteRule,
  Rule,
  Rulebook,
  RuleKind,
} from '#core/rulebook';
import { withKinds } from './kinds-of-unit.ts';
import { organisation, type Organisation } from './offices.ts';
import type { LocalValue, Setup } from './setup.ts';

export type OwingRule = DutyRule | ApprovalRule | FormRule | RetentionRule;
export interface Book {
  readonly rulebook: Rulebook;
  readonly setup: Setup;
  readonly calendar: Calendar;
  readonly org: Organisation;
  readonly of: <K extends RuleKind>(kind: K) => readonly Extract<Rule, { kind: K }>[];
  /** Rules that may owe something in a case, and those of them that have a name. */
  readonly owing: readonly OwingRule[];
  readonly named: (name: string) => readonly OwingRule[];
  readonly approval: (name: string) => ApprovalRule | undefined;
  readonly duty: (name: string) => DutyRule | undefined;
  /** Rules whose act patterns name this event type. */
  readonly gatesOn: (type: string) => readonly GateRule[];
  readonly approvalsOn: (type: string) => readonly ApprovalRule[];
  readonly routesOn: (type: string) => readonly RouteRule[];
  readonly local: (name: string) => LocalValue | undefined;
  readonly switched: (name: string | undefined) => string | undefined;
  /** Scales whose value is read by some condition, with the rules that set them. */
  readonly notesAbout: (name: string) => readonly string[];
}

const typesOf = (patterns: readonly Pattern[]): string[] => patterns.flatMap(p => (p.on === 'event' ? [p.type] : []));

function index<T>(items: readonly T[], keys: (item: T) => readonly string[]): (key: string) => readonly T[] {
  const map = new Map<string, T[]>();
  for (const item of items)
    for (const key of new Set(keys(item))) {
      const list = map.get(key);
      if (list) list.push(item);
      else map.set(key, [item]);
    }
  return key => map.get(key) ?? [];
}

const READING_ID = /\b(?:DR|HC)-\d+\b/g;

/** Ids of the readings a rule's notes name, and of the notes themselves by their clause. */
function readingsOf(rulebook: Rulebook): (name: string) => readonly string[] {
  const byName = new Map<string, string[]>();
  for (const rule of rulebook.rules) {
    if (rule.kind !== 'note') continue;
    const ids = `${rule.reading} ${rule.question}`.match(READING_ID) ?? [];
    const list = byName.get(rule.about) ?? [];
    list.push(...ids, ...(ids.length === 0 ? rule.clauses.slice(0, 1).map(c => `note ${c}`) : []));
    byName.set(rule.about, list);
  }
  return name => byName.get(name) ?? [];
}

export function prepareBook(read: Rulebook, setup: Setup, calendar: Calendar): Book {
  const rulebook = withKinds(read, setup);
  const kinds = new Map<RuleKind, Rule[]>();
  for (const rule of rulebook.rules) {
    const list = kinds.get(rule.kind);
    if (list) list.push(rule);
    else kinds.set(rule.kind, [rule]);
  }
  // The map is keyed by the rule's own kind, so what is found under a kind is of that kind.
  const of = <K extends RuleKind>(kind: K): readonly Extract<Rule, { kind: K }>[] =>
    (kinds.get(kind) ?? []) as unknown as readonly Extract<Rule, { kind: K }>[];
  const owing: readonly OwingRule[] = [...of('duty'), ...of('approval'), ...of('form'), ...of('retention')];
  const approvals = new Map(of('approval').map(a => [a.name, a]));
  const duties = new Map(of('duty').map(d => [d.name, d]));
  return {
    rulebook,
    setup,
    calendar,
    org: organisation(rulebook, setup),
    of,
    owing,
    named: index(owing, rule => [rule.name]),
    approval: name => approvals.get(name),
    duty: name => duties.get(name),
    gatesOn: index(of('gate'), g => typesOf(g.act)),
    approvalsOn: index(of('approval'), a => typesOf(a.before)),
    routesOn: index(of('route'), r => typesOf(r.when)),
    local: name => setup.local[name],
    switched: name => (name === undefined ? undefined : (setup.switches[name] ?? rulebook.readings[name])),
    notesAbout: readingsOf(rulebook),
  };
}

/** The same book with the parameters and switches that were decided in the log since. */
export function withSettings(
  book: Book,
  local: Readonly<Record<string, LocalValue>>,
  switches: Readonly<Record<string, string>>,
): Book {
  if (Object.keys(local).length === 0 && Object.keys(switches).length === 0) return book;
  return {
    ...book,
    local: name => local[name] ?? book.local(name),
    switched: name => (name === undefined ? undefined : (switches[name] ?? book.switched(name))),
  };
}
