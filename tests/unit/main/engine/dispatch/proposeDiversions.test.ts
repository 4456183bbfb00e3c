import { describe, expect, it } from 'vitest';
import { proposeDiversions } from '../../../../../main/engine/dispatch/proposeDiversions.ts';
import { RoadMap } from '../../../../../main/engine/domains/kit/RoadMap.ts';
import { RoadNetwork } from '../../../../../main/engine/routing/RoadNetwork.ts';
import { Router } from '../../../../../main/engine/routing/Router.ts';
import { freeFlowTimes } from '../../../../../main/engine/routing/TravelTimes.ts';
import type { Link } from '../../../../../shared/county/county.ts';
import { describeDiversion, joinDiversions } from '../../../../../renderer/features/incidents/diversionWords.ts';
import { gridRoads } from '../../../../support/gridRoads.ts';

/** Main Street W–A–B–C–E with a loop A–X–C beside it, and a lane from E that ends. */
const links = gridRoads({ W: [-1, 0], A: [0, 0], B: [1, 0], C: [2, 0], E: [3, 0], X: [1, 1], Z: [4, 0] }, [
  { from: 'W', to: 'A', seconds: 60 },
  { from: 'A', to: 'B', seconds: 60 },
  { from: 'B', to: 'C', seconds: 60 },
  { from: 'C', to: 'E', seconds: 60 },
  { from: 'A', to: 'X', seconds: 120 },
  { from: 'X', to: 'C', seconds: 120 },
  { from: 'E', to: 'Z', seconds: 60 },
]).map((link): Link => ({
  ...link,
  name: /X/.test(link.id) ? 'Loop Road' : 'Main Street',
  capacityVph: /X/.test(link.id) ? 1000 : 2000,
}));
const indexes = (...ids: string[]): number[] => ids.map((id) => links.findIndex((link) => link.id === id));

function proposed(closedIds: string[], flows: Record<string, number> = {}): ReturnType<typeof proposeDiversions> {
  const network = new RoadNetwork(links);
  const closed = indexes(...closedIds);
  const roadMap = new RoadMap(links);
  return proposeDiversions(closed, {
    network,
    router: new Router(network),
    terms: { rights: 'car', times: freeFlowTimes(links), atMs: 0, closed: new Set(closed) },
    flowVph: (link) => flows[links[link]?.id ?? ''] ?? Number.NaN,
    roadName: (link) => roadMap.roadName(link),
  });
}

describe('diversions', () => {
  it('lead round each direction of a closed stretch, and say how much longer they are and which roads fill', () => {
    const { diversions, refusals } = proposed(['A-B', 'B-C', 'C-B', 'B-A'], { 'W-A': 700, 'A-X': 300, 'X-C': 100 });
    expect(refusals).toEqual([]);
    expect(diversions.map(({ closed, linkIds }) => [closed, linkIds])).toEqual([
      ['Main Street E', ['A-X', 'X-C']],
      ['Main Street W', ['C-X', 'X-A']],
    ]);
    const [east, west] = diversions;
    expect(east).toMatchObject({ text: 'Loop Road' });
    expect(east?.extraS).toBeCloseTo(120, 6);
    expect(east?.extraM).toBeCloseTo(2 * Math.SQRT2 * 1000 - 2000, 0);
    expect(east?.fills).toMatchObject([
      { addedVph: 700, load: 1, isMeasured: true },
      { addedVph: 700, load: 0.8, isMeasured: true },
    ]);
    // Where nothing is measured, the flows are assumed, and said to be.
    expect(west?.fills.every(({ isMeasured }) => !isMeasured)).toBe(true);
    expect(east && describeDiversion(east, 'metric')).toBe(
      'Round Main Street E: 830 m longer, 2 min slower. Loop Road E gets 700 vehicles per hour more, 100 % of its capacity.',
    );
    expect(joinDiversions(diversions)).toEqual({
      text: 'Main Street E: Loop Road; Main Street W: Loop Road',
      linkIds: ['A-X', 'X-C', 'C-X', 'X-A'],
    });
  });

  it('are refused in words where every road is closed, or where nothing drives through', () => {
    expect(proposed(['A-B', 'A-X'])).toEqual({
      diversions: [],
      refusals: [expect.stringMatching(/^No open road leads round Main Street E/), expect.stringMatching(/Loop Road/)],
    });
    expect(proposed(['E-Z'])).toEqual({
      diversions: [],
      refusals: ['Nothing drives through Main Street E: it ends where it is closed.'],
    });
    expect(proposed([])).toEqual({ diversions: [], refusals: [] });
  });
});
