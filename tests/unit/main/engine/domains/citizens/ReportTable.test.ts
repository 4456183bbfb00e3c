import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReportTable } from '../../../../../../main/engine/domains/citizens/ReportTable.ts';
import { createCitizensDomain } from '../../../../../../main/engine/domains/citizens/createCitizensDomain.ts';
import type { CitizenReport } from '../../../../../../shared/base/values.ts';
import { streamOf } from '../../../../../support/streamOf.ts';

const NOW = Date.UTC(2026, 2, 2, 8);
const report = (reportId: string, atMs: number, part: Partial<CitizenReport> = {}): CitizenReport => ({
  kind: 'report',
  reportId,
  atMs,
  quality: 'good',
  category: 'noise',
  text: 'Loud music',
  ...part,
});
const gas = report('GAS', NOW, { category: 'gas', text: 'Smell of gas at the school' });
const floodOf = (count: number, fromMs: number, spanMs: number): CitizenReport[] =>
  Array.from({ length: count }, (_, index) => report(`F${index}`, fromMs + Math.floor((index * spanMs) / count)));

describe("a flood of citizens' reports", () => {
  it('leaves an honest report before it, and one of another category in it, on the map and calling', () => {
    const domain = createCitizensDomain({ links: [] });
    domain.apply(gas, NOW);
    const flood = floodOf(6000, NOW + 1000, 240_000);
    const water = report('WATER', NOW + 70_000, { category: 'water', text: 'Water in the cellar' });
    for (const each of [...flood.slice(0, 2500), water, ...flood.slice(2500)]) domain.apply(each, NOW + 300_000);
    const conditions = domain.judge(NOW + 300_000);
    expect(conditions.find(({ subject }) => subject.id === 'GAS')).toMatchObject({ cause: gas.text });
    expect(conditions.flatMap(({ evidence }) => evidence)).toContainEqual({ label: 'water', text: water.text });
    // Three calls of their own and one for the others, in each of five minutes.
    expect(conditions.length).toBeLessThanOrEqual(5 * 4);
    expect(conditions.map(({ title }) => title)).toContainEqual('1,497 citizens’ reports within a minute');
    const shown = streamOf(domain, 'reports')?.message.changed ?? [];
    expect(shown.map(({ id }) => id)).toEqual(expect.arrayContaining(['GAS', 'WATER']));
    expect(shown.length).toBeLessThanOrEqual(500);
  });

  it('has details of each minute, for as long as it calls', () => {
    const domain = createCitizensDomain({ links: [] });
    for (const each of floodOf(50, NOW, 30_000)) domain.apply(each, NOW + 30_000);
    const crowd = domain.judge(NOW + 30_000).find(({ title }) => title.startsWith('47 '));
    expect(domain.detail(crowd!.subject, NOW + 30_000)?.facts).toMatchObject([{ label: 'noise (47)' }]);
    expect(domain.judge(NOW + 31 * 60_000)).toEqual([]);
  });

  it('cannot keep a call alive by correcting its report again and again', () => {
    const table = new ReportTable();
    for (let minute = 0; minute < 20; minute++) table.take(report('R', NOW + minute * 60_000), NOW + minute * 60_000);
    expect(table.singles(NOW + 29 * 60_000)).toHaveLength(1);
    expect(table.singles(NOW + 31 * 60_000)).toEqual([]);
  });

  it('never grows beyond its bound, whatever times and categories it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 40 }), (seed, spanMinutes) => {
        const table = new ReportTable();
        for (let index = 0; index < 3000; index++) {
          const random = ((index + 1) * 7919 + seed) % 100_003;
          const atMs = NOW - (random % (spanMinutes * 60_000));
          table.take(report(`R${random % 2500}`, atMs, { category: `c${random % 50}` }), NOW);
        }
        expect(table.all().length).toBeLessThanOrEqual(500);
        expect(table.singles(NOW).length + table.crowds(NOW).length).toBeLessThanOrEqual(31 * 4);
      }),
      { numRuns: 20 },
    );
  });
});
