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
  /** It certainly did not go out; try again after so many milliseconds, or never. */
  | { readonly result: 'not-sent'; readonly fault: string; readonly retryAfterMs?: number }
  /** The line broke after the message left: nobody knows. */
  | { readonly result: 'unknown'; readonly fault: string };
export interface Channel {
  readonly name: string;
  /** The receiver drops a second message of the same key, so an unknown fate may be tried again. */
  readonly keyed: boolean;
  /** At most so many messages a minute. */
  readonly perMinute: number;
  readonly send: (message: Message) => Promise<Outcome>;
}
