import { generateCounty } from '../../simulators/county/generateCounty.ts';
import { readWorld, type World } from '../../simulators/world/World.ts';

const made = new Map<number, { files: Map<string, string>; world: World }>();

/** The generated county of seed 42 at a scale, made once per test file. */
export function simulatedWorld(scale = 0.05): { files: Map<string, string>; world: World } {
  const known = made.get(scale);
  if (known !== undefined) return known;
  const files = generateCounty(42, scale);
  const fresh = { files, world: readWorld(files) };
  made.set(scale, fresh);
  return fresh;
}
