/** What a verification says: the verdict, and the first thing that is not as it must be. */
export type BreakKind = 'body-changed' | 'link-broken' | 'missing' | 'reordered' | 'checkpoint-differs';
export interface Break {
  readonly n: number;
  readonly id: string;
  readonly why: BreakKind;
  /** The line as it stands, where one line is at fault. */
  readonly line?: string;
  readonly file: string;
  /** One sentence for a person. */
  readonly says: string;
}
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly place: Break;
  constructor(place: Break) {
    super(place.says);
    this.place = place;
  }
}
