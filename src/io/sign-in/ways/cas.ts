/** CAS 2.0 and later, as many institutions run it: a ticket comes back, the server says in XML whose it is. */
import { SaxesParser } from 'saxes';
import { type WayKind, withQuery } from '../way.ts';

const CAS = 'http://www.yale.edu/tp/cas';
/** CAS knows no state of its own: it travels in the address we are called back at, which the ticket is bound to. */
const service = (back: string, state: string): string => withQuery(back, { state });

export const cas: WayKind = {
  kind: 'cas',
  title: { zh: '统一身份认证（CAS）', en: 'CAS' },
  fields: [{ name: 'server', label: { zh: 'CAS 服务地址', en: 'address of the CAS server' }, needed: true }],
  begin: async (values, back, state) => ({
    url: withQuery(`${trimmed(values)}/login`, { service: service(back, state) }),
    remember: {},
  }),
  finish: async (values, back, came, _remembered, state, tools) => {
    const ticket = came.searchParams.get('ticket');
    if (!ticket || !/^[\w.-]{1,256}$/.test(ticket)) return { fault: 'CAS gave no ticket' };
    const answer = await tools.post({
      url: withQuery(`${trimmed(values)}/serviceValidate`, { service: service(back, state), ticket }),
      method: 'GET',
      body: '',
    });
    if (answer.result !== 'answered') return { fault: `CAS: ${answer.reason}` };
    if (answer.status !== 200) return { fault: `CAS answered ${answer.status}` };
    return readAnswer(answer.text);
  },
};
const trimmed = (values: Readonly<Record<string, string>>): string => (values['server'] ?? '').replace(/\/+$/, '');

/** Read by names and namespace, in their places: a user's attributes may hold anything. */
function readAnswer(xml: string): { readonly subject: string } | { readonly fault: string } {
  const path: string[] = [];
  let subject = '';
  let code = '';
  try {
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', error => {
      throw error;
    });
    parser.on('opentag', tag => {
      path.push(tag.uri === CAS ? tag.local : `?${tag.local}`);
      if (path.join('/') === 'serviceResponse/authenticationFailure')
        code = String(tag.attributes['code']?.value ?? '');
    });
    parser.on('closetag', () => void path.pop());
    parser.on('text', text => {
      if (path.join('/') === 'serviceResponse/authenticationSuccess/user') subject += text;
    });
    parser.write(xml).close();
  } catch {
    return { fault: 'CAS answered no XML' };
  }
  if (code !== '' || subject.trim() === '') return { fault: `CAS refused the ticket: ${code || 'no user'}` };
  return { subject: subject.trim() };
}
