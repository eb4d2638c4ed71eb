/** Runs one command with the store open; what the store cannot do becomes one line for the person who called. */
import { type Context, UsageError } from './command.ts';
import type { StoreCommands } from './world.ts';

export async function withStore<T>(context: Context, work: (store: StoreCommands) => Promise<T>): Promise<T> {
  let store: StoreCommands;
  try {
    store = await context.world.store();
  } catch (error) {
    const mend = (error as { mend?: string }).mend;
    if (mend !== undefined) throw new UsageError(`${(error as Error).message}. ${mend}`);
    throw error;
  }
  try {
    return await work(store);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  } finally {
    await store.close();
  }
}
