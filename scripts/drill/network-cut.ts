/** The line to a database server of one's own is cut, and later goes dead without a word: it heals without a restart. */
import { createServer, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { openStore } from '#io/store';
import { INSTITUTION } from './judge.ts';
import { faultsOfLog, onGround, pause, startWriter, type Trouble } from './trouble.ts';

interface Line {
  readonly port: number;
  readonly cut: () => void;
  readonly mend: () => void;
  /** Everything is taken and nothing comes through any more. */
  readonly freeze: () => void;
  readonly close: () => void;
}
/** A line that can be cut, in front of the local server's socket. */
async function openLine(socketPath: string): Promise<Line> {
  const open = new Set<Socket>();
  let down = false;
  const server = createServer(near => {
    if (down) return void near.destroy();
    const far = connect(socketPath);
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(a);
      a.pipe(b);
      a.on('error', () => b.destroy());
      a.on('close', () => {
        open.delete(a);
        b.destroy();
      });
    }
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', () => done()));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: () => {
      down = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => (down = false),
    freeze: () => {
      for (const socket of open) {
        socket.unpipe();
        socket.pause();
      }
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

export const networkCut: Trouble = {
  name: 'network-cut',
  expected: 'entries fail while the line is down, are taken again within a minute after, and none acknowledged is lost',
  run: rounds =>
    onGround(async ({ data, store }) => {
      const [who] = await store.pool.scan<{ name: string; db: string; folder: string; port: string }>(
        "select current_user as name, current_database() as db, current_setting('unix_socket_directories') as folder, current_setting('port') as port",
        [],
      );
      const line = await openLine(join(who?.folder ?? '', `.s.PGSQL.${who?.port}`));
      const faults: string[] = [];
      const away = await openStore({
        data,
        databaseUrl: `postgres://${who?.name}@127.0.0.1:${line.port}/${who?.db}?sslmode=disable`,
      });
      const tenant = await away.tenant(INSTITUTION);
      if (!tenant) throw new Error('the institution is not seen over the line');
      const writer = startWriter(tenant);
      const goesOn = async (what: string, mostMs: number): Promise<void> => {
        const before = writer.acknowledged.length;
        for (let waited = 0; writer.acknowledged.length <= before + 5 && waited < mostMs; waited += 100)
          await pause(100);
        if (writer.acknowledged.length <= before + 5) faults.push(`${what}: nothing was taken for ${mostMs / 1000} s`);
      };
      for (let n = 0; n < rounds; n++) {
        await goesOn('before the cut', 10_000);
        line.cut();
        await pause(500);
        line.mend();
        await goesOn(`after cut ${n + 1}`, 10_000);
      }
      line.freeze();
      await goesOn('after the line went dead', 60_000);
      await writer.stop();
      faults.push(...(await faultsOfLog(tenant, writer.acknowledged)));
      await away.close();
      line.close();
      return {
        seen: `${rounds} cuts and one dead line, ${writer.acknowledged.length} acknowledged, ${writer.refused()} failed meanwhile`,
        faults,
      };
    }),
};
