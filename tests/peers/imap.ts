/** A real IMAP server on loopback, small: it knows what a reader asks for, keeps who asked for which letter, and can misbehave. */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface PeerLetter {
  readonly uid: number;
  readonly from: string;
  readonly source: Uint8Array;
}
export interface ImapPeer {
  readonly port: number;
  letters: PeerLetter[];
  uidValidity: number;
  /** Letters whose body was fetched. */
  readonly fetched: number[];
  /** Every command, without its arguments. */
  readonly commands: string[];
  /** `hang`: answers nothing after the greeting; `huge`: announces a body larger than it may be; `garbage`: no IMAP at all. */
  mood: 'well' | 'hang' | 'huge' | 'garbage';
  readonly close: () => Promise<void>;
}
export const PEER_LOGIN = { user: 'office', password: 'quiet-river' };

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
function envelope({ from }: PeerLetter): string {
  const [name = '', host = ''] = from.split('@');
  const address = `((NIL NIL ${quoted(name)} ${quoted(host)}))`;
  return `("Sat, 09 May 2026 22:14:00 +0800" "s" ${address} ${address} ${address} NIL NIL NIL NIL "<m>")`;
}
/** `3,5:7,9:*` */
function inSet(set: string, uid: number, highest: number): boolean {
  return set.split(',').some(part => {
    const [a = '', b] = part.split(':');
    const from = a === '*' ? highest : Number(a);
    const to = b === undefined ? from : b === '*' ? highest : Number(b);
    return uid >= Math.min(from, to) && uid <= Math.max(from, to);
  });
}

export async function openImapPeer(): Promise<ImapPeer> {
  const peer: ImapPeer = {
    port: 0,
    letters: [],
    uidValidity: 1,
    fetched: [],
    commands: [],
    mood: 'well',
    close: async () => undefined,
  };
  const sockets = new Set<Socket>();
  const answer = (socket: Socket, line: string): void => {
    const [tag = '', ...rest] = line.split(' ');
    const upper = rest.join(' ');
    const verb = (rest[0]?.toUpperCase() === 'UID' ? `UID ${rest[1]}` : (rest[0] ?? '')).toUpperCase();
    peer.commands.push(verb);
    const send = (text: string): void => void socket.write(`${text}\r\n`);
    const highest = Math.max(0, ...peer.letters.map(l => l.uid));
    if (peer.mood === 'hang') return;
    switch (verb) {
      case 'CAPABILITY':
        send('* CAPABILITY IMAP4rev1 UIDPLUS');
        break;
      case 'LOGIN': {
        const args = upper.replaceAll('"', '').split(' ');
        if (args[1] !== PEER_LOGIN.user || args[2] !== PEER_LOGIN.password)
          return send(`${tag} NO [AUTHENTICATIONFAILED] no`);
        break;
      }
      case 'LIST':
      case 'LSUB':
        if (/INBOX|\*|%/i.test(upper)) send('* LIST (\\HasNoChildren) "/" "INBOX"');
        break;
      case 'NAMESPACE':
        send('* NAMESPACE (("" "/")) NIL NIL');
        break;
      case 'SELECT':
        return send(`${tag} NO the reader must not open it for writing`);
      case 'EXAMINE':
        if (!/INBOX/i.test(upper)) return send(`${tag} NO [NONEXISTENT] Mailbox doesn't exist`);
        send(`* ${peer.letters.length} EXISTS`);
        send('* 0 RECENT');
        send('* FLAGS (\\Seen)');
        send(`* OK [UIDVALIDITY ${peer.uidValidity}] ok`);
        send(`* OK [UIDNEXT ${highest + 1}] ok`);
        return send(`${tag} OK [READ-ONLY] done`);
      case 'UID SEARCH': {
        const set = /UID ([\d:*,]+)/i.exec(upper.replace(/^UID SEARCH/i, ''))?.[1];
        // A server answers `n:*` with the last letter also where its number is below n.
        send(
          `* SEARCH ${peer.letters
            .filter(l => set === undefined || inSet(set, l.uid, highest))
            .map(l => l.uid)
            .join(' ')}`.trim(),
        );
        break;
      }
      case 'UID FETCH': {
        const set = rest[2] ?? '';
        const wantsBody = /BODY(?:\.PEEK)?\[\]/i.test(upper);
        peer.letters.forEach((letter, i) => {
          if (!inSet(set, letter.uid, highest)) return;
          if (!wantsBody) {
            send(
              `* ${i + 1} FETCH (UID ${letter.uid} RFC822.SIZE ${letter.source.length} ENVELOPE ${envelope(letter)})`,
            );
            return;
          }
          peer.fetched.push(letter.uid);
          const size = peer.mood === 'huge' ? 900_000_000 : letter.source.length;
          socket.write(`* ${i + 1} FETCH (UID ${letter.uid} BODY[] {${size}}\r\n`);
          socket.write(letter.source);
          if (peer.mood !== 'huge') send(')');
        });
        if (peer.mood === 'huge' && wantsBody) return;
        break;
      }
      case 'LOGOUT':
        send('* BYE');
        send(`${tag} OK done`);
        socket.end();
        return;
      default:
    }
    send(`${tag} OK done`);
  };
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if (peer.mood === 'garbage') return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    socket.write('* OK [CAPABILITY IMAP4rev1 UIDPLUS] peer\r\n');
    let waiting = '';
    socket.on('data', part => {
      waiting += part.toString('latin1');
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        if (line !== '') answer(socket, line);
      }
    });
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()));
  return Object.assign(peer, {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(done => server.close(() => done()));
    },
  });
}
