import { describe, expect, it } from 'vitest';
import { BatchBuilder, SeriesDictionary } from '../../../../../main/engine/ingest/BatchBuilder.ts';
import type { Sample } from '../../../../../shared/base/values.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const isRegistered = (id: string): boolean => id.startsWith('M');
const sample = (deviceId: string): Sample => ({
  kind: 'sample',
  deviceId,
  quantity: 'registerM3',
  atMs: NOW,
  value: 1,
  quality: 'good',
});

describe('the series of devices that are in no register', () => {
  it('are bounded per prefix, so that samples beyond are counted and not kept, and registered devices always are', () => {
    const series = new SeriesDictionary([], { isRegistered, mostUnregistered: 100 });
    const builder = new BatchBuilder(series, () => false);
    for (let index = 0; index < 1000; index++) builder.add(sample(`ert:${index}`), 0);
    for (let index = 0; index < 1000; index++) builder.add(sample(`M${index}`), 0);
    builder.add(sample('wmbus:1'), 0);
    expect(builder.takeUnplaced()).toBe(900);
    const batch = builder.take();
    expect([batch.newSeries.length, batch.samples.count, series.size]).toEqual([1101, 1101, 1101]);
    // After a restart the known ones count.
    const again = new SeriesDictionary(batch.newSeries, { isRegistered, mostUnregistered: 100 });
    expect(again.add('ert:new', 'registerM3')).toBeUndefined();
    expect(again.add('M-new', 'registerM3')?.id).toBe(1102);
    const gone = batch.newSeries.find(({ deviceId }) => deviceId === 'ert:5');
    again.remove(gone!);
    expect(again.find('ert:5', 'registerM3')).toBeUndefined();
    expect(again.find('ert:6', 'registerM3')).toBeDefined();
    expect(again.add('ert:new', 'registerM3')).toBeDefined();
  });

  it('are replaced in every batch that waits when the store has deleted them', () => {
    const series = new SeriesDictionary([]);
    const builder = new BatchBuilder(series, () => false);
    builder.add(sample('ert:1'), 0);
    builder.add({ ...sample('ert:1'), quantity: 'registerKwh' }, 0);
    const [first, second] = builder.take().newSeries;
    builder.add(sample('ert:1'), 0);
    const waiting = builder.take();
    builder.add({ ...sample('ert:1'), atMs: NOW + 1 }, 0);
    builder.add({ ...sample('ert:1'), quantity: 'registerKwh' }, 0);
    builder.removeSeries([first!], [waiting]);
    const inHand = builder.take();
    const [added] = waiting.newSeries;
    expect(added).toMatchObject({ deviceId: 'ert:1', quantity: 'registerM3' });
    expect(added!.id).not.toBe(first!.id);
    expect([...waiting.samples.seriesId.slice(0, 1)]).toEqual([added!.id]);
    expect([...inHand.samples.seriesId.slice(0, 2)]).toEqual([added!.id, second!.id]);
    expect(inHand.newSeries).toEqual([]);
  });
});
