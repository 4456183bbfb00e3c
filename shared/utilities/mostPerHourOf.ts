import type { Meter } from '../county/county.ts';

/**
 * The most that a customer of a class can draw, m³/h and kW: by the largest service that is usual for the class (a pipe
 * of 25 mm and 400 A for a home), so that what is above it cannot have happened.
 */
const mostPerHour = {
  water: { singleFamily: 12, multiFamily: 60, commercial: 120, industrial: 400, institutional: 200 },
  electricity: { singleFamily: 100, multiFamily: 500, commercial: 2000, industrial: 20_000, institutional: 5000 },
} as const satisfies Record<Meter['commodity'], Record<Meter['customerClass'], number>>;

/** A fuse holds a short overload, and a meter a little more than its nominal flow. */
const OVERLOAD = 1.5;

/** The most that the meter can pass in an hour, m³ or kWh. */
export function mostPerHourOf(meter: Meter, nominalV: number): number {
  if (meter.commodity === 'water')
    return meter.maxFlowM3h === undefined ? mostPerHour.water[meter.customerClass] : OVERLOAD * meter.maxFlowM3h;
  return meter.fuseA === undefined
    ? mostPerHour.electricity[meter.customerClass]
    : (OVERLOAD * meter.fuseA * nominalV * (meter.phases ?? 1)) / 1000;
}
