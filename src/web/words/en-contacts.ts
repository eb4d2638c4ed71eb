/** Words about how people who wrote to the hotline are reached. */
import type { Same } from './same.ts';
import type { zhContacts } from './zh-contacts.ts';

export const enContacts: Same<typeof zhContacts> = {
  contactsTitle: 'Contacts',
  contactsSub:
    'Only what people who wrote to the hotline or came in want to be reached by: sealed, one purpose each, deleted on its date, seen only by the unit that entered it.',
  contactsNone: 'No contact is held',
  contactsNoneSays:
    'Where somebody is to be called back, enter it on the hotline item. There is no such field beside public texts.',
  contactsNoneTo: 'To the items',
  contactsGone: 'Deleted (only the record is left)',
  contactRow: 'The hotline item',
  contactPurposes: { 'call-back': 'call back', visit: 'visit to check', 'send-answer': 'send the answer' },
  contactEnds: { used: 'deleted after use', due: 'deleted on its date', asked: 'deleted at their request' },
  contactGone: (date: string, how: string) => `${date} ${how}`,
  contactUntil: (date: string) => `kept until ${date}`,
  contactOnce: 'Shown this once; it stands in the audit.',
  contactWhy: 'Why it is needed',
  contactWhyNeeded: 'Not opened: say in a sentence why it is needed.',
  contactOpen: 'Show once',
  contactUsed: 'Used, delete',
  contactAsked: 'They asked, delete',
  contactDeleted: 'Deleted; only the record of it is left',
  contactNotHere: 'Not opened: another unit holds it, or it has been deleted. Ask the unit that entered it.',
  contactNew: 'Enter how to reach them',
  contactRule: (unit: string) =>
    `Held and seen by ${unit} alone. Nothing handed to the handling unit has this field; ${unit} makes the contact.`,
  contactText: 'How to reach them',
  contactTextHint: 'One telephone number or one address, nothing else.',
  contactPurpose: 'Purpose',
  contactDays: 'Days to keep it',
  contactDaysWrong: (most: number) => `The days must be between 1 and ${most}.`,
  contactKeep: 'Seal and keep',
  contactBack: 'Not now',
  contactThere: 'Not kept: one is held already, or this is no item of the hotline or the petition office.',
  contactKept: 'Sealed and kept',
};
