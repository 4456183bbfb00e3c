/**
 * What a person chose for keys that are a single character: by the usual character, the one that does the same now, and
 * whether single characters do anything. People who dictate, or who touch keys by accident, switch them off.
 */
export type KeyChoice = { keys: Readonly<Record<string, string>>; areKeysOn: boolean };

export const usualKeys: KeyChoice = { keys: {}, areKeysOn: true };

/** The character that does now what is usually done by `usual`. */
export const keyFor = (usual: string, { keys }: KeyChoice): string => keys[usual] ?? usual;

/**
 * The usual key for what the pressed key does, so that handlers know the usual ones alone; undefined for a character
 * that does nothing now. Keys such as Escape, the space bar and the arrows are no characters and keep their meaning.
 */
export function keyMeaning(pressed: string, { keys, areKeysOn }: KeyChoice): string | undefined {
  if (pressed.length !== 1 || pressed === ' ') return pressed;
  if (!areKeysOn) return undefined;
  const key = pressed.toLowerCase();
  const chosen = Object.entries(keys).find(([, its]) => its === key)?.[0];
  if (chosen !== undefined) return chosen;
  return Object.hasOwn(keys, key) ? undefined : key;
}

/** The choice with another character for an action; with its usual one the entry goes. */
export function chooseKey(choice: KeyChoice, usual: string, key: string): KeyChoice {
  const { [usual]: _before, ...others } = choice.keys;
  return { ...choice, keys: key === usual ? others : { ...others, [usual]: key } };
}

/** Parses a stored choice; what is unreadable falls back to the usual keys. */
export function parseKeys(keys: unknown, areKeysOn: unknown): KeyChoice {
  const entries = typeof keys === 'object' && keys !== null ? Object.entries(keys) : [];
  const known = entries.filter(
    (entry): entry is [string, string] =>
      entry[0].length === 1 && typeof entry[1] === 'string' && /^[^\s]$/u.test(entry[1]),
  );
  return { keys: Object.fromEntries(known), areKeysOn: areKeysOn !== false };
}
