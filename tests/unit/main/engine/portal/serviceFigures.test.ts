import { expect, it } from 'vitest';
import { serviceFigures } from '../../../../../main/engine/portal/serviceFigures.ts';
import { DAY_MS } from '../../../../../shared/base/durations.ts';
import type { ServiceRequest } from '../../../../../shared/citizens/serviceRequest.ts';

const NOW_MS = 100 * DAY_MS;
const span = { fromMs: NOW_MS - 30 * DAY_MS, toMs: NOW_MS };
let made = 0;
/** A request that came so many days ago, with ten days of promise. */
const request = (daysAgo: number, more: Partial<ServiceRequest> = {}): ServiceRequest => {
  const receivedAtMs = NOW_MS - daysAgo * DAY_MS;
  return {
    number: `4K7QM-2F9X${String(made++ % 10)}`,
    serviceCode: 'pothole',
    text: '',
    language: 'en',
    channel: 'web',
    state: 'received',
    receivedAtMs,
    changedAtMs: receivedAtMs,
    expectedAtMs: receivedAtMs + 10 * DAY_MS,
    followers: 0,
    ...more,
  };
};
const closedAfter = (daysAgo: number, days: number, more: Partial<ServiceRequest> = {}): ServiceRequest =>
  request(daysAgo, { state: 'done', closedAtMs: NOW_MS - (daysAgo - days) * DAY_MS, ...more });

it('counts open and overdue promises as missed, and those that are not due yet not at all', () => {
  const requests = [closedAfter(25, 5), closedAfter(25, 12), request(20), request(5), closedAfter(5, 1), request(80)];
  expect(serviceFigures(requests, [], span, NOW_MS)).toMatchObject({ due: 3, kept: 1, closed: 2 });
});

it('counts a justified no as completed, and neither spam nor what was merged', () => {
  const requests = [
    closedAfter(9, 1, { state: 'declined' }),
    closedAfter(9, 1, { channel: 'mqtt' }),
    closedAfter(9, 1, { state: 'spam' }),
    closedAfter(9, 1, { state: 'merged' }),
    request(3),
  ];
  expect(serviceFigures(requests, [], span, NOW_MS)).toMatchObject({
    started: 3,
    completed: 2,
    online: 1,
    otherChannels: 1,
    asked: 1,
  });
});

it('counts the marks of the time, and shows what was written beside them, the newest first', () => {
  const requests = [
    closedAfter(9, 1, { mark: { mark: 5, text: 'Fast', atMs: NOW_MS - DAY_MS } }),
    closedAfter(50, 1, { mark: { mark: 1, atMs: NOW_MS - 45 * DAY_MS } }),
  ];
  const pageMarks = [{ page: 'now' as const, mark: 2, text: 'Small letters', atMs: NOW_MS - 1 }];
  const figures = serviceFigures(requests, pageMarks, span, NOW_MS);
  expect(figures.requestMarks).toEqual([0, 0, 0, 0, 1]);
  expect(figures.pageMarks).toEqual([0, 1, 0, 0, 0]);
  expect(figures.comments.map(({ text }) => text)).toEqual(['Small letters', 'Fast']);
});
