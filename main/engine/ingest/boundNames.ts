import type { Value } from '../../../shared/base/values.ts';
import { isLonger, nameFault } from '../../../shared/wire/names.ts';

/** Texts that people wrote. */
const MOST_TEXT_BYTES = 32_768;
/** Properties of values that are texts and may have several lines. */
const textNames: ReadonlySet<string> = new Set(['text', 'title', 'address', 'reason']);

function partFault(name: string, part: unknown): string | undefined {
  if (typeof part !== 'string') return undefined;
  if (!textNames.has(name)) return nameFault(name, part);
  return isLonger(part, MOST_TEXT_BYTES) ? `${name} is longer than ${String(MOST_TEXT_BYTES)} bytes` : undefined;
}

/**
 * Says what is wrong with the names in a value, or undefined. Every value of every feed passes here before anything
 * else sees it, so that no name is longer than 200 bytes or has control characters.
 */
export function valueFault(value: Value): string | undefined {
  // The id of a device of the registry is the registry's own, and most values have no other name.
  if (value.kind === 'sample' && value.deviceNumber !== undefined) return undefined;
  for (const name in value) {
    const part: unknown = value[name as keyof Value];
    const fault = Array.isArray(part)
      ? part.map((each) => partFault(name, each)).find((each) => each !== undefined)
      : partFault(name, part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
