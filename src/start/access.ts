/** Adapts what the store knows about who gets in to what the pages ask for. */
import type { Tenant } from '#io/store';
import type { AccessPort, AccessRules } from '../web/ports-access.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const RULES: AccessRules = { secondFactorFor: 'nobody' };
const LAST = Number.MAX_SAFE_INTEGER;

export function accessPort(here: () => Promise<Tenant>, now: () => number): AccessPort {
  const access = async () => (await here()).access;
  return {
    sessionsOf: async code => (await access()).sessionsOf(code),
    endMarked: async (code, mark) => (await access()).endMarked(code, mark),
    arrive: async (code, from, said, since) => (await access()).arrive(code, from, said, since),
    placeSeen: async code => (await access()).placeSeen(code),
    letIn: async hash => (await access()).letIn(bytes(hash)),
    secondFactor: async code => (await access()).secondFactor(code),
    putSecondFactor: async (code, secret, hashes) => (await access()).putSecondFactor(code, secret, hashes.map(bytes)),
    useStep: async (code, step) => (await access()).useStep(code, step),
    useRecovery: async (code, hash) => (await access()).useRecovery(code, bytes(hash), now()),
    recoveryLeft: async code => (await access()).recoveryLeft(code),
    links: async () => (await access()).links(),
    linked: async (provider, subject) => (await access()).linked(provider, subject),
    link: async link => (await access()).link(link, now()),
    unlink: async (provider, subject) => (await access()).unlink(provider, subject),
    tokens: async () => (await access()).tokens(),
    addToken: async (token, hash) => (await access()).addToken(token, bytes(hash)),
    endToken: async id => (await access()).endToken(id, now()),
    useToken: async hash => (await access()).useToken(bytes(hash), now()),
    countTry: async (key, span) => (await access()).countTry(key, now(), span),
    clearTries: async key => (await access()).clearTries(key),
    audit: async (before, limit) => (await access()).auditRows(before ?? LAST, limit),
    rules: async () => ({
      ...RULES,
      ...((await (await here()).setting('access')) as Partial<AccessRules> | undefined),
    }),
    saveRules: async rules => (await here()).putSetting('access', rules),
  };
}
