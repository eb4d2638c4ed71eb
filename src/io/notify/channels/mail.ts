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
  readonly perMinute: number;
}
const TIMEOUT_MS = 15_000;
const AWAY_MS = 60_000;
const AWAY_REST_MS = 20_000;

export function mailChannel(settings: MailSettings): Channel {
  return {
    name: 'mail',
    keyed: false,
    limits: [{ most: settings.perMinute, perMs: 60_000 }],
    send: async message => {
      // From the DATA command on the text may be with the server; the library's own error does not tell.
      let handedOver = false;
      const transport = open(settings, line => (handedOver ||= line === 'DATA'));
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
        return outcomeOf(error as Error & { responseCode?: number }, handedOver);
      } finally {
        transport.close();
      }
    },
  };
}

function open(settings: MailSettings, onCommand: (line: string) => void) {
  const silent = (): void => undefined;
  return nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password ?? '' } } : {}),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    debug: true,
    logger: {
      level: silent,
      trace: silent,
      info: silent,
      warn: silent,
      error: silent,
      fatal: silent,
      debug: (entry: unknown, line: unknown) => {
        if ((entry as { tnx?: string } | undefined)?.tnx === 'client') onCommand(String(line));
      },
    },
  });
}

/** Before the text went out nothing was sent; after it, only the server's own word tells. */
function outcomeOf(error: Error & { responseCode?: number }, handedOver: boolean): Outcome {
  const fault = error.message.slice(0, 300);
  // 421 and 45x: not now. The server as a whole is asked to rest only when it closes the service.
  if (error.responseCode !== undefined) {
    if (error.responseCode >= 500) return { result: 'not-sent', fault };
    return error.responseCode === 421
      ? { result: 'not-sent', fault, retryAfterMs: AWAY_MS, restMs: AWAY_MS, busy: true }
      : { result: 'not-sent', fault, retryAfterMs: AWAY_MS };
  }
  if (handedOver) return { result: 'unknown', fault };
  return { result: 'not-sent', fault, retryAfterMs: AWAY_MS, restMs: AWAY_REST_MS };
}
