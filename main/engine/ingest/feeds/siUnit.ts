/** What a unit measures, named with the unit that Beacon uses for it. */
export type Dimension =
  | 'energyKwh'
  | 'powerKw'
  | 'volumeM3'
  | 'flowM3h'
  | 'voltageV'
  | 'temperatureC'
  | 'pressureKpa'
  | 'signalDbm'
  | 'speedMps';
export type SiUnit = { dimension: Dimension; toSi: (value: number) => number };

const scaled = (dimension: Dimension, factor: number): SiUnit => ({ dimension, toSi: (value) => value * factor });

const KWH_PER_MJ = 1 / 3.6;
/** The US liquid gallon and the psi, exactly as NIST SP 811 defines them. */
const M3_PER_GALLON = 0.003785411784;
const M3_PER_IMPERIAL_GALLON = 0.00454609;
const M3_PER_FT3 = 0.028316846592;
const KPA_PER_PSI = 6.894757293168;

const units = new Map<string, SiUnit>([
  ['kwh', scaled('energyKwh', 1)],
  ['wh', scaled('energyKwh', 0.001)],
  ['mwh', scaled('energyKwh', 1000)],
  ['mj', scaled('energyKwh', KWH_PER_MJ)],
  ['gwh', scaled('energyKwh', 1e6)],
  ['gj', scaled('energyKwh', KWH_PER_MJ * 1000)],
  ['kw', scaled('powerKw', 1)],
  ['w', scaled('powerKw', 0.001)],
  ['mw', scaled('powerKw', 1000)],
  ['m3', scaled('volumeM3', 1)],
  ['l', scaled('volumeM3', 0.001)],
  ['dm3', scaled('volumeM3', 0.001)],
  ['ml', scaled('volumeM3', 1e-6)],
  ['hl', scaled('volumeM3', 0.1)],
  ['gal', scaled('volumeM3', M3_PER_GALLON)],
  ['usgal', scaled('volumeM3', M3_PER_GALLON)],
  ['kgal', scaled('volumeM3', M3_PER_GALLON * 1000)],
  ['igal', scaled('volumeM3', M3_PER_IMPERIAL_GALLON)],
  ['ft3', scaled('volumeM3', M3_PER_FT3)],
  ['cf', scaled('volumeM3', M3_PER_FT3)],
  ['ccf', scaled('volumeM3', M3_PER_FT3 * 100)],
  ['hcf', scaled('volumeM3', M3_PER_FT3 * 100)],
  ['m3h', scaled('flowM3h', 1)],
  ['m3/h', scaled('flowM3h', 1)],
  ['lh', scaled('flowM3h', 0.001)],
  ['l/h', scaled('flowM3h', 0.001)],
  ['m3/s', scaled('flowM3h', 3600)],
  ['l/min', scaled('flowM3h', 0.06)],
  ['lpm', scaled('flowM3h', 0.06)],
  ['ft3/min', scaled('flowM3h', M3_PER_FT3 * 60)],
  ['l/s', scaled('flowM3h', 3.6)],
  ['gpm', scaled('flowM3h', M3_PER_GALLON * 60)],
  ['v', scaled('voltageV', 1)],
  ['kv', scaled('voltageV', 1000)],
  ['c', scaled('temperatureC', 1)],
  ['degc', scaled('temperatureC', 1)],
  ['f', { dimension: 'temperatureC', toSi: (value) => (value - 32) / 1.8 }],
  ['degf', { dimension: 'temperatureC', toSi: (value) => (value - 32) / 1.8 }],
  ['k', { dimension: 'temperatureC', toSi: (value) => value - 273.15 }],
  ['kpa', scaled('pressureKpa', 1)],
  ['pa', scaled('pressureKpa', 0.001)],
  ['bar', scaled('pressureKpa', 100)],
  ['mbar', scaled('pressureKpa', 0.1)],
  ['psi', scaled('pressureKpa', KPA_PER_PSI)],
  ['dbm', scaled('signalDbm', 1)],
  ['m/s', scaled('speedMps', 1)],
  ['km/h', scaled('speedMps', 1 / 3.6)],
  ['mph', scaled('speedMps', 0.44704)],
]);

/**
 * A unit by the name that streams give it ("kWh", "m3h", "m³/h", "°C"); undefined where it does not measure one of
 * Beacon's quantities. Case does not matter.
 */
export const siUnit = (name: string): SiUnit | undefined =>
  units.get(name.trim().toLowerCase().replaceAll('³', '3').replaceAll('°', 'deg'));
