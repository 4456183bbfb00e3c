/**
 * An entry of the catalogue of measured quantities. Values are in SI units, and the unit stands in the name; county
 * units are a display setting. A `counter` only ever grows, except when the meter is swapped or rolls over; its
 * consumption is the difference of two readings.
 */
type QuantityInfo = { unit: string; label: string; kind: 'gauge' | 'counter'; digits: number };

/** The catalogue of measured quantities, by the name that is stored with each series. */
export const quantities = {
  speedMps: { unit: 'm/s', label: 'Speed', kind: 'gauge', digits: 1 },
  flowVph: { unit: 'veh/h', label: 'Flow', kind: 'gauge', digits: 0 },
  occupancyRatio: { unit: '1', label: 'Detector occupancy', kind: 'gauge', digits: 3 },
  /** Behind the timetable; negative when ahead. */
  delayS: { unit: 's', label: 'Delay', kind: 'gauge', digits: 0 },
  registerKwh: { unit: 'kWh', label: 'Electricity register', kind: 'counter', digits: 2 },
  exportRegisterKwh: { unit: 'kWh', label: 'Electricity fed in', kind: 'counter', digits: 2 },
  powerKw: { unit: 'kW', label: 'Power', kind: 'gauge', digits: 2 },
  voltageV: { unit: 'V', label: 'Voltage', kind: 'gauge', digits: 1 },
  registerM3: { unit: 'm³', label: 'Water register', kind: 'counter', digits: 3 },
  flowM3h: { unit: 'm³/h', label: 'Water flow', kind: 'gauge', digits: 2 },
  pressureKpa: { unit: 'kPa', label: 'Pressure', kind: 'gauge', digits: 0 },
  heatKwh: { unit: 'kWh', label: 'Heat register', kind: 'counter', digits: 1 },
  gasM3: { unit: 'm³', label: 'Gas register', kind: 'counter', digits: 2 },
  temperatureC: { unit: '°C', label: 'Temperature', kind: 'gauge', digits: 1 },
  rssiDbm: { unit: 'dBm', label: 'Radio signal', kind: 'gauge', digits: 0 },
  /** A counter or value whose unit nobody gave: kept as it came and never mixed with others. */
  rawCount: { unit: '', label: 'Raw counter', kind: 'counter', digits: 0 },
  rawValue: { unit: '', label: 'Raw value', kind: 'gauge', digits: 3 },
} as const satisfies Record<string, QuantityInfo>;

/** The name of a measured quantity. */
export type Quantity = keyof typeof quantities;

/** Whether a text, as feeds and files contain it, names a quantity of the catalogue. */
export const isQuantity = (name: string): name is Quantity => Object.hasOwn(quantities, name);
