/**
 * An entry of the catalogue of measured quantities. Values are in SI units, and the unit stands in the name; county
 * units are a display setting. A `counter` only ever grows, except when the meter is swapped or rolls over; its
 * consumption is the difference of two readings. Nothing in a county is larger in amount than `most`.
 */
type QuantityInfo = { unit: string; label: string; kind: 'gauge' | 'counter'; digits: number; most: number };

/** The catalogue of measured quantities, by the name that is stored with each series. */
export const quantities = {
  speedMps: { unit: 'm/s', label: 'Speed', kind: 'gauge', digits: 1, most: 200 },
  flowVph: { unit: 'veh/h', label: 'Flow', kind: 'gauge', digits: 0, most: 1e5 },
  occupancyRatio: { unit: '1', label: 'Detector occupancy', kind: 'gauge', digits: 3, most: 100 },
  /** From one end of a road segment to the other. */
  travelS: { unit: 's', label: 'Travel time', kind: 'gauge', digits: 0, most: 1e5 },
  vehicleCount: { unit: 'veh', label: 'Vehicles measured', kind: 'gauge', digits: 0, most: 1e5 },
  /** Behind the timetable; negative when ahead. */
  delayS: { unit: 's', label: 'Delay', kind: 'gauge', digits: 0, most: 1e6 },
  registerKwh: { unit: 'kWh', label: 'Electricity register', kind: 'counter', digits: 2, most: 1e12 },
  exportRegisterKwh: { unit: 'kWh', label: 'Electricity fed in', kind: 'counter', digits: 2, most: 1e12 },
  powerKw: { unit: 'kW', label: 'Power', kind: 'gauge', digits: 2, most: 1e6 },
  voltageV: { unit: 'V', label: 'Voltage', kind: 'gauge', digits: 1, most: 1e6 },
  registerM3: { unit: 'm³', label: 'Water register', kind: 'counter', digits: 3, most: 1e12 },
  flowM3h: { unit: 'm³/h', label: 'Water flow', kind: 'gauge', digits: 2, most: 1e5 },
  pressureKpa: { unit: 'kPa', label: 'Pressure', kind: 'gauge', digits: 0, most: 1e5 },
  heatKwh: { unit: 'kWh', label: 'Heat register', kind: 'counter', digits: 1, most: 1e12 },
  gasM3: { unit: 'm³', label: 'Gas register', kind: 'counter', digits: 2, most: 1e12 },
  temperatureC: { unit: '°C', label: 'Temperature', kind: 'gauge', digits: 1, most: 2000 },
  rssiDbm: { unit: 'dBm', label: 'Radio signal', kind: 'gauge', digits: 0, most: 1000 },
  /** A counter or value whose unit nobody gave: kept as it came and never mixed with others. */
  rawCount: { unit: '', label: 'Raw counter', kind: 'counter', digits: 0, most: 1e15 },
  rawValue: { unit: '', label: 'Raw value', kind: 'gauge', digits: 3, most: 1e15 },
} as const satisfies Record<string, QuantityInfo>;

/** The name of a measured quantity. */
export type Quantity = keyof typeof quantities;

/** Whether a text, as feeds and files contain it, names a quantity of the catalogue. */
export const isQuantity = (name: string): name is Quantity => Object.hasOwn(quantities, name);
