import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PlanCommands } from '../../../main/engine/impact/PlanCommands.ts';
import { EventLog } from '../../../main/engine/log/EventLog.ts';
import { lockDataFolder } from '../../../main/engine/store/DataFolderLock.ts';
import { readImpactTask, workOnImpact } from '../../../main/impact.ts';
import { textOfDay } from '../../../shared/impact/dayText.ts';
import { fileRecord } from '../../support/fileRecord.ts';
import { openLedgerPair } from '../../support/ledgerPair.ts';
import { person } from '../../support/people.ts';
import { smallCounty } from '../../support/smallCounty.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const DAY_MS = 86_400_000;
const START = 20_605;

/** A data folder beside a county, and a file of 500 days in which water falls by a fifth on day START. */
async function folders(): Promise<{ dataDir: string; countyDir: string; csv: string }> {
  const dataDir = temporaryFolder();
  const countyDir = join(dataDir, 'county');
  await writeCounty(countyDir, smallCounty());
  const csv = join(dataDir, 'water.csv');
  const rows = Array.from({ length: 500 }, (_, at) => {
    const day = START - 400 + at;
    return `${textOfDay(day)},${(40 + ((day * 7919) % 13) / 13) * (day >= START ? 0.8 : 1)}`;
  });
  writeFileSync(csv, `day,value\n${rows.join('\n')}\nyesterday,1\n`);
  return { dataDir, countyDir, csv };
}

async function work(args: readonly string[]): Promise<{ isGood: boolean; said: string[] }> {
  const said: string[] = [];
  const isGood = await workOnImpact(readImpactTask(args), START * DAY_MS, (line) => said.push(line));
  return { isGood, said };
}

test('values of before Beacon come in by file, and a report that was made of them is verified', async () => {
  const { dataDir, countyDir, csv } = await folders();
  const { said } = await work(['import', csv, '--measure', 'waterInflow', '--data', dataDir]);
  expect(said).toEqual([
    'Line 502: “yesterday” is no day like 2024-05-31.',
    '500 days of waterInflow at 1 place are in the ledger.',
  ]);

  const nowMs = (): number => (START + 95) * DAY_MS;
  const record = fileRecord(dataDir, nowMs);
  const ledger = openLedgerPair(dataDir, 'America/Chicago');
  const log = new EventLog(record, nowMs);
  const plans = new PlanCommands({ log, dataDir, countyDir, timeZone: 'America/Chicago', ask: ledger.query, nowMs });
  await log.load();
  const planId = await plans.write(person('Ann'), {
    ...{ question: 'Less water?', measureId: 'waterInflow', measureVersion: 1, place: '', comparison: [] },
    ...{ baselineFrom: textOfDay(START - 400), startDay: textOfDay(START), afterDay: textOfDay(START + 3) },
    ...{ lastDay: textOfDay(START + 90), method: 'interruptedSeries', sensorDays: [], mayMove: '' },
  });
  await plans.register(person('Dana'), planId);
  const { reportHash } = await plans.evaluate(person('Ann'), planId);
  ledger.close();
  await record.close();

  expect(readdirSync(join(dataDir, 'impact'))).toHaveLength(2);
  const report = join(dataDir, 'impact', `${reportHash}.json`);
  expect(await work(['verify', report, '--data', dataDir])).toEqual({
    isGood: true,
    said: ['The report agrees with the ledger, the definitions, the plan and the log.'],
  });
  const altered = join(dataDir, 'altered.json');
  writeFileSync(altered, readFileSync(report, 'utf8').replace('"leastShare":0.75', '"leastShare":0.74'));
  const refused = await work(['verify', altered, '--data', dataDir]);
  expect(refused.isGood).toBe(false);
  expect(refused.said).toContain('The definition in the report is not the one that its hash names.');
});

test('nothing is imported while an engine uses the folder', async () => {
  const { dataDir, csv } = await folders();
  const lock = lockDataFolder(dataDir);
  await expect(work(['import', csv, '--measure', 'waterInflow', '--data', dataDir])).rejects.toThrow();
  lock.release();
});

test('what is missing in the command is named', async () => {
  const { dataDir, csv } = await folders();
  expect(() => readImpactTask(['verify'])).toThrow('impact verify FILE');
  expect(() => readImpactTask(['import', csv, '--data', dataDir])).toThrow('--measure');
  expect(() => readImpactTask(['verify', join(dataDir, 'none.json')])).toThrow('There is no file');
  await expect(work(['verify', csv, '--data', dataDir])).rejects.toThrow('no log or no ledger');
});
