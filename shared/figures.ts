/**
 * Every figure on the screen, defined once: what it is, over which window, of which data, and where the formula comes
 * from. `unit` is SI; the screen turns it into the county's units.
 */
type FigureInfo = { label: string; unit: string; digits: number; definition: string };

/** Every figure by its id. */
export const figures = {
  trafficDelay: {
    label: 'Traffic delay',
    unit: 'veh·h/h',
    digits: 1,
    definition:
      'Vehicle-hours lost per hour, now: the sum over road links with fresh, usable detector data of flow × length × (1/speed − 1/free-flow speed), where positive (FHWA Urban Congestion Report). Present: share of the monitored length with fresh data.',
  },
  networkCongested: {
    label: 'Network congested',
    unit: '1',
    digits: 2,
    definition:
      'Share of the monitored lane-metres whose speed is below 90 % of free flow, now (FHWA Urban Congestion Report). Present: share of the monitored length with a fresh speed or known to be empty.',
  },
  detectorFaults: {
    label: 'Detector faults',
    unit: '',
    digits: 0,
    definition:
      'Traffic detectors that are silent or implausible now, by the rules of IRIS (chatter, locked on, no hits) and three publication periods without a message. Present: share of the registered detectors heard at least once.',
  },
  busesOnTime: {
    label: 'Vehicles on time',
    unit: '1',
    digits: 2,
    definition:
      'Share of the vehicles in service with a known delay that are between 60 s ahead of and 300 s behind their timetable, now. Present: share of the vehicles in service whose delay is known and fresh.',
  },
  headwayAdherence: {
    label: 'Headways kept',
    unit: '1',
    digits: 2,
    definition:
      'Share of the headways on frequent routes (scheduled every 15 min or less) that are within 50 % of the scheduled headway, now (Toronto Transit Commission; TCQSM); told of five or more. Present: share of the consecutive pairs with a known headway.',
  },
  vehiclesInService: {
    label: 'Vehicles in service',
    unit: '',
    digits: 0,
    definition:
      'Vehicles heard within the last 150 s that serve a trip; not known while every feed of vehicles is silent and the timetable has trips. Typical: trips that the timetable has on the road now. Present: share of the vehicles of the last 30 minutes still heard.',
  },
  electricityLoad: {
    label: 'Electricity',
    unit: 'kW',
    digits: 0,
    definition:
      'Sum of the feeders’ load, now. Typical: sum of the medians of the same quarter of an hour (± one) of the last 14 days, weekdays and weekends apart, for the same feeders. Present: share of the feeders with a fresh value.',
  },
  waterInflow: {
    label: 'Water',
    unit: 'm³/h',
    digits: 1,
    definition:
      'Sum of the inflow into the water zones, now. Typical: as for electricity. Present: share of the zones with a fresh value.',
  },
  customersOut: {
    label: 'Customers without power',
    unit: '',
    digits: 0,
    definition:
      'Electricity meters that are without voltage: all meters of feeders whose breaker is open or whose voltage is gone, and single meters after their last gasp; not known while no feeder and no meter is heard in time. Present: share of the feeders and electricity meters heard in time.',
  },
  meterFaults: {
    label: 'Meter faults',
    unit: '',
    digits: 0,
    definition:
      'Meters that are silent, stuck, tampered with or implausible now. Present: share of the registered meters heard at least once.',
  },
} as const satisfies Record<string, FigureInfo>;

/** The id of a figure. */
export type FigureId = keyof typeof figures;
