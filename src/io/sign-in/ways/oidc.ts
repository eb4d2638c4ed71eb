/** OpenID Connect by openid-client: code flow with PKCE, state and nonce, the signed token checked against the issuer's keys. */
import * as client from 'openid-client';
import { type Values, type WayKind, type WayTools, withQuery } from '../way.ts';

export const oidc: WayKind = {
  kind: 'oidc',
  title: { zh: 'OpenID Connect', en: 'OpenID Connect' },
  fields: [
    { name: 'issuer', label: { zh: '签发者地址（Issuer）', en: 'issuer' }, needed: true },
    { name: 'client', label: { zh: 'Client ID', en: 'client id' }, needed: true },
    { name: 'secret', label: { zh: 'Client Secret', en: 'client secret' }, needed: true, secret: true },
  ],
  begin: async (values, back, state, tools) => {
    const config = await discover(values, tools);
    const verifier = client.randomPKCECodeVerifier();
    const nonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: back,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { url: url.href, remember: { verifier, nonce } };
  },
  finish: async (values, back, came, remembered, state, tools) => {
    try {
      const config = await discover(values, tools);
      const current = withQuery(back, Object.fromEntries(came.searchParams));
      const tokens = await client.authorizationCodeGrant(config, new URL(current), {
        pkceCodeVerifier: remembered['verifier'] ?? '',
        expectedNonce: remembered['nonce'] ?? '',
        expectedState: state,
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.sub;
      return subject ? { subject } : { fault: 'the issuer named nobody' };
    } catch (error) {
      return { fault: `OpenID Connect: ${(error as Error).message.slice(0, 200)}` };
    }
  },
};

const known = new Map<string, { readonly at: number; readonly config: Promise<client.Configuration> }>();
const FRESH_MS = 10 * 60_000;
function discover(values: Values, tools: WayTools): Promise<client.Configuration> {
  const key = JSON.stringify(values);
  const kept = known.get(key);
  if (kept && performance.now() - kept.at < FRESH_MS) return kept.config;
  const issuer = new URL(values['issuer'] ?? '');
  const config = client.discovery(issuer, values['client'] ?? '', values['secret'], undefined, {
    [client.customFetch]: throughTheDoor(tools),
    // Without TLS only to a host of the house's own that the operator has named (HUIYIN_ALLOW_HOSTS).
    ...(issuer.protocol === 'http:' && tools.allowHosts.includes(issuer.host)
      ? { execute: [client.allowInsecureRequests] }
      : {}),
  });
  config.catch(() => known.delete(key));
  known.set(key, { at: performance.now(), config });
  return config;
}
/** The library asks through the same door as everything else: judged addresses, limits of size and time. */
const throughTheDoor =
  ({ post }: WayTools): client.CustomFetch =>
  async (url, options) => {
    const answer = await post({
      url,
      ...(options.method === 'GET' ? { method: 'GET' as const } : {}),
      headers: options.headers,
      body: options.body === null || options.body === undefined ? '' : String(options.body as URLSearchParams | string),
    });
    if (answer.result !== 'answered') throw new Error(answer.reason);
    return new Response(answer.text, { status: answer.status, headers: { 'content-type': 'application/json' } });
  };
