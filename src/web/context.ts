/** What one request carries through the pages: who asks, for which office, in which language, and the state they look at. */
import type { Office } from '#core/log';
import type { Context } from 'hono';
import type { Actor } from './acting.ts';
import type { Desk, Person, SessionRow } from './ports.ts';
import type { LiveHub } from './live.ts';
import type { Hall, HallKeeper } from './state.ts';
import type { Language, Words } from './words/index.ts';

export interface SignedIn {
  readonly person: Person;
  readonly session: SessionRow;
  /** Offices held today; the first one acts until another is chosen. */
  readonly offices: readonly Office[];
  readonly office?: Office;
  /** The house asks for a second factor and none is set up yet. */
  readonly needsFactor: boolean;
}
export interface Env {
  Variables: {
    language: Language;
    w: Words;
    large: boolean;
    user: SignedIn | undefined;
    /** The state as it was read for this request. */
    hall: Hall | undefined;
    /** Somebody whose password was right and whose second factor is still to come. */
    halfway: SignedIn | undefined;
    /** The address the request came from; empty where it is not known. */
    from: string;
    /** Plain HTTP on an address that is not this machine. */
    exposed: boolean;
    id: string;
  };
}
export type Ask = Context<Env>;
export interface House {
  readonly desk: Desk;
  readonly keeper: HallKeeper;
  readonly actor: Actor;
  readonly hub: LiveHub;
}
/** A page behind the door: the state has been read and somebody is signed in. */
export interface Visit {
  readonly house: House;
  readonly c: Ask;
  readonly hall: Hall;
  readonly user: SignedIn;
  readonly w: Words;
  readonly language: Language;
}
