/** A way to tell somebody. A channel says what became of a message; what it cannot know it says too. */
export interface Message {
  /** Unique for ever; a channel that can, passes it on so that the receiver drops a second copy. */
  readonly key: string;
  readonly destination: string;
  readonly subject: string;
  readonly text: string;
}
export type Outcome =
  | { readonly result: 'sent' }
  | {
      /** It certainly did not go out. */
      readonly result: 'not-sent';
      readonly fault: string;
      /** Try again after so many milliseconds; absent = never, the receiver will not have it. */
      readonly retryAfterMs?: number;
      /** The channel as a whole must rest so long; other messages would meet the same. */
      readonly restMs?: number;
      /** The receiver was busy or away: no fault of this message, so it costs none of its tries. */
      readonly busy?: true;
    }
  /** The line broke after the message left: nobody knows. */
  | { readonly result: 'unknown'; readonly fault: string };
/** At most `most` messages in any stretch of `perMs`. */
export interface Limit {
  readonly most: number;
  readonly perMs: number;
}
export interface Channel {
  readonly name: string;
  /** The receiver drops a second message of the same key, so an unknown fate may be tried again. */
  readonly keyed: boolean;
  readonly limits: readonly Limit[];
  readonly send: (message: Message) => Promise<Outcome>;
}
