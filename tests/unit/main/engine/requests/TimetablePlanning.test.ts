import { expect, it } from 'vitest';
import { TimetablePlanning } from '../../../../../main/engine/requests/TimetablePlanning.ts';
import type { MeasuredRun } from '../../../../../main/engine/store/ledger/ledger.ts';
import type { Timetable, Trip } from '../../../../../shared/county/county.ts';
import { makeCounty, makeTimetable, seededRandom } from '../../../../support/makeCounty.ts';

const DAY_MS = 86_400_000;
/** The days of the runs begin here. */
const FIRST_MS = Date.UTC(2026, 4, 4);
const STOPS = 11;
const LEG_S = 120;

/** Twelve trips to the east every ten minutes; a vehicle leaves again half an hour after its departure. */
function timetableOf(): Timetable {
  const made = makeTimetable({ stops: STOPS, trips: 12 });
  const trips = [...made.trips.values()].map((trip): [string, Trip] => [
    trip.id,
    { ...trip, blockId: `B${String(Number(trip.id.slice(1)) % 3)}` },
  ]);
  return { ...made, trips: new Map(trips) };
}

/** Runs of each day in which each leg takes about `legS` with its stay; vehicles hold where they are early. */
function runsOf(timetable: Timetable, days: number, legS: number): MeasuredRun[] {
  const random = seededRandom(7);
  return Array.from({ length: days }, (_, day) => day).flatMap((day) => {
    const startMs = FIRST_MS + day * DAY_MS;
    return [...timetable.trips.values()].map(({ id, stopTimes }): MeasuredRun => {
      let atS = stopTimes[0]?.departureS ?? 0;
      const calls = stopTimes.map(({ sequence, departureS }, index) => {
        const arrivalS = index === 0 ? atS : atS + legS - 10 + 20 * (random() - 0.5);
        atS = index === 0 ? atS : Math.max(arrivalS + 10, departureS - 40);
        return { sequence, arrivalMs: startMs + arrivalS * 1000, departureMs: startMs + atS * 1000 };
      });
      return { day: new Date(startMs).toISOString().slice(0, 10).replaceAll('-', ''), tripId: id, startMs, calls };
    });
  });
}

function planningOf(days: number, legS: number): TimetablePlanning {
  const timetable = timetableOf();
  const runs = runsOf(timetable, days, legS);
  const { county } = makeCounty({ timetable });
  return new TimetablePlanning({
    county,
    ledger: {
      measuredRuns: (fromDay, toDay) => Promise.resolve(runs.filter(({ day }) => day >= fromDay && day < toDay)),
    },
    nowMs: () => FIRST_MS + days * DAY_MS,
  });
}

it('a timetable that is too tight gets running times as measured, whose effect is foretold', async () => {
  const planning = planningOf(20, LEG_S + 45);
  const { today, proposal, hopeless, legs, runs } = await planning.advice();
  expect(runs).toBe(20 * 12);
  // From the eighth stop on, buses are more than five minutes late.
  expect(today?.onTime.value).toBeGreaterThan(0.5);
  expect(today?.onTime.value).toBeLessThan(0.8);
  expect(proposal?.effect.onTime.value).toBeGreaterThan(0.97);
  expect(proposal?.gain.from).toBeGreaterThan(0.15);
  expect(hopeless).toHaveLength(12);
  expect(hopeless[0]).toMatchObject({ line: '1 to East', runs: 20 });
  expect(hopeless[0]?.medianLateS).toBeGreaterThan(400);
  expect(legs[0]).toMatchObject({ line: '1', plannedS: LEG_S });
  expect(Math.abs((legs[0]?.medianS ?? 0) - LEG_S - 45)).toBeLessThan(12);
});

it('the proposal leaves as stop_times.txt: the same departures, and as much time as runs need', async () => {
  const text = await planningOf(20, LEG_S + 45).stopTimes();
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(1 + 12 * STOPS);
  expect(lines[0]).toBe('trip_id,arrival_time,departure_time,stop_id,stop_sequence,timepoint');
  expect(lines[1]).toBe('T0,08:00:00,08:00:00,S0,1,1');
  const [tripId, arrival = ''] = lines[STOPS]?.split(',') ?? [];
  expect(tripId).toBe('T0');
  const [hours = 0, minutes = 0, seconds = 0] = arrival.split(':').map(Number);
  const neededS = hours * 3600 + minutes * 60 + seconds - 8 * 3600;
  expect(Math.abs(neededS - 10 * (LEG_S + 45))).toBeLessThan(60);
});

it('what does not beat today’s timetable is not proposed', async () => {
  const planning = planningOf(20, LEG_S);
  const { today, proposal, hopeless } = await planning.advice();
  expect(today?.onTime.value).toBe(1);
  expect([proposal, hopeless]).toEqual([undefined, []]);
  await expect(planning.stopTimes()).rejects.toThrow('No better timetable is known.');
});

it('a few days are too little for advice', async () => {
  const { days, neededDays, today, proposal } = await planningOf(9, LEG_S + 45).advice();
  expect({ days, neededDays, today, proposal }).toEqual({
    days: 9,
    neededDays: 10,
    today: undefined,
    proposal: undefined,
  });
});
