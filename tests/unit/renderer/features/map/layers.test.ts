import { describe, expect, it } from 'vitest';
import { indexAlarms } from '../../../../../renderer/features/map/alarmIndex.ts';
import { indexMeters, indexNetwork, roadsOf } from '../../../../../renderer/features/map/CountyIndex.ts';
import type { Link, Zone } from '../../../../../renderer/features/map/CountyIndex.ts';
import { heatPoints, lossPerKm } from '../../../../../renderer/features/map/layers/heatmapLayers.ts';
import { darkMeters, marksOf } from '../../../../../renderer/features/map/layers/meterLayers.ts';
import { flowWidth, sortLinks } from '../../../../../renderer/features/map/layers/trafficLayers.ts';
import { abnormalZones } from '../../../../../renderer/features/map/layers/zoneLayers.ts';
import { FrameTable } from '../../../../../renderer/live/FrameTable.ts';
import type { TableKind } from '../../../../../renderer/live/FrameTable.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import { qualityCode } from '../../../../../shared/base/quality.ts';
import { frameColumns, makeColumns, meterStates, zoneStates } from '../../../../../shared/live/frame.ts';
import type { FrameData } from '../../../../../shared/live/frame.ts';

function table<K extends TableKind>(kind: K, count: number, fill: (columns: FrameData<K>) => void): FrameTable<K> {
  const made = new FrameTable(kind);
  const columns = makeColumns(kind, count);
  if (!('index' in frameColumns[kind])) throw new Error('a table has an index');
  for (let i = 0; i < count; i++) columns.index[i] = i;
  fill(columns);
  made.apply({ kind, atMs: 0, seq: 0, isFull: true, count, columns });
  return made;
}

const path: [number, number][] = [
  [-93, 44],
  [-92.995, 44],
  [-92.99, 44],
];
const link = (id: string, more: Partial<Link> = {}): Link => ({
  id,
  name: id,
  roadClass: 'arterial',
  freeFlowMps: 25,
  lanes: 1,
  path,
  ...more,
});
const network = indexNetwork({
  links: [link('a'), link('b', { path: path.toReversed() }), link('c'), link('d')],
  detectors: [
    { id: 'da', linkIndex: 0, lon: -93, lat: 44 },
    { id: 'db', linkIndex: 1, lon: -93, lat: 44 },
    { id: 'dc', linkIndex: 2, lon: -93, lat: 44 },
  ],
});
const alarm = (priority: Alarm['priority'], subject: Alarm['subject'], more: Partial<Alarm> = {}): Alarm =>
  ({
    id: `${subject.id}${priority}`,
    priority,
    subject,
    state: 'active',
    domain: 'water',
    lon: 0,
    lat: 0,
    raisedAtMs: 0,
    ...more,
  }) as Alarm;
const alarms = (...all: Alarm[]): ReturnType<typeof indexAlarms> =>
  indexAlarms(new Map(all.map((one) => [one.id, one])));

describe('roads and traffic', () => {
  it('draws a road of two directions once', () => {
    expect(
      roadsOf([
        link('a'),
        link('b', { path: path.toReversed() }),
        link('c', {
          path: [
            [-93, 44],
            [-93, 44.01],
          ],
        }),
      ]).map(({ name }) => name),
    ).toEqual(['a', 'c']);
  });

  it('colours believable speeds, the worst on top; dots bad detectors; leaves the unknown alone', () => {
    const speeds = table('links', 3, (columns) => {
      columns.speedRatio.set([0.2, 0.95, 0.1]);
      columns.quality.set([qualityCode.good, qualityCode.estimated, qualityCode.suspect]);
    });
    const { flowing, bad } = sortLinks(network, speeds);
    expect(flowing.map(({ flow }) => flow)).toEqual([0, 5]);
    expect(bad.map(({ id }) => id)).toEqual(['c']);
  });

  it('weighs the heat by the time that is lost', () => {
    // 1800 vehicles an hour at half of 90 km/h lose 40 s each per kilometre: 20 vehicle hours.
    expect(lossPerKm(1800, 0.5, 25)).toBeCloseTo(20, 6);
    const speeds = table('links', 2, (columns) => {
      columns.speedRatio.set([0.5, 0.95]);
      columns.flowVph.set([1800, 1800]);
    });
    const points = heatPoints(network, speeds);
    expect(points).toHaveLength(Math.round(800 / 150));
    expect(points[0]?.weight).toBeCloseTo(20 / 60, 6);
  });
});

describe('alarms', () => {
  it('knows the most urgent of a subject; maintenance and cleared ones colour nothing', () => {
    const subject = { kind: 'zone', id: 'z' } as const;
    const index = alarms(
      alarm(3, subject),
      alarm(2, subject, { id: 'x' }),
      alarm(1, { kind: 'zone', id: 'y' }, { state: 'cleared' }),
      alarm(1, { kind: 'detector', id: 'd' }, { domain: 'maintenance' }),
    );
    expect(index.priorityOf('zone', 'z')).toBe(2);
    expect(index.priorityOf('zone', 'y')).toBeUndefined();
    expect(index.placed.map(({ priority }) => priority)).toEqual([3, 2]);
  });
});

describe('zones and meters', () => {
  const zones: Zone[] = [
    { id: 'z', kind: 'dma', name: 'West', meterCount: 2, outline: path, center: [-93, 44] },
    { id: 'f', kind: 'feeder', name: 'North', meterCount: 2, outline: path, center: [-93, 44] },
  ];
  const values = table('zones', 2, (columns) => {
    columns.state.set([zoneStates.indexOf('high'), zoneStates.indexOf('normal')]);
    columns.value.set([51, 30]);
    columns.typical.set([28, 31]);
  });

  it('shows a zone that is out of the ordinary, coloured only by an alarm', () => {
    expect(abnormalZones(zones, values, alarms(), 'metric')).toMatchObject([
      { token: 'text-2', text: 'West · high\n51 m³/h, usually 28 m³/h' },
    ]);
    expect(
      abnormalZones(zones, values, alarms(alarm(2, { kind: 'feeder', id: 'f' })), 'metric').map(({ token }) => token),
    ).toEqual(['text-2', 'alarm-2']);
  });

  it('shows meters in trouble from afar, and all from near', () => {
    const meters = indexMeters({
      ids: ['m0', 'm1', 'm2', 'm3'],
      commodity: ['water', 'electricity', 'water', 'water'],
      lon: [0, 0.1, 0.2, 9],
      lat: [0, 0, 0, 0],
      zoneIndex: [0, 1, 0, 0],
    });
    const states = table('meters', 4, (columns) =>
      columns.state.set(
        ['leak', 'noVoltage', 'stuck', 'leak'].map((state) =>
          meterStates.indexOf(state as (typeof meterStates)[number]),
        ),
      ),
    );
    const open = alarms(alarm(1, { kind: 'feeder', id: 'f' }));
    const region = [-1, -1, 1, 1] as const;
    const far = marksOf(meters, states, zones, open, region, false);
    expect(far.plain).toHaveLength(0);
    expect(far.marks.map(({ icon, token }) => `${icon} ${token}`).sort()).toEqual([
      'meter-leak text',
      'meter-noVoltage alarm-1',
    ]);
    expect(
      marksOf(meters, states, zones, open, region, true)
        .marks.map(({ icon }) => icon)
        .sort(),
    ).toEqual(['meter-leak', 'meter-noVoltage', 'meter-stuck']);
    expect(darkMeters(meters, states, zones, open, region)).toMatchObject([{ token: 'alarm-1' }]);
    expect(darkMeters(meters, states, zones, alarms(), region)).toEqual([]);
  });

  it('makes a queue wide on the map of the whole county too, and never narrower than near', () => {
    expect(flowWidth(5, 1)).toBeGreaterThan(2 * flowWidth(2, 1));
    for (const scale of [1, 2, 3]) expect(flowWidth(5, scale) * scale).toBeGreaterThanOrEqual(6.5);
  });
});
