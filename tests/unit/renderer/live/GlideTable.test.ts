import { describe, expect, it } from 'vitest';
import { GlideTable } from '../../../../renderer/live/GlideTable.ts';
import { distanceM } from '../../../../shared/base/geometry/distanceM.ts';

const fix = (
  lon: number,
  seenAtMs: number,
  more: { speedMps?: number; headingDeg?: number; lat?: number } = {},
): Parameters<GlideTable['observe']>[1] => ({
  lon,
  lat: more.lat ?? 44,
  headingDeg: more.headingDeg ?? NaN,
  speedMps: more.speedMps ?? NaN,
  seenAtMs,
});

function drawnLon(table: GlideTable, nowMs: number, clockSpeed = 1): number {
  table.draw([0], nowMs, clockSpeed);
  return table.drawn[0] ?? NaN;
}

/** A tenth of a minute of arc is about 130 m here. */
const STEP = 0.001;

describe('GlideTable', () => {
  it('stands at its first fix', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1), 0, 1);
    expect(drawnLon(table, 0)).toBe(-93);
    expect(drawnLon(table, 5000)).toBe(-93);
  });

  it('glides to the next fix in the time that it took to come', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1), 0, 1);
    table.observe(0, fix(-93 + STEP, 2), 1000, 1);
    expect(drawnLon(table, 1000)).toBeCloseTo(-93, 9);
    expect(drawnLon(table, 1500)).toBeCloseTo(-93 + STEP / 2, 9);
    expect(drawnLon(table, 2000)).toBeCloseTo(-93 + STEP, 9);
  });

  it('is not moved by a fix that it has seen', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1), 0, 1);
    table.observe(0, fix(-93 + STEP, 2), 1000, 1);
    for (let now = 1100; now < 2000; now += 100) table.observe(0, fix(-93 + STEP, 2), now, 1);
    expect(drawnLon(table, 1500)).toBeCloseTo(-93 + STEP / 2, 9);
  });

  it('never jumps: a fix that comes early begins where the row is drawn', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1), 0, 1);
    table.observe(0, fix(-93 + STEP, 2), 1000, 1);
    const before = drawnLon(table, 1500);
    table.observe(0, fix(-93 + 2 * STEP, 3), 1500, 1);
    expect(drawnLon(table, 1500)).toBeCloseTo(before, 12);
  });

  it('runs on along its heading for two seconds and then stands', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1, { speedMps: 10, headingDeg: 90 }), 0, 1);
    const metresAt = (nowMs: number): number => distanceM(-93, 44, drawnLon(table, nowMs), 44);
    expect(metresAt(1000)).toBeCloseTo(10, 1);
    expect(metresAt(2000)).toBeCloseTo(20, 1);
    expect(metresAt(60_000)).toBeCloseTo(20, 1);
    expect(table.draw([0], 60_000, 1)).toBe(0);
  });

  it('runs as fast as the county’s time', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1, { speedMps: 10, headingDeg: 90 }), 0, 30);
    expect(distanceM(-93, 44, drawnLon(table, 1000, 30), 44)).toBeCloseTo(300, 0);
  });

  it('takes a long way for a jump and does not glide over the county', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1), 0, 1);
    table.observe(0, fix(-92.9, 2), 1000, 1);
    expect(drawnLon(table, 1001)).toBe(-92.9);
  });

  it('finds the heading from the way where none is told, but not from noise', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1), 0, 1);
    table.observe(0, fix(-93 + STEP, 2), 1000, 1);
    drawnLon(table, 3000);
    expect(table.drawnHeadingDeg[0]).toBeCloseTo(90, 3);
    table.observe(0, fix(-93 + STEP, 3, { lat: 44.000_001 }), 3000, 1);
    drawnLon(table, 5000);
    expect(table.drawnHeadingDeg[0]).toBeCloseTo(90, 3);
  });

  it('turns by the shorter way', () => {
    const table = new GlideTable();
    table.observe(0, fix(-93, 1, { headingDeg: 350 }), 0, 1);
    drawnLon(table, 1000);
    table.observe(0, fix(-93, 2, { headingDeg: 10 }), 1000, 1);
    drawnLon(table, 1250);
    expect(Math.min(table.drawnHeadingDeg[0] ?? NaN, 360 - (table.drawnHeadingDeg[0] ?? NaN))).toBeCloseTo(0, 3);
  });

  it('has room for any row', () => {
    const table = new GlideTable();
    table.observe(5000, fix(-93, 1), 0, 1);
    table.draw([5000], 1, 1);
    expect(table.drawn[10_000]).toBe(-93);
  });
});
