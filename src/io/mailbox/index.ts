/**
 * Letters of a mailbox over IMAP, read and never changed: the folder is opened read-only, nothing is marked or moved. Only
 * letters of wanted senders are fetched at all. The same ranges are refused as for pages, on the address that is connected.
 */
import { ImapFlow } from 'imapflow';
import PostalMime, { type Email } from 'postal-mime';
import { addressProblem } from '#core/address';
import { wallClock } from '../clock/index.ts';
import { guardedLookup } from '../fetch/index.ts';
import { readAttachment, type ReadAttachment } from './attachments.ts';

export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
}
/** A letter in memory. Whoever takes it further leaves the sender behind. */
export interface Letter {
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly date: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly ReadAttachment[];
  readonly problems: readonly string[];
}
/** Where the last reading ended. Another `uidValidity` means that the server numbered its letters anew. */
export interface MailboxPlace {
  readonly uidValidity: string;
  readonly lastUid: number;
}
export type MailboxReading =
  | {
      readonly ok: true;
      readonly letters: readonly Letter[];
      readonly place: MailboxPlace;
      /** Letters of others: counted, never opened. */
      readonly leftAlone: number;
      /** More wait there than one reading takes. */
      readonly more: boolean;
      readonly problems: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };
export interface MailboxAsk {
  readonly settings: MailboxSettings;
  readonly place?: MailboxPlace;
  /** Whether letters of this address are wanted. */
  readonly wants: (address: string) => boolean;
  /** Hosts inside that may be reached. */
  readonly allowHosts: readonly string[];
  /** How far back the first reading goes. */
  readonly since: Date;
}
const TIMEOUT_MS = 20_000;
const MOST_LETTERS = 50;
const MOST_BYTES = 25 * 1024 * 1024;
/** Of all letters of one reading, and for all of it: what is left is read next time. A server that drips is cut off. */
const MOST_BYTES_TOGETHER = 64 * 1024 * 1024;
const MOST_MS = 3 * 60_000;
const CUT_MS = 4 * 60_000;

export async function readMailbox(ask: MailboxAsk): Promise<MailboxReading> {
  const { settings } = ask;
  const inside = ask.allowHosts.includes(settings.host) || ask.allowHosts.includes(`${settings.host}:${settings.port}`);
  if (!settings.secure && !inside)
    return {
      ok: false,
      problem: 'a mailbox without encryption is read inside the network only: name its host in HUIYIN_ALLOW_HOSTS',
    };
  let address: string;
  try {
    address = inside ? settings.host : await checkedAddress(settings.host);
  } catch (error) {
    return { ok: false, problem: (error as Error).message };
  }
  const client = new ImapFlow({
    host: address,
    servername: settings.host,
    port: settings.port,
    secure: settings.secure,
    auth: { user: settings.user, pass: settings.password },
    logger: false,
    emitLogs: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    maxLiteralSize: MOST_BYTES + 1024,
  });
  // Told again by the call that failed; without a listener Node would end the process.
  client.on('error', () => undefined);
  const cut = setTimeout(() => client.close(), CUT_MS);
  try {
    await client.connect();
    return await readFolder(client, ask, wallClock.now() + MOST_MS);
  } catch (error) {
    return { ok: false, problem: plain(error as ImapError) };
  } finally {
    clearTimeout(cut);
    await client.logout().catch(() => client.close());
  }
}

/** The address the name leads to now, or a refusal: it is this one that is connected. */
async function checkedAddress(host: string): Promise<string> {
  const direct = addressProblem(host);
  if (direct) throw new Error(`the mailbox stands at a ${direct}`);
  return new Promise((done, fail) => {
    guardedLookup(host, {}, (error, found) => {
      if (error)
        return fail(new Error(error.code === 'ENOTFOUND' ? `the name ${host} cannot be found` : error.message));
      done(typeof found === 'string' ? found : (found[0]?.address ?? ''));
    });
  });
}

async function readFolder(client: ImapFlow, ask: MailboxAsk, until: number): Promise<MailboxReading> {
  const lock = await client.getMailboxLock(ask.settings.folder, { readOnly: true });
  try {
    const box = client.mailbox;
    if (typeof box === 'boolean') return { ok: false, problem: `the folder ${ask.settings.folder} cannot be opened` };
    const uidValidity = String(box.uidValidity);
    const known = ask.place?.uidValidity === uidValidity ? ask.place.lastUid : undefined;
    const uids =
      (await client.search(known === undefined ? { since: ask.since } : { uid: `${known + 1}:*` }, { uid: true })) ||
      [];
    // `n:*` names the last letter also when its number is below n (RFC 3501, 6.4.8).
    const fresh = uids.filter(uid => known === undefined || uid > known).sort((a, b) => a - b);
    const now = fresh.slice(0, MOST_LETTERS);
    const letters: Letter[] = [];
    const problems: string[] = [];
    let leftAlone = 0;
    let bytes = 0;
    let last = known ?? Math.max(0, Number(box.uidNext) - 1);
    let read = 0;
    // Heads first: what is not wanted is never fetched.
    const heads =
      now.length === 0 ? [] : await client.fetchAll(now, { uid: true, size: true, envelope: true }, { uid: true });
    for (const head of heads.toSorted((a, b) => a.uid - b.uid)) {
      if (bytes > MOST_BYTES_TOGETHER || wallClock.now() > until) break;
      const sender = head.envelope?.from?.[0]?.address ?? '';
      if (!ask.wants(sender)) leftAlone++;
      else if ((head.size ?? 0) > MOST_BYTES)
        problems.push(
          `a letter of ${Math.round((head.size ?? 0) / 1024 / 1024)} MB was left: it is larger than ${MOST_BYTES / 1024 / 1024} MB`,
        );
      else {
        bytes += head.size ?? 0;
        const whole = await client.fetchOne(head.uid, { source: true }, { uid: true });
        const source = whole ? whole.source : undefined;
        if (source) letters.push(await readLetter(source, sender));
      }
      read++;
      last = head.uid;
    }
    // Letters that went away between the two questions have no head.
    if (read === heads.length) last = now.at(-1) ?? last;
    const more = read < heads.length || now.length < fresh.length;
    return { ok: true, letters, place: { uidValidity, lastUid: last }, leftAlone, more, problems };
  } finally {
    lock.release();
  }
}

async function readLetter(source: Uint8Array, from: string): Promise<Letter> {
  let mail: Email;
  try {
    mail = await PostalMime.parse(source, { maxNestingDepth: 30, maxHeadersSize: 256 * 1024 });
  } catch (error) {
    return {
      messageId: '',
      from,
      subject: '',
      date: '',
      text: '',
      html: '',
      attachments: [],
      problems: [`a letter cannot be read: ${(error as Error).message}`],
    };
  }
  const problems: string[] = [];
  const attachments: ReadAttachment[] = [];
  for (const part of mail.attachments) {
    // Pictures of a signature and the like are no attachments that anybody sent.
    if (part.related || part.disposition === 'inline' || typeof part.content === 'string') continue;
    const read = await readAttachment(part.filename ?? '', new Uint8Array(part.content));
    if ('problem' in read) problems.push(read.problem);
    else attachments.push(read);
  }
  return {
    messageId: mail.messageId ?? '',
    from,
    subject: mail.subject ?? '',
    date: mail.date ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments,
    problems,
  };
}
interface ImapError extends Error {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly responseText?: string;
}
function plain(error: ImapError): string {
  if (error.authenticationFailed) return 'the mail server does not accept this login and password';
  if (error.code === 'ECONNREFUSED') return 'the mail server does not answer on this port';
  if (error.code === 'NONEXISTENT' || /mailbox doesn't exist|nonexistent/i.test(error.responseText ?? ''))
    return 'there is no such folder in the mailbox';
  if (/timeout|timed out/i.test(error.message)) return `the mail server did not answer within ${TIMEOUT_MS / 1000} s`;
  if (/certificate|self.signed/i.test(error.message))
    return `the certificate of the mail server cannot be trusted: ${error.message.slice(0, 120)}`;
  return `the mailbox cannot be read: ${error.message.slice(0, 160)}`;
}
