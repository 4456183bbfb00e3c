import { describe, expect, it } from 'vitest';
import { readCounty } from '../../../../../main/engine/registry/loadCounty.ts';
import { placeOf } from '../../../../../shared/county/countyFault.ts';
import { countyFolder, goodGtfs } from '../../../../support/goodCounty.ts';
import { detectors, units } from './malformed/variant.ts';
import { wrongFeeds } from './malformed/wrongFeeds.ts';
import { wrongProfiles } from './malformed/wrongProfiles.ts';
import { wrongShapes } from './malformed/wrongShapes.ts';
import { wrongTables } from './malformed/wrongTables.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const variants = [...wrongProfiles, ...wrongTables, ...wrongShapes, ...wrongFeeds];

describe("a mistake in a county's files", () => {
  it.each(variants)('%s', async (_, files, level, place, words) => {
    const { county, faults } = await readCounty(countyFolder(files), NOW);
    const found = faults.filter((fault) => words.test(fault.text));
    expect(found.length, JSON.stringify(faults, null, 1)).toBeGreaterThan(0);
    expect(found[0]?.level).toBe(level);
    if (place.endsWith(':')) expect(placeOf(found[0] ?? { level: 'error', file: '', text: '' })).toContain(place);
    else expect(placeOf(found[0] ?? { level: 'error', file: '', text: '' })).toBe(place);
    // Beacon starts without a row, and does not start with a file that it cannot read.
    expect(county === undefined).toBe(level === 'error');
    for (const { text } of faults)
      expect(text).not.toMatch(
        /Invalid input|expected (?:string|number|int|array|object)|undefined|NaN|\[object|too_small|Zod/,
      );
  });

  it('is not found in a county without one', async () => {
    for (const more of [{}, goodGtfs, { 'feeds.json': '{"//": "a remark"}' }])
      expect((await readCounty(countyFolder(more), NOW)).faults).toEqual([]);
  });

  it('costs its row alone, and all of them are listed at once', async () => {
    const rows = ['D1,L1,-93.5,44.5,1,20', 'D2,L1,x,44.5,1,20', 'D3,L9,-93.5,44.5,1,20', 'D4,L1,-93.5,44.5,1,20'];
    const dir = countyFolder({
      'detectors.csv': `\uFEFF${detectors}# a remark, which is no row\n${rows.join('\r\n')}\r\n`,
      'units.csv': `${units}U1,polise,A,-93.5,44.5,,\nU2,fire,B,-93.5,44.5,,\n`,
    });
    const { county, faults } = await readCounty(dir, NOW);
    expect(county?.detectors.map(({ id }) => id)).toEqual(['D1', 'D4']);
    expect(county?.units.map(({ id }) => id)).toEqual(['U2']);
    expect(faults.map(placeOf)).toEqual(['detectors.csv:4:7', 'detectors.csv:5', 'units.csv:2:4']);
  });

  it('that is made a thousand times is listed twenty times and counted', async () => {
    const rows = Array.from({ length: 1000 }, (_, n) => `D${String(n)},L1,x,44.5,1,20`);
    const { faults } = await readCounty(countyFolder({ 'detectors.csv': `${detectors}${rows.join('\n')}\n` }), NOW);
    expect(faults.length).toBe(21);
    expect(faults.at(-1)?.text).toBe('980 more like these.');
  });
});
