import { expect, onTestFinished, test } from 'vitest';
import { CountyAudit } from '../../../../../main/engine/impact/audit/CountyAudit.ts';
import { rankStakes } from '../../../../../main/engine/impact/audit/rankStakes.ts';
import type { WeeklyLoss } from '../../../../../main/engine/impact/audit/rankStakes.ts';
import { shrink } from '../../../../../main/engine/impact/audit/shrink.ts';
import { normal } from '../../../../../simulators/random/hash.ts';
import { Random } from '../../../../../simulators/random/Random.ts';
import { audit } from '../../../../bench/audit.ts';
import { openLedgerPair } from '../../../../support/ledgerPair.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const DAY_MS = 86_400_000;
const drawn = (): (() => number) => {
  const random = new Random(1);
  return () => random.between(0, 1);
};

const lossOf = (place: string, level: number, spread: number, weeks = 52): WeeklyLoss => ({
  ...{ kind: 'delay', place, name: place },
  weeks: Array.from({ length: weeks }, (_, week) => ({ week, value: level + spread * normal(place.length, week, 3) })),
});

test('places that differ by chance alone all come to their mean, and a sure outlier stays', () => {
  const alike = shrink(Array.from({ length: 30 }, (_, at) => ({ value: 10 + normal(1, at), error: 1 })));
  expect(Math.max(...alike.map(({ value }) => value)) - Math.min(...alike.map(({ value }) => value))).toBeLessThan(2);
  const [outlier] = shrink([
    { value: 100, error: 2 },
    ...Array.from({ length: 30 }, (_, at) => ({ value: 10 + normal(1, at), error: 1 })),
  ]);
  expect(outlier?.value).toBeGreaterThan(95);
});

test('a small noisy place does not come first because of its noise', () => {
  const steady = Array.from({ length: 20 }, (_, at) => lossOf(`steady ${'x'.repeat(at)}`, 1 + at / 20, 0.1));
  const noisy: WeeklyLoss = {
    ...lossOf('noisy', 0, 0),
    weeks: [0, 1, 2, 3, 4, 5, 6, 7].map((week) => ({ week, value: week % 2 === 0 ? 12 : -6 })),
  };
  const { stakes } = rankStakes([...steady, lossOf('great', 8, 0.5), noisy], { delay: 1 }, drawn());
  expect(stakes[0]?.place).toBe('great');
  const found = stakes.find(({ place }) => place === 'noisy');
  expect(found?.measured).toBeGreaterThan(2.9 * 8766);
  expect(found?.perYear).toBeLessThan(0.8 * (found?.measured ?? 0));
  expect(stakes[0]?.firstTen).toBe(1);
});

test('a place with half a year is compared with the same half of the others', () => {
  const season = (week: number): number => 2 + Math.cos((2 * Math.PI * week) / 52);
  const courseOf = (place: string, weeks: number): WeeklyLoss => ({
    ...{ kind: 'leakage', place, name: place },
    weeks: Array.from({ length: weeks }, (_, week) => ({
      week,
      value: season(week) * (1 + 0.02 * normal(place.length, week)),
    })),
  });
  const whole = Array.from({ length: 9 }, (_, at) => courseOf('x'.repeat(at + 1), 52));
  const { stakes } = rankStakes([...whole, courseOf('the winter alone', 13)], {}, drawn());
  const winter = stakes.find(({ place }) => place === 'the winter alone');
  expect((winter?.measured ?? 0) / (2 * 8766)).toBeCloseTo(1, 1);
});

test('what has too little data is listed apart with what is missing', () => {
  const { stakes, unjudged } = rankStakes([lossOf('new', 5, 1, 3), lossOf('old', 5, 1)], {}, drawn());
  expect(stakes.map(({ place }) => place)).toEqual(['old']);
  expect(unjudged[0]).toMatchObject({ place: 'new', reason: 'There are 3 weeks of data; 8 are needed.' });
});

test('planted losses are found, and their ranges hold their worth', async () => {
  const figures = await audit.run(
    { number: (_, byDefault) => byDefault, text: (_, byDefault) => byDefault },
    () => undefined,
  );
  expect(figures['precisionAt10']).toBeGreaterThanOrEqual(0.8);
  expect(figures['worthFound']).toBeGreaterThanOrEqual(0.8);
  expect(figures['inRange']).toBeGreaterThanOrEqual(0.85);
});

test('the audit of a county comes from its ledger, and names what the ledger does not have', async () => {
  const folder = temporaryFolder();
  const county = smallCounty();
  const ledger = openLedgerPair(folder, county.profile.timeZone);
  onTestFinished(() => ledger.close());
  const linkId = county.detectors[0]?.linkId ?? '';
  const link = county.links.find(({ id }) => id === linkId);
  const days = Array.from({ length: 100 }, (_, at) => 20_000 + at);
  const put = (measure: string, value: number): void =>
    ledger.writer.putDays(
      { scope: `link:${linkId}`, measure },
      days.map((day) => ({ day, value })),
    );
  put('flowVph', 1000);
  put('speedMps', (link?.freeFlowMps ?? 1) / 2);
  const made = new CountyAudit({ county, countyDir: folder, ask: ledger.query, nowMs: () => 20_100.7 * DAY_MS });
  const { stakes, unjudged, moneyFault } = await made.audit();
  const lossVehH = (1000 * (link?.lengthM ?? 0)) / (link?.freeFlowMps ?? 1) / 3600;
  expect(stakes[0]).toMatchObject({ kind: 'delay', place: linkId });
  expect((stakes[0]?.perYear ?? 0) / (lossVehH * 8766)).toBeCloseTo(1, 2);
  expect(unjudged.some(({ kind }) => kind === 'leakage')).toBe(true);
  expect(moneyFault).toBe('The county has no values.json.');
});
