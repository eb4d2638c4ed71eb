/** The stage's door: a command about a text becomes entries for the log, or the reasons why it cannot. */
import type { Office } from '#core/log';
import { type AfterDraft, type AfterFault, decideAfter } from './after-draft.ts';
import { documentsIn, type ReplyDocument } from './versions.ts';
import type { HuiyinEvent } from '#core/log';

export type ReplyCommand =
  | {
      readonly do: 'draft';
      readonly case: string;
      readonly document: string;
      readonly form: string;
      readonly text: string;
      readonly parts: readonly string[];
      readonly mentions: readonly string[];
      readonly topic?: string;
      readonly forUnit?: string;
      readonly unsolved?: boolean;
      /** Where the text is a notice: its number and what was judged. */
      readonly number?: string;
      readonly judgement?: string;
    }
  | {
      readonly do: 'sign';
      readonly case: string;
      readonly document: string;
      readonly textHash: string;
      readonly as: string;
      readonly oral?: boolean;
      /** Number of the signed form, where it has one. */
      readonly number?: string;
    }
  | AfterDraft
  | {
      readonly do: 'withhold';
      readonly case: string;
      readonly document: string;
      readonly textHash: string;
      readonly as: string;
      readonly reason: string;
    }
  | {
      readonly do: 'confirm';
      readonly case: string;
      readonly document: string;
      readonly textHash: string;
      readonly agency: string;
    }
  | {
      readonly do: 'override';
      readonly case: string;
      readonly document: string;
      readonly textHash: string;
      readonly lint: string;
      readonly reason: string;
    }
  | {
      readonly do: 'publish';
      readonly case: string;
      readonly document: string;
      readonly textHash: string;
      readonly channel: string;
      readonly kind: string;
      readonly speaker: Office;
      readonly crossLinks: readonly string[];
      readonly disclosureRef?: string;
      readonly url?: string;
      readonly pictures?: number;
      /** How many questions were raised, and how many of them this text answers. */
      readonly questions?: number;
      readonly answered?: number;
    };
/** What the stage has to know: the entries of the case and how a text is hashed. */
export interface ReplyView {
  readonly events: readonly HuiyinEvent[];
  readonly hash: (text: string) => string;
}
export interface Entry {
  readonly case: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export type ReplyFault =
  'no-text' | 'same-text' | 'no-document' | 'changed-since' | 'no-reason' | 'already-signed' | AfterFault;
export type ReplyDecision = { readonly append: readonly Entry[] } | { readonly fault: ReplyFault };

/** One form for every machine: line ends and trailing spaces never make two texts of one. */
export const normaliseText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map(l => l.trimEnd())
    .join('\n')
    .trim();

export function decideReply(command: ReplyCommand, view: ReplyView): ReplyDecision {
  const document = documentsIn(view.events).find(d => d.key === command.document);
  const entry = (type: string, data: Readonly<Record<string, unknown>>): ReplyDecision => ({
    append: [{ case: command.case, type, data }],
  });
  if (command.do === 'draft') return draft(command, document, view);
  if (!document) return { fault: 'no-document' };
  const text = { document: command.document, textHash: command.textHash };
  // What was on the page may have been overtaken: nobody signs or publishes a wording that is no longer the newest.
  const newest = document.versions.at(-1)?.hash;
  const corrects = command.do === 'publish' && command.kind === 'correction';
  if (newest !== command.textHash && !corrects) return { fault: 'changed-since' };
  switch (command.do) {
    case 'sign':
      return entry('signature.given', {
        ...text,
        as: command.as,
        ...(command.oral ? { oral: true } : {}),
        ...(command.number ? { number: command.number } : {}),
      });
    case 'withhold':
      return command.reason.trim() === ''
        ? { fault: 'no-reason' }
        : entry('signature.withheld', { ...text, as: command.as, reason: command.reason.trim() });
    case 'confirm':
      return entry('confirmation.given', { ...text, agency: command.agency });
    case 'override':
      return command.reason.trim() === ''
        ? { fault: 'no-reason' }
        : entry('lint.overridden', { ...text, lint: command.lint, reason: command.reason.trim() });
    case 'publish':
      return entry('publication.made', {
        ...text,
        channel: command.channel,
        kind: command.kind,
        speakerUnit: command.speaker.unit,
        speakerRole: command.speaker.role,
        ...(document.forUnit === undefined ? {} : { forUnit: document.forUnit }),
        ...(document.parts.length === 0 ? {} : { parts: document.parts }),
        ...(command.crossLinks.length === 0 ? {} : { crossLinks: command.crossLinks }),
        ...(command.disclosureRef ? { disclosureRef: command.disclosureRef } : {}),
        ...(command.url ? { url: command.url } : {}),
        ...(command.pictures === undefined ? {} : { pictures: command.pictures }),
        ...(command.questions === undefined ? {} : { questions: command.questions }),
        ...(command.answered === undefined ? {} : { answered: command.answered }),
      });
    default:
      return decideAfter(command, document, view);
  }
}
/** Texts that are notices: their wording is a notice drawn up as well, so that it can be sent once it is signed. */
export const NOTICE_FORMS = ['bulletin', 'warning', 'notice', 'call', 'transfer-sheet'] as const;

function draft(
  command: Extract<ReplyCommand, { do: 'draft' }>,
  document: ReplyDocument | undefined,
  view: ReplyView,
): ReplyDecision {
  const text = normaliseText(command.text);
  if (text === '') return { fault: 'no-text' };
  const textHash = view.hash(text);
  const last = document?.versions.at(-1);
  const sameAbout =
    document !== undefined &&
    String(document.mentions) === String(command.mentions) &&
    String(document.parts) === String(command.parts) &&
    document.forUnit === command.forUnit;
  if (last?.hash === textHash && sameAbout) return { fault: 'same-text' };
  return {
    append: [
      {
        case: command.case,
        type: 'draft.written',
        data: {
          document: command.document,
          form: command.form,
          textHash,
          text,
          ...(command.parts.length === 0 ? {} : { parts: command.parts }),
          ...(command.mentions.length === 0 ? {} : { mentions: command.mentions }),
          ...(command.topic ? { topic: command.topic } : {}),
          ...(command.forUnit ? { forUnit: command.forUnit } : {}),
          ...(command.unsolved ? { unsolved: true } : {}),
        },
      },
      ...((NOTICE_FORMS as readonly string[]).includes(command.form)
        ? [
            {
              case: command.case,
              type: 'notice.drawn-up',
              data: {
                notice: command.document,
                kind: command.form,
                ...(command.number ? { number: command.number } : {}),
                textHash,
                ...(command.judgement ? { judgement: command.judgement } : {}),
              },
            },
          ]
        : []),
    ],
  };
}
