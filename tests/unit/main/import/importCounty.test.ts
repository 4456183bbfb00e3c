import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importCounty, makeCounty } from '../../../../main/import/importCounty.ts';
import type { ImportTask } from '../../../../main/import/importCounty.ts';
import { readCounty } from '../../../../main/engine/registry/loadCounty.ts';
import type { County } from '../../../../shared/county/county.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { writeOsm } from '../../../support/writeOsm.ts';
import type { OsmContent } from '../../../support/writeOsm.ts';

const silent = (): void => undefined;
const NOW_MS = Date.UTC(2026, 2, 1);

/** A cross of two streets, 1 km each way, with a one-way street along its south and east. */
const cross: OsmContent = {
  nodes: {
    1: [-1, 0],
    2: [0, 0, { place: 'town', name: 'Milltown', population: '1,200' }],
    3: [1, 0],
    4: [0, -1],
    5: [0, 1],
    6: [0.5, 0],
    7: [0.2, 0.2],
    8: [0.4, 0.2],
    9: [0.4, 0.4],
  },
  ways: {
    10: [[1, 2, 6, 3], { highway: 'primary', name: 'Main Street', maxspeed: '30 mph', lanes: '4' }],
    11: [[4, 2, 5], { highway: 'residential' }],
    12: [[4, 3], { highway: 'tertiary', name: 'South Road', oneway: 'yes' }],
    13: [[1, 5], { highway: 'footway' }],
    14: [[7, 8, 9, 7], { natural: 'water', name: 'Mill Pond' }],
    15: [[3, 5], { highway: 'service', access: 'private' }],
    16: [[1, 4], { highway: 'track' }],
  },
};

function taskFor(
  content: OsmContent,
  more: Partial<ImportTask> = {},
  options?: Parameters<typeof writeOsm>[2],
): ImportTask {
  const folder = temporaryFolder();
  const osm = join(folder, 'county.osm.pbf');
  writeOsm(osm, content, options);
  return { task: 'import', osm, dir: join(folder, 'out'), ...more };
}

async function imported(task: ImportTask): Promise<{ county: County; report: string }> {
  const report = importCounty(task, silent).join('\n');
  const { county, faults } = await readCounty(task.dir, NOW_MS);
  // The small maps of these tests do not say how many people live there.
  expect(faults.filter(({ text }) => text !== '`population` is 0.')).toEqual([]);
  if (county === undefined) throw new Error('The county cannot be used.');
  return { county, report };
}

describe('a county of OpenStreetMap', () => {
  it('has a link per direction from junction to junction, with what the tags say', async () => {
    const { county, report } = await imported(taskFor(cross));
    const link = (id: string): Partial<County['links'][number]> | undefined =>
      county.links.find((each) => each.id === id);
    expect(county.links.map(({ id }) => id).filter((id) => id.startsWith('w10'))).toEqual([
      'w10-1',
      'w10-2',
      'w10-2r',
      'w10-1r',
    ]);
    expect(link('w10-2')).toMatchObject({
      name: 'Main Street',
      roadClass: 'arterial',
      fromNode: 'n2',
      toNode: 'n3',
      lanes: 2,
      speedLimitMps: 13.41,
      path: [expect.anything(), expect.anything(), expect.anything()],
    });
    expect(link('w10-2')?.lengthM).toBeCloseTo(1000, -1);
    expect(
      county.links.filter(({ id }) => id.startsWith('w12')).map(({ fromNode, toNode }) => [fromNode, toNode]),
    ).toEqual([['n4', 'n3']]);
    expect(link('w15-1')?.access).toBe('destination');
    expect(link('w16-1')?.access).toBe('emergency');
    expect(link('w11-1')?.access).toBeUndefined();
    expect(county.map.map(({ kind, name }) => [kind, name])).toEqual([
      ['boundary', undefined],
      ['water', 'Mill Pond'],
      ['place', 'Milltown'],
    ]);
    expect(county.profile).toMatchObject({
      id: 'milltown',
      timeZone: 'America/Chicago',
      displayUnits: 'us',
      population: 1200,
      nominalVoltageV: 120,
      simulated: true,
    });
    expect(report).toMatch(/highway=footway: 1/);
    expect(report).toMatch(/kept, but without a name: \d+ links/);
  });

  it('is the same from plain nodes and uncompressed blocks', () => {
    const links = (options?: Parameters<typeof writeOsm>[2]): unknown =>
      makeCounty(taskFor(cross, {}, options), silent).laid.links;
    expect(links({ isDense: false, isCompressed: false })).toEqual(links());
  });

  it('obeys restrictions of turns: no, only, over a way, and those for others are left out', async () => {
    const restriction = (kind: string, from: number, via: readonly [string, number], to: number, more = {}): object => [
      [
        { kind: 'way', id: from, role: 'from' },
        { kind: via[0], id: via[1], role: 'via' },
        { kind: 'way', id: to, role: 'to' },
      ],
      { type: 'restriction', restriction: kind, ...more },
    ];
    const content = {
      nodes: { 1: [-1, 0], 2: [0, 0], 3: [1, 0], 4: [0, -1], 5: [0, 1], 6: [1, 1], 7: [2, 0] },
      ways: {
        10: [[1, 2], { highway: 'primary', name: 'West' }],
        11: [[2, 3], { highway: 'primary', name: 'Middle' }],
        12: [[4, 2], { highway: 'primary', name: 'South' }],
        13: [[2, 5], { highway: 'primary', name: 'North' }],
        14: [[3, 6], { highway: 'primary', name: 'Far north' }],
        15: [[3, 7], { highway: 'primary', name: 'East' }],
      },
      relations: {
        1: restriction('no_left_turn', 10, ['node', 2], 13),
        2: restriction('only_straight_on', 12, ['node', 2], 13),
        3: restriction('no_left_turn', 10, ['way', 11], 14),
        4: restriction('no_right_turn', 10, ['node', 2], 12, { except: 'motorcar' }),
        5: restriction('no_right_turn', 10, ['node', 2], 12, { hour_on: '07:00' }),
        6: restriction('no_right_turn', 10, ['node', 5], 12),
      },
    } as unknown as OsmContent;
    const { county, report } = await imported(taskFor(content));
    expect(county.turns?.map(({ links, reason }) => `${links.join(' ')}: ${reason ?? ''}`).sort()).toEqual([
      'w10-1 w11-1 w14-1: no left turn',
      'w10-1 w13-1: no left turn',
      'w12-1 w10-1r: only straight on',
      'w12-1 w11-1: only straight on',
      'w12-1 w12-1r: only straight on',
    ]);
    expect(report).toMatch(/turn restriction for some hours or vehicles only: 1/);
    expect(report).toMatch(/turn restriction whose roads do not meet or are not here: 1/);
  });

  it('lets only response vehicles through a bollard, and nobody through a wall', async () => {
    const content: OsmContent = {
      nodes: { 1: [0, 0], 2: [1, 0, { barrier: 'bollard' }], 3: [2, 0], 4: [3, 0, { barrier: 'block' }], 5: [4, 0] },
      ways: { 10: [[1, 2, 3, 4, 5], { highway: 'residential', name: 'Lane' }] },
    };
    const { county } = await imported(taskFor(content));
    expect(county.turns?.map(({ links }) => links.join(' '))).toEqual(['w10-1 w10-2', 'w10-2r w10-1r']);
    expect(county.links.filter(({ toNode }) => toNode.startsWith('n4')).map(({ toNode }) => toNode)).toEqual([
      'n4-10',
      'n4+10',
    ]);
  });

  it('is cut at its bounds, and holds the whole of a lake whose edge is made of ways beyond them', async () => {
    const content: OsmContent = {
      nodes: { 1: [0, 0], 2: [1, 0], 3: [30, 0], 4: [0.5, 0.2], 5: [0.5, 0.9], 6: [40, 0.9], 7: [40, 0.2] },
      ways: {
        10: [[1, 2, 3], { highway: 'primary', name: 'Route 9' }],
        11: [[4, 5], {}],
        12: [[5, 6, 7, 4], {}],
        13: [[3, 6], { highway: 'primary', name: 'Far away' }],
      },
      relations: {
        1: [
          [
            { kind: 'way', id: 11, role: 'outer' },
            { kind: 'way', id: 12, role: 'outer' },
          ],
          { type: 'multipolygon', natural: 'water', name: 'Long Lake' },
        ],
      },
    };
    const { county, report } = await imported(taskFor(content, { bounds: [-93.51, 44.49, -93.4, 44.52] }));
    expect(county.links.map(({ id }) => id)).toEqual(['w10-1', 'w10-1r']);
    const lake = county.map.find(({ name }) => name === 'Long Lake');
    expect(Math.max(...(lake?.rings[0] ?? []).map(([lon]) => lon))).toBeCloseTo(-93.4, 6);
    expect(report).toMatch(/cut at the bounds: 1/);
  });

  it('names the pieces of a network that no road connects', async () => {
    const content: OsmContent = {
      nodes: { 1: [0, 0], 2: [1, 0], 3: [0, 2], 4: [2, 2] },
      ways: { 10: [[1, 2], { highway: 'primary' }], 11: [[3, 4], { highway: 'primary' }] },
    };
    const { report } = await imported(taskFor(content));
    expect(report).toMatch(/not connected with the main network: 1 piece/);
    expect(report).toMatch(/2 links, 2,000 m, at -93\.5,44\.5/);
  });
});

describe('a file that cannot be imported', () => {
  const refused = (write: (path: string) => void, reason: RegExp, bounds?: ImportTask['bounds']): void => {
    const folder = temporaryFolder();
    const task: ImportTask = { task: 'import', osm: join(folder, 'a.osm.pbf'), dir: join(folder, 'out') };
    write(task.osm);
    expect(() => importCounty({ ...task, ...(bounds && { bounds }) }, silent)).toThrow(reason);
    expect(readdirSync(folder).filter((name) => name.startsWith('out'))).toEqual([]);
  };
  const spoiled = (change: (bytes: Buffer) => Buffer) => (path: string) => {
    writeOsm(path, cross);
    writeFileSync(path, change(readFileSync(path)));
  };

  it('is named with what is wrong, and leaves nothing behind', () => {
    refused(() => undefined, /There is no file/);
    refused((path) => writeFileSync(path, ''), /is empty/);
    refused((path) => writeFileSync(path, '<osm version="0.6"/>'), /no OpenStreetMap file in the PBF format/);
    refused(
      spoiled((bytes) => bytes.subarray(0, -20)),
      /damaged at byte \d+: The file ends within a block/,
    );
    refused(
      spoiled((bytes) => bytes.fill(7, bytes.length - 60, bytes.length - 10)),
      /damaged at byte \d+/,
    );
    refused(
      spoiled((bytes) => bytes.fill(255, 40, 60)),
      /damaged/,
    );
    refused((path) => writeOsm(path, { nodes: { 1: [0, 0] } }), /has no roads/);
    refused((path) => writeOsm(path, cross), /No road of .* lies within 1,2,3,4/, [1, 2, 3, 4]);
    refused((path) => writeOsm(path, cross, { features: ['HistoricalInformation'] }), /HistoricalInformation/);
  });

  it('does not touch a folder that is there', () => {
    const task = taskFor(cross);
    importCounty(task, silent);
    const before = readdirSync(task.dir);
    expect(() => importCounty(task, silent)).toThrow(/not empty/);
    expect(readdirSync(task.dir)).toEqual(before);
  });
});

describe('devices of an imported county', () => {
  it('detectors go to the link of their position and heading; doubtful ones and far ones are named', async () => {
    const task = taskFor(cross);
    const detectors = join(temporaryFolder(), 'detectors.csv');
    const at = (x: number, y: number): string =>
      [-93.5 + x / 111.195 / Math.cos((44.5 * Math.PI) / 180), 44.5 + y / 111.195]
        .map((each) => each.toFixed(7))
        .join(',');
    writeFileSync(
      detectors,
      [
        'Detector ID,Longitude,Latitude,Direction,Lanes',
        `east,${at(-0.5, -0.004)},EB,2`,
        `west,${at(-0.5, 0.004)},270,2`,
        `unsure,${at(-0.3, 0)},,2`,
        `far,${at(-0.5, 0.4)},EB,2`,
        `across,${at(-0.6, 0)},north,2`,
        `apart,${at(-0.4, 0.04)},E,2`,
        `nowhere,,,E,2`,
        `east,${at(0.5, 0)},EB,2`,
      ].join('\n'),
    );
    const { county, report } = await imported({ ...task, detectors });
    expect(county.profile.simulated).toBe(false);
    expect(county.detectors.map(({ id, linkId }) => [id, linkId])).toEqual([
      ['east', 'w10-1'],
      ['west', 'w10-1r'],
      ['unsure', expect.stringMatching(/^w10-1r?$/)],
      ['apart', 'w10-1'],
    ]);
    expect(report).toMatch(/Doubtful detectors:\n {2}unsure on w10-1r?: no heading, so it may be the other direction/);
    expect(report).toMatch(/apart on w10-1: 40 m from the road/);
    expect(report).toMatch(/far \(line 5\) is 400 m from the nearest road/);
    expect(report).toMatch(/across \(line 6\) has the heading north, and no road there leads that way/);
    expect(report).toMatch(/nowhere \(line 8\) has no position/);
    expect(report).toMatch(/east \(line 9\) is there twice/);
    expect(report).toMatch(/east on w10-1 \(Main Street\): 4 m/);
  });

  it('meters get zones of their own, and what cannot be used is named', async () => {
    const task = taskFor(cross);
    const meters = join(temporaryFolder(), 'meters.csv');
    writeFileSync(
      meters,
      'id;commodity;lon;lat;zone\nW1;water;-93.5;44.5;North\nE1;electric;-93.5;44.5;North\nG1;gas;-93.5;44.5;\nW2;water;10;44.5;\n',
    );
    const { county, report } = await imported({ ...task, meters });
    expect(county.meters.map(({ id, zoneId }) => [id, zoneId])).toEqual([
      ['W1', 'North-water'],
      ['E1', 'North-electricity'],
    ]);
    expect(report).toMatch(/G1 \(line 4\) measures "gas"/);
    expect(report).toMatch(/W2 \(line 5\) lies outside the bounds/);
  });
});

const andorra = join(import.meta.dirname, '../../../../../shared/data/osm/andorra.osm.pbf');
if (!existsSync(andorra)) console.log(`Skipped: the import of Andorra needs ${andorra}, which is not there.`);
it.skipIf(!existsSync(andorra))('Andorra becomes a county without faults', async () => {
  const { county, report } = await imported({ task: 'import', osm: andorra, dir: join(temporaryFolder(), 'out') });
  expect(county.profile).toMatchObject({ id: 'andorra', timeZone: 'Europe/Andorra', displayUnits: 'metric' });
  expect(county.links.length).toBeGreaterThan(4000);
  expect(new Set(county.map.map(({ kind }) => kind))).toEqual(
    new Set(['boundary', 'water', 'builtUp', 'river', 'park', 'wood', 'place']),
  );
  expect(county.detectors.length).toBeGreaterThan(100);
  expect(report).toMatch(/highway=path: 211/);
});
