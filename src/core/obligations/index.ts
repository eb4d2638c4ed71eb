/** Who owes what by when. */
export { prepareBook, type Book } from './book.ts';
export type * from './lines.ts';
export { inLineOrder } from './order.ts';
export { linesOf, obligations } from './obligations.ts';
export { replay, type Replay } from './replay.ts';
export type { LocalValue, Setup, SetupChannel, SetupRole, SetupUnit } from './setup.ts';
export { readSetup, type SetupFault, type SetupRead } from './setup-read.ts';
