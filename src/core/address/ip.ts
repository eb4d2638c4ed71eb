/**
 * Which addresses the product never connects to: private, loopback, link-local, carrier-NAT, mapped, multicast, reserved
 * (IANA special-purpose registries, RFC 6890). IPv6 forms that carry an IPv4 address are judged by that address as well.
 */
type Bytes = readonly number[];

/** The bytes of an address (4 or 16), or undefined where the text is none. Only the plain dotted form counts as IPv4 here. */
export function readIp(text: string): Bytes | undefined {
  return readV4(text) ?? readV6(text);
}
function readV4(text: string): Bytes | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every(p => p <= 255) ? parts : undefined;
}
function readV6(text: string): Bytes | undefined {
  let source = text
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
    .toLowerCase();
  if (!source.includes(':')) return undefined;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(source);
  if (tail) {
    const v4 = readV4(tail[2] ?? '');
    if (!v4) return undefined;
    const hex = (a: number, b: number) => ((a << 8) | b).toString(16);
    source = `${tail[1]}${hex(v4[0] ?? 0, v4[1] ?? 0)}:${hex(v4[2] ?? 0, v4[3] ?? 0)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined) => (half ? half.split(':') : []);
  const head = groups(halves[0]);
  const rest = groups(halves[1]);
  const missing = 8 - head.length - rest.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...rest];
  if (all.some(g => !/^[0-9a-f]{1,4}$/.test(g))) return undefined;
  return all.flatMap(g => [Number.parseInt(g, 16) >> 8, Number.parseInt(g, 16) & 0xff]);
}

const V4: readonly (readonly [string, number, string])[] = [
  ['0.0.0.0', 8, 'this-network address'],
  ['10.0.0.0', 8, 'private address'],
  ['100.64.0.0', 10, 'carrier-NAT address'],
  ['127.0.0.0', 8, 'loopback address'],
  ['169.254.0.0', 16, 'link-local address'],
  ['172.16.0.0', 12, 'private address'],
  ['192.0.0.0', 24, 'special-purpose address'],
  ['192.0.2.0', 24, 'documentation address'],
  ['192.88.99.0', 24, 'special-purpose address'],
  ['192.168.0.0', 16, 'private address'],
  ['198.18.0.0', 15, 'benchmarking address'],
  ['198.51.100.0', 24, 'documentation address'],
  ['203.0.113.0', 24, 'documentation address'],
  ['224.0.0.0', 4, 'multicast address'],
  ['240.0.0.0', 4, 'reserved address'],
];
const V6: readonly (readonly [string, number, string])[] = [
  ['::', 128, 'unspecified address'],
  ['::1', 128, 'loopback address'],
  ['64:ff9b:1::', 48, 'translation address'],
  ['100::', 64, 'discard address'],
  ['2001::', 23, 'special-purpose address'],
  ['2001:db8::', 32, 'documentation address'],
  ['3fff::', 20, 'documentation address'],
  ['5f00::', 16, 'special-purpose address'],
  ['fc00::', 7, 'private address'],
  ['fe80::', 10, 'link-local address'],
  ['fec0::', 10, 'site-local address'],
  ['ff00::', 8, 'multicast address'],
];
/** IPv6 prefixes that carry an IPv4 address, and where it begins. */
const CARRIERS: readonly (readonly [string, number, number])[] = [
  ['::ffff:0:0', 96, 12],
  ['::ffff:0:0:0', 96, 12],
  ['::', 96, 12],
  ['64:ff9b::', 96, 12],
  ['2002::', 16, 2],
];

function within(address: Bytes, network: Bytes, bits: number): boolean {
  for (let i = 0; i * 8 < bits; i++) {
    const mask = bits - i * 8 >= 8 ? 0xff : (0xff << (8 - (bits - i * 8))) & 0xff;
    if (((address[i] ?? 0) & mask) !== ((network[i] ?? 0) & mask)) return false;
  }
  return true;
}
/** Why an address must not be connected to, or undefined where it is a public one. Text that is no address is refused. */
export function addressProblem(text: string): string | undefined {
  const address = readIp(text);
  if (!address) return 'no address';
  if (address.length === 4) return V4.find(([network, bits]) => within(address, readV4(network) ?? [], bits))?.[2];
  const own = V6.find(([network, bits]) => within(address, readV6(network) ?? [], bits))?.[2];
  if (own) return own;
  for (const [network, bits, at] of CARRIERS) {
    if (!within(address, readV6(network) ?? [], bits)) continue;
    const inner = addressProblem(address.slice(at, at + 4).join('.'));
    return inner
      ? `${inner} inside an IPv6 address`
      : bits === 96 && network === '::'
        ? 'special-purpose address'
        : undefined;
  }
  return within(address, readV6('2000::') ?? [], 3) ? undefined : 'reserved address';
}
