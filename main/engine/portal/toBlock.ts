/** Steps per degree: about 100 m, the length of a block, so that no place is that of a single home. */
const STEPS = 1000;

/** A longitude or latitude in degrees, rounded to a block. */
export const toBlock = (degrees: number): number => Math.round(degrees * STEPS) / STEPS;
