import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { importValues } from '../../../../../main/engine/impact/importValues.ts';
import { canonicalHash } from '../../../../../main/engine/impact/measureHash.ts';
import { PlanCommands } from '../../../../../main/engine/impact/PlanCommands.ts';
import { verifyEvaluation } from '../../../../../main/engine/impact/verifyEvaluation.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import { textOfDay } from '../../../../../shared/impact/dayText.ts';
import type { Evaluation } from '../../../../../shared/impact/evaluation.ts';
import { planFault } from '../../../../../shared/impact/planFault.ts';
import type { PlanText } from '../../../../../shared/impact/plan.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { normal } from '../../../../../simulators/random/hash.ts';
import { fileRecord } from '../../../../support/fileRecord.ts';
import { openLedgerPair } from '../../../../support/ledgerPair.ts';
import { person } from '../../../../support/people.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const ZONE = 'America/Chicago';
const DAY_MS = 86_400_000;
/** 2026-06-01. */
const START = 20_605;
const [ann, dana] = [person('Ann'), person('Dana')];

const values = {
  currency: 'USD',
  priceYear: 2026,
  waterProductionPerM3: { value: 0.5, unit: 'USD/m³', source: 'a test', date: '2026-01-01', isExample: true },
};

const plan: PlanText = {
  question: 'Does the repaired main lose less water?',
  measureId: 'waterInflow',
  measureVersion: 1,
  place: '',
  comparison: [],
  baselineFrom: textOfDay(START - 400),
  startDay: textOfDay(START),
  afterDay: textOfDay(START + 7),
  lastDay: textOfDay(START + 120),
  method: 'interruptedSeries',
  sensorDays: [],
  mayMove: 'A dry summer.',
};

/** A room with a real log and a real ledger, at a time of its own. */
async function openRoom() {
  const dataDir = temporaryFolder();
  writeFileSync(join(dataDir, 'values.json'), JSON.stringify(values));
  const ledger = openLedgerPair(dataDir, ZONE);
  const time = { nowMs: (START - 5) * DAY_MS };
  const record = fileRecord(dataDir, () => time.nowMs);
  const log = new EventLog(record, () => time.nowMs);
  const entries: LogEntry[] = [];
  log.onEntries((news) => entries.push(...news));
  const plans = new PlanCommands({
    ...{ log, dataDir, countyDir: dataDir, timeZone: ZONE, ask: ledger.query, nowMs: () => time.nowMs },
  });
  await log.load();
  onTestFinished(async () => {
    ledger.close();
    await record.close();
  });
  /** Water of the county by day, 20 % less from the start on. */
  const measure = (from: number, to: number): void => {
    const rows = Array.from({ length: to - from }, (_, at) => {
      const day = from + at;
      const level = 40 * (1 + 0.02 * normal(3, day)) * (day >= START ? 0.8 : 1);
      return `${textOfDay(day)},${level.toFixed(3)}`;
    });
    importValues(ledger.writer, 'waterInflow', `day,value\n${rows.join('\n')}`);
  };
  const wait = (days: number): void => void (time.nowMs += days * DAY_MS);
  return { dataDir, ledger, plans, log, entries, measure, wait };
}

/** A plan that was registered in time and evaluated at its end. */
async function evaluated() {
  const room = await openRoom();
  room.measure(START - 400, START);
  const planId = await room.plans.write(ann, plan);
  await room.plans.register(dana, planId);
  room.wait(130);
  room.measure(START, START + 125);
  const { reportHash, finding } = await room.plans.evaluate(ann, planId);
  const text = readFileSync(join(room.dataDir, 'impact', `${reportHash}.json`), 'utf8');
  const verify = (changed = text): Promise<string[]> =>
    verifyEvaluation(changed, { entries: room.entries, ask: room.ledger.query, dataDir: room.dataDir });
  return { ...room, planId, reportHash, finding, text, verify };
}

test('difference in differences refuses a change of the sensor, which it would take for the effect', () => {
  const compared: PlanText = { ...plan, method: 'differenceInDifferences', comparison: ['other'] };
  expect(planFault(compared)).toBeUndefined();
  expect(planFault({ ...compared, sensorDays: [textOfDay(START - 30)] })).toContain('change of a sensor');
});

describe('a plan', () => {
  test('is registered by somebody else than who wrote it, and frozen with what was known', async () => {
    const { plans, measure } = await openRoom();
    measure(START - 400, START);
    const planId = await plans.write(ann, plan);
    await expect(plans.register(ann, planId)).rejects.toThrow('somebody else');
    await plans.register(dana, planId);
    const [registered] = plans.plans();
    expect(registered?.registered?.heads[0]?.seq).toBeGreaterThan(0);
    expect(registered?.registered?.smallestEffect).toBeGreaterThan(0.001);
    expect(registered?.registered?.smallestEffect).toBeLessThan(0.1);
    expect(registered?.exploratoryBecause).toBeUndefined();
    await expect(plans.register(dana, planId)).rejects.toThrow('already');
  });

  test('that cannot be judged is refused with the reason', async () => {
    const { plans } = await openRoom();
    await expect(plans.write(ann, { ...plan, lastDay: plan.afterDay })).rejects.toThrow('not in order');
    await expect(plans.write(ann, { ...plan, measureVersion: 9 })).rejects.toThrow('version 1');
    await expect(plans.write(ann, { ...plan, method: 'differenceInDifferences' })).rejects.toThrow('compare');
    await expect(plans.write(ann, { ...plan, comparison: [''] })).rejects.toThrow('own comparison');
    await expect(plans.register(dana, await plans.write(ann, plan))).rejects.toThrow('no values');
    await expect(plans.evaluate(ann, plans.plans()[0]?.id ?? '')).rejects.toThrow('not begun');
  });

  test('leads to an effect with its interval and its worth, beside the plain comparison', async () => {
    const { finding, plans, reportHash } = await evaluated();
    expect(finding.share).toBeCloseTo(-0.2, 1);
    expect(finding.isSeen).toBe(true);
    expect(finding.low90).toBeLessThan(finding.share ?? 0);
    // Eight of forty cubic metres per hour for a year at half a dollar.
    expect((finding.moneyPerYear ?? 0) / (8 * 8766 * 0.5)).toBeCloseTo(1, 0);
    const report = plans.evaluation(reportHash);
    expect(report.naive).toHaveProperty('share');
    expect(report.place.samples[0]?.isImported).toBe(true);
    expect(report.exploratoryBecause).toBeUndefined();
  });

  test('that is made after the data were looked at is exploratory, whoever makes it', async () => {
    const { plans } = await evaluated();
    const later = await plans.write(dana, { ...plan, question: 'Did it lose less, after all?' });
    await plans.register(ann, later);
    expect(plans.plans()[0]?.exploratoryBecause).toContain('looked at');
  });

  test('that is registered after its start, or evaluated without being registered, is exploratory', async () => {
    const { plans, measure, wait } = await openRoom();
    measure(START - 400, START + 100);
    wait(110);
    const late = await plans.write(ann, plan);
    await plans.register(dana, late);
    expect(plans.plans()[0]?.exploratoryBecause).toContain('after its start');
    const never = await plans.write(ann, { ...plan, question: 'Is it so?' });
    await plans.evaluate(ann, never);
    expect(plans.plans()[0]?.exploratoryBecause).toContain('before it was registered');
  });

  test('keeps its old text when it is amended, and what had been seen by then', async () => {
    const { plans, planId } = await evaluated();
    await plans.amend(ann, planId, { ...plan, question: 'Another question' }, 'The first was unclear.');
    const [amended] = plans.plans();
    expect(amended?.earlier[0]).toMatchObject({ plan, hadSeen: true, reason: 'The first was unclear.' });
    expect(amended?.registered).toBeUndefined();
    await plans.register(dana, planId);
    expect(plans.plans()[0]?.exploratoryBecause).toContain('amended');
  });
});

test('a value without a year leads to no money, with the reason', async () => {
  const { dataDir, plans, measure, wait } = await openRoom();
  const { priceYear: _priceYear, ...without } = values;
  writeFileSync(join(dataDir, 'values.json'), JSON.stringify(without));
  measure(START - 400, START + 100);
  wait(110);
  const { reportHash, finding } = await plans.evaluate(ann, await plans.write(ann, plan));
  expect(finding.moneyPerYear).toBeUndefined();
  expect(plans.evaluation(reportHash).worth).toMatchObject({ fault: expect.stringContaining('priceYear') as string });
});

test('a plan that names its cost leads to the time in which it is paid', async () => {
  const { plans, measure, wait } = await openRoom();
  measure(START - 400, START + 100);
  wait(110);
  const planId = await plans.write(ann, { ...plan, cost: 70_000 });
  const { worth } = plans.evaluation((await plans.evaluate(ann, planId)).reportHash);
  if ('fault' in worth) throw new Error(worth.fault);
  expect(worth.paybackYears).toBeCloseTo(70_000 / worth.perYear, 9);
  // Without a discount rate there is no present value.
  expect(worth.netPresentValue).toBeUndefined();
});

describe('a report', () => {
  test('agrees with ledger, definitions, plan and log as it is', async () => {
    const { verify } = await evaluated();
    expect(await verify()).toEqual([]);
  });

  test('does not agree when one digit of a definition, a value, a sample or the plan is altered', async () => {
    const { text, verify } = await evaluated();
    const report = JSON.parse(text) as Evaluation;
    const altered = (change: Partial<Evaluation>): Promise<string[]> =>
      verify(JSON.stringify({ ...report, ...change }));
    const [first, ...others] = report.place.samples;
    const samples = [{ ...first!, value: first!.value + 0.001 }, ...others];
    expect(await altered({ measure: { ...report.measure, leastShare: 0.76 } })).toContain(
      'The definition in the report is not the one that its hash names.',
    );
    expect((await altered({ place: { place: '', samples } })).join('\n')).toMatch(/the ledger has/);
    const doubled = { ...values, waterProductionPerM3: { ...values.waterProductionPerM3, value: 0.6 } };
    expect(await altered({ values: doubled })).toContain('Computed again, worth.perYear differs.');
    expect(await altered({ plan: { ...plan, sensorDays: [plan.startDay] } })).toContain(
      'The plan in the report is not the one that its hash names.',
    );
    const result = { ...report.result, share: -0.3 } as Evaluation['result'];
    expect(await altered({ result })).toContain('Computed again, result.share differs.');
    expect((await verify('{}')).join()).toContain('no report');
  });

  test('names the days on which the ledger says something else now', async () => {
    const { ledger, verify } = await evaluated();
    importValues(ledger.writer, 'waterInflow', `day,value\n${textOfDay(START - 10)},1`);
    const faults = await verify();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`${textOfDay(START - 10)} of the county`);
  });

  test('says that the baseline is missing after a restoration without it', async () => {
    const { dataDir, plans, verify } = await evaluated();
    const hash = plans.plans()[0]?.registered?.baselineHash ?? '';
    rmSync(join(dataDir, 'impact', `${hash}.json`));
    expect((await verify()).join()).toContain('baseline');
  });

  test('that was changed in the data folder is not shown', async () => {
    const { dataDir, plans, reportHash, text } = await evaluated();
    writeFileSync(join(dataDir, 'impact', `${reportHash}.json`), text.replace('"format":1', '"format":1,"by":"me"'));
    expect(() => plans.evaluation(reportHash)).toThrow('changed');
  });
});

test('an import names rows that cannot be used and days that stand twice', async () => {
  const { ledger } = await openRoom();
  const text = 'day,value,place\n2025-01-01,5,\n2025-01-01,6,\n2025-13-01,6,\n2025-01-02,much,\n2025-01-03,-1,Z1\n';
  const { days, places, faults } = importValues(ledger.writer, 'waterInflow', text);
  expect({ days, places }).toEqual({ days: 2, places: 2 });
  expect(faults).toEqual([
    'Line 3: 2025-01-01 stands twice.',
    'Line 4: “2025-13-01” is no day like 2024-05-31.',
    'Line 5: “much” is no number.',
  ]);
  expect(() => importValues(ledger.writer, 'nothing', text)).toThrow('no measure');
});

test('an adopted definition stands in the log with its hash', async () => {
  const { plans, entries } = await openRoom();
  await plans.adopt(ann, 'saidi');
  const event = entries.map((entry) => entry.event).find(({ kind }) => kind === 'measure.adopted');
  if (event?.kind !== 'measure.adopted') throw new Error('Nothing was written.');
  expect(canonicalHash(event.definition)).toBe(event.hash);
  expect(plans.isAdopted(event.hash)).toBe(true);
});
