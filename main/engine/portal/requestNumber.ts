import { createHash, randomBytes } from 'node:crypto';

/** Crockford's letters and digits: none can be mistaken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

function fromBytes(bytes: Uint8Array): string {
  const letters = [...bytes.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length] ?? '').join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

/** Draws the number of a request: of 2^50, so that no workstation has to ask another one whether it is free. */
export const drawRequestNumber = (): string => fromBytes(randomBytes(LENGTH));

/** The number of the request that is made of a report of another system: the same at every workstation. */
export const requestNumberOf = (reportId: string): string =>
  fromBytes(createHash('sha256').update(`report:${reportId}`).digest());
