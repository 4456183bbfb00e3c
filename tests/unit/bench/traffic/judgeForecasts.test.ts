import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { judgeForecasts } from '../../../bench/traffic/judgeForecasts.ts';
import { readTravelTimes } from '../../../bench/traffic/readTravelTimes.ts';
import { hasRealData, realData } from '../../../support/realData.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const HEADER = 'status,avgMeasuredTime,avgSpeed,extID,medianMeasuredTime,TIMESTAMP,vehicleCount,_id,REPORT_ID';

describe('travel times', () => {
  it('are read from all files of a folder, each reading once and in the order of time', () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(folder);
    const late = 'OK,50,36,1,50,2014-08-01T00:05:00,2,2,7';
    writeFileSync(join(folder, 'a.csv.gz'), gzipSync(`${HEADER}\n${late}\nOK,60,30,1,60,2014-08-01T00:00:00,0,1,7\n`));
    writeFileSync(join(folder, 'b.csv'), `${HEADER}\n${late}\n`);
    writeFileSync(join(folder, 'meta.csv'), 'REPORT_ID,POINT_1_NAME,POINT_2_NAME\n7,A,B\n');
    writeFileSync(join(folder, 'README.md'), 'not data');
    expect(readTravelTimes(folder)).toEqual([
      {
        id: '7',
        from: 'A',
        to: 'B',
        readings: [
          { atMs: Date.UTC(2014, 7, 1), speedKmh: 30, count: 0 },
          { atMs: Date.UTC(2014, 7, 1, 0, 5), speedKmh: 36, count: 2 },
        ],
      },
    ]);
  });
});

describe.skipIf(!hasRealData('aarhus'))('forecasts of real travel times', () => {
  it('are nearer than the present and the usual speed at every horizon', { timeout: 60_000 }, () => {
    const month = readTravelTimes(realData('aarhus')).filter(({ readings }) => readings.length > 5000);
    for (const { own, persistence, profile, count } of judgeForecasts(month.slice(0, 12), 0.66)) {
      expect(count).toBeGreaterThan(10_000);
      expect(own).toBeLessThan(persistence);
      expect(own).toBeLessThan(profile);
    }
  });
});
