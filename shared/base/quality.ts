/** How far a value can be trusted. Only `good` and `estimated` values colour the map or raise operational alarms. */
export const qualities = ['good', 'estimated', 'suspect', 'stale', 'missing'] as const;
/** One of the qualities that a value can have. */
export type Quality = (typeof qualities)[number];

/** The code of each quality, its index in `qualities`: the compact form in the store and in binary frames. */
export const qualityCode = { good: 0, estimated: 1, suspect: 2, stale: 3, missing: 4 } as const satisfies Record<
  Quality,
  number
>;

/** The quality that a code stands for; `suspect` for a code that is not known. */
export const qualityOfCode = (code: number): Quality => qualities[code] ?? 'suspect';

/** Whether a value of this quality may colour the map and raise operational alarms. */
export const isUsable = (quality: Quality): boolean => quality === 'good' || quality === 'estimated';
