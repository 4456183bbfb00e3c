/**
 * Remembers the last result while all arguments stay the same, because deck.gl uploads an array again only when it is
 * another object.
 */
export function memoLast<A extends readonly unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  let last: { args: A; result: R } | undefined;
  return (...args) => {
    if (last === undefined || args.some((arg, i) => !Object.is(arg, last?.args[i])))
      last = { args, result: make(...args) };
    return last.result;
  };
}
