import { expect, it } from 'vitest';
import { beaconSegments } from '../../../../../../main/engine/ingest/feeds/beaconSegments.ts';
import { NOW_MS as at, stepper } from './stepper.ts';

const send = stepper(beaconSegments);

it('takes a travel time with the vehicles that it was measured from', () => {
  const made = send('beacon/v1/segment/S1', { at, travelS: 77, count: 12 });
  expect(made.samples).toEqual({ travelS: 77, vehicleCount: 12 });
  expect(made.qualities).toEqual({ travelS: 'good', vehicleCount: 'good' });
});

it('marks a travel time that is only held, and has none where none arrived', () => {
  expect(send('beacon/v1/segment/S1', { at, travelS: 77, count: 0 }).qualities).toEqual({
    travelS: 'stale',
    vehicleCount: 'good',
  });
  expect(send('beacon/v1/segment/S1', { at, travelS: null, count: 0 }).samples).toEqual({ vehicleCount: 0 });
  expect(send('beacon/v1/segment/S1', { at, travelS: 77 }).samples).toEqual({ travelS: 77 });
});

it('refuses a travel time that is none', () => {
  expect(send('beacon/v1/segment/S1', { at, travelS: 0, count: 3 }).refusal).toBeDefined();
});
