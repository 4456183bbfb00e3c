import type { Quantity } from '../../../../shared/base/quantities.ts';
import { hasSupply } from '../../../../shared/utilities/voltage.ts';
import { siUnit } from './siUnit.ts';
import type { Dimension } from './siUnit.ts';
import { textNumber } from './textNumbers.ts';

/**
 * A telegram's fields in SI, by dimension: each maps names without their unit to values. The unit is the last part of
 * the field's name (`total_m3`).
 */
export type SiFields = Map<Dimension, Map<string, number>>;

export function siFields(telegram: Readonly<Record<string, unknown>>): SiFields {
  const fields: SiFields = new Map();
  for (const [name, value] of Object.entries(telegram)) {
    const split = name.lastIndexOf('_');
    const number = typeof value === 'string' ? textNumber(value) : value;
    if (split < 1 || typeof number !== 'number' || !Number.isFinite(number)) continue;
    const unit = siUnit(name.slice(split + 1));
    if (unit === undefined) continue;
    const ofDimension = fields.get(unit.dimension) ?? new Map<string, number>();
    fields.set(unit.dimension, ofDimension);
    // Within a dimension the first unit wins: drivers that send kWh and MJ report the same register twice.
    if (!ofDimension.has(name.slice(0, split))) ofDimension.set(name.slice(0, split), unit.toSi(number));
  }
  return fields;
}

/** The fields that name a total and give none: a text that is no number, or a unit that Beacon does not know. */
const TOTAL = /^(total|volume|energy|consumption)(_|$)/;

/** Why a telegram gives no register although it names one; undefined where it names none. */
export function lostRegister(telegram: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, value] of Object.entries(telegram)) {
    if (!TOTAL.test(name) || name.endsWith('_date') || value === '' || value === null) continue;
    const unit = name.slice(name.lastIndexOf('_') + 1);
    const isNumber = typeof value === 'number' || (typeof value === 'string' && textNumber(value) !== undefined);
    if (isNumber && siUnit(unit) === undefined) return `${name}: Beacon does not know the unit ${unit}`;
    if (typeof value === 'string' && !isNumber && siUnit(unit) !== undefined)
      return `${name}: the text "${value.slice(0, 40)}" is no number`;
  }
  return undefined;
}

/** The value of the first of these names that the meter sends. */
const named = (fields: ReadonlyMap<string, number> | undefined, names: readonly string[]): number | undefined =>
  names.map((name) => fields?.get(name)).find((value) => value !== undefined);

/** The sum of the fields whose name matches (tariffs, phases), or undefined where there is none. */
function summed(fields: ReadonlyMap<string, number> | undefined, pattern: RegExp): number | undefined {
  const found = [...(fields ?? [])].filter(([name]) => pattern.test(name)).map(([, value]) => value);
  return found.length === 0 ? undefined : found.reduce((sum, value) => sum + value, 0);
}

type Commodity = 'electricity' | 'water' | 'heat' | 'gas' | 'other';

/** The kind of meter by wmbusmeters' `media`. */
export function commodityOf(media: string): Commodity {
  if (/electric/i.test(media)) return 'electricity';
  if (/water/i.test(media)) return 'water';
  if (/heat|cooling/i.test(media)) return 'heat';
  return /gas/i.test(media) ? 'gas' : 'other';
}

const VOLUMES = [
  'total',
  'total_volume',
  'total_water',
  'total_consumption',
  'total_forward',
  'consumption_total',
  'volume',
];
const FLOWS = ['volume_flow', 'flow', 'current_flow', 'total_flow', 'volume_flow_rate'];
const ENERGIES = [
  'total_energy_consumption',
  'total_energy',
  'total',
  'total_consumption',
  'positive_total_active_energy',
  'active_energy_consumption',
  'total_active_energy',
  'energy',
];
const EXPORTS = [
  'total_energy_production',
  'negative_total_active_energy',
  'active_energy_production',
  'total_production',
];
const POWERS = [
  'current_power_consumption',
  'active_consumption',
  'active_power_overall',
  'power',
  'power_consumption',
  'current_power',
  'active_power',
];
const TARIFFS = /^(total_energy_consumption|total|positive|active_energy_consumption)_?tariff_?\d+(_active_energy)?$/;
const EXPORT_TARIFFS = /^(total_energy_production|negative|active_energy_production)_?tariff_?\d+(_active_energy)?$/;
const PHASE_POWERS = /^(current_power_consumption|active_consumption|power|active_power)_(phase_?|l)?[123]$/;
/** Voltages from a phase to neutral; the voltage between two phases is higher by the square root of three. */
const PHASE_VOLTAGES = /^(voltage_at_phase_[123]|voltage_(l|phase_?)?[123](_n)?|voltage)$/;

const phaseVoltages = (fields: SiFields): [string, number][] =>
  [...(fields.get('voltageV') ?? [])].filter(([name]) => PHASE_VOLTAGES.test(name));

/**
 * The phase whose voltage is farthest from the nominal one: if any phase has trouble, it is this one. Phases without
 * any voltage are not connected, or are lost, which `livePhases` shows; the meter has no supply where none has.
 */
function voltageOf(fields: SiFields, nominalV: number): number | undefined {
  const phases = phaseVoltages(fields).map(([, value]) => value);
  const live = phases.filter((value) => hasSupply(value / nominalV));
  return (
    (live.length === 0 ? phases : live).sort((a, b) => Math.abs(b - nominalV) - Math.abs(a - nominalV))[0] ??
    named(fields.get('voltageV'), ['voltage_average_ln'])
  );
}

/** Which phases have voltage, as a sum of 1, 2 and 4; undefined for a meter that reports fewer than two phases. */
export function livePhases(fields: SiFields, nominalV: number): number | undefined {
  const phases = phaseVoltages(fields);
  if (phases.length < 2) return undefined;
  return phases.reduce((sum, [name, value]) => {
    const phase = Number(/[123]/.exec(name)?.[0] ?? Number.NaN);
    return Number.isNaN(phase) || !hasSupply(value / nominalV) ? sum : sum | (1 << (phase - 1));
  }, 0);
}

/** Reduces the meter's many fields to one value per quantity. */
export function wmbusReading(
  fields: SiFields,
  commodity: Commodity,
  nominalVoltageV: number,
): Partial<Record<Quantity, number | undefined>> {
  const energy = fields.get('energyKwh');
  const volume = named(fields.get('volumeM3'), VOLUMES);
  const isElectric = commodity === 'electricity';
  const isWater = commodity === 'water';
  const kwh = named(energy, ENERGIES) ?? summed(energy, TARIFFS);
  return {
    registerKwh: isElectric ? kwh : undefined,
    exportRegisterKwh: isElectric ? (named(energy, EXPORTS) ?? summed(energy, EXPORT_TARIFFS)) : undefined,
    heatKwh: commodity === 'heat' ? kwh : undefined,
    powerKw: named(fields.get('powerKw'), POWERS) ?? summed(fields.get('powerKw'), PHASE_POWERS),
    // The `voltage_v` of a water meter is the voltage of its battery.
    voltageV: isElectric ? voltageOf(fields, nominalVoltageV) : undefined,
    registerM3: isWater ? volume : undefined,
    gasM3: commodity === 'gas' ? volume : undefined,
    flowM3h: isWater ? named(fields.get('flowM3h'), FLOWS) : undefined,
    pressureKpa: named(fields.get('pressureKpa'), ['pressure', 'water_pressure', 'current_pressure']),
    temperatureC: named(fields.get('temperatureC'), [
      'flow_temperature',
      'water_temperature',
      'temperature',
      'current_temperature',
      'external_temperature',
    ]),
    rssiDbm: named(fields.get('signalDbm'), ['rssi']),
  };
}
