/** The list with this item added, in place of one with the same key. */
export function withItem<T>(list: readonly T[] | undefined, key: keyof T, item: T): T[] {
  return [...(list ?? []).filter((each) => each[key] !== item[key]), item];
}

/** The list without the items whose key has this value. */
export function withoutItem<T, K extends keyof T>(list: readonly T[] | undefined, key: K, value: T[K]): T[] {
  return (list ?? []).filter((each) => each[key] !== value);
}

/** The object without its keys that are undefined. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
