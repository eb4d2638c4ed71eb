/** The database server is killed under load: it is started again by itself, and nothing acknowledged is lost. */
import { serverProcess } from '#io/store';
import { faultsOfLog, onGround, pause, startWriter, type Trouble } from './trouble.ts';

export const databaseRestart: Trouble = {
  name: 'database-restart',
  expected: 'a moment of refused entries, then it goes on by itself; nothing acknowledged is lost or doubled',
  run: rounds =>
    onGround(async ({ data, tenant }) => {
      const faults: string[] = [];
      const writer = startWriter(tenant);
      for (let n = 0; n < rounds; n++) {
        await pause(200);
        const server = serverProcess(data);
        if (server === undefined) faults.push('the server was not there');
        else process.kill(server, 'SIGKILL');
        const before = writer.acknowledged.length;
        for (let waited = 0; writer.acknowledged.length <= before + 5 && waited < 15_000; waited += 100)
          await pause(100);
        if (writer.acknowledged.length <= before + 5) faults.push(`after kill ${n + 1} nothing was taken for 15 s`);
      }
      await writer.stop();
      faults.push(...(await faultsOfLog(tenant, writer.acknowledged)));
      return {
        seen: `${rounds} kills, ${writer.acknowledged.length} acknowledged, ${writer.refused()} refused in between`,
        faults,
      };
    }),
};
