/** Control characters, and characters that turn or hide the direction of what follows them. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A text as one line that does nothing but be read: what others wrote may hold sequences that move a terminal's cursor,
 * change its title or turn the order of letters. Each such character is written as its number.
 */
export const plainLine = (text: string): string =>
  text.replaceAll(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** A record with every text in it as a plain line. */
export const plainValues = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(values, (_, part: unknown) => (typeof part === 'string' ? plainLine(part) : part)),
  ) as Record<string, unknown>;
