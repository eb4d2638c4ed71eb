/** The product's pages over a real store, without a socket, for benches: built pages, the example seeded, somebody signed in. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDoor, openPost } from '#io/fetch';
import { openStore, type Store } from '#io/store';
import { buildWeb } from '../../scripts/build-web.ts';
import { plugDesk } from '../../src/start/plug.ts';
import { seedExample } from '../../src/start/seed.ts';
import type { Desk } from '../../src/web/ports.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PASSWORD = 'three quiet rivers meet';
export const HOST = 'http://127.0.0.1:8420';
interface App {
  readonly fetch: (request: Request) => Response | Promise<Response>;
}
interface Web {
  readonly makeApp: (desk: Desk, options: object) => App;
  readonly hashPassword: (text: string) => Promise<string>;
  readonly oneTimePassword: () => string;
}
export interface BenchHouse {
  readonly desk: Desk;
  readonly store: Store;
  readonly first: { readonly login: string; readonly password: string };
  readonly clock: { at: number };
  readonly appOf: (desk: Desk) => App;
  readonly close: () => Promise<void>;
}

export async function openBenchHouse(at: number): Promise<BenchHouse> {
  await buildWeb();
  const web = (await import(join(ROOT, 'dist/web/index.js'))) as Web;
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-bench-'));
  chmodSync(folder, 0o755);
  const store = await openStore({ data: join(folder, 'data') });
  const clock = { at };
  const reading = { now: () => clock.at };
  const { desk } = plugDesk({
    store,
    clock: reading,
    root: ROOT,
    door: openDoor({ contact: `${HOST}/answers`, allowHosts: [], pacePerHostMs: 0 }),
    post: openPost({ allowHosts: [] }),
    allowHosts: [],
    wake: () => undefined,
  });
  const secrets = { hash: web.hashPassword, oneTime: web.oneTimePassword };
  const first = await seedExample(desk, store, reading, ROOT, secrets as never);
  return {
    desk,
    store,
    first,
    clock,
    appOf: d =>
      web.makeApp(d, {
        asset: (name: string) => readFileSync(join(ROOT, 'dist/web/assets', name)),
        report: (_id: string, error: unknown) => void process.stderr.write(`${String(error)}\n`),
      }),
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody signed in; the first time the one-time password is changed. */
export async function signIn(app: App, first: BenchHouse['first']) {
  const cookies = new Map<string, string>();
  const send = async (path: string, form?: URLSearchParams): Promise<Response> => {
    const response = await app.fetch(
      new Request(`${HOST}${path}`, {
        ...(form ? { method: 'POST', body: form } : {}),
        headers: { host: new URL(HOST).host, cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
      }),
    );
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const text = async (path: string): Promise<string> => (await send(path)).text();
  const csrf = async (path: string): Promise<string> => /name="csrf" value="([^"]+)"/.exec(await text(path))?.[1] ?? '';
  const enter = async (password: string): Promise<Response> =>
    send('/sign-in', new URLSearchParams({ csrf: await csrf('/sign-in'), login: first.login, password }));
  const came = await enter(first.password);
  if (came.headers.get('location') === '/password')
    await send(
      '/password',
      new URLSearchParams({ csrf: await csrf('/password'), old: first.password, wanted: PASSWORD, again: PASSWORD }),
    );
  else if (came.status !== 303) await enter(PASSWORD);
  return { text, send, csrf, cookies };
}
