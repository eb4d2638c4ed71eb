/** The site: what holds for every request (language, headers, sign-in, tokens), then the map of pages and actions. */
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { compress } from 'hono/compress';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import type { Ask, Env, House, SignedIn } from './context.ts';
import { makeActor } from './acting.ts';
import { Notice } from './pages/door.tsx';
import { makeHub, told } from './live.ts';
import { ADDRESS_PACE, makePacer, SESSION_PACE } from './pace.ts';
import type { Desk } from './ports.ts';
import { practiceApps } from './practising.ts';
import { routes } from './routes.ts';
import { isSafe, readSession } from './session.ts';
import { keepHall, NoInstitution } from './state.ts';
import { type Language, words } from './words/index.ts';

export interface AppOptions {
  /** A proxy of the house's own stands in front: its word on where a request comes from is taken. */
  readonly behindProxy?: boolean;
  /** Whoever asks faster than a person can is told to wait (pace.ts). */
  readonly paced?: boolean;
  /** A file of dist/web/assets by name, or nothing. */
  readonly asset: (name: string) => Uint8Array | undefined;
  /** Where a failure is reported in full; the page shows its number only. */
  readonly report: (id: string, error: unknown) => void;
  /** Figures for Prometheus, for who shows the token; nothing when they are not wanted. */
  readonly metrics?: (authorization: string | undefined) => Promise<string | undefined>;
  /** Told of every answered request: the route as it is written in the map, never the address that was asked. */
  readonly answered?: (request: {
    readonly id: string;
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly ms: number;
  }) => void;
}
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
const MAX_BODY = 12 * 1024 * 1024;
/** One file of 50 MB and what stands around it. */
const MAX_FILE_BODY = 51 * 1024 * 1024;
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" fill="none"><rect x="4" y="4" width="32" height="32" stroke="#0b5870" stroke-width="5"/><rect x="14" y="14" width="12" height="12" stroke="#14201d" stroke-width="3"/></svg>';

export function makeApp(plain: Desk, options: AppOptions): Hono<Env> {
  const app = new Hono<Env>();
  const desk = told(plain, () => hub);
  const keeper = keepHall(desk);
  const hub = makeHub(desk, keeper);
  const house: House = { desk, keeper, actor: makeActor(desk, keeper), hub };
  const pacer = makePacer();
  /** What a vendor pushes is counted by its token (actions/push.ts). */
  const slowDown = async (c: Ask, who: SignedIn | undefined): Promise<Response | undefined> => {
    const from = c.get('from');
    if (c.req.path === '/api/v1/items' || (!who && from === '')) return undefined;
    const paced = who
      ? pacer.ask(who.session.tokenHash, desk.now(), SESSION_PACE)
      : pacer.ask(from, desk.now(), ADDRESS_PACE);
    if (paced.ok) return undefined;
    if (paced.first) await desk.audit(who?.person.code, 'too-fast', from);
    c.header('retry-after', String(paced.waitSeconds));
    if (c.req.path.startsWith('/api/')) return c.json({ error: 'too many requests; see retry-after' }, 429);
    const w = c.get('w');
    return c.html(<Notice c={c} title={w.tooFast} says={w.tooFastSays(paced.waitSeconds)} />, 429);
  };

  app.use(compress());
  // Files of others never get the policy of our pages: nothing in them runs, whatever a browser takes them for.
  app.use(async (c, next) => {
    await next();
    if (/^\/(files|answers)\//.test(c.req.path) && !/^text\/(html|plain)/.test(c.res.headers.get('content-type') ?? ''))
      c.header('content-security-policy', "default-src 'none'; sandbox");
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        // One policy, in client/desk.ts: no text becomes markup but through it.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['default'],
      },
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
      strictTransportSecurity: false,
    }),
  );
  app.use(async (c, next) => {
    const language = languageOf(c);
    c.set('language', language);
    c.set('w', words(language));
    c.set('large', getCookie(c, 'size') === 'large');
    c.set('exposed', !isSafe(c));
    c.set('from', addressOf(c, options.behindProxy === true));
    c.set('id', Array.from(crypto.getRandomValues(new Uint8Array(4)), b => b.toString(16).padStart(2, '0')).join(''));
    if (Number(c.req.header('content-length') ?? 0) > (c.req.path.startsWith('/files/of/') ? MAX_FILE_BODY : MAX_BODY))
      return c.html(<Notice c={c} title={c.get('w').notSaved} says={c.get('w').files.faults['too-large']} />, 413);
    if (c.req.url.startsWith('https:')) c.header('strict-transport-security', 'max-age=31536000');
    const started = performance.now();
    await next();
    options.answered?.({
      id: c.get('id'),
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      ms: performance.now() - started,
    });
    return undefined;
  });

  app.get('/assets/icon.svg', c =>
    c.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' }),
  );
  app.get('/assets/:name', c => {
    const name = c.req.param('name');
    const bytes = /^[a-z]+\.(js|css)$/.test(name) ? options.asset(name) : undefined;
    if (!bytes) return c.notFound();
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    });
  });
  app.get('/healthz', c => c.text('ok\n'));
  app.get('/readyz', async c => {
    const faults = await desk.faults().catch(() => ['the store does not answer']);
    return faults.length === 0 ? c.text('ready\n') : c.text(`not ready\n${faults.join('\n')}\n`, 503);
  });
  app.get('/metrics', async c => {
    const text = await options.metrics?.(c.req.header('authorization'));
    return text === undefined ? c.notFound() : c.text(text, 200, { 'content-type': METRICS_TYPE });
  });

  const practising = practiceApps(desk, own => makeApp(own, options));
  app.use(async (c, next) => {
    const exercise = await practising(c);
    return exercise ? exercise.fetch(c.req.raw, c.env) : next();
  });

  app.use(async (c, next) => {
    const founded = await desk.institution();
    const hall = founded ? await keeper.look() : undefined;
    c.set('hall', hall);
    const who = await readSession(desk, c, hall);
    c.set(who?.session.stage === 'second' ? 'halfway' : 'user', who);
    const slow = options.paced === true ? await slowDown(c, who) : undefined;
    if (slow) return slow;
    if (c.req.path.startsWith('/answers') === false) c.header('cache-control', 'no-store');
    await next();
    return undefined;
  });
  routes(app, house);

  app.notFound(c => {
    const w = c.get('w') ?? words('zh');
    return c.html(<Notice c={c} title={w.notFoundTitle} says={w.notFoundSays} />, 404);
  });
  app.onError((error, c) => {
    if (error instanceof NoInstitution) return c.redirect('/setup');
    const w = c.get('w') ?? words('zh');
    const id = c.get('id') ?? '0';
    options.report(id, error);
    return c.html(<Notice c={c} title={w.faultTitle} says={w.faultSays} detail={id} />, 500);
  });
  return app;
}

/** The address at the other end of the line, or what the proxy in front says it was: the last one, which it wrote itself. */
function addressOf(c: Ask, behindProxy: boolean): string {
  const forwarded = behindProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const line = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  return (forwarded ?? line?.socket?.remoteAddress ?? '').replace(/^::ffff:/, '').slice(0, 45);
}

/** By `?lang`, by cookie, by the browser's own wish; Chinese first. */
function languageOf(c: Ask): Language {
  const asked = c.req.query('lang');
  if (asked === 'zh' || asked === 'en') {
    setCookie(c, 'lang', asked, { path: '/', sameSite: 'Lax', maxAge: 365 * 86_400, httpOnly: true });
    return asked;
  }
  const kept = getCookie(c, 'lang');
  if (kept === 'zh' || kept === 'en') return kept;
  return 'zh';
}
