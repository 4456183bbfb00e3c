import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { readGtfsParts, timetableOf } from '../../../../../../main/engine/registry/gtfs/readGtfs.ts';
import { TimetableWatch } from '../../../../../../main/engine/registry/gtfs/TimetableWatch.ts';
import { TimetablePieces, toPieces } from '../../../../../../main/engine/registry/gtfs/timetablePieces.ts';
import type { County } from '../../../../../../shared/county/county.ts';
import { goodGtfs } from '../../../../../support/goodCounty.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const ZONE = 'America/Chicago';

function write(dir: string, parts: Record<string, string> = {}): void {
  for (const [name, text] of Object.entries({ ...goodGtfs, ...parts })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

async function watched(): Promise<{
  dir: string;
  county: County;
  watch: TimetableWatch;
  said: string[];
  clock: { nowMs: number };
}> {
  const dir = temporaryFolder();
  write(dir);
  const { timetable, feeds } = timetableOf(await readGtfsParts(dir, ZONE));
  const county = smallCounty({ timetableFeeds: feeds, ...(timetable !== undefined && { timetable }) });
  const said: string[] = [];
  const clock = { nowMs: Date.UTC(2026, 5, 1, 18) };
  const watch = new TimetableWatch({
    dir,
    county,
    read: (...order) => readGtfsParts(...order),
    nowMs: () => clock.nowMs,
    notify: (text) => said.push(text),
  });
  await watch.look();
  return { dir, county, watch, said, clock };
}

const calendarOf = (first: string, last: string): string =>
  goodGtfs['gtfs/calendar.txt']?.replace('20260101', first).replace('20261231', last) ?? '';

it('takes new files when they have stayed the same for a look, and not before', async () => {
  const { dir, county, watch, said } = await watched();
  write(dir, { 'gtfs/routes.txt': 'route_id,route_short_name,route_type\nR1,Express,3\n' });
  await watch.look();
  expect(county.timetable?.routes.get('R1')?.shortName).toBe('1');
  await watch.look();
  expect(county.timetable?.routes.get('R1')?.shortName).toBe('Express');
  expect(said).toEqual(['The new timetable of the county’s folder is in use.']);
  await watch.look();
  expect(said).toHaveLength(1);
});

it('keeps a timetable that begins later until its first day', async () => {
  const { dir, county, watch, said, clock } = await watched();
  write(dir, { 'gtfs/calendar.txt': calendarOf('20260603', '20270131') });
  await watch.look();
  await watch.look();
  expect([county.timetable?.lastDay, said]).toEqual([
    '20261231',
    ['A new timetable begins on 2026-06-03; the present one is used until then.'],
  ]);
  clock.nowMs += 2 * 86_400_000;
  await watch.look();
  expect(county.timetable?.lastDay).toBe('20270131');
});

it('stays with the present timetable where the new one cannot be read', async () => {
  const { dir, county, watch, said } = await watched();
  for (const name of Object.keys(goodGtfs)) writeFileSync(join(dir, name), '');
  await watch.look();
  await watch.look();
  expect(county.timetable?.trips.size).toBe(1);
  expect(said).toMatchObject([expect.stringMatching(/^The new timetable .* stays in use/)]);
});

it('passes a timetable from one thread to another in pieces', async () => {
  const dir = temporaryFolder();
  const trips = Array.from({ length: 450 }, (_, i) => i);
  write(dir, {
    'gtfs/trips.txt': `route_id,service_id,trip_id\n${trips.map((i) => `R1,W,T${i}`).join('\n')}\n`,
    'gtfs/stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence\n${trips.map((i) => `T${i},08:00:00,08:00:00,S1,1`).join('\n')}\n`,
  });
  const read = await readGtfsParts(dir, ZONE);
  const pieces = [...toPieces(read)];
  expect(pieces.length).toBe(5);
  const whole = new TimetablePieces();
  expect(pieces.map((piece) => whole.take(structuredClone(piece))).at(-1)).toEqual(read);
});
