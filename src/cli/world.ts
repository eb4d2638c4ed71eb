/**
 * The doors to the rooms that touch the world, as the command line needs them. `main.ts` opens them; a command that
 * only computes never does, so it starts without a database driver or a web server in memory.
 */
export interface World {
  /** Runs the product until it is told to stop; returns the exit code. */
  readonly start: (options: StartOptions) => Promise<number>;
  /** Commands that need the store, each handed over whole to its room. */
  readonly store: () => Promise<StoreCommands>;
}
export interface StartOptions {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly empty: boolean;
  readonly role: string;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
}
export interface StoreCommands {
  readonly close: () => Promise<void>;
}
