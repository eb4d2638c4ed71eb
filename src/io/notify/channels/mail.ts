/** Mail by SMTP. A server takes no idempotency key, so a line that breaks after the text was sent leaves its fate unknown. */
import { createHash } from 'node:crypto';
import nodemailer from 'nodemailer';
import type { Channel, Outcome } from '../channel.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
}
const TIMEOUT_MS = 15_000;

export function mailChannel(settings: MailSettings): Channel {
  const transport = nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password ?? '' } } : {}),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'mail',
    keyed: false,
    perMinute: 60,
    send: async message => {
      try {
        await transport.sendMail({
          from: settings.from,
          to: message.destination,
          subject: message.subject.replaceAll(/[\r\n]+/g, ' '),
          text: message.text,
          messageId: `<${createHash('sha256').update(message.key).digest('hex').slice(0, 40)}@huiyin>`,
        });
        return { result: 'sent' };
      } catch (error) {
        return outcomeOf(error as Error & { code?: string; command?: string; responseCode?: number });
      }
    },
  };
}

/** Before the text went out nothing was sent; after it, only the server's own word tells. */
function outcomeOf(error: Error & { code?: string; command?: string; responseCode?: number }): Outcome {
  const fault = error.message.slice(0, 300);
  if (error.responseCode !== undefined) {
    return error.responseCode >= 500
      ? { result: 'not-sent', fault }
      : { result: 'not-sent', fault, retryAfterMs: 60_000 };
  }
  if (error.command === 'DATA') return { result: 'unknown', fault };
  return { result: 'not-sent', fault, retryAfterMs: 60_000 };
}
