import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeNewCounty } from '../../../../main/engine/registry/newCounty.ts';
import { readWorld } from '../../../../simulators/world/World.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

function filesOfNewCounty(): Map<string, string> {
  const folder = temporaryFolder();
  return new Map(writeNewCounty(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

it('takes the files of a county with the remarks that the engine allows in them', () => {
  const { detectors, meters, units } = readWorld(filesOfNewCounty());
  expect([detectors, meters, units].map((rows) => rows.map(({ id }) => id))).toEqual([
    ['D1'],
    ['W1', 'E1'],
    ['P1', 'E1-fire'],
  ]);
});

it('names the line of the file where a row has a fault, remarks counted', () => {
  const files = filesOfNewCounty();
  const text = files.get('detectors.csv') ?? '';
  files.set('detectors.csv', text.replace(/^D1,.*$/m, '# A remark\nD1,L1,west,44.5,1,60,Main Street'));
  expect(() => readWorld(files)).toThrow('Line 4 of detectors.csv');
});
