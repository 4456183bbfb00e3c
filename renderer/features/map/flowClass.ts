/**
 * Upper limits of the ratio of speed to free-flow speed for the classes 1 to 5; above the first limit traffic flows
 * freely (class 0).
 */
export const FLOW_LIMITS = [0.85, 0.67, 0.5, 0.4, 0.3] as const;

/** The class of flow: 0 for free flow to 5 for standing; NaN gives 0. */
export function flowClass(speedRatio: number): 0 | 1 | 2 | 3 | 4 | 5 {
  const worse = FLOW_LIMITS.filter((limit) => speedRatio < limit).length;
  return worse as 0 | 1 | 2 | 3 | 4 | 5;
}
