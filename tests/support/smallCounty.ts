import type { County, Zone } from '../../shared/county/county.ts';

/** A zone with an outline about the small county's middle. */
export const zoneOf = (id: string, kind: Zone['kind'], name: string, meterCount = 1): Zone => ({
  id,
  kind,
  name,
  meterCount,
  outline: [
    [-93.6, 44.4],
    [-93.4, 44.4],
    [-93.4, 44.6],
    [-93.6, 44.4],
  ],
  center: [-93.5, 44.5],
});

/** The smallest county that has one of everything; `parts` replaces what a test is concerned with. */
export const smallCounty = (parts: Partial<County> = {}): County => ({
  profile: {
    id: 'small',
    name: 'Small County',
    timeZone: 'America/Chicago',
    displayUnits: 'us',
    population: 50_000,
    bounds: [-94, 44, -93, 45],
    center: [-93.5, 44.5],
    nominalVoltageV: 120,
    simulated: true,
  },
  map: [{ kind: 'place', name: 'Smallville', rank: 3, rings: [], point: [-93.5, 44.5] }],
  links: [
    {
      id: 'L1',
      name: 'Main Street',
      roadClass: 'arterial',
      fromNode: 'N1',
      toNode: 'N2',
      lengthM: 500,
      freeFlowMps: 15,
      lanes: 1,
      capacityVph: 900,
      path: [
        [-93.5, 44.5],
        [-93.49, 44.5],
      ],
    },
  ],
  zones: [zoneOf('Z1', 'dma', 'Zone 1')],
  detectors: [{ id: 'D1', linkId: 'L1', lon: -93.5, lat: 44.5, lanes: 1, periodS: 20 }],
  meters: [
    {
      id: 'W1',
      commodity: 'water',
      lon: -93.5,
      lat: 44.5,
      zoneId: 'Z1',
      customerClass: 'singleFamily',
      transformerId: undefined,
      premiseId: undefined,
    },
  ],
  units: [{ id: 'U1', kind: 'police', name: 'Unit 1', baseLon: -93.5, baseLat: 44.5 }],
  feeds: {},
  ...parts,
});
