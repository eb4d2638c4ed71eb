/** A server that cannot be started or adopted: one sentence that says where, what and how to mend it. */
export class EmbeddedFault extends Error {
  override readonly name = 'EmbeddedFault';
  readonly mend: string;
  constructor(message: string, mend: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.mend = mend;
  }
}
