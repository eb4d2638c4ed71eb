/**
 * The stage's door: what a person decides about a story becomes entries for the log. Putting something aside takes a name
 * and a reason; a complaint, a question or a request is never put aside as "nothing to answer" (the rules judge that again).
 * Taking a decision back is a new entry: nothing is edited.
 */

export interface About {
  readonly origin: string;
  readonly outlet?: string;
  readonly url?: string;
  readonly publishedAt?: string;
  readonly subject: string;
  readonly matter: string;
  readonly concerns: readonly string[];
  readonly negative: boolean;
  readonly sudden: boolean;
  /** The entry that recorded it before, where a decision was taken back. */
  readonly recorded?: string;
}
export type TriageCommand =
  | { readonly do: 'open'; readonly about: About; readonly others?: readonly About[]; readonly case: string }
  | { readonly do: 'join'; readonly about: About; readonly others?: readonly About[]; readonly case: string }
  | {
      readonly do: 'dismiss';
      readonly about: About;
      readonly others?: readonly About[];
      readonly reason: string;
      readonly why: string;
    };
export interface Entry {
  readonly id?: string;
  readonly case?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type TriageFault = 'no-subject' | 'no-unit' | 'no-matter' | 'no-reason';
export type TriageDecision =
  | {
      readonly append: readonly Entry[];
      /** Entries of the findings, the first item's first, in the order of the items. */
      readonly findings: readonly string[];
      /** What a change of mind takes back: entry and what stands in its place. */
      readonly made: readonly string[];
    }
  | { readonly fault: TriageFault };

/** `ids` gives a fresh id each time it is called. */
export function decideTriage(command: TriageCommand, ids: () => string): TriageDecision {
  const { about } = command;
  if (about.subject.trim() === '') return { fault: 'no-subject' };
  if (about.matter === '') return { fault: 'no-matter' };
  if (about.concerns.length === 0) return { fault: 'no-unit' };
  if (command.do === 'dismiss' && (command.why.trim() === '' || command.reason === '')) return { fault: 'no-reason' };
  const inCase = command.do === 'dismiss' ? {} : { case: command.case };
  const append: Entry[] = [];
  const findings = [about, ...(command.others ?? [])].map(item => {
    const { recorded } = item;
    // What is on record outside any case stays as it is, unless it now belongs to one.
    if (recorded !== undefined && command.do === 'dismiss') return recorded;
    const found = { ...foundOf(item, ids()), ...inCase };
    append.push(found);
    if (recorded !== undefined)
      append.push({
        ...inCase,
        type: 'entry.corrected',
        data: { entry: recorded, replacement: found.id, reason: '归入案件 / taken into a case' },
      });
    return found.id;
  });
  const [first = ''] = findings;
  const made: string[] = [];
  if (command.do === 'open') {
    const id = ids();
    made.push(id);
    append.push({ id, ...inCase, type: 'case.opened', data: { from: [first], concerns: about.concerns } });
  }
  if (command.do === 'dismiss')
    for (const finding of findings) {
      const id = ids();
      made.push(id);
      append.push({
        id,
        type: 'finding.dismissed',
        data: { finding, reason: command.reason, why: command.why.trim() },
      });
    }
  return { append, findings, made };
}

function foundOf(item: About, id: string): Entry & { readonly id: string } {
  return {
    id,
    type: 'finding.recorded',
    data: {
      origin: item.origin,
      ...(item.outlet ? { outlet: item.outlet } : {}),
      ...(item.url ? { url: item.url } : {}),
      ...(item.publishedAt ? { publishedAt: item.publishedAt } : {}),
      concerns: item.concerns,
      matter: item.matter,
      negative: item.negative,
      ...(item.sudden ? { sudden: true } : {}),
      subject: item.subject.trim(),
    },
  };
}

/** What was decided, as far as taking it back needs it. */
export interface Decided {
  readonly what: 'open' | 'join' | 'dismiss';
  readonly case?: string;
  /** The entries of the findings with what they say. */
  readonly findings: readonly { readonly entry: string; readonly data: Readonly<Record<string, unknown>> }[];
  readonly made: readonly string[];
}
/**
 * A decision taken back within its half minute. A dismissal is corrected by the finding it was about; a finding that had
 * gone into a case is put on record outside of it, and the opening of the case gives way to the finding. Returns also which
 * entry stands for each finding now, in order.
 */
export function undoTriage(
  decided: Decided,
  reason: string,
  ids: () => string,
): { readonly append: readonly Entry[]; readonly findings: readonly string[] } {
  const correct = (entry: string, replacement: string): Entry => ({
    ...(decided.case === undefined ? {} : { case: decided.case }),
    type: 'entry.corrected',
    data: { entry, replacement, reason },
  });
  if (decided.what === 'dismiss')
    return {
      append: decided.made.map((entry, i) => correct(entry, decided.findings[i]?.entry ?? entry)),
      findings: decided.findings.map(f => f.entry),
    };
  const again = decided.findings.map(f => ({ id: ids(), type: 'finding.recorded', data: f.data }));
  return {
    append: [
      ...again,
      ...decided.findings.map((f, i) => correct(f.entry, again[i]?.id ?? '')),
      ...decided.made.map(entry => correct(entry, again[0]?.id ?? '')),
    ],
    findings: again.map(a => a.id),
  };
}

export type JoinFault = 'same-story' | 'two-sides' | 'no-reason' | 'nothing-chosen' | 'everything-chosen';
/** Two stories are one. What was published and what was sent to us never become one story. */
export function joinStories(
  story: { readonly id: string; readonly lane: string },
  into: { readonly id: string; readonly lane: string },
  reason: string,
): Entry | { readonly fault: JoinFault } {
  if (story.id === into.id) return { fault: 'same-story' };
  if (story.lane !== into.lane) return { fault: 'two-sides' };
  if (reason.trim() === '') return { fault: 'no-reason' };
  return { type: 'story.joined', data: { story: story.id, into: into.id, reason: reason.trim() } };
}
/** One story is two: the chosen items go into one of their own, named after the first of them. */
export function splitStory(
  story: { readonly id: string },
  items: readonly string[],
  chosen: readonly string[],
  reason: string,
): { readonly entry: Entry; readonly story: string } | { readonly fault: JoinFault } {
  const out = items.filter(i => chosen.includes(i));
  const [first] = out;
  if (first === undefined) return { fault: 'nothing-chosen' };
  if (out.length === items.length) return { fault: 'everything-chosen' };
  if (reason.trim() === '') return { fault: 'no-reason' };
  const own = `st-${first}`;
  // A story keeps the name of its first item: what is taken out together with it is named after what it is.
  const name = own === story.id ? `${own}-2` : own;
  return { entry: { type: 'story.split', data: { story: story.id, new: name, reason: reason.trim() } }, story: name };
}
