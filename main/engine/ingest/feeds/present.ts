type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * Only the fields that have a value: what `exactOptionalPropertyTypes` wants of a record whose fields may be left out.
 */
export const present = <T extends Record<string, unknown>>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
