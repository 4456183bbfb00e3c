import { describe, expect, it } from 'vitest';
import { createCitizensDomain } from '../../../../../../main/engine/domains/citizens/createCitizensDomain.ts';
import type { Link } from '../../../../../../shared/county/county.ts';
import type { CitizenReport } from '../../../../../../shared/base/values.ts';
import { streamOf } from '../../../../../support/streamOf.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const link = (name: string, lon: number): Link => ({
  id: name,
  name,
  roadClass: 'local',
  fromNode: 'a',
  toNode: 'b',
  lengthM: 100,
  freeFlowMps: 13,
  lanes: 1,
  capacityVph: 800,
  path: [
    [lon, 44],
    [lon, 44.001],
    [lon, 44.002],
  ],
});
const report = (part: Partial<CitizenReport>): CitizenReport => ({
  kind: 'report',
  reportId: 'R1',
  atMs: NOW,
  quality: 'good',
  category: 'water',
  text: 'Water on the road',
  ...part,
});
const placeOf = (part: Partial<CitizenReport>): string | undefined => {
  const domain = createCitizensDomain({
    links: [link('Mill Road', -93), link('Elm Street', -93.005), link('', -93.0049)],
  });
  domain.apply(report(part), NOW);
  return domain.judge(NOW)[0]?.place;
};

describe("citizens' reports", () => {
  it('are placed by their address, else by the nearest road that has a name', () => {
    expect(placeOf({ address: '1 Main Street', lon: -93, lat: 44 })).toBe('1 Main Street');
    expect(placeOf({ lon: -93.0049, lat: 44.001 })).toBe('Elm Street');
    expect(placeOf({ lon: -92, lat: 44 })).toBe('Away from roads');
    expect(placeOf({})).toBe('Place not given');
  });

  it('call for a person for half an hour, and stay readable after it', () => {
    const domain = createCitizensDomain({ links: [] });
    domain.apply(report({}), NOW);
    expect(domain.judge(NOW + 29 * 60_000)).toHaveLength(1);
    expect(domain.judge(NOW + 31 * 60_000)).toEqual([]);
    expect(streamOf(domain, 'reports')?.message.changed).toMatchObject([{ id: 'R1', title: 'water' }]);
  });

  it('are taken once, and not from the future', () => {
    const domain = createCitizensDomain({ links: [] });
    domain.apply(report({}), NOW);
    const first = streamOf(domain, 'reports');
    expect(first?.message).toMatchObject({ isFull: true, changed: [{ id: 'R1' }] });
    domain.apply(report({}), NOW);
    domain.apply(report({ reportId: 'R2', atMs: NOW + 3_600_000 }), NOW);
    expect(streamOf(domain, 'reports', first?.cursor)).toBeUndefined();
    expect(streamOf(domain, 'reports')?.message.changed).toHaveLength(1);
  });
});
