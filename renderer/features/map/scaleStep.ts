import type { DisplayUnits } from '../../../shared/base/display.ts';

const MILE_M = 1609.344;
const FOOT_M = 0.3048;

/**
 * The longest round distance (1, 2 or 5 times a power of ten of metres, feet or miles) that is no longer than `mostM`,
 * in metres.
 */
export function scaleStep(mostM: number, units: DisplayUnits): number {
  const unitM = units === 'metric' ? 1 : mostM < 0.1 * MILE_M ? FOOT_M : MILE_M;
  const most = mostM / unitM;
  const power = 10 ** Math.floor(Math.log10(most));
  const lead = [5, 2, 1].find((step) => step * power <= most * (1 + 1e-9)) ?? 1;
  return lead * power * unitM;
}
