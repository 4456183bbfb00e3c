import { BlockList, isIP } from 'node:net';

const MAPPED = '::ffff:';

/** The address of a peer; one of IPv4 that comes over a socket of IPv6 is written as IPv4. */
export const plainAddress = (peer: string): string => (peer.startsWith(MAPPED) ? peer.slice(MAPPED.length) : peer);

/** Whether an address is this machine itself. */
export function isLoopback(peer: string): boolean {
  const plain = plainAddress(peer);
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Makes the check whether a peer is the reverse proxy, or one of its machines. */
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
