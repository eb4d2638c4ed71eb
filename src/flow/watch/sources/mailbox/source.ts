/**
 * A mailbox to which agencies and superiors write. Body and office attachments only; whoever sent it is reduced to the
 * organisation before anything is shown or stored. Letters of organisations that are not on the list are left alone.
 */
import { readDate } from '../../dates.ts';
import { isIdentityHeading } from '../../hotline-mapping.ts';
import { plainText } from '../../plain-text.ts';
import { isRecord, readRecord, wordOf } from '../../record.ts';
import type { SettingProblem, SourceKind } from '../../source-kind.ts';

export interface Organisation {
  readonly domain: string;
  readonly name: string;
}
const LINE = /^([a-z0-9][a-z0-9.-]*\.[a-z]{2,})\s*(?:[=:：,，]\s*(.{1,80}))?$/i;
/** Where people have addresses of their own: the domain says nothing about an organisation. */
const PERSONAL =
  /^(?:qq|vip\.qq|foxmail|163|126|yeah|sina|sohu|139|189|wo|aliyun|gmail|outlook|hotmail|live|yahoo|icloud|proton(?:mail)?)\.(?:com|net|cn|me|com\.cn)$/i;

/** `domain = name`, one a line. */
export function readOrganisations(text: string): readonly Organisation[] {
  return text
    .split('\n')
    .map(l => LINE.exec(l.trim()))
    .flatMap(m =>
      m ? [{ domain: (m[1] ?? '').toLowerCase(), name: m[2]?.trim() || (m[1] ?? '').toLowerCase() }] : [],
    );
}
/** The organisation behind an address, by its domain or a domain above it; undefined where it is not on the list. */
export function organisationOf(address: string, list: readonly Organisation[]): Organisation | undefined {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(address.trim())?.[1]?.toLowerCase();
  return domain === undefined ? undefined : list.find(o => domain === o.domain || domain.endsWith(`.${o.domain}`));
}

export const source: SourceKind = {
  kind: 'mailbox',
  title: { zh: '收信邮箱', en: 'Mailbox' },
  says: {
    zh: '监测公司的报告、上级的交办来信。只取正文和办公附件，发件人只留单位。',
    en: 'Reports of an agency, orders of a superior. Body and office attachments; of the sender only the organisation.',
  },
  way: 'mailbox',
  keeps: 'everything',
  origin: 'agency',
  settings: [
    {
      name: 'origin',
      label: { zh: '谁来信', en: 'Who writes' },
      needed: true,
      choices: [
        { value: 'agency', label: { zh: '监测公司', en: 'Monitoring agency' } },
        { value: 'superior', label: { zh: '上级', en: 'Superior' } },
        { value: 'lower-body', label: { zh: '下级', en: 'Lower body' } },
      ],
    },
    { name: 'host', label: { zh: 'IMAP 服务器', en: 'IMAP server' }, needed: true },
    {
      name: 'port',
      label: { zh: '端口', en: 'Port' },
      hint: { zh: '不写就是 993', en: '993 if empty' },
      needed: false,
    },
    {
      name: 'security',
      label: { zh: '加密', en: 'Encryption' },
      needed: true,
      choices: [
        { value: 'tls', label: { zh: 'TLS（一般用这个）', en: 'TLS (the usual one)' } },
        { value: 'none', label: { zh: '不加密（只限内网）', en: 'none (inside the network only)' } },
      ],
    },
    { name: 'user', label: { zh: '登录名', en: 'Login' }, needed: true },
    { name: 'password', label: { zh: '密码或授权码', en: 'Password' }, needed: true, secret: true },
    {
      name: 'folder',
      label: { zh: '文件夹', en: 'Folder' },
      hint: { zh: '不写就是收件箱', en: 'INBOX if empty' },
      needed: false,
    },
    {
      name: 'senders',
      label: { zh: '哪些单位的来信', en: 'Organisations that write' },
      hint: {
        zh: '一行一个：域名 = 单位名称。不在其中的来信不读。',
        en: 'one a line: domain = name. Letters of others are not read.',
      },
      needed: true,
      long: true,
    },
  ],
  refuses: [],
  judge: settings => {
    const problems: SettingProblem[] = [];
    for (const line of (settings['senders'] ?? '')
      .split('\n')
      .map(l => l.trim())
      .filter(l => l !== '')) {
      const domain = LINE.exec(line)?.[1];
      if (domain === undefined)
        problems.push({
          setting: 'senders',
          says: {
            zh: `“${line.slice(0, 60)}”不是“域名 = 单位名称”`,
            en: `"${line.slice(0, 60)}" is not "domain = name"`,
          },
        });
      else if (PERSONAL.test(domain))
        problems.push({
          setting: 'senders',
          says: {
            zh: `${domain} 是个人邮箱的域名，不是一个单位。请让对方用单位邮箱来信`,
            en: `${domain} is a domain of personal mailboxes and no organisation. Ask for letters from the organisation's own`,
          },
        });
    }
    const port = settings['port'];
    if (port && !/^\d{2,5}$/.test(port))
      problems.push({ setting: 'port', says: { zh: '端口是数字，如 993', en: 'the port is a number such as 993' } });
    return problems;
  },
  /** One letter as the mail reader hands it over: `{ messageId, from, subject, date, text, attachments: [{ name, text }] }`. */
  read: ({ body }, settings) => {
    const letter = readRecord(body);
    if (!letter) return { ok: false, problem: 'the letter cannot be read' };
    const organisation = organisationOf(wordOf(letter['from']), readOrganisations(settings['senders'] ?? ''));
    if (!organisation)
      return { ok: false, problem: 'the letter comes from no organisation on the list and was left alone' };
    const attachments = Array.isArray(letter['attachments']) ? letter['attachments'].filter(isRecord) : [];
    const parts = [
      withoutSignature(wordOf(letter['text']) || plainText(wordOf(letter['html']))),
      ...attachments.map(
        a => `〔附件 ${wordOf(a['name'])}〕\n${Array.isArray(a['rows']) ? rowsText(a['rows']) : wordOf(a['text'])}`,
      ),
      // What was left of the letter is said in it: nobody who reads it later would know.
      ...problemsOf(letter).map(leftWords),
    ].filter(p => p.trim() !== '');
    const title = wordOf(letter['subject']);
    if (title === '' && parts.length === 0) return { ok: false, problem: 'the letter is empty' };
    const at = readDate(wordOf(letter['date']));
    const id = wordOf(letter['messageId']);
    return {
      ok: true,
      items: [
        {
          title: title || (parts[0] ?? '').split('\n')[0] || '',
          text: parts.join('\n\n') || title,
          outlet: organisation.name,
          ...(id === '' ? {} : { ref: id }),
          ...(at === undefined ? {} : { publishedAt: at, publishedAtFrom: 'date' }),
        },
      ],
      problems: problemsOf(letter),
    };
  },
};
const problemsOf = (letter: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(letter['problems']) ? letter['problems'].map(wordOf) : [];
/** The reader says it in English for the log; the letter is read by an officer. */
function leftWords(problem: string): string {
  const ending = /^an attachment \((\.\w{1,8}|without a name)\)/.exec(problem)?.[1];
  if (ending === undefined) return '〔来信没有读全〕';
  return ending === 'without a name' ? '〔有一个没有名字的附件没有读〕' : `〔有一个附件（${ending}）没有读〕`;
}
/** A table in a letter has no more place for a person than one that is imported. */
function rowsText(rows: readonly unknown[]): string {
  const [headings = [], ...body] = rows.filter(Array.isArray).map(r => r.map(wordOf));
  const kept = headings.map((h, i) => ({ h, i })).filter(({ h }) => !isIdentityHeading(h));
  return [headings, ...body].map(r => kept.map(({ i }) => r[i] ?? '').join('\t')).join('\n');
}
const HEADER = /^\s*(?:发件人|收件人|抄送|发送时间|主题|from|to|cc|sent|subject)\s*[:：]/i;
/** Cuts the signature (RFC 3676, 4.3) and the heads of letters quoted below: both name persons. */
function withoutSignature(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const cut = lines.findIndex(l => /^-- ?$/.test(l));
  return (cut < 0 ? lines : lines.slice(0, cut))
    .filter(l => !HEADER.test(l))
    .join('\n')
    .trim();
}
