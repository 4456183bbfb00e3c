/** How far a value can be trusted. Only `good` and `estimated` values colour the map or raise operational alarms. */
export const qualities = ['good', 'estimated', 'suspect', 'stale', 'missing'] as const;
export type Quality = (typeof qualities)[number];

/** The compact form kept in the store and in binary frames: the index into `qualities`. */
export const qualityCode = { good: 0, estimated: 1, suspect: 2, stale: 3, missing: 4 } as const satisfies Record<
  Quality,
  number
>;

export const qualityOfCode = (code: number): Quality => qualities[code] ?? 'suspect';

export const isUsable = (quality: Quality): boolean => quality === 'good' || quality === 'estimated';
