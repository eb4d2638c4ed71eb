/** The pages over a real database with a clock that the test moves: the example seeded, somebody signed in. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDoor, openPost } from '#io/fetch';
import { openStore, type Store } from '#io/store';
import { plugDesk, type Plugged } from '../../src/start/plug.ts';
import { seedExample } from '../../src/start/seed.ts';
import { hashPassword, makeApp, oneTimePassword } from '../../src/web/index.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** An ordinary Thursday morning; the example's third day ends now. */
export const NOON = Date.parse('2026-09-17T10:00:00+08:00');
export const PASSWORD = 'three quiet rivers meet';
export const HOST = 'http://127.0.0.1:8420';

export interface House {
  readonly app: ReturnType<typeof makeApp>;
  readonly plugged: Plugged;
  readonly store: Store;
  readonly faults: string[];
  /** Everything it keeps on disk. */
  readonly folder: string;
  readonly first: { readonly login: string; readonly password: string };
  readonly clock: { at: number };
  readonly close: () => Promise<void>;
}

export async function openHouse(
  options: {
    readonly example: boolean;
    readonly allowHosts?: readonly string[];
    readonly assets?: (name: string) => Uint8Array | undefined;
  } = { example: true },
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-web-'));
  chmodSync(folder, 0o755);
  const store = await openStore({ data: join(folder, 'data') });
  const clock = { at: NOON };
  const reading = { now: () => clock.at };
  const door = openDoor({ contact: `${HOST}/answers`, allowHosts: options.allowHosts ?? [], pacePerHostMs: 0 });
  const plugged = plugDesk({
    store,
    clock: reading,
    root: ROOT,
    door,
    post: openPost({ allowHosts: options.allowHosts ?? [] }),
    allowHosts: options.allowHosts ?? [],
    wake: () => undefined,
  });
  const secrets = { hash: hashPassword, oneTime: oneTimePassword };
  const first = options.example
    ? await seedExample(plugged.desk, store, reading, ROOT, secrets)
    : { login: '', password: '' };
  const faults: string[] = [];
  const app = makeApp(plugged.desk, {
    asset: options.assets ?? (() => undefined),
    report: (_id, error) => void faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  return {
    app,
    plugged,
    store,
    faults,
    folder,
    first,
    clock,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A browser without a screen: keeps cookies, follows nothing by itself. */
export class Visitor {
  private readonly cookies = new Map<string, string>();
  private readonly house: House;
  private readonly host: string;
  private readonly more: Readonly<Record<string, string>>;
  constructor(house: House, host: string = HOST, more: Readonly<Record<string, string>> = {}) {
    this.house = house;
    this.host = host;
    this.more = more;
  }
  async get(path: string): Promise<Response> {
    return this.keep(await this.house.app.request(`${this.host}${path}`, { headers: this.headers() }));
  }
  async text(path: string): Promise<string> {
    return (await this.get(path)).text();
  }
  /** Sends a form with the token found on a page, as a browser would. */
  async post(
    path: string,
    fields: Readonly<Record<string, string | readonly string[] | File>>,
    options: { readonly tokenFrom?: string; readonly token?: string; readonly origin?: string } = {},
  ): Promise<Response> {
    const token = options.token ?? (await this.token(options.tokenFrom ?? path));
    const form = new FormData();
    form.set('csrf', token);
    for (const [name, value] of Object.entries(fields)) {
      if (value instanceof File) form.set(name, value);
      else for (const one of typeof value === 'string' ? [value] : value) form.append(name, one);
    }
    const headers = { ...this.headers(), origin: options.origin ?? this.host };
    return this.keep(await this.house.app.request(`${this.host}${path}`, { method: 'POST', body: form, headers }));
  }
  async token(path: string): Promise<string> {
    return /name="csrf" value="([^"]+)"/.exec(await this.text(path))?.[1] ?? '';
  }
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }
  private headers(): Record<string, string> {
    return {
      ...this.more,
      host: new URL(this.host).host,
      cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; '),
    };
  }
  private keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

/** Somebody who has signed in and chosen a password of their own. */
export async function signIn(house: House, host: string = HOST): Promise<Visitor> {
  const visitor = new Visitor(house, host);
  const { login, password } = house.first;
  const response = await visitor.post('/sign-in', { login, password });
  if (response.headers.get('location') === '/password')
    await visitor.post('/password', { old: password, wanted: PASSWORD, again: PASSWORD });
  else if (response.status !== 303) await visitor.post('/sign-in', { login, password: PASSWORD });
  return visitor;
}
export const actAs = (visitor: Visitor, office: string): Promise<Response> =>
  visitor.post('/office', { office }, { tokenFrom: '/desk' });
