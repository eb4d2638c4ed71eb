/** Judging a URL with one parser (WHATWG): only http and https, no credentials, no host that is or hides an inner address. */
import { addressProblem, readIp } from './ip.ts';

export interface UrlVerdict {
  readonly allowed: boolean;
  readonly reason: string;
  /** The URL as it will be fetched. */
  readonly url?: URL;
}
/** Names that lead inside whatever the resolver says (RFC 6761, RFC 6762, RFC 8375, and names clouds use for metadata). */
const INNER_NAMES =
  /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|in-addr\.arpa|ip6\.arpa|localdomain|onion|test|example|invalid)$/i;
const METADATA = /^(metadata|instance-data)(\.|$)/i;
/** Services whose names spell out the address they lead to. */
const SPELLED =
  /(^|\.)(nip\.io|sslip\.io|xip\.io|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|yoogle\.com|localh\.st|127-0-0-1\.org\.uk)$/i;
/** Ports of services that speak no HTTP and would take harm from it: the WHATWG list's purpose, narrowed to what web servers use. */
const PORTS = new Set([
  '',
  '80',
  '443',
  '8000',
  '8008',
  '8080',
  '8081',
  '8088',
  '8443',
  '8888',
  '9000',
  '9080',
  '9443',
]);
const LONGEST = 4096;

export function judgeUrl(text: string, options: { readonly allowHosts?: readonly string[] } = {}): UrlVerdict {
  const no = (reason: string): UrlVerdict => ({ allowed: false, reason });
  if (text.length > LONGEST) return no('the address is too long');
  if (/[\u0000-\u001f\u007f\\]/.test(text)) return no('control character or backslash in the address');
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return no('no address');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return no(`only http and https, not ${url.protocol.replace(':', '')}`);
  if (url.username !== '' || url.password !== '') return no('credentials in the address');
  const host = url.hostname.toLowerCase().replace(/\.+$/, '');
  if (host === '') return no('no host');
  if (options.allowHosts?.includes(url.host) || options.allowHosts?.includes(host))
    return { allowed: true, reason: 'allowed by name', url };
  if (readIp(host)) {
    const problem = addressProblem(host);
    if (problem) return no(problem);
  } else {
    if (METADATA.test(host) || INNER_NAMES.test(host)) return no('a name inside the network');
    if (SPELLED.test(host)) return no('a name that spells out an address');
    if (!host.includes('.')) return no('a name without a domain');
  }
  if (!PORTS.has(url.port)) return no(`port ${url.port} is no port of web pages`);
  return { allowed: true, reason: 'public address', url };
}
