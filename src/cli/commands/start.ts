/** `huiyin start`: the product itself. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';

const ROLES = ['all'];

export const command: Command = {
  name: 'start',
  summary: 'serve the desk and the public answers',
  help: `
huiyin start [--host H] [--port N] [--data D] [--empty] [--role all] [--tls-cert F --tls-key F]

Serves the desk in the browser. Prints "ready http://…" on stdout when it can be used; the first start says the
administrator's one-time password on stderr. Stops cleanly on Ctrl-C.
  --host   address to listen on (HUIYIN_HOST, default 127.0.0.1)
  --port   port (HUIYIN_PORT, default 8420)
  --data   folder of the data (HUIYIN_DATA); DATABASE_URL names a PostgreSQL server instead of the local one
  --empty  start without the worked example: the first visitor founds the institution`,
  async run(args, context) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        empty: { type: 'boolean', default: false },
        role: { type: 'string', default: 'all' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
      },
      strict: true,
    });
    const port = Number(values.port ?? context.env['HUIYIN_PORT'] ?? '8420');
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new UsageError(
        `--port is a number from 0 to 65535, not "${values.port ?? context.env['HUIYIN_PORT'] ?? ''}"`,
      );
    if (!ROLES.includes(values.role)) throw new UsageError(`--role is ${ROLES.join(' or ')}, not "${values.role}"`);
    const cert = values['tls-cert'];
    const key = values['tls-key'];
    if ((cert === undefined) !== (key === undefined)) throw new UsageError('--tls-cert and --tls-key belong together');
    for (const file of [cert, key])
      if (file !== undefined && !existsSync(file)) throw new UsageError(`there is no file ${file}`);
    return context.world.start({
      host: values.host ?? context.env['HUIYIN_HOST'] ?? '127.0.0.1',
      port,
      data: values.data ?? context.env['HUIYIN_DATA'] ?? '',
      empty: values.empty,
      role: values.role,
      ...(cert !== undefined && key !== undefined ? { tls: { certFile: cert, keyFile: key } } : {}),
    });
  },
};
