/** A brief in the log: its wordings, signatures, number and issue; and what a command about it becomes. */
import type { HuiyinEvent } from '#core/log';
import { nextNumber } from '../number.ts';
import { type BriefKey, type BriefKind, formOf, readDocument } from './kinds.ts';
import { readText, type BriefText } from './text.ts';

export interface Brief {
  readonly document: string;
  readonly about: BriefKey;
  readonly versions: number;
  readonly draft: HuiyinEvent;
  readonly hash: string;
  readonly text: string;
  readonly read: BriefText;
  /** Signatures of the newest wording. */
  readonly signed: readonly HuiyinEvent[];
  /** It was sent back in this wording, with a reason. */
  readonly withheld?: HuiyinEvent;
  /** It keeps its number through later wordings. */
  readonly number?: string;
  /** The entry that says that it went out. */
  readonly issued?: HuiyinEvent;
  readonly sent: readonly HuiyinEvent[];
  readonly received: readonly HuiyinEvent[];
}

/** Every brief that was ever drafted, newest first. */
export function briefsIn(events: readonly HuiyinEvent[]): readonly Brief[] {
  const drafts = new Map<string, HuiyinEvent[]>();
  for (const event of events) {
    if (event.type !== 'draft.written') continue;
    const document = String(event.data['document']);
    if (!readDocument(document)) continue;
    const known = drafts.get(document);
    if (known) known.push(event);
    else drafts.set(document, [event]);
  }
  return [...drafts].flatMap(([document, versions]) => briefOf(events, document, versions)).reverse();
}
function briefOf(events: readonly HuiyinEvent[], document: string, versions: readonly HuiyinEvent[]): readonly Brief[] {
  const about = readDocument(document);
  const draft = versions.at(-1);
  if (!about || !draft) return [];
  const hash = String(draft.data['textHash']);
  const text = String(draft.data['text'] ?? '');
  const signatures = events.filter(e => e.type === 'signature.given' && e.data['document'] === document);
  const withheld = events.findLast(
    e => e.type === 'signature.withheld' && e.data['document'] === document && e.data['textHash'] === hash,
  );
  const number = signatures.find(e => e.data['number'] !== undefined)?.data['number'];
  const issued = events.find(e => isIssueOf(e, about, number) && e.recordedAt >= draft.recordedAt);
  const of = (type: string): readonly HuiyinEvent[] =>
    events.filter(e => e.type === type && e.data['notice'] === document);
  return [
    {
      document,
      about,
      versions: versions.length,
      draft,
      hash,
      text,
      read: readText(text),
      signed: signatures.filter(e => e.data['textHash'] === hash),
      ...(withheld ? { withheld } : {}),
      ...(number === undefined ? {} : { number: String(number) }),
      ...(issued ? { issued } : {}),
      sent: of('notice.sent'),
      received: of('notice.received'),
    },
  ];
}

/** A rest day's report is its own kind of entry; every other brief is issued. */
function isIssueOf(event: HuiyinEvent, about: BriefKey, number: unknown): boolean {
  if (about.kind === 'issue')
    return event.type === 'submission.entered' && event.case === about.case && event.data['issue'] === number;
  if (about.kind === 'zero') return event.type === 'zero-report.filed' && event.data['for'] === about.from;
  if (event.type !== 'brief.issued' || event.data['kind'] !== formOf(about.kind)) return false;
  if (event.data['from'] !== about.from || event.data['to'] !== about.to) return false;
  return about.case === undefined || (event.data['cases'] as readonly unknown[]).includes(about.case);
}

export type BriefCommand =
  | { readonly do: 'draft'; readonly document: string; readonly text: string }
  | {
      readonly do: 'sign';
      readonly document: string;
      readonly textHash: string;
      readonly as: string;
      readonly at: string;
    }
  | {
      readonly do: 'withhold';
      readonly document: string;
      readonly textHash: string;
      readonly as: string;
      readonly reason: string;
    }
  | {
      readonly do: 'issue';
      readonly document: string;
      readonly textHash: string;
      readonly unit: string;
      readonly cases: readonly string[];
      /** Capacities that must have signed; empty where the rulebook names none: then one signature is enough. */
      readonly wanted: readonly string[];
      readonly tabledAt: readonly string[];
      /** Bodies an information issue goes up to. */
      readonly upTo: readonly string[];
    }
  | {
      /** A zero report is filed by whoever is on watch, in one step: nobody else signs on a rest day. */
      readonly do: 'file';
      readonly document: string;
      readonly text: string;
      readonly unit: string;
      readonly found: number;
    }
  | { readonly do: 'send'; readonly document: string; readonly to: readonly string[] }
  | { readonly do: 'receive'; readonly document: string; readonly unit: string };
export type BriefFault =
  | 'no-document'
  | 'no-text'
  | 'same-text'
  | 'changed-since'
  | 'no-reason'
  | 'not-signed'
  | 'already-signed'
  | 'already-issued'
  | 'not-issued'
  | 'nobody'
  | 'not-sent';
export interface BriefEntry {
  readonly case?: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type BriefDecision = { readonly append: readonly BriefEntry[] } | { readonly fault: BriefFault };

export function decideBrief(
  command: BriefCommand,
  view: { readonly events: readonly HuiyinEvent[]; readonly hash: (text: string) => string },
): BriefDecision {
  const about = readDocument(command.document);
  if (!about) return { fault: 'no-document' };
  const brief = briefsIn(view.events).find(b => b.document === command.document);
  if (command.do === 'draft') return draft(command, about.kind, brief, view.hash);
  if (command.do === 'file') return file(command, about, brief, view.hash);
  if (!brief) return { fault: 'no-document' };
  const entry = (type: string, data: Readonly<Record<string, unknown>>): BriefDecision => ({
    append: [{ type, data }],
  });
  if ('textHash' in command && command.textHash !== brief.hash) return { fault: 'changed-since' };
  switch (command.do) {
    case 'sign': {
      if (brief.signed.some(e => e.data['as'] === command.as)) return { fault: 'already-signed' };
      // The first signature takes the number; a brief that is rewritten keeps it, so no number is ever left empty.
      const number = brief.number ?? nextNumber(view.events, `brief ${about.kind}`, command.at);
      return entry('signature.given', { document: brief.document, textHash: brief.hash, as: command.as, number });
    }
    case 'withhold':
      return command.reason.trim() === ''
        ? { fault: 'no-reason' }
        : entry('signature.withheld', {
            document: brief.document,
            textHash: brief.hash,
            as: command.as,
            reason: command.reason.trim(),
          });
    case 'issue': {
      if (brief.issued) return { fault: 'already-issued' };
      const has = new Set(brief.signed.map(e => String(e.data['as'])));
      if (command.wanted.length === 0 ? has.size === 0 : !command.wanted.every(c => has.has(c)))
        return { fault: 'not-signed' };
      if (about.kind === 'issue') return sendUp(brief, command);
      return entry('brief.issued', {
        kind: formOf(about.kind),
        from: about.from,
        to: about.to,
        cases: command.cases,
        ...(command.tabledAt.length === 0 ? {} : { tabledAt: command.tabledAt }),
      });
    }
    case 'send':
      if (!brief.issued) return { fault: 'not-issued' };
      if (command.to.length === 0) return { fault: 'nobody' };
      return entry('notice.sent', { notice: brief.document, kind: 'notice', to: command.to, channels: ['system'] });
    case 'receive':
      if (!brief.sent.some(e => (e.data['to'] as readonly unknown[]).includes(command.unit)))
        return { fault: 'not-sent' };
      return entry('notice.received', { notice: brief.document, unit: command.unit });
  }
}

function file(
  command: Extract<BriefCommand, { do: 'file' }>,
  about: BriefKey,
  brief: Brief | undefined,
  hash: (text: string) => string,
): BriefDecision {
  if (about.kind !== 'zero') return { fault: 'no-document' };
  if (brief?.issued) return { fault: 'already-issued' };
  const kept = brief?.hash === hash(command.text);
  const wording = kept ? { append: [] } : draft({ ...command, do: 'draft' }, about.kind, brief, hash);
  if ('fault' in wording) return wording;
  const data = { unit: command.unit, for: about.from, found: command.found };
  return { append: [...wording.append, { type: 'zero-report.filed', data }] };
}

/** An information issue goes up in its own case, so that the duties of sending it are met. */
function sendUp(brief: Brief, command: Extract<BriefCommand, { do: 'issue' }>): BriefDecision {
  if (command.upTo.length === 0) return { fault: 'nobody' };
  const data = { unit: command.unit, issue: brief.number ?? brief.document, to: command.upTo };
  return {
    append: [
      { ...(brief.about.case === undefined ? {} : { case: brief.about.case }), type: 'submission.entered', data },
    ],
  };
}

function draft(
  command: Extract<BriefCommand, { do: 'draft' }>,
  kind: BriefKind,
  brief: Brief | undefined,
  hash: (text: string) => string,
): BriefDecision {
  if (brief?.issued) return { fault: 'already-issued' };
  if (command.text.trim() === '') return { fault: 'no-text' };
  const textHash = hash(command.text);
  if (brief?.hash === textHash) return { fault: 'same-text' };
  return {
    append: [
      { type: 'draft.written', data: { document: command.document, form: formOf(kind), textHash, text: command.text } },
    ],
  };
}
