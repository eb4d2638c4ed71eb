/** Adapts the held contacts of the store to what the pages ask for. */
import type { Tenant } from '#io/store';
import type { ContactPort } from '../web/ports-contacts.ts';

/** How long the record of a deletion is shown on the page; the row itself stays. */
const SHOWN_MS = 180 * 86_400_000;

export function contactPort(here: () => Promise<Tenant>, now: () => number): ContactPort {
  const contacts = async () => (await here()).contacts;
  return {
    enter: async (contact, text) => (await contacts()).enter(contact, text),
    list: async () => (await contacts()).list(now() - SHOWN_MS),
    open: async (id, unit) => (await contacts()).open(id, unit, now()),
    remove: async (id, unit, why) => (await contacts()).remove(id, unit, why, now()),
  };
}
