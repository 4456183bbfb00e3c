import fc from 'fast-check';
import { expect, it } from 'vitest';
import { indexAlarms } from '../../../../../renderer/features/map/alarmIndex.ts';
import { indexNetwork } from '../../../../../renderer/features/map/CountyIndex.ts';
import { acrossLink, signsOf } from '../../../../../renderer/features/map/signs.ts';
import { spreadSigns } from '../../../../../renderer/features/map/spreadSigns.ts';
import type { Wish } from '../../../../../renderer/features/map/spreadSigns.ts';
import { defaultLayers } from '../../../../../renderer/client/selection.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';

const at = (x: number, y: number, radiusPx = 10): Wish => ({ x, y, radiusPx });
const apart = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0));

it('leaves signs with room where they are', () => {
  expect(spreadSigns([at(0, 0), at(100, 0)], [])).toEqual([
    [0, 0],
    [100, 0],
  ]);
});

it('spreads signs at one place, the first of which stays', () => {
  const spots = spreadSigns(
    Array.from({ length: 8 }, () => at(0, 0)),
    [],
  );
  expect(spots[0]).toEqual([0, 0]);
  spots.forEach((spot, i) =>
    spots.slice(i + 1).forEach((other) => expect(apart(spot, other)).toBeGreaterThanOrEqual(18)),
  );
});

it('moves no sign further than a few of its widths', () => {
  const wish = fc.record({ x: fc.nat(60), y: fc.nat(60), radiusPx: fc.constant(10) });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), (wishes) =>
      spreadSigns(wishes, []).every((spot, i) => apart(spot, [wishes[i]?.x ?? 0, wishes[i]?.y ?? 0]) <= 51),
    ),
  );
});

const alarm = (id: string, priority: Alarm['priority'], more: Partial<Alarm> = {}): [string, Alarm] => [
  id,
  {
    id,
    priority,
    state: 'active',
    domain: 'traffic',
    subject: { kind: 'report', id },
    lon: 1,
    lat: 1,
    raisedAtMs: 0,
    ...more,
  } as Alarm,
];
const road = indexNetwork({
  links: [
    {
      id: 'L',
      name: 'L',
      roadClass: 'freeway',
      freeFlowMps: 30,
      lanes: 2,
      path: [
        [1, 1],
        [1.01, 1],
      ],
    },
  ],
  detectors: [],
});

it('puts the sign of a queue beside its road, and the pin of an incident at its place', () => {
  expect(acrossLink(road, 'L')).toEqual([0, -1].map((part) => expect.closeTo(part, 9)));
  const pin = { id: 'I', priority: 2, status: 'reported', lon: 1, lat: 1 } as unknown as Incident;
  const signs = signsOf({
    alarms: indexAlarms(
      new Map([alarm('queue', 2, { subject: { kind: 'link', id: 'L' }, lon: 1.2 }), alarm('near', 4)]),
    ),
    incidents: new Map([['I', pin]]),
    reports: new Map(),
    network: road,
    layers: defaultLayers,
    typeScale: 1,
    zoom: 10,
  });
  expect(signs.incidents).toMatchObject([{ at: [1, 1], isAside: false }]);
  const [near, queue] = signs.alarms;
  expect(queue?.thing.id).toBe('queue');
  expect(queue?.isAside).toBe(true);
  expect(queue?.at[1]).toBeGreaterThan(1);
  expect(near?.thing.id).toBe('near');
});
