import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { normalPassword } from '../../../shared/people/passwordFault.ts';

/** The work of one check: 2^lnN blocks of r × 128 bytes, p times. */
export type ScryptCost = { lnN: number; r: number; p: number };

/** As in the OWASP Password Storage Cheat Sheet: 128 MiB, and some tenths of a second per attempt. */
export const usualCost: ScryptCost = { lnN: 17, r: 8, p: 1 };

/** For passwords that everybody may know. */
export const noCost: ScryptCost = { lnN: 8, r: 8, p: 1 };

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A verifier that asks for more work than this was not made here. */
const MOST: ScryptCost = { lnN: 20, r: 16, p: 4 };

function derive(password: string, salt: Buffer, { lnN, r, p }: ScryptCost): Promise<Buffer> {
  const options = { N: 2 ** lnN, r, p, maxmem: 160 * 2 ** lnN * r };
  return new Promise((resolve, reject) =>
    scrypt(normalPassword(password), salt, HASH_BYTES, options, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    ),
  );
}

/** Makes what a password is checked with, in the PHC string format: `$scrypt$ln=17,r=8,p=1$salt$hash`. */
export async function makeVerifier(password: string, cost: ScryptCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, cost);
  return `$scrypt$ln=${cost.lnN},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** Whether checking against a verifier costs this work. */
export const isOfCost = (verifier: string, { lnN, r, p }: ScryptCost): boolean =>
  verifier.startsWith(`$scrypt$ln=${lnN},r=${r},p=${p}$`);

/** Checks a password; false also where the verifier is malformed. */
export async function isPasswordOf(password: string, verifier: string): Promise<boolean> {
  const [, ln, r, p, salt = '', hash = ''] =
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$([\w-]+)\$([\w-]+)$/.exec(verifier) ?? [];
  const cost = { lnN: Number(ln), r: Number(r), p: Number(p) };
  const expected = Buffer.from(hash, 'base64url');
  if (
    !(cost.lnN >= 1 && cost.lnN <= MOST.lnN && cost.r >= 1 && cost.r <= MOST.r && cost.p >= 1 && cost.p <= MOST.p) ||
    expected.length !== HASH_BYTES
  )
    return false;
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected);
}
