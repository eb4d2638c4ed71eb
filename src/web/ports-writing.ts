/** What the pages need while an answer is written and after it went out: kept drafts, questions, and the door to look at a page. */
export interface KeptDraft {
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly baseHash: string;
  readonly keptAt: number;
}
export interface AnswerQuestion {
  readonly question: string;
  /** Paragraph of the newest wording, from 1. */
  readonly paragraph?: number;
}
export interface WritingPort {
  readonly kept: (code: string, caseKey: string, document: string) => Promise<KeptDraft | undefined>;
  readonly keep: (code: string, caseKey: string, document: string, draft: KeptDraft) => Promise<void>;
  readonly drop: (code: string, caseKey: string, document: string) => Promise<void>;
  readonly begun: (
    code: string,
  ) => Promise<readonly { readonly caseId: string; readonly document: string; readonly keptAt: number }[]>;
  readonly questions: (caseKey: string, document: string) => Promise<readonly AnswerQuestion[]>;
  readonly setQuestions: (caseKey: string, document: string, questions: readonly AnswerQuestion[]) => Promise<void>;
}
/** A page as it stands on the web now: its plain text, or why it could not be read. */
export type PageSeen =
  { readonly ok: true; readonly url: string; readonly text: string } | { readonly ok: false; readonly reason: string };
export interface LookPort {
  /** Fetched through the one door; nothing is kept. */
  readonly page: (url: string) => Promise<PageSeen>;
  /** Files as one ZIP; each name is ours. */
  readonly pack: (files: Readonly<Record<string, string | Uint8Array>>) => Uint8Array;
}
