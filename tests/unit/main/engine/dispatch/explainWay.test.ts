import { describe, expect, it } from 'vitest';
import { recommend } from '../../../../../main/engine/dispatch/recommend.ts';
import type { Situation } from '../../../../../main/engine/dispatch/situation.ts';
import type { Link } from '../../../../../shared/county/county.ts';
import { gridRoads } from '../../../../support/gridRoads.ts';
import { incidentAt, scene, unitAt } from '../../../../support/dispatchScene.ts';

/** Route 9 leads from the base at A over B to the incident at C; the ring over X is longer. */
const links = gridRoads({ A: [0, 0], B: [5, 0], C: [10, 0], X: [5, 4] }, [
  { from: 'A', to: 'B', seconds: 300 },
  { from: 'B', to: 'C', seconds: 300 },
  { from: 'A', to: 'X', seconds: 420 },
  { from: 'X', to: 'C', seconds: 420 },
]).map((link) => ({ ...link, name: /X/.test(link.id) ? 'Ring Road' : 'Route 9' }));
const onRoute9 = links.findIndex(({ id }) => id === 'B-C');

function reasonsWith(more: Partial<Situation>): string[] {
  const situation = scene([unitAt('A', { km: 0 })], [incidentAt('I-1', 10)], { links, ...more });
  return (recommend(situation, 'I-1')?.proposals[0]?.reasons ?? []).filter((reason) => reason.startsWith('avoids'));
}
const slowBy = (factor: number): Partial<Situation> => ({
  times: {
    source: 'live',
    secondsOn: (link) => {
      const { lengthM = 0, freeFlowMps = 1 } = links[link] ?? {};
      return (lengthM / freeFlowMps) * (link === onRoute9 ? factor : 1);
    },
  },
});

describe('the rights of a unit', () => {
  const gated = links.map((link) => (link.name === 'Route 9' ? { ...link, access: 'emergency' as const } : link));
  const metresOf = (kind: 'ambulance' | 'tow', roads: Link[]): number | undefined => {
    const incident = incidentAt('I-1', 10, { needs: [{ kind, count: 1 }] });
    const situation = scene([unitAt('A', { km: 0, kind })], [incident], { links: roads });
    return recommend(situation, 'I-1')?.proposals[0]?.distanceM;
  };

  it('let response vehicles through a gate, and crews only where no other way leads there', () => {
    expect(metresOf('ambulance', gated)).toBeCloseTo(10_000, -1);
    expect(metresOf('tow', gated)).toBeCloseTo(2 * Math.hypot(5000, 4000), -1);
    const onlyGated = gated.filter(({ name }) => name === 'Route 9');
    expect(metresOf('tow', onlyGated)).toBeCloseTo(10_000, -1);
  });
});

describe('why a unit does not take the usual way', () => {
  it('is a closure, or slow traffic, with what it costs or saves', () => {
    expect(reasonsWith({ closed: new Set([onRoute9]) })).toEqual([
      'avoids the closure on Route 9: 1.7 mi longer than the usual way',
    ]);
    expect(reasonsWith(slowBy(4))).toEqual(['avoids slow traffic on Route 9: 1.7 mi longer, 11 min faster']);
    expect(reasonsWith({ ...slowBy(4), displayUnits: 'metric' })).toEqual([
      'avoids slow traffic on Route 9: 2.8 km longer, 11 min faster',
    ]);
  });

  it('is not said where it does take it', () => {
    expect(reasonsWith({})).toEqual([]);
    expect(reasonsWith(slowBy(1.2))).toEqual([]);
  });
});
