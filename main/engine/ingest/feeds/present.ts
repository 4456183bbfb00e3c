type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * Keeps only the fields that have a value, as `exactOptionalPropertyTypes` requires for a record whose fields may be
 * left out.
 */
export const present = <T extends Record<string, unknown>>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
