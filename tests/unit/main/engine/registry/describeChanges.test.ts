import { expect, it } from 'vitest';
import { describeChanges, stampOfCounty } from '../../../../../main/engine/registry/describeChanges.ts';
import { smallCounty, zoneOf } from '../../../../support/smallCounty.ts';

it('says per file what was added, changed and removed, and nothing where nothing was', () => {
  const before = smallCounty();
  expect(describeChanges(before, smallCounty())).toEqual([]);
  const [detector] = before.detectors;
  const after = smallCounty({
    profile: { ...before.profile, population: 51_000 },
    zones: [zoneOf('Z2', 'dma', 'Zone 2')],
    detectors: [
      { ...detector!, lanes: 3 },
      ...Array.from({ length: 7 }, (_, index) => ({ ...detector!, id: `N${String(index)}` })),
    ],
  });
  expect(describeChanges(before, after)).toEqual([
    'county.json: changed.',
    'zones.geojson: 1 added (Z2), 1 removed (Z1).',
    'detectors.csv: 7 added (N0, N1, N2, N3, N4, …), 1 changed (D1).',
  ]);
  expect(stampOfCounty(before)).toBe(stampOfCounty(smallCounty()));
  expect(stampOfCounty(before)).not.toBe(stampOfCounty(after));
});
