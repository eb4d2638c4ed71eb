/** What happens to a wording beside signing and publishing: taken back, confirmed, checked, handed over, sent to an outlet. */
import type { ReplyDecision, ReplyView } from './decide.ts';
import type { ReplyDocument } from './versions.ts';

interface About {
  readonly case: string;
  readonly document: string;
  readonly textHash: string;
}
export type AfterDraft =
  /** A signature given by a slip: taken back within its time by the office that gave it. */
  | (About & { readonly do: 'take-back'; readonly as: string; readonly reason: string; readonly now: number })
  /** The signer confirms what was approved by word of mouth. */
  | (About & { readonly do: 'confirm-oral'; readonly signature: string })
  | (About & { readonly do: 'checklist'; readonly checklist: string; readonly found: readonly string[] })
  | (About & {
      readonly do: 'secrecy';
      readonly outcome: 'clear' | 'blocked' | 'removed';
      /** What is left after removal. */
      readonly left: string;
    })
  | (About & { readonly do: 'hand-over'; readonly to: string })
  | (About & { readonly do: 'to-outlet'; readonly unit: string; readonly outlet: string; readonly kind: string });
export type AfterFault = 'too-late' | 'nothing-removed' | 'no-outlet';

/** How long a signature can be taken back with one press. */
export const TAKE_BACK_MS = 30_000;
/** A page that took some seconds to load still offers what it showed. */
const GRACE_MS = 5_000;

export function decideAfter(command: AfterDraft, document: ReplyDocument, view: ReplyView): ReplyDecision {
  const text = { document: command.document, textHash: command.textHash };
  const entry = (type: string, data: Readonly<Record<string, unknown>>): ReplyDecision => ({
    append: [{ case: command.case, type, data }],
  });
  switch (command.do) {
    case 'take-back': {
      const own = view.events.findLast(
        e =>
          e.type === 'signature.given' &&
          e.data['document'] === command.document &&
          e.data['textHash'] === command.textHash &&
          e.data['as'] === command.as,
      );
      if (!own || command.now - Date.parse(own.recordedAt) > TAKE_BACK_MS + GRACE_MS) return { fault: 'too-late' };
      return entry('signature.withheld', { ...text, as: command.as, reason: command.reason });
    }
    case 'confirm-oral': {
      const given = view.events.find(e => e.id === command.signature && e.data['oral'] === true);
      const done = view.events.some(e => e.type === 'signature.confirmed' && e.data['signature'] === command.signature);
      return given && !done
        ? entry('signature.confirmed', { signature: command.signature })
        : { fault: 'already-signed' };
    }
    case 'checklist':
      return entry('checklist.completed', {
        ...text,
        checklist: command.checklist,
        outcome: command.found.length === 0 ? 'clear' : 'found',
        ...(command.found.length === 0 ? {} : { found: command.found }),
      });
    case 'secrecy':
      return secrecy(command, document, view);
    case 'hand-over':
      return entry('handover.made', {
        ...text,
        ...(document.forUnit === undefined ? {} : { forUnit: document.forUnit }),
        to: command.to,
      });
    case 'to-outlet':
      return command.outlet === ''
        ? { fault: 'no-outlet' }
        : entry('media.answered', { unit: command.unit, outlet: command.outlet, kind: command.kind, ...text });
  }
}

/** What was removed leaves a new wording, which the check clears; everything signed before is void. */
function secrecy(
  command: Extract<AfterDraft, { do: 'secrecy' }>,
  document: ReplyDocument,
  view: ReplyView,
): ReplyDecision {
  const base = { document: command.document };
  if (command.outcome !== 'removed')
    return {
      append: [
        {
          case: command.case,
          type: 'confidentiality.checked',
          data: { ...base, textHash: command.textHash, outcome: command.outcome },
        },
      ],
    };
  const left = command.left;
  const textHash = view.hash(left);
  if (left === '' || textHash === command.textHash) return { fault: 'nothing-removed' };
  return {
    append: [
      {
        case: command.case,
        type: 'draft.written',
        data: {
          ...base,
          form: document.form,
          textHash,
          text: left,
          ...(document.parts.length === 0 ? {} : { parts: document.parts }),
          ...(document.mentions.length === 0 ? {} : { mentions: document.mentions }),
          ...(document.topic === undefined ? {} : { topic: document.topic }),
          ...(document.forUnit === undefined ? {} : { forUnit: document.forUnit }),
        },
      },
      {
        case: command.case,
        type: 'confidentiality.checked',
        data: { ...base, textHash, outcome: 'removed', fromHash: command.textHash },
      },
    ],
  };
}
