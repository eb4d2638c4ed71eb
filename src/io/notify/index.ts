/** The channels there are. */
export type { Channel, Message, Outcome } from './channel.ts';
export { mailChannel, type MailSettings } from './channels/mail.ts';
export { wecomChannel, wecomProblem, type WecomSettings } from './channels/wecom.ts';
