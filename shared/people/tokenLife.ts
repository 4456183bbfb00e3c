const DAY_MS = 86_400_000;

/** How many days a token of a display is valid where nobody says otherwise. */
export const USUAL_TOKEN_DAYS = 365;
/** The longest that a token may be valid, in days: three years. */
export const MOST_TOKEN_DAYS = 1095;

/** Until then all tokens of before tokens had an expiry stay valid, however old they are. */
const OLD_TOKENS_UNTIL_MS = Date.UTC(2027, 11, 1);

/**
 * The id of a token that expires. The time stands in the id, so that workstations of earlier versions, which know no
 * other field in the event, go on reading the log.
 */
export const tokenIdUntil = (id: string, expiresAtMs: number): string => `${id}.${expiresAtMs.toString(36)}`;

/** When a token expires (UTC ms), by its id, or for an earlier one by when it was issued. */
export function tokenExpiryMs(tokenId: string, issuedAtMs: number): number {
  const [, text] = /^[\w-]+\.([0-9a-z]{1,11})$/.exec(tokenId) ?? [];
  if (text !== undefined) return Number.parseInt(text, 36);
  return Math.max(issuedAtMs + USUAL_TOKEN_DAYS * DAY_MS, OLD_TOKENS_UNTIL_MS);
}
