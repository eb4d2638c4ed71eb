/** Where the newest wording stands beside its signatures: checks, oral approvals, hand-over, what the rules still want. */
import type { HuiyinEvent } from '#core/log';
import type { Rule } from '#core/rulebook';
import { type ReplyDocument } from './versions.ts';

export interface Standing {
  /** Oral approvals of the newest wording that their signer has not confirmed. */
  readonly oral: readonly HuiyinEvent[];
  readonly secrecy?: HuiyinEvent;
  readonly handedOver?: HuiyinEvent;
  readonly checklists: readonly {
    readonly name: string;
    readonly clause: string;
    readonly asks: readonly string[];
    readonly done?: HuiyinEvent;
  }[];
  readonly toOutlets: readonly HuiyinEvent[];
}
export function standingOf(rules: readonly Rule[], events: readonly HuiyinEvent[], document: ReplyDocument): Standing {
  const hash = document.versions.at(-1)?.hash;
  const here = (type: string): readonly HuiyinEvent[] =>
    events.filter(e => e.type === type && e.data['document'] === document.key && e.data['textHash'] === hash);
  const confirmed = new Set(events.filter(e => e.type === 'signature.confirmed').map(e => String(e.data['signature'])));
  const lists = rules.flatMap(r =>
    r.kind === 'lint' &&
    r.rule === 'checklist' &&
    ((r.on['form'] ?? ['any']).includes('any') || (r.on['form'] ?? []).includes(document.form))
      ? [{ name: r.name, clause: r.clauses[0] ?? '', asks: r.asks ?? [] }]
      : [],
  );
  const asked = rules.flatMap(r =>
    r.kind === 'gate'
      ? r.needs.flatMap(n =>
          n.need === 'checklist clear' ? [{ name: n.checklist, clause: r.clauses[0] ?? '', asks: [] }] : [],
        )
      : [],
  );
  const secrecy = here('confidentiality.checked').at(-1);
  const handedOver = here('handover.made').at(-1);
  return {
    oral: here('signature.given').filter(e => e.data['oral'] === true && !confirmed.has(e.id)),
    ...(secrecy ? { secrecy } : {}),
    ...(handedOver ? { handedOver } : {}),
    checklists: [...lists, ...asked.filter(a => !lists.some(l => l.name === a.name))].map(l => {
      const done = here('checklist.completed').findLast(e => e.data['checklist'] === l.name);
      return { ...l, ...(done ? { done } : {}) };
    }),
    toOutlets: here('media.answered'),
  };
}

/** Who checks for secrets, and by which clause; undefined where no rule asks for it. */
export function secrecyRule(rules: readonly Rule[]): { readonly clause: string; readonly by: string } | undefined {
  for (const r of rules)
    if (r.kind === 'gate')
      for (const n of r.needs)
        if (n.need === 'checked confidentiality')
          return {
            clause: r.clauses[0] ?? '',
            by: n.by.party === 'role' || n.by.party === 'office' ? n.by.role : n.by.party === 'unit' ? n.by.unit : '',
          };
  return undefined;
}
/** Whether some rule wants the text handed to the speaker. */
export const wantsHandOver = (rules: readonly Rule[]): string | undefined =>
  rules.find(
    r =>
      (r.kind === 'approval' && r.inside?.endsWith?.on === 'event' && r.inside.endsWith.type === 'handover.made') ||
      (r.kind === 'duty' && r.done.patterns.some(p => p.on === 'event' && p.type === 'handover.made')),
  )?.clauses[0];

/** Paragraph of a text (from 0; the title is 0) that holds one of the words a check complains of; 0 where none does. */
export function paragraphOf(paragraphs: readonly string[], words: readonly string[]): number {
  const at = paragraphs.findIndex(p => words.some(w => w !== '' && p.includes(w)));
  return Math.max(0, at);
}
