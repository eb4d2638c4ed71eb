/**
 * The stage's door: what a person decides about an item becomes entries for the log. Putting something aside takes a name
 * and a reason; a complaint, a question or a request is never put aside as "nothing to answer" (the rules judge that again).
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
}
export type TriageCommand =
  | { readonly do: 'open'; readonly about: About; readonly case: string }
  | { readonly do: 'join'; readonly about: About; readonly case: string }
  | { readonly do: 'dismiss'; readonly about: About; readonly reason: string; readonly why: string };
export interface Entry {
  readonly id?: string;
  readonly case?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type TriageFault = 'no-subject' | 'no-unit' | 'no-matter' | 'no-reason';
export type TriageDecision =
  { readonly append: readonly Entry[]; readonly finding: string } | { readonly fault: TriageFault };

/** `ids` gives a fresh id each time it is called. */
export function decideTriage(command: TriageCommand, ids: () => string): TriageDecision {
  const { about } = command;
  const subject = about.subject.trim();
  if (subject === '') return { fault: 'no-subject' };
  if (about.matter === '') return { fault: 'no-matter' };
  if (about.concerns.length === 0) return { fault: 'no-unit' };
  const id = ids();
  const inCase = command.do === 'dismiss' ? {} : { case: command.case };
  const found: Entry = {
    id,
    ...inCase,
    type: 'finding.recorded',
    data: {
      origin: about.origin,
      ...(about.outlet ? { outlet: about.outlet } : {}),
      ...(about.url ? { url: about.url } : {}),
      ...(about.publishedAt ? { publishedAt: about.publishedAt } : {}),
      concerns: about.concerns,
      matter: about.matter,
      negative: about.negative,
      ...(about.sudden ? { sudden: true } : {}),
      subject,
    },
  };
  switch (command.do) {
    case 'open':
      return {
        append: [found, { ...inCase, type: 'case.opened', data: { from: [id], concerns: about.concerns } }],
        finding: id,
      };
    case 'join':
      return { append: [found], finding: id };
    case 'dismiss':
      if (command.why.trim() === '' || command.reason === '') return { fault: 'no-reason' };
      return {
        append: [
          found,
          { type: 'finding.dismissed', data: { finding: id, reason: command.reason, why: command.why.trim() } },
        ],
        finding: id,
      };
  }
}
