import { describe, expect, it } from 'vitest';
import { createUnitsDomain } from '../../../../../../main/engine/domains/units/createUnitsDomain.ts';
import type { UnitReport } from '../../../../../../shared/base/values.ts';
import type { FrameData } from '../../../../../../shared/live/frame.ts';
import { frameOf } from '../../../../../support/frameOf.ts';
import { streamOf } from '../../../../../support/streamOf.ts';
import { makeCounty } from '../../../../../support/makeCounty.ts';

const report = (more: Partial<UnitReport>): UnitReport => ({
  kind: 'unit',
  unitId: 'P1',
  atMs: 1000,
  quality: 'good',
  status: 'available',
  ...more,
});

describe('createUnitsDomain', () => {
  const { county } = makeCounty({ units: [{ id: 'P1', kind: 'police', name: 'Police 1', baseLon: 1, baseLat: 2 }] });

  it('has units at their base until they are heard', () => {
    const units = createUnitsDomain(county);
    const columns = (): FrameData<'units'> => frameOf(units, 'units', 0);
    expect([columns().lon[0], columns().status[0]]).toEqual([1, 5]);
    units.apply(report({ lon: 5, lat: 6, status: 'enRoute' }), 1000);
    expect([columns().lon[0], columns().status[0]]).toEqual([5, 2]);
    units.apply(report({ lon: 9, lat: 9, atMs: 500 }), 1000);
    units.apply(report({ unitId: 'X', lon: 9, lat: 9 }), 1000);
    expect(columns().lon[0]).toBe(5);
  });

  it('tells the roster again when a unit gets or leaves an incident', () => {
    const units = createUnitsDomain(county);
    const first = streamOf(units, 'units');
    expect(first?.message).toEqual({ isFull: true, rows: [{ index: 0, id: 'P1', name: 'Police 1', kind: 'police' }] });
    units.apply(report({}), 1000);
    expect(streamOf(units, 'units', first?.cursor)).toBeUndefined();
    units.apply(report({ atMs: 2000, incidentId: 'I-7', status: 'dispatched' }), 2000);
    expect(streamOf(units, 'units', first?.cursor)?.message.rows).toMatchObject([{ incidentId: 'I-7' }]);
    expect(units.detail({ kind: 'unit', id: 'P1' }, 2000)?.facts).toMatchObject([
      { text: 'dispatched', quality: 0 },
      { text: 'I-7' },
    ]);
  });
});
