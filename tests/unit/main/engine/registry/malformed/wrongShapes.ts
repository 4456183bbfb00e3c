import { collection, feature, link, ring, zone } from '../../../../../support/goodCounty.ts';
import { profile } from './variant.ts';
import type { Variant } from './variant.ts';

export const wrongShapes: readonly Variant[] = [
  [
    'no collection',
    { 'network.geojson': JSON.stringify(link('L1')) },
    'error',
    'network.geojson:1:',
    /must be a FeatureCollection of GeoJSON, and is a Feature/,
  ],
  ['a topology', { 'map.geojson': '{"type": "Topology"}' }, 'error', 'map.geojson:1:', /is a Topology/],
  [
    'latitude first',
    {
      'network.geojson': collection(
        link(
          'L1',
          {},
          {
            coordinates: [
              [44.5, -93.5],
              [44.5, -93.49],
            ],
          },
        ),
      ),
    },
    'leftOut',
    'network.geojson:',
    /must be at least -90/,
  ],
  [
    'latitude first where both are latitudes',
    {
      'county.json': profile({ bounds: [24, 60, 25, 61], center: [24.5, 60.5] }),
      'network.geojson': collection(
        link(
          'L1',
          {},
          {
            coordinates: [
              [60.5, 24.5],
              [60.5, 24.51],
            ],
          },
        ),
      ),
    },
    'warning',
    'network.geojson:',
    /The link L1 has longitude and latitude swapped/,
  ],
  [
    'metres of a projection',
    {
      'network.geojson': collection(
        link(
          'L1',
          {},
          {
            coordinates: [
              [500_000, 4_900_000],
              [500_100, 4_900_000],
            ],
          },
        ),
      ),
    },
    'leftOut',
    'network.geojson:',
    /export the file as WGS84/,
  ],
  [
    'a line of several parts',
    { 'network.geojson': collection(link('L1', {}, { type: 'MultiLineString', coordinates: [ring] })) },
    'leftOut',
    'network.geojson:',
    /must have a LineString, and has a MultiLineString\. Split it/,
  ],
  [
    'no geometry',
    { 'network.geojson': collection(feature(null, {})) },
    'leftOut',
    'network.geojson:',
    /has no geometry/,
  ],
  [
    'a line of one point',
    { 'network.geojson': collection(link('L1', {}, { coordinates: [[-93.5, 44.5]] })) },
    'leftOut',
    'network.geojson:',
    /`coordinates` has 1 entries, and needs at least 2/,
  ],
  [
    'a property is missing',
    { 'network.geojson': collection(link('L1', { lanes: undefined })) },
    'leftOut',
    'network.geojson:',
    /`lanes` is missing/,
  ],
  [
    'a class of roads that is none',
    { 'network.geojson': collection(link('L1', { roadClass: 'motorway' })) },
    'leftOut',
    'network.geojson:',
    /`roadClass` is "motorway", and must be one of freeway/,
  ],
  [
    'a property in other letters',
    { 'network.geojson': collection(link('L1', { lenghtM: 5 })) },
    'warning',
    'network.geojson:',
    /`lenghtM` means nothing here\. Did you mean `lengthM`/,
  ],
  [
    'a length that does not fit',
    { 'network.geojson': collection(link('L1', { lengthM: 0.79 })) },
    'warning',
    'network.geojson:',
    /is 79\d m long as it is drawn, and `lengthM` is 0\.79/,
  ],
  [
    'a speed in km/h',
    { 'network.geojson': collection(link('L1', { freeFlowMps: 50 })) },
    'warning',
    'network.geojson:',
    /if 50 is in km\/h, write 13\.9/,
  ],
  [
    'a walking speed',
    { 'network.geojson': collection(link('L1', { freeFlowMps: 1 })) },
    'warning',
    'network.geojson:',
    /walking/,
  ],
  [
    'a capacity that is none',
    { 'network.geojson': collection(link('L1', { capacityVph: 20_000 })) },
    'warning',
    'network.geojson:',
    /about 1800 is usual/,
  ],
  [
    'nodes that do not meet',
    { 'network.geojson': collection(link('L1'), link('L2', { fromNode: 'N2', toNode: 'N1' })) },
    'warning',
    'network.geojson:',
    /meets others at the node N2, and its line ends \d+ m away/,
  ],
  [
    'a link twice',
    { 'network.geojson': collection(link('L1'), link('L1')) },
    'leftOut',
    'network.geojson:',
    /The id L1 is there twice/,
  ],
  [
    'a zone of no kind',
    { 'zones.geojson': collection(zone('Z1', 'dma'), zone('F1', 'feeder'), zone('Z2', 'DMA')) },
    'leftOut',
    'zones.geojson:',
    /Did you mean `dma`/,
  ],
  [
    'an open ring',
    { 'zones.geojson': collection(zone('Z1', 'dma', {}, { coordinates: [ring.slice(0, 3)] }), zone('F1', 'feeder')) },
    'warning',
    'zones.geojson:',
    /not closed/,
  ],
  [
    'a place elsewhere',
    { 'map.geojson': collection(feature({ type: 'Point', coordinates: [10, 50] }, { kind: 'place', name: 'Far' })) },
    'warning',
    'map.geojson:',
    /The feature Far lies outside/,
  ],
  [
    'a kind of map that is none',
    { 'map.geojson': collection(feature({ type: 'Point', coordinates: [-93.5, 44.5] }, { kind: 'lake' })) },
    'leftOut',
    'map.geojson:',
    /`kind` is "lake"/,
  ],
];
