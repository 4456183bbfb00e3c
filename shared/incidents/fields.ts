/** The list with the thing of this key put in, or put in its place. */
export function withItem<T>(list: readonly T[] | undefined, key: keyof T, item: T): T[] {
  return [...(list ?? []).filter((each) => each[key] !== item[key]), item];
}

/** The list without the thing of this key. */
export function withoutItem<T, K extends keyof T>(list: readonly T[] | undefined, key: K, value: T[K]): T[] {
  return (list ?? []).filter((each) => each[key] !== value);
}

/** The object without its keys that are undefined. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
