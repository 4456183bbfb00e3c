import { expect, it } from 'vitest';
import { addFeedDevices } from '../../../../../main/engine/registry/addFeedDevices.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import type { County } from '../../../../../shared/county/county.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

const [there] = smallCounty().links;
const links =
  there === undefined ? [] : [there, { ...there, id: 'L2', fromNode: there.toNode, toNode: there.fromNode, lanes: 2 }];
const station = { id: 7, name: 'Bridge', lon: -93.5, lat: 44.5 };
const device = { id: 'wmbus:1', lon: -93.5, lat: 44.5, commodity: 'water', zoneId: 'Z1' } as const;

const addedTo = (feeds: County['feeds']): { detectors: County['detectors']; meters: County['meters'] } => {
  const { detectors, meters } = addFeedDevices(smallCounty({ feeds, links }));
  return { detectors: detectors.slice(1), meters: meters.slice(1) };
};

it('makes a detector of each direction of a station', () => {
  expect(addedTo({ digitraffic: { stations: [{ ...station, linkId: 'L1' }], sensors: [] } }).detectors).toEqual([
    { id: 'tms:7/1', linkId: 'L1', lon: -93.5, lat: 44.5, lanes: 1, periodS: 300, name: 'Bridge' },
    { id: 'tms:7/2', linkId: 'L2', lon: -93.5, lat: 44.5, lanes: 2, periodS: 300, name: 'Bridge' },
  ]);
});

it('cannot put a station without a link on a road', () => {
  expect(addedTo({ digitraffic: { stations: [station], sensors: [] } }).detectors).toEqual([]);
});

it('makes a meter of a device with place, commodity and zone', () => {
  expect(addedTo({ devices: [{ ...device, name: 'Mill Street 4' }] }).meters).toMatchObject([
    { id: 'wmbus:1', commodity: 'water', zoneId: 'Z1', customerClass: 'singleFamily', address: 'Mill Street 4' },
  ]);
});

it('is a meter in the register, with what one count of it is', () => {
  const feeds: County['feeds'] = { devices: [{ ...device, count: { quantity: 'registerM3', perCount: 0.1 } }] };
  expect(createRegistry(addFeedDevices(smallCounty({ feeds }))).device('wmbus:1')).toMatchObject({
    kind: 'meter',
    count: { perCount: 0.1 },
  });
});

it.each([
  ['without a place', { id: 'wmbus:1', commodity: 'water', zoneId: 'Z1' }],
  ['without a zone', { ...device, zoneId: undefined }],
  ['in a zone of another commodity', { ...device, commodity: 'electricity' }],
  ['that is a meter already', { ...device, id: 'W1' }],
] as const)('leaves a device alone %s', (_, each) => {
  const { zoneId, ...rest } = each;
  expect(addedTo({ devices: [{ ...rest, ...(zoneId !== undefined && { zoneId }) }] }).meters).toEqual([]);
});
