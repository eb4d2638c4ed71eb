/** How keys are said on a paper. The desk and the archive hand in their own tables. */
export interface PaperNames {
  /** The institution's own name. */
  readonly institution: string;
  readonly unit: (key: string) => string;
  readonly body: (key: string) => string;
  readonly office: (office: { readonly unit?: string; readonly role: string }) => string;
  readonly capacity: (key: string) => string;
  readonly form: (key: string) => string;
  /** 第四条 */
  readonly article: (clause: string) => string;
  readonly event: (type: string) => string;
  readonly field: (name: string, type?: string) => string;
  /** A word of a closed list, a key of the rulebook, or the value itself. */
  readonly value: (field: string, value: string) => string;
}
