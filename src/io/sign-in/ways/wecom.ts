/**
 * WeCom: inside its app the browser is sent to the silent page authorisation, elsewhere to the code that is scanned; the code
 * that comes back is changed for the member's id with the application's own token. Members only.
 */
import { askJson, type WayKind, withQuery } from '../way.ts';

const API = 'https://qyapi.weixin.qq.com';
const LOGIN = 'https://login.work.weixin.qq.com/wwlogin/sso/login';

export const wecom: WayKind = {
  kind: 'wecom',
  title: { zh: '企业微信', en: 'WeCom' },
  fields: [
    { name: 'corpid', label: { zh: '企业 ID（CorpID）', en: 'corporation id (CorpID)' }, needed: true },
    { name: 'agentid', label: { zh: '应用 AgentID', en: 'application AgentID' }, needed: true },
    { name: 'secret', label: { zh: '应用 Secret', en: 'application secret' }, needed: true, secret: true },
    { name: 'login', label: { zh: '登录页地址（私有部署时填）', en: 'login page (own deployment)' }, needed: false },
    { name: 'api', label: { zh: '接口地址（私有部署时填）', en: 'API address (own deployment)' }, needed: false },
  ],
  begin: async (values, back, state) => ({
    url: withQuery(values['login'] || LOGIN, {
      login_type: 'CorpApp',
      appid: values['corpid'] ?? '',
      agentid: values['agentid'] ?? '',
      redirect_uri: back,
      state,
    }),
    remember: {},
  }),
  finish: async (values, _back, came, _remembered, _state, tools) => {
    const code = came.searchParams.get('code');
    if (!code) return { fault: 'WeCom gave no code' };
    const api = values['api'] || API;
    const token = await askJson(
      tools,
      withQuery(`${api}/cgi-bin/gettoken`, { corpid: values['corpid'] ?? '', corpsecret: values['secret'] ?? '' }),
    );
    if ('fault' in token) return token;
    if (token.said['errcode'] !== 0)
      return { fault: `WeCom refused the application: ${String(token.said['errcode'])}` };
    const who = await askJson(
      tools,
      withQuery(`${api}/cgi-bin/auth/getuserinfo`, { access_token: String(token.said['access_token']), code }),
    );
    if ('fault' in who) return who;
    if (who.said['errcode'] !== 0) return { fault: `WeCom refused the code: ${String(who.said['errcode'])}` };
    const { userid } = who.said;
    // Somebody from outside the corporation comes with another name and no member id.
    return typeof userid === 'string' && userid !== '' ? { subject: userid } : { fault: 'not a member of this WeCom' };
  },
};
