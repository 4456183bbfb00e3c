import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { connectAsync } from 'mqtt';
import { generateCounty } from '../support/generateCounty.ts';
import { startBeacon } from '../support/startBeacon.ts';
import { startMosquitto } from '../support/startMosquitto.ts';
import { test } from './e2eTest.ts';
import { SCALE } from './LiveCounty.ts';
import { ControlRoom } from './pages/ControlRoom.ts';

/** 08:00 of a Wednesday in the county. */
const EIGHT_MS = Date.UTC(2026, 4, 6, 13);
const MINUTE_MS = 60_000;
const LINK_MIN = 5;
const lonOf = (stop: number): number => -93.5 + stop * 0.01;
const clock = (minutes: number): string =>
  `${String(8 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;

/** Trips of twenty minutes over five stops; the vehicle of the first one goes on with the fourth. */
const trips = [
  { id: 'T0', startMin: 0, block: 'B1' },
  { id: 'T1', startMin: 10, block: 'B2' },
  { id: 'T2', startMin: 20, block: 'B3' },
  { id: 'T3', startMin: 25, block: 'B1' },
  { id: 'T4', startMin: 70, block: 'B2' },
];
const stops = [0, 1, 2, 3, 4];

function writeTimetable(county: string): void {
  const dir = join(county, 'gtfs');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  const files = {
    agency: ['agency_id,agency_name,agency_url,agency_timezone', 'A,Town,http://example.org,America/Chicago'],
    routes: ['route_id,route_short_name,route_long_name,route_type', 'R1,1,Main Street,3'],
    stops: ['stop_id,stop_name,stop_lat,stop_lon', ...stops.map((i) => `S${i},Stop ${i},44.5,${lonOf(i)}`)],
    trips: [
      'route_id,service_id,trip_id,trip_headsign,block_id',
      ...trips.map(({ id, block }) => `R1,W,${id},East,${block}`),
    ],
    stop_times: [
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence',
      ...trips.flatMap(({ id, startMin }) =>
        stops.map((i) => `${id},${clock(startMin + i * LINK_MIN)},${clock(startMin + i * LINK_MIN)},S${i},${i + 1}`),
      ),
    ],
    calendar: [
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date',
      'W,1,1,1,1,1,1,1,20260101,20261231',
    ],
  };
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(dir, `${name}.txt`), `${lines.join('\n')}\n`);
}

test('the page Transit finds a missed pull-out and a ghost, says what follows, and is worked by the keyboard', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-e2e-'));
  const county = join(folder, 'county');
  await generateCounty(county, SCALE);
  writeTimetable(county);
  const broker = await startMosquitto();
  const client = await connectAsync(broker.url);
  let minute = 0;
  const passMinute = async (): Promise<void> => {
    const atMs = EIGHT_MS + minute * MINUTE_MS;
    await client.publishAsync('beacon/v1/clock', JSON.stringify({ at: atMs, speed: 1 }), { qos: 1, retain: true });
    const drive = async (vehicle: string, tripId: string, startMin: number, lateMin: number): Promise<void> => {
      const stop = (minute - startMin - lateMin) / LINK_MIN;
      const place = { at: atMs, lon: lonOf(Math.min(4, Math.max(0, stop))), lat: 44.5, label: vehicle };
      // At the end of its trip the vehicle goes home.
      const seen = stop > 4 ? place : { ...place, tripId, routeId: 'R1' };
      await client.publishAsync(`beacon/v1/vehicle/${vehicle}`, JSON.stringify(seen));
    };
    await drive('101', 'T0', 0, 0);
    if (minute >= 20) await drive('103', 'T2', 20, 8);
    minute++;
  };
  await passMinute();
  const beacon = await startBeacon({
    dataDir: join(folder, 'data'),
    args: ['--broker', broker.url, '--county', county, '--clock', 'broker'],
  });
  try {
    const room = new ControlRoom(page);
    await room.open(beacon.url, 'Operator');
    await page.keyboard.press('6');
    const list = page.getByRole('listbox', { name: 'Trips in trouble' });
    const drivenUntil = async (last: number, seen: () => Promise<void>): Promise<void> => {
      await expect(async () => {
        if (minute <= last) await passMinute();
        await seen();
      }).toPass({ timeout: 120_000, intervals: [500] });
    };
    await drivenUntil(18, async () => {
      await expect(list.getByRole('option', { name: /No vehicle has pulled out/ })).toContainText(
        'Route 1 08:10 to EastNo vehicle has pulled out.Then: passengers wait for the 08:20, 10 min later.',
        { timeout: 500 },
      );
    });
    await drivenUntil(38, async () => {
      await expect(list.getByRole('option', { name: /No vehicle is on it/ })).toContainText('08:25 to East', {
        timeout: 500,
      });
      await expect(list.getByRole('option', { name: /8 min late/ })).toContainText('the vehicle has no later trip', {
        timeout: 500,
      });
    });
    await expect(page.getByRole('table', { name: 'Routes' }).getByRole('row', { name: /^1/ })).toContainText('1 of 2');

    await list.getByRole('option').first().click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await expect(page.getByText('Service', { exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/situation/);
  } finally {
    await client.endAsync();
    await beacon.stop();
    await broker.dispose();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});
