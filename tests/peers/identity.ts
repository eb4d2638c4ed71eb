/** Systems that vouch for people, on loopback: a real OpenID provider; WeCom, DingTalk and CAS as their pages describe them. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

export interface IdentityPeer {
  readonly host: string;
  readonly close: () => Promise<void>;
}
async function listen(make: (host: string) => RequestListener): Promise<IdentityPeer> {
  const server = createServer();
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', make(host));
  return {
    host,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(done => server.close(() => done()));
    },
  };
}

/** oidc-provider with its own sign-in pages; anybody may sign in under any name, as is right for a test and nothing else. */
export const openIdPeer = (back: string): Promise<IdentityPeer> =>
  listen(host =>
    new Provider(`http://${host}`, {
      clients: [
        {
          client_id: 'huiyin',
          client_secret: 'a client secret of at least thirty-two bytes',
          redirect_uris: [back],
          grant_types: ['authorization_code'],
          response_types: ['code'],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      pkce: { required: () => true },
      cookies: { keys: ['a key of this test only'] },
      features: { devInteractions: { enabled: true } },
    }).callback(),
  );

/** Signs in at the provider as a browser would, form by form, and returns where it sends the browser in the end. */
export async function signInAtProvider(start: string, name: string): Promise<string> {
  const cookies = new Map<string, string>();
  const ask = async (url: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(key, value);
    }
    return response;
  };
  const origin = new URL(start).origin;
  let at = start;
  for (let hop = 0; hop < 12; hop++) {
    const response = await ask(at);
    const page = response.status === 200 ? await response.text() : '';
    let next = response.headers.get('location');
    if (page !== '') {
      const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
      next = (await ask(action, { prompt, login: name, password: 'x' })).headers.get('location');
    }
    at = new URL(next ?? '', at).href;
    if (new URL(at).origin !== origin) return at;
  }
  throw new Error('the provider never sent the browser back');
}

/** One code, good once, for one member of the corporation and one person from outside. */
export function weComPeer(): Promise<IdentityPeer> {
  const codes = new Map([
    ['code-of-lin', { errcode: 0, errmsg: 'ok', userid: 'LinYue' }],
    ['code-of-guest', { errcode: 0, errmsg: 'ok', openid: 'oAAAA', external_userid: 'wmAAAA' }],
  ]);
  return listen(() => (request, response) => {
    const url = new URL(request.url ?? '', 'http://peer');
    const of = (name: string): string => url.searchParams.get(name) ?? '';
    const say = (body: object): void => void response.end(JSON.stringify(body));
    if (url.pathname === '/cgi-bin/gettoken')
      return of('corpid') === 'ww1' && of('corpsecret') === 'wecom-secret'
        ? say({ errcode: 0, errmsg: 'ok', access_token: 'T', expires_in: 7200 })
        : say({ errcode: 40001, errmsg: 'invalid credential' });
    const known = codes.get(of('code'));
    codes.delete(of('code'));
    if (url.pathname !== '/cgi-bin/auth/getuserinfo' || of('access_token') !== 'T' || !known)
      return say({ errcode: 40029, errmsg: 'invalid code' });
    return say(known);
  });
}
export const dingTalkPeer = (): Promise<IdentityPeer> =>
  listen(() => (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', part => parts.push(part as Buffer));
    request.on('end', () => {
      const say = (status: number, body: object): void => void response.writeHead(status).end(JSON.stringify(body));
      if (request.url === '/v1.0/oauth2/userAccessToken' && request.method === 'POST') {
        const asked = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, string>;
        const good =
          asked['clientId'] === 'ding1' &&
          asked['clientSecret'] === 'ding-secret' &&
          asked['code'] === 'auth-code' &&
          asked['grantType'] === 'authorization_code';
        return good
          ? say(200, { accessToken: 'user-token', expireIn: 7200 })
          : say(400, { code: 'invalidParameter.authCode.notFound', message: 'no' });
      }
      const mine = request.headers['x-acs-dingtalk-access-token'] === 'user-token';
      // The real answer holds name and phone as well; they must go nowhere.
      return request.url === '/v1.0/contact/users/me' && mine
        ? say(200, { unionId: 'union-7', nick: '林悦', mobile: '13800000000', openId: 'o' })
        : say(403, { code: 'Forbidden.AccessDenied' });
    });
  });
/** Answers in XML, bound to the service the ticket was given for. */
export const casPeer = (
  tickets: Map<string, { readonly service: string; readonly user: string }>,
): Promise<IdentityPeer> =>
  listen(() => (request, response) => {
    const url = new URL(request.url ?? '', 'http://peer');
    const ticket = url.searchParams.get('ticket') ?? '';
    const known = tickets.get(ticket);
    tickets.delete(ticket);
    const inside =
      url.pathname === '/cas/serviceValidate' && known?.service === url.searchParams.get('service')
        ? `<cas:authenticationSuccess><cas:user>${known.user}</cas:user><cas:attributes><cas:user>root</cas:user></cas:attributes></cas:authenticationSuccess>`
        : '<cas:authenticationFailure code="INVALID_TICKET">not recognised</cas:authenticationFailure>';
    response.end(`<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas">${inside}</cas:serviceResponse>`);
  });
