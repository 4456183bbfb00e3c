import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCounty } from '../../../../main/engine/openCounty.ts';
import type { OpenCounty } from '../../../../main/engine/openCounty.ts';
import { completePositions, positionOf } from '../../../../shared/alarms/positions.ts';
import { smallCounty } from '../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { writeCounty } from '../../../support/writeCounty.ts';

/** The positions file of a county that was written before there were two of the domains, and knows one too many. */
const written = [
  { id: 'streets', name: 'Streets', domains: ['traffic', 'transit', 'citizen'] },
  { id: 'rest', name: 'Everything else', domains: ['electricity', 'water', 'harbour'] },
];

async function open(positions: unknown): Promise<OpenCounty> {
  const folder = temporaryFolder();
  await writeCounty(folder, smallCounty());
  if (positions !== undefined) writeFileSync(join(folder, 'positions.json'), JSON.stringify(positions));
  const options = {
    brokerUrl: '',
    dataDir: '',
    countyDir: folder,
    clock: 'wall',
    storeWorkerPath: '',
    version: '',
  } as const;
  return openCounty(options, () => undefined);
}

describe('operating positions of a county', () => {
  it('that do not name a domain leave it to the first, and a notice says so', async () => {
    const { positions, notices } = await open(written);
    expect(positions[0]?.domains).toEqual(['traffic', 'transit', 'citizen', 'system', 'maintenance']);
    expect(positionOf(positions, 'system')).toBe('streets');
    expect(notices.all().map(({ text }) => text)).toEqual([
      'positions.json names no position for system, maintenance: Streets answers for it.',
      expect.stringMatching(/^positions\.json names harbour, which this version does not know\. It knows traffic, /),
    ]);
  });

  it('need no word where the county has none, or names every domain', async () => {
    expect((await open(undefined)).notices.all()).toEqual([]);
    const all = (await open(undefined)).alarmDomains.map(({ id }) => id);
    expect((await open([{ id: 'all', name: 'All', domains: all }])).notices.all()).toEqual([]);
  });

  it('keep an alarm domain of another version, which falls to the first position where nobody names it', () => {
    const { positions, unknown } = completePositions(written, ['traffic']);
    expect(unknown).toEqual(['transit', 'citizen', 'electricity', 'water', 'harbour']);
    expect(positionOf(positions, 'harbour')).toBe('rest');
    expect(positionOf(positions, 'parking')).toBe('streets');
  });
});
