import { expect, it } from 'vitest';
import { MOST_LISTED } from '../../../shared/public/publicContract.ts';
import type { PublicRequest } from '../../../shared/public/publicContract.ts';
import { openPublicLine } from '../../support/openPublicLine.ts';
import { eventually } from '../../support/startHost.ts';

const DAY_MS = 86_400_000;
const numberOf = (at: number): string => `${String(at).padStart(5, '0')}-00000`;
const request = (at: number, receivedAtMs = at): PublicRequest => ({
  number: numberOf(at),
  serviceCode: 'other',
  state: 'received',
  receivedAtMs,
  changedAtMs: receivedAtMs,
  expectedAtMs: receivedAtMs + DAY_MS,
  followers: 0,
});
const numbers = (requests: readonly PublicRequest[]): string[] => requests.map(({ number }) => number);

it('keeps the newest requests in their order, and no more than the engine lists', async () => {
  const changed = Array.from({ length: MOST_LISTED }, (_, at) => request(at));
  const { server, client } = await openPublicLine({}, { requests: { isFull: true, changed } });
  await eventually('The requests', () => client.requests.length === MOST_LISTED || undefined);
  server.publish('requests', { isFull: false, changed: [request(MOST_LISTED + 1), request(MOST_LISTED)] });
  const held = await eventually('The new ones', () =>
    client.requests.some(({ number }) => number === numberOf(MOST_LISTED)) ? client.requests : undefined,
  );
  expect(held).toHaveLength(MOST_LISTED);
  expect(numbers(held.slice(0, 3))).toEqual([MOST_LISTED + 1, MOST_LISTED, MOST_LISTED - 1].map(numberOf));
  expect(held.at(-1)?.number).toBe(numberOf(2));
  expect(client.requests).toBe(held);
});

it('forgets what is older than 90 days with the next change', async () => {
  const { server, client } = await openPublicLine(
    {},
    { requests: { isFull: true, changed: [request(1, 0), request(2, 2 * DAY_MS)] } },
  );
  await eventually('The requests', () => client.requests.length === 2 || undefined);
  const nowMs = 91 * DAY_MS;
  server.publish('vitals', { nowMs });
  server.publish('requests', { isFull: false, changed: [request(3, nowMs)] });
  await eventually('The change', () => client.requests.find(({ number }) => number === numberOf(3)));
  expect(numbers(client.requests)).toEqual([3, 2].map(numberOf));
});

it('finds what it knows itself and asks once for the others, in the order of the question', async () => {
  const asked: string[][] = [];
  const { client } = await openPublicLine(
    {
      'request.find'({ numbers: all }) {
        asked.push(all);
        return { requests: [request(7)] };
      },
    },
    { requests: { isFull: true, changed: [request(1), request(2)] } },
  );
  await eventually('The requests', () => client.requests.length === 2 || undefined);
  expect(numbers(await client.find([2, 7, 9, 1].map(numberOf)))).toEqual([2, 7, 1].map(numberOf));
  expect(asked).toEqual([[7, 9].map(numberOf)]);
  expect(numbers(await client.find([numberOf(1)]))).toEqual([numberOf(1)]);
  expect(asked).toHaveLength(1);
});
