/**
 * A well mixed 32-bit integer computed from up to four integers: the stateless side of the simulation's randomness.
 * What a device does at a moment depends on the seed, the device and the moment alone, so it can be computed when it is
 * needed, in any order, and again after a restart. The finaliser is that of MurmurHash3 (Austin Appleby, public
 * domain).
 */
export function hash(seed: number, a: number, b = 0, c = 0): number {
  let h = seed | 0;
  h = mix(h ^ Math.imul(a | 0, 0x9e3779b1));
  h = mix(h ^ Math.imul(b | 0, 0x85ebca77));
  h = mix(h ^ Math.imul(c | 0, 0xc2b2ae3d));
  return h >>> 0;
}

function mix(value: number): number {
  let h = (value + 0x6d2b79f5) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The hash as a number in [0, 1). */
export function uniform(seed: number, a: number, b = 0, c = 0): number {
  return hash(seed, a, b, c) / 4_294_967_296;
}

/** The hash as a normally distributed number with mean 0 and standard deviation 1 (Box–Muller). */
export function normal(seed: number, a: number, b = 0, c = 0): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, a, b, c)));
  return radius * Math.cos(2 * Math.PI * uniform(seed ^ 0x5bd1e995, a, b, c));
}

/** A 32-bit key of a text, for hashing by id (FNV-1a). */
export function textKey(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
