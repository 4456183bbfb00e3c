import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDomains } from '../../../../../main/engine/domains/createDomains.ts';
import { DomainSet } from '../../../../../main/engine/domains/DomainSet.ts';
import type { Condition } from '../../../../../main/engine/domains/kit/Condition.ts';
import type { Domain } from '../../../../../main/engine/domains/kit/Domain.ts';
import { createUnitsDomain } from '../../../../../main/engine/domains/units/createUnitsDomain.ts';
import type { UnitReport } from '../../../../../shared/base/values.ts';
import { decodeFrame } from '../../../../../shared/live/frame.ts';
import { makeCounty } from '../../../../support/makeCounty.ts';

const NOW_MS = 1_000_000;
const { county, registry } = makeCounty({
  units: [{ id: 'P1', kind: 'police', name: 'Police 1', baseLon: 1, baseLat: 2 }],
});
const report: UnitReport = { kind: 'unit', unitId: 'P1', atMs: NOW_MS, quality: 'good', status: 'available' };
const condition: Condition = {
  rule: 'citizen.report',
  domain: 'parking',
  priority: 3,
  subject: { kind: 'system', id: 'lot' },
  title: 'Lot full',
  place: 'Main Street',
  cause: '',
  consequence: '',
  action: '',
  evidence: [],
  onDelayMs: 0,
  offDelayMs: 0,
};

/** A domain as a newcomer would begin it. */
const parking: Domain = {
  id: 'parking',
  alarmDomains: [{ id: 'parking', label: 'Parking', icon: 'car', incidentType: 'other' }],
  apply: () => undefined,
  judge: () => [condition],
  figures: () => [],
  detail: ({ id }) =>
    id === 'lot'
      ? { subject: { kind: 'system', id }, title: 'Lot', subtitle: '', facts: [], series: [], related: [] }
      : undefined,
  indexedHits: () => [{ group: 'county', subject: { kind: 'system', id: 'lot' }, title: 'Lot', detail: 'Parking' }],
  sumsOf: (deviceId) => (deviceId.startsWith('lot') ? 'lot:1' : undefined),
  offers: { linkSpeedMps: () => 7 },
};

const broken: Domain = {
  id: 'broken',
  alarmDomains: [],
  apply: () => {
    throw new Error('apply');
  },
  judge: () => {
    throw new Error('judge');
  },
  figures: () => {
    throw new Error('figures');
  },
  detail: () => {
    throw new Error('detail');
  },
  streams: {
    reports: () => {
      throw new Error('stream');
    },
  },
  frames: {
    links: () => {
      throw new Error('frame');
    },
  },
};

describe('a set of domains', () => {
  it('gives what each of them has, and names none of them', () => {
    const set = new DomainSet([createUnitsDomain(county), parking]);
    expect(set.alarmDomains.map(({ id }) => id)).toEqual(['parking']);
    expect(set.judge(NOW_MS)).toEqual([condition]);
    expect(set.detail({ kind: 'unit', id: 'P1' }, NOW_MS)?.title).toBe('Police 1');
    expect(set.detail({ kind: 'system', id: 'lot' }, NOW_MS)?.title).toBe('Lot');
    expect(set.detail({ kind: 'system', id: 'none' }, NOW_MS)).toBeUndefined();
    expect(set.indexedHits().map(({ title }) => title)).toEqual(['Police 1', 'Lot']);
    expect(set.sumsOf('lot 5', registry)).toBe('lot:1');
    expect(set.offers.linkSpeedMps(0)).toBe(7);
    expect(set.offers.presentUnits()).toMatchObject([{ unit: { id: 'P1' } }]);
  });

  it('lets each reader of its streams have a cursor of its own', () => {
    const set = new DomainSet([createUnitsDomain(county)]);
    const [first, second] = [set.readStreams(), set.readStreams()];
    expect(first(NOW_MS)).toMatchObject([{ stream: 'units', message: { isFull: true, rows: [{ id: 'P1' }] } }]);
    expect(first(NOW_MS)).toEqual([]);
    set.apply({ ...report, incidentId: 'I-1' }, NOW_MS);
    expect(first(NOW_MS)).toMatchObject([{ message: { isFull: false, rows: [{ incidentId: 'I-1' }] } }]);
    expect(second(NOW_MS)).toMatchObject([{ message: { isFull: true, rows: [{ incidentId: 'I-1' }] } }]);
    expect(set.stream('units', NOW_MS)).toMatchObject({ isFull: true, rows: [{ incidentId: 'I-1' }] });
    expect(set.stream('reports', NOW_MS)).toBeUndefined();
  });

  it('loses nothing but its own part where one of them throws', () => {
    const faults: string[] = [];
    const onFault = (id: string, error: unknown): unknown => faults.push(`${id} ${(error as Error).message}`);
    const set = new DomainSet([broken, createUnitsDomain(county), parking], { onFault });
    set.apply({ ...report, lon: 5, lat: 6 }, NOW_MS);
    expect(set.judge(NOW_MS)).toEqual([condition]);
    expect(set.figures(NOW_MS)).toEqual([]);
    expect(set.detail({ kind: 'unit', id: 'P1' }, NOW_MS)?.lon).toBe(5);
    expect(
      set
        .readStreams()(NOW_MS)
        .map(({ stream }) => stream),
    ).toEqual(['units']);
    expect(set.frame('links', 0, NOW_MS)).toBeUndefined();
    expect(decodeFrame(set.frame('units', 0, NOW_MS)?.bytes ?? new ArrayBuffer(0))).toMatchObject({ count: 1 });
    expect(faults).toEqual(['apply', 'judge', 'figures', 'detail', 'stream', 'frame'].map((what) => `broken ${what}`));
  });
});

const ROOT = resolve(import.meta.dirname, '../../../../..');
const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);

describe("the county's domains", () => {
  it.each(['traffic', 'transit', 'utilities', 'units', 'citizens'])(
    'of which %s is imported by one line outside of its folder',
    (name) => {
      const own = `main/engine/domains/${name}/`;
      const importers = sources('main').filter(
        (file) =>
          !file.startsWith(own) &&
          new RegExp(`(?:domains|from .\\.)/${name}/`).test(readFileSync(join(ROOT, file), 'utf8')),
      );
      expect(importers).toEqual(['main/engine/domains/createDomains.ts']);
    },
  );

  it('answer the requests about their things', () => {
    const { requests } = createDomains(county, registry);
    expect(Object.keys(requests).sort()).toEqual([
      'county.meters',
      'county.network',
      'county.timetable',
      'county.transit',
      'county.units',
    ]);
  });
});
