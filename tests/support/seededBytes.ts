import { createHash } from 'node:crypto';

/** Bytes without any order, the same ones for the same seed. */
export function seededBytes(seed: number, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    createHash('sha256')
      .update(`${String(seed)}:${String(block)}`)
      .digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
