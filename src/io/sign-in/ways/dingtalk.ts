/** DingTalk: its own dialect of OAuth 2; the code comes back as `authCode`, the person is asked for with a token of theirs. */
import { askJson, type WayKind, withQuery } from '../way.ts';

const API = 'https://api.dingtalk.com';
const LOGIN = 'https://login.dingtalk.com/oauth2/auth';

export const dingtalk: WayKind = {
  kind: 'dingtalk',
  title: { zh: '钉钉', en: 'DingTalk' },
  fields: [
    { name: 'client', label: { zh: '应用 Client ID（AppKey）', en: 'client id (AppKey)' }, needed: true },
    { name: 'secret', label: { zh: 'Client Secret（AppSecret）', en: 'client secret' }, needed: true, secret: true },
    { name: 'login', label: { zh: '登录页地址（专有钉钉时填）', en: 'login page (own deployment)' }, needed: false },
    { name: 'api', label: { zh: '接口地址（专有钉钉时填）', en: 'API address (own deployment)' }, needed: false },
  ],
  begin: async (values, back, state) => ({
    url: withQuery(values['login'] || LOGIN, {
      redirect_uri: back,
      response_type: 'code',
      client_id: values['client'] ?? '',
      scope: 'openid',
      state,
      prompt: 'consent',
    }),
    remember: {},
  }),
  finish: async (values, _back, came, _remembered, _state, tools) => {
    const code = came.searchParams.get('authCode');
    if (!code) return { fault: 'DingTalk gave no code' };
    const api = values['api'] || API;
    const token = await askJson(tools, `${api}/v1.0/oauth2/userAccessToken`, {
      json: { clientId: values['client'], clientSecret: values['secret'], code, grantType: 'authorization_code' },
    });
    if ('fault' in token) return token;
    const { accessToken } = token.said;
    if (typeof accessToken !== 'string') return { fault: `DingTalk refused the code: ${String(token.said['code'])}` };
    const who = await askJson(tools, `${api}/v1.0/contact/users/me`, {
      headers: { 'x-acs-dingtalk-access-token': accessToken },
    });
    if ('fault' in who) return who;
    const { unionId } = who.said;
    return typeof unionId === 'string' && unionId !== ''
      ? { subject: unionId }
      : { fault: `DingTalk did not say who it is: ${String(who.said['code'])}` };
  },
};
