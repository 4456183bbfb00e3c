import { isQuantity } from '../../../../shared/base/quantities.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Registry } from '../../registry/Registry.ts';
import { siUnit } from './siUnit.ts';
import type { Dimension, SiUnit } from './siUnit.ts';
import type { SparkplugMetric } from './sparkplugSchema.ts';

/** The meaning of a metric's number: one of Beacon's quantities, and the conversion into its unit. */
export type MetricMeaning = { quantity: Quantity; toSi: (value: number) => number };

/** Int8 … Int64 are 1 to 4, UInt8 … UInt64 are 5 to 8 (Sparkplug 3.0, 6.4.16); Float 9, Double 10, Boolean 11. */
const integerBits: Readonly<Record<number, number>> = { 1: 8, 2: 16, 3: 32, 4: 64, 5: 8, 6: 16, 7: 32, 8: 64 };
const INT64 = 4;
const LAST_NUMERIC = 11;

/**
 * The metric's number, or undefined where it has none (null, text, date, not finite). Signed integers come as unsigned
 * ones of 32 or 64 bits, so the type decides the sign; which of the two fields carries a type differs between encoders.
 * `datatype` is the birth's, as data messages may leave it out.
 */
export function metricNumber(metric: SparkplugMetric, datatype: number): number | undefined {
  if (metric.isNull === true || datatype > LAST_NUMERIC) return undefined;
  const bits = integerBits[datatype];
  const integer = metric.intValue ?? metric.longValue;
  if (integer !== undefined && bits !== undefined) {
    const whole = BigInt(integer);
    return Number(datatype <= INT64 ? BigInt.asIntN(bits, whole) : BigInt.asUintN(bits, whole));
  }
  const value = metric.floatValue ?? metric.doubleValue ?? integer ?? metric.booleanValue;
  const number = value === undefined ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Metrics with those inside of template instances (`<template>/<member>`); definitions have no values. */
export function flatMetrics(metrics: readonly SparkplugMetric[]): SparkplugMetric[] {
  return metrics.flatMap((metric) => {
    const { templateValue: template, name } = metric;
    if (template === undefined) return [metric];
    if (template.isDefinition === true) return [];
    return flatMetrics(template.metrics ?? []).map((member) => ({
      ...member,
      ...(name !== undefined && member.name !== undefined && { name: `${name}/${member.name}` }),
    }));
  });
}

const quantityOf: Readonly<Record<Dimension, Quantity>> = {
  energyKwh: 'registerKwh',
  powerKw: 'powerKw',
  volumeM3: 'registerM3',
  flowM3h: 'flowM3h',
  voltageV: 'voltageV',
  temperatureC: 'temperatureC',
  pressureKpa: 'pressureKpa',
  signalDbm: 'rssiDbm',
  speedMps: 'speedMps',
};

const UNIT_KEY = /^(eng(ineering)?[ _]?units?|units?|uom)$/i;

/** The text of the unit property; each vendor names this property differently. */
function unitProperty({ properties }: SparkplugMetric): string | undefined {
  const index = properties?.keys?.findIndex((key) => UNIT_KEY.test(key)) ?? -1;
  return properties?.values?.[index]?.stringValue;
}

const sayingWords: Readonly<Partial<Record<Dimension, RegExp>>> = {
  voltageV: /volt/i,
  temperatureC: /temp/i,
  powerKw: /power/i,
  volumeM3: /vol/i,
};

/**
 * The unit at the end of a name (`Pressure_kPa`). A single letter is accepted only where the name says what is
 * measured: `Phase_C` is not a temperature.
 */
function unitOfName(last: string): SiUnit | undefined {
  const [, stem, suffix] = /^(.+)_([A-Za-z0-9³/°]+)$/.exec(last) ?? [];
  const unit = suffix === undefined ? undefined : siUnit(suffix);
  if (unit === undefined || suffix === undefined || stem === undefined) return undefined;
  return suffix.length > 1 || sayingWords[unit.dimension]?.test(stem) === true ? unit : undefined;
}

/** What a metric measures: from the county's register, otherwise from its unit property, otherwise from its name. */
export function metricMeaning(name: string, metric: SparkplugMetric, registry: Registry): MetricMeaning | undefined {
  const registered = registry.sparkplugMetric(name);
  if (registered !== undefined && isQuantity(registered.quantity))
    return { quantity: registered.quantity, toSi: (value) => value * registered.factor };
  const last = name.slice(name.lastIndexOf('/') + 1);
  const unit = siUnit(unitProperty(metric) ?? '') ?? unitOfName(last);
  if (unit !== undefined) return { quantity: quantityOf[unit.dimension], toSi: unit.toSi };
  return isQuantity(last) ? { quantity: last, toSi: (value) => value } : undefined;
}

const STALE = 500;

/** The node's own judgement of the value: the property Quality, 0 bad, 192 good, 500 stale (Sparkplug 3.0, 6.4.11). */
export function metricQuality({ properties }: SparkplugMetric): 'good' | 'suspect' | 'stale' {
  const index = properties?.keys?.indexOf('Quality') ?? -1;
  const value = properties?.values?.[index];
  const code = value?.intValue ?? (value?.longValue === undefined ? undefined : Number(value.longValue));
  if (code === STALE) return 'stale';
  return code === 0 ? 'suspect' : 'good';
}
