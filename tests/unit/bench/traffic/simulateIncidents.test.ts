import { expect, it } from 'vitest';
import { TrafficModel } from '../../../../simulators/world/TrafficModel.ts';
import { planCrash } from '../../../bench/traffic/simulateIncidents.ts';
import { simulatedWorld } from '../../../support/simulatedWorld.ts';

const { world } = simulatedWorld(0.05);
const model = new TrafficModel(world, 1);
/** A Wednesday, 08:00 local time. */
const fromMs = Date.UTC(2026, 4, 6, 13);
const clearedMs = fromMs + 1_800_000;
const site = world.links.findIndex(
  ({ roadClass, name, fromNode }) =>
    roadClass === 'freeway' && world.links.some((link) => link.name === name && link.toNode === fromNode),
);
const before = world.links.findIndex(
  ({ toNode, name }) => toNode === world.links[site]?.fromNode && name === world.links[site].name,
);
const crashOf = (openShare: number, placeM: number): ReturnType<typeof planCrash> =>
  planCrash(world, model, { link: site, fromMs, clearedMs, openShare, placeM });

it('a simulated crash fills the road upstream in the course of time, and empties it downstream', () => {
  const crash = crashOf(0, 100);
  const isCrawling = (link: number, afterS: number): boolean =>
    (crash?.effect(link, fromMs + afterS * 1000)?.speedFactor ?? 1) < 0.5;
  expect([0, 10, 600].map((afterS) => isCrawling(site, afterS))).toEqual([false, false, true]);
  expect(isCrawling(before, 60)).toBe(false);
  expect(isCrawling(before, 1500)).toBe(true);
  expect(crash?.queue.has(before)).toBe(true);
  const past = crashOf(0, -100);
  expect(past?.effect(site, fromMs + 600_000)).toEqual({ speedFactor: 1, flowFactor: 0.02 });
  expect(crash?.effect(site, fromMs - 1)).toBeUndefined();
});

it('a crash is none to be seen where the open lanes carry the demand', () => {
  expect(crashOf(1, 0)).toBeUndefined();
});
