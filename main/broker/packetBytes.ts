import type { AedesPacket } from 'aedes-packet';

const NEW_LINE = 0x0a;

/** A packet as it lies in the store: its fields as one line of JSON, then the payload as it is. */
export function encodePacket(packet: AedesPacket): Buffer {
  const { payload, ...fields } = packet as AedesPacket & { payload?: Buffer | string };
  return Buffer.concat([Buffer.from(`${JSON.stringify(fields)}\n`), Buffer.from(payload ?? '')]);
}

/** The packet that `encodePacket` made these bytes of; undefined where they are not such bytes. */
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
