import { expect, it } from 'vitest';
import { DAY_MS } from '../../../../shared/base/durations.ts';
import { similarRequests } from '../../../../shared/citizens/similarRequests.ts';

const NOW_MS = 100 * DAY_MS;
/** A request so many meters to the north. */
const request = (
  id: string,
  northM: number,
  more: Partial<Parameters<typeof similarRequests>[0] extends Iterable<infer R> ? R : never> = {},
) => ({
  id,
  serviceCode: 'pothole',
  state: 'received' as const,
  receivedAtMs: NOW_MS - DAY_MS,
  lon: 0,
  lat: northM / 111_195,
  ...more,
});
const found = (requests: ReturnType<typeof request>[], serviceCodes = ['pothole']): string[] =>
  similarRequests(requests, { serviceCodes, lon: 0, lat: 0, atMs: NOW_MS }).map(({ id }) => id);

it('offers what is near and of the last two weeks, the nearest first, and five at most', () => {
  const near = [240, 10, 100, 30, 50, 200].map((northM) => request(String(northM), northM));
  expect(found(near)).toEqual(['10', '30', '50', '100', '200']);
  expect(found([request('far', 260), request('old', 0, { receivedAtMs: NOW_MS - 15 * DAY_MS })])).toEqual([]);
});

it('offers closed ones, too, and of merged ones and spam none', () => {
  const all = (['done', 'declined', 'merged', 'spam'] as const).map((state) => request(state, 10, { state }));
  expect(found(all).sort()).toEqual(['declined', 'done']);
});

it('compares the services that it is given, and what has no place with nothing', () => {
  const all = [request('light', 5, { serviceCode: 'streetlight' }), request('hole', 20)];
  expect(found(all)).toEqual(['hole']);
  expect(found(all, ['pothole', 'streetlight'])).toEqual(['light', 'hole']);
  const { lon: _lon, ...placeless } = request('placeless', 0);
  expect(similarRequests([placeless], { serviceCodes: ['pothole'], lon: 0, lat: 0, atMs: NOW_MS })).toEqual([]);
});
