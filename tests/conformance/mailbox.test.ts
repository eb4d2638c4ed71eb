/** A mailbox read over IMAP from a server of its own: wanted letters only, nothing changed, nothing of a sender kept. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { docxText } from '../../src/io/mailbox/attachments.ts';
import { readMailbox } from '#io/mailbox';
import { writeWorkbook } from '#io/documents';
import { strToU8, zipSync } from 'fflate';
import { type ImapPeer, openImapPeer, PEER_LOGIN } from '../peers/imap.ts';

let peer: ImapPeer;
beforeEach(async () => {
  peer = await openImapPeer();
});
afterEach(() => peer.close());

const letter = (uid: number, from: string, lines: readonly string[]) => ({
  uid,
  from: /<(.*)>/.exec(from)?.[1] ?? from,
  source: Buffer.from([`From: ${from}`, ...lines].join('\r\n')),
});
const ask = (more: object = {}) =>
  readMailbox({
    settings: { host: '127.0.0.1', port: peer.port, secure: false, folder: 'INBOX', ...PEER_LOGIN },
    wants: address => address.endsWith('@monitor.example'),
    allowHosts: ['127.0.0.1'],
    since: new Date('2026-05-01T00:00:00Z'),
    ...more,
  });
const PLAIN = [
  'Message-ID: <1@monitor.example>',
  'Date: Sat, 09 May 2026 22:14:00 +0800',
  'Subject: weekly',
  '',
  'city water',
];

test('letters of wanted senders are fetched, the others are never opened', async () => {
  peer.letters = [letter(3, 'A <a@monitor.example>', PLAIN), letter(5, 'B <b@elsewhere.example>', PLAIN)];
  const read = await ask();
  expect(read).toMatchObject({ ok: true, leftAlone: 1, place: { uidValidity: '1', lastUid: 5 }, problems: [] });
  expect(read.ok && read.letters.map(l => [l.subject, l.text.trim()])).toEqual([['weekly', 'city water']]);
  expect(peer.fetched).toEqual([3]);
  expect(peer.commands.filter(c => /STORE|SELECT|EXPUNGE|COPY|MOVE|APPEND/.test(c))).toEqual([]);
});

test('the next reading goes on where the last one ended, unless the server numbers anew', async () => {
  peer.letters = [letter(3, 'a@monitor.example', PLAIN)];
  const first = await ask();
  if (!first.ok) throw new Error(first.problem);
  expect(await ask({ place: first.place })).toMatchObject({ ok: true, letters: [], place: { lastUid: 3 } });
  peer.letters.push(letter(4, 'a@monitor.example', PLAIN));
  expect((await ask({ place: first.place })) as object).toMatchObject({
    letters: [{ subject: 'weekly' }],
    place: { lastUid: 4 },
  });
  peer.uidValidity = 2;
  const anew = await ask({ place: first.place });
  expect(anew.ok && anew.letters.length).toBe(2);
});

test('Chinese heads and bodies in the charsets they come in', async () => {
  // 供水周报 in GBK, base64; the body in GB18030, quoted-printable.
  peer.letters = [
    letter(1, '=?GBK?B?vOCy4rmry74=?= <a@monitor.example>', [
      'Subject: =?GBK?B?uanLrtbcsag=?=',
      'Content-Type: text/plain; charset=gb18030',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '=B3=C7=B6=AB=CD=A3=CB=AE',
    ]),
  ];
  const read = await ask();
  expect(read.ok && [read.letters[0]?.subject, read.letters[0]?.text.trim()]).toEqual(['供水周报', '城东停水']);
});

test('office attachments are read, others are left and said; pictures of signatures are nothing', async () => {
  const book = await writeWorkbook([
    {
      title: '周报',
      columns: [
        { label: '标题', type: 'text' },
        { label: '联系电话', type: 'text' },
      ],
      rows: [['停水', '13912345678']],
    },
  ]);
  const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  const word = zipSync({
    'word/document.xml': strToU8(
      `<w:document><w:body>${paragraph('情况说明')}${paragraph('城东停水 &amp; 三天')}</w:body></w:document>`,
    ),
  });
  expect(docxText(word)).toBe('情况说明\n城东停水 & 三天');
  const part = (name: string, type: string, bytes: Uint8Array, disposition = 'attachment'): string[] => [
    '--b',
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: ${disposition}; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(bytes)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
  ];
  peer.letters = [
    letter(1, 'a@monitor.example', [
      'Subject: attachments',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>see <b>attachments</b></p>',
      ...part('week.xlsx', 'application/octet-stream', book),
      ...part('note.docx', 'application/octet-stream', word),
      ...part('bad.xlsx', 'application/octet-stream', Buffer.from('PK\u0003\u0004 torn')),
      ...part('evil.exe', 'application/octet-stream', Buffer.from('MZ')),
      ...part('logo.png', 'image/png', Buffer.from('png'), 'inline'),
      '--b--',
    ]),
  ];
  const read = await ask();
  if (!read.ok) throw new Error(read.problem);
  const [found] = read.letters;
  expect(found?.attachments.map(a => [a.name, 'rows' in a ? a.rows : a.text.split('\n')[0]])).toEqual([
    [
      'week.xlsx',
      [
        ['标题', '联系电话'],
        ['停水', '13912345678'],
      ],
    ],
    ['note.docx', '情况说明'],
  ]);
  expect(found?.problems).toEqual([
    expect.stringContaining('an attachment (.xlsx) was left: the file is no workbook'),
    'an attachment (.exe) was left: it is no office file that can be read',
  ]);
});

test.each([
  // what is wrong, what is said
  [
    'the password',
    { settings: { host: '127.0.0.1', secure: false, folder: 'INBOX', user: 'office', password: 'x' } },
    'the mail server does not accept this login and password',
  ],
  [
    'the folder',
    { settings: { host: '127.0.0.1', secure: false, folder: 'Reports', ...PEER_LOGIN } },
    'there is no such folder in the mailbox',
  ],
  [
    'no permission to go inside',
    { allowHosts: [] },
    'a mailbox without encryption is read inside the network only: name its host in HUIYIN_ALLOW_HOSTS',
  ],
  [
    'inside with encryption',
    { allowHosts: [], settings: { host: '127.0.0.1', secure: true, folder: 'INBOX', ...PEER_LOGIN } },
    'the mailbox stands at a loopback address',
  ],
] as readonly (readonly [string, { readonly settings?: object; readonly allowHosts?: readonly string[] }, string])[])(
  '%s is wrong',
  async (_, more, says) => {
    const settings = more.settings ? { settings: { port: peer.port, ...more.settings } } : {};
    expect(await ask({ ...more, ...settings })).toEqual({ ok: false, problem: says });
  },
);

test('nobody listens', async () => {
  const { port } = peer;
  await peer.close();
  expect(await ask({ settings: { host: '127.0.0.1', port, secure: false, folder: 'INBOX', ...PEER_LOGIN } })).toEqual({
    ok: false,
    problem: 'the mail server does not answer on this port',
  });
  peer = await openImapPeer();
});

test('a server that speaks no IMAP and one that announces a monstrous letter are given up, each in one line', async () => {
  peer.mood = 'garbage';
  expect(await ask()).toMatchObject({ ok: false, problem: expect.stringMatching(/^the mail/) });
  peer.mood = 'huge';
  peer.letters = [letter(1, 'a@monitor.example', PLAIN)];
  expect(await ask()).toMatchObject({ ok: false, problem: expect.stringMatching(/^the mailbox cannot be read/) });
});
