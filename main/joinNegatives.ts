/**
 * Joins options with values that begin with a minus, as `--from -93.5,44.5`, because a parser of options takes such a
 * value for another option.
 */
export const joinNegatives = (args: readonly string[]): string[] =>
  args.flatMap((arg, at) => {
    const isValue = (text: string | undefined): boolean => /^-[\d.]/.test(text ?? '');
    const isOption = (text: string | undefined): boolean => /^--[a-z-]+$/.test(text ?? '');
    if (isValue(arg) && isOption(args[at - 1])) return [];
    const next = args[at + 1];
    return next !== undefined && isOption(arg) && isValue(next) ? [`${arg}=${next}`] : [arg];
  });
