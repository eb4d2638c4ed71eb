/**
 * The institution's log never says who a private person is (reading rule 7). This file knows what would: field names
 * that ask for an identity, and words in free text that carry one. Both are refused at the border, not filtered later.
 */
import { FORM_FIELD_NAME } from './vocabulary.generated.ts';

const ALLOWED_NAME = new RegExp(FORM_FIELD_NAME);

/** Whether a field of this name would hold the identity of somebody who spoke, complained, called or came. */
export const asksForIdentity = (fieldName: string): boolean => !ALLOWED_NAME.test(fieldName);

const SIGNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'an identity card number',
    pattern: /(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/,
  },
  {
    what: 'a mobile telephone number',
    pattern: /(?<![\dA-Za-z.:-])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![\dA-Za-z-])/,
  },
  {
    what: 'a personal account',
    pattern: /(?:QQ号?|微信号|微博号|抖音号|账号|帐号|\buid|\bWeChat ID)\s*[:：为]\s*[A-Za-z0-9_-]{5,}/i,
  },
];

/** What personal thing a free text carries, if any. Office telephones with an area code pass. */
export function identityIn(text: string): string | undefined {
  return SIGNS.find(({ pattern }) => pattern.test(text))?.what;
}
