import { BlockList, isIP } from 'node:net';

const MAPPED = '::ffff:';
/** An address of IPv4 as it is written, also where a socket for both families puts it into IPv6. */
const plainAddress = (ip: string): string => (ip.startsWith(MAPPED) ? ip.slice(MAPPED.length) : ip);

/** Whether an address is this machine itself. */
export function isLoopback(ip: string): boolean {
  const plain = plainAddress(ip);
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Who asks, as limits count: one address, or one network of IPv6, of which a home has 2^64 addresses. */
export function limitKey(ip: string): string {
  const plain = plainAddress(ip);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/** Whether a peer is the reverse proxy, or one of its machines. */
export function proxyCheck(cidr: string): (peer: string) => boolean {
  const [address = '', bits] = cidr.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(bits), family);
  return (peer) => {
    const plain = plainAddress(peer);
    return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  };
}
