/** A rule of concern read from a form, with everything that is wrong with it in the page's words; and what a trial looks at. */
import { A_NAME, AN_ADDRESS, readRules, type RuleSource } from '#core/text';
import { explained, type LabelledItem, type Said, type TrialItem } from '#triage';
import type { Visit } from '../context.ts';
import type { RuleVersion, StoryItem } from '../ports-triage.ts';
import { naming } from './naming.ts';

const words = (line: string): string[] => line.split(/[\s,，、;；]+/).filter(w => w !== '');

export interface ReadConcern {
  readonly rule?: RuleSource;
  readonly problems: readonly string[];
  /** Terms that have to be explained before the rule can be kept. */
  readonly suspects: readonly string[];
}
/** `expr`, or groups of words one a line and words that must not occur. */
export function readConcern(
  visit: Visit,
  id: string,
  given: { readonly expr: string; readonly groups: string; readonly none: string; readonly said: readonly Said[] },
  directory: ReadonlySet<string>,
): ReadConcern {
  const { w } = visit;
  const all = given.groups
    .split(/\r?\n/)
    .map(words)
    .filter(g => g.length > 0);
  const none = words(given.none);
  const body =
    given.expr.trim() === '' && all.length > 0
      ? { all, ...(none.length === 0 ? {} : { none }) }
      : { expr: given.expr.trim() };
  const rule = { id, version: '0', ...body };
  if ('expr' in rule && rule.expr === '') return { problems: [w.fieldMissing(w.concernExpr)], suspects: [] };
  const { faults } = readRules({ rules: [rule] }, [...directory, ...explained(given.said)]);
  const refused = faults.flatMap(f => {
    const [, term, is] = f.code === 'HY-I9' ? (/^"([^"]+)" is ([^:]+):/.exec(f.message) ?? []) : [];
    return term === undefined || is === undefined ? [] : [{ term, is }];
  });
  const problems = faults
    .filter(f => f.code !== 'HY-I9')
    .map(f => {
      const at = /^at (\d+): (.*)$/.exec(f.message);
      return at ? w.exprFault(String(Number(at[1]) + 1), at[2] ?? '') : f.message;
    });
  const say: Readonly<Partial<Record<string, (term: string) => string>>> = {
    [A_NAME]: w.refusedTerm.name,
    [AN_ADDRESS]: w.refusedTerm.title,
  };
  return {
    ...(faults.length === 0 ? { rule: rule as RuleSource } : {}),
    problems: [...problems, ...refused.map(r => (say[r.is] ?? w.refusedTerm.number)(r.term))],
    suspects: [...new Set(refused.filter(r => r.is === A_NAME).map(r => r.term))],
  };
}
/** Names that may stand in a rule: units, offices and the people who hold them. */
export async function directoryOf(visit: Visit): Promise<ReadonlySet<string>> {
  const { hall, house, language } = visit;
  const names = naming(hall, language);
  const people = await house.desk.people.list();
  return new Set([
    ...people.map(p => p.name),
    ...Object.values(hall.institution.names).flatMap(n => [n.zh, n.en]),
    ...hall.institution.setup.units.map(u => names.unit(u.key)),
  ]);
}

const DAY_MS = 86_400_000;
export const TRIAL_DAYS = 14;
const LABEL_DAYS = 365;
const MOST = 20_000;

/** What came in over the last days, hit or passed over; and what somebody has judged that this rule speaks of. */
export async function trialMaterial(
  visit: Visit,
  rule: string,
): Promise<{ readonly items: readonly TrialItem[]; readonly labelled: readonly LabelledItem[] }> {
  const { hall, house } = visit;
  const { triage } = house.desk;
  const now = house.desk.now();
  const [recent, passed, judged, misses] = await Promise.all([
    triage.recent(now - TRIAL_DAYS * DAY_MS, MOST),
    triage.passed(now - TRIAL_DAYS * DAY_MS, MOST),
    triage.recent(now - LABEL_DAYS * DAY_MS, MOST),
    triage.misses(),
  ]);
  // Why a finding was put aside stands in the log, under the entry that recorded it.
  const aside = new Map(
    hall.events.flatMap(e =>
      e.type === 'finding.dismissed' ? [[String(e.data['finding']), String(e.data['reason'])] as const] : [],
    ),
  );
  const decided = judged.filter(
    i => i.matched.some(m => m.rule === rule) && (i.state === 'in-case' || i.state === 'dismissed'),
  );
  return {
    items: [...recent, ...passed].map(toItem),
    labelled: [
      ...decided.map(i => ({
        ...toItem(i),
        ours: i.state === 'in-case' || aside.get(i.eventId ?? '') === 'duplicate',
      })),
      ...misses
        .filter(m => m.rule === rule)
        .map(m => ({ id: m.id, title: m.title, text: m.text, ours: true, mustHit: true })),
    ],
  };
}
const toItem = (i: Pick<StoryItem, 'id' | 'title' | 'text' | 'outlet' | 'outletKind' | 'publishedAt'>): TrialItem => ({
  id: i.id,
  title: i.title,
  text: i.text,
  ...(i.outlet === undefined ? {} : { outlet: i.outlet }),
  ...(i.outletKind === undefined ? {} : { outletKind: i.outletKind }),
  ...(i.publishedAt === undefined ? {} : { publishedAt: new Date(i.publishedAt).toISOString() }),
});

export interface Concern {
  readonly rule: string;
  readonly versions: readonly RuleVersion[];
  /** The version that counts now. */
  readonly on?: RuleVersion;
  /** The newest, where it does not count. */
  readonly waits?: RuleVersion;
}
/** Rules with their versions, newest version first; rules in use first. */
export function concernsOf(versions: readonly RuleVersion[]): readonly Concern[] {
  return [...Map.groupBy(versions, v => v.rule)]
    .map(([rule, list]) => {
      const sorted = [...list].sort((a, b) => b.version - a.version);
      const on = sorted.find(v => v.onAt !== undefined && v.offAt === undefined);
      const newest = sorted[0];
      const waits = newest && newest.onAt === undefined ? newest : undefined;
      return { rule, versions: sorted, ...(on ? { on } : {}), ...(waits ? { waits } : {}) };
    })
    .sort((a, b) => (a.on ? 0 : 1) - (b.on ? 0 : 1) || (a.rule < b.rule ? -1 : 1));
}
