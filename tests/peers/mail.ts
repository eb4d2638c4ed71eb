/** A real SMTP server that keeps what it took and can break the line before or after taking it. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface MailPeer {
  readonly port: number;
  readonly taken: { readonly to: string; readonly source: string }[];
  /** Asked once a mail was taken: whether to break the line instead of answering. */
  hangUp: () => boolean;
  /** Asked before a mail is taken: an SMTP code to refuse it with. */
  refuse: () => number | undefined;
  readonly close: () => Promise<void>;
}
export async function openMailPeer(): Promise<MailPeer> {
  const taken: MailPeer['taken'] = [];
  const peer = { hangUp: () => false, refuse: (): number | undefined => undefined };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      const code = peer.refuse();
      done(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }));
    },
    onData: (stream, session, done) => {
      let source = '';
      stream.on('data', part => (source += String(part)));
      stream.on('end', () => {
        taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', source });
        if (!peer.hangUp()) return done();
        for (const connection of server.connections as Set<{ _socket: { destroy: () => void } }>)
          connection._socket.destroy();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', () => ready()));
  return Object.assign(peer, {
    port: (server.server.address() as AddressInfo).port,
    taken,
    close: () => new Promise<void>(done => server.close(() => done())),
  });
}
