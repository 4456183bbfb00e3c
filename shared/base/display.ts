/**
 * The units in which a county is displayed: everything inside is SI, and only this file converts it to miles, gallons
 * and pounds. Factors are those of NIST SP 811 (2008), appendix B.8; the US liquid gallon is 3.785 411 784 L by
 * definition.
 */
export type DisplayUnits = 'us' | 'metric';

type Conversion = {
  unit: string;
  factor: number;
  offset?: number;
  /** Digits to add (or drop, if negative) so that precision stays about the same. */ digits: number;
};

const M3_TO_GALLONS = 1000 / 3.785411784;

const DELAY: Conversion = { unit: 'min', factor: 1 / 60, digits: 1 };

const metric: Partial<Record<string, Conversion>> = { s: DELAY, 'm/s': { unit: 'km/h', factor: 3.6, digits: -1 } };

const us: Partial<Record<string, Conversion>> = {
  s: DELAY,
  'm/s': { unit: 'mph', factor: 3600 / 1609.344, digits: -1 },
  'km/h': { unit: 'mph', factor: 1 / 1.609344, digits: 0 },
  km: { unit: 'mi', factor: 1 / 1.609344, digits: 0 },
  m: { unit: 'ft', factor: 1 / 0.3048, digits: 0 },
  'm³/h': { unit: 'gpm', factor: M3_TO_GALLONS / 60, digits: -1 },
  'm³': { unit: 'gal', factor: M3_TO_GALLONS, digits: -2 },
  kPa: { unit: 'psi', factor: 1 / 6.894757, digits: 1 },
  '°C': { unit: '°F', factor: 1.8, offset: 32, digits: 0 },
};

const conversions: Record<DisplayUnits, Partial<Record<string, Conversion>>> = { metric, us };

type Shown = { value: number; unit: string; digits: number };

/** Converts a value in an SI unit to the county's unit; units that have no such form stay as they are. */
export function toDisplay(value: number, unit: string, digits: number, units: DisplayUnits): Shown {
  const conversion = conversions[units][unit];
  if (conversion === undefined) return { value, unit, digits };
  return {
    value: value * conversion.factor + (conversion.offset ?? 0),
    unit: conversion.unit,
    digits: Math.max(0, digits + conversion.digits),
  };
}

/** A distance in metres as "350 m", "1.2 km", "0.7 mi" or "400 ft". */
export function formatDistance(meters: number, units: DisplayUnits): string {
  if (units === 'metric')
    return meters < 1000 ? `${Math.round(meters / 10) * 10} m` : `${(meters / 1000).toFixed(1)} km`;
  const miles = meters / 1609.344;
  return miles < 0.1 ? `${Math.round(meters / 0.3048 / 10) * 10} ft` : `${miles.toFixed(1)} mi`;
}

/**
 * A value in an SI unit as words for people: "59 mph", "3.4 m³/h"; a ratio (unit `1`) as per cent. A value that is not
 * a number is "unknown".
 */
export function describeQuantity(value: number, unit: string, digits: number, units: DisplayUnits): string {
  if (!Number.isFinite(value)) return 'unknown';
  if (unit === '1') return `${(value * 100).toFixed(Math.max(0, digits - 2))} %`;
  const shown = toDisplay(value, unit, digits, units);
  return shown.unit === '' ? shown.value.toFixed(shown.digits) : `${shown.value.toFixed(shown.digits)} ${shown.unit}`;
}

/** A speed in m/s as "59 mph" or "95 km/h". */
export const describeSpeed = (speedMps: number, units: DisplayUnits): string =>
  describeQuantity(speedMps, 'm/s', 1, units);

/** Seconds as "45 s", "12 min" or "3 h 05 min". */
export function describeDuration(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds));
  if (rounded < 90) return `${rounded} s`;
  const minutes = Math.round(rounded / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** 42000 as "42,000", as American operators read it and European ones understand. */
export const describeCount = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** A number of things in words: "1 customer", "0 customers", "42,000 customers". */
export const describeMany = (count: number, one: string, many = `${one}s`): string =>
  `${describeCount(count)} ${count === 1 ? one : many}`;
