import { expect, it, onTestFinished } from 'vitest';
import { TransitState } from '../../../../../../main/engine/domains/transit/TransitState.ts';
import { RunLedger } from '../../../../../../main/engine/ledger/RunLedger.ts';
import type { MeasuredRuns } from '../../../../../../main/engine/store/ledger/ledger.ts';
import { openLedgerPair } from '../../../../../support/ledgerPair.ts';
import type { LedgerPair } from '../../../../../support/ledgerPair.ts';
import { makeTimetable } from '../../../../../support/makeCounty.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const EIGHT_MS = Date.UTC(2026, 4, 6, 8);
const DAY_MS = 86_400_000;
/** Each bus stands this long at each stop, and needs as much longer for each leg of 120 s. */
const DWELL_S = 30;

const measuredOf = (state: TransitState): MeasuredRuns => ({
  take: () => state.takeMeasured(),
  putBack: (runs) => state.putBackMeasured(runs),
  learn: (run) => state.learnRun(run),
});

function ledgerOf(state: TransitState, pair: LedgerPair): RunLedger {
  const ledger = {
    putRuns: (runs: Parameters<LedgerPair['writer']['putRuns']>[0]) => Promise.resolve(pair.writer.putRuns(runs)),
    measuredRuns: (fromDay: string, toDay: string) => Promise.resolve(pair.measuredRuns(fromDay, toDay)),
    sweepRuns: (beforeDay: string) => Promise.resolve(pair.writer.sweepRuns(beforeDay).deleted),
  };
  return new RunLedger({ measured: measuredOf(state), ledger, timeZone: 'UTC' });
}

/** Where a bus is that leaves at eight and stands at each stop after the first one, by the seconds since. */
function lonAfter(seconds: number): number {
  const legs = Math.floor(seconds / (120 + DWELL_S));
  return (legs + Math.min(1, (seconds - legs * (120 + DWELL_S)) / 120)) * 0.009;
}

function driveT0(state: TransitState, startMs: number, untilS: number): void {
  for (let seconds = -60; seconds <= untilS; seconds += 5) {
    const seen = { kind: 'vehicle', vehicleId: 'hfp:1/7', mode: 'bus', quality: 'good', tripId: 'T0' } as const;
    const [atMs, serviceDay] = [startMs + seconds * 1000, new Date(startMs).toISOString().slice(0, 10)];
    state.applyVehicle({ ...seen, atMs, serviceDay, lon: lonAfter(Math.max(0, seconds)), lat: 0 }, atMs);
  }
}

it('measured departures are kept, and what was learnt from them survives a restart', async () => {
  const timetable = makeTimetable({ stops: 11, trips: 1 });
  const folder = temporaryFolder();
  const pair = openLedgerPair(folder, 'UTC');
  const first = new TransitState(timetable);
  const firstLedger = ledgerOf(first, pair);
  for (let day = 0; day < 10; day++) driveT0(first, EIGHT_MS + day * DAY_MS, 1600);
  await firstLedger.write();
  pair.close();

  const again = openLedgerPair(folder, 'UTC');
  onTestFinished(() => again.close());
  const runs = again.measuredRuns('20260506', '20260601');
  expect(runs.map(({ day, tripId }) => `${day} ${tripId}`)).toHaveLength(10);
  const third = runs[0]?.calls.find(({ sequence }) => sequence === 3);
  // It is reached after two legs and one stay, and left a stay later.
  expect(Math.abs(((third?.arrivalMs ?? 0) - EIGHT_MS) / 1000 - 270)).toBeLessThan(6);
  expect(Math.abs(((third?.departureMs ?? 0) - (third?.arrivalMs ?? 0)) / 1000 - DWELL_S)).toBeLessThan(6);

  const nowMs = EIGHT_MS + 10 * DAY_MS;
  const lastArrival = (state: TransitState): number => {
    driveT0(state, nowMs, 400);
    const vehicle = state.vehicles.get('hfp:1/7');
    const stops = vehicle === undefined ? [] : state.predict(vehicle, nowMs + 400_000);
    return ((stops.at(-1)?.arrivalMs ?? Number.NaN) - nowMs) / 1000;
  };
  const second = new TransitState(timetable);
  const unlearned = lastArrival(new TransitState(timetable));
  await ledgerOf(second, again).learn(nowMs);
  const learned = lastArrival(second);
  // Ten legs and nine stays; without the days before, only the pace of this one run is known.
  expect(Math.abs(learned - lastArrival(first))).toBeLessThan(5);
  expect(Math.abs(learned - 1470)).toBeLessThan(Math.abs(unlearned - 1470));
  expect(await ledgerOf(second, again).sweep(nowMs + 396 * DAY_MS)).toBe(6);
});

it('what cannot be written is kept for the next time', async () => {
  const state = new TransitState(makeTimetable({ stops: 11, trips: 1 }));
  driveT0(state, EIGHT_MS, 1600);
  const full = new RunLedger({
    measured: measuredOf(state),
    ledger: {
      putRuns: () => Promise.reject(new Error('The disk is full.')),
      measuredRuns: () => Promise.resolve([]),
      sweepRuns: () => Promise.resolve(0),
    },
    timeZone: 'UTC',
  });
  await expect(full.write()).rejects.toThrow('full');
  expect(state.takeMeasured()).toMatchObject([{ tripId: 'T0', day: '20260506' }]);
});
