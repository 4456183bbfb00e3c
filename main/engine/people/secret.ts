import { createHash, randomBytes } from 'node:crypto';

/** Makes 256 random bits for a session or a token: only the screen knows them. */
export const makeSecret = (): string => randomBytes(32).toString('base64url');

/** The hash that is kept of a secret. Random bits cannot be guessed, so a fast hash is enough. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Makes a new id for an account, a token or a session. */
export const makeId = (): string => randomBytes(9).toString('base64url');
