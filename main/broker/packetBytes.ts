import type { AedesPacket } from 'aedes-packet';

const NEW_LINE = 0x0a;

/** Encodes a packet as it is stored: its fields as one line of JSON, then the unchanged payload. */
export function encodePacket(packet: AedesPacket): Buffer {
  const { payload, ...fields } = packet as AedesPacket & { payload?: Buffer | string };
  return Buffer.concat([Buffer.from(`${JSON.stringify(fields)}\n`), Buffer.from(payload ?? '')]);
}

/** Decodes the packet that `encodePacket` encoded; undefined where the bytes do not come from there. */
export function decodePacket(bytes: Buffer): AedesPacket | undefined {
  const end = bytes.indexOf(NEW_LINE);
  try {
    return {
      ...(JSON.parse(bytes.toString('utf8', 0, end)) as AedesPacket),
      payload: bytes.subarray(end + 1),
    } as AedesPacket;
  } catch {
    return undefined;
  }
}
