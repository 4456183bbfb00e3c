import type { Figure } from '../../../../shared/contract/contract.ts';
import { isHeadwayKept, isOnTime } from '../../../../shared/transit/adherence.ts';
import type { FigureHistory } from '../kit/FigureHistory.ts';
import type { Headway } from './findHeadways.ts';
import type { TransitState } from './TransitState.ts';
import { departsMs } from './TripMatcher.ts';
import { GONE_MS } from './VehicleState.ts';

/** A smaller share of vehicles on time than this is highlighted. */
const LOW_ON_TIME = 0.7;
/** The goal of the Toronto Transit Commission. */
const LOW_HEADWAYS = 0.6;
/** With fewer headways the share is a matter of chance: one pair of buses would make it 0 or 100 %. */
const FEWEST_HEADWAYS = 5;
const FEW_VEHICLES_SHARE = 0.8;

const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/**
 * The trips that are to be on the road now: those of the timetable, without the cancelled ones and with the extra ones.
 */
export function scheduledNow(state: TransitState, nowMs: number): number | undefined {
  if (state.trips === undefined) return undefined;
  let count = state.trips.scheduledNow(nowMs);
  for (const { report, run } of state.reports.changes(nowMs)) {
    if ((run === undefined ? report.atMs : departsMs(run)) <= nowMs) count += report.tripKind === 'canceled' ? -1 : 1;
  }
  return Math.max(0, count);
}

/** Punctuality, headways and fleet, as defined in shared/figures.ts. */
export function transitFigures(
  state: TransitState,
  book: FigureHistory,
  headways: readonly Headway[],
  nowMs: number,
): Figure[] {
  const recent = state.rows.filter((vehicle) => vehicle.isOnTrip(nowMs) && nowMs - vehicle.atMs <= GONE_MS);
  const heard = recent.filter((vehicle) => nowMs - vehicle.atMs <= vehicle.staleMs);
  const judged = heard.filter(
    (vehicle) => vehicle.isJudged(nowMs) && vehicle.run?.headwayS === undefined && Number.isFinite(vehicle.delayS),
  );
  const onTime = share(judged.filter(({ delayS }) => isOnTime(delayS)).length, judged.length);
  const known = headways.filter(({ actualS }) => Number.isFinite(actualS));
  const kept =
    known.length < FEWEST_HEADWAYS
      ? undefined
      : share(known.filter(({ actualS, scheduledS }) => isHeadwayKept(actualS, scheduledS)).length, known.length);
  const sources = state.sources.at(nowMs);
  const scheduled = scheduledNow(state, nowMs);
  // While every feed is silent, nobody knows how many vehicles are on the road: at night none, by day perhaps all.
  const isUnknown = sources.length === 0 || (sources.every(({ isSilent }) => isSilent) && scheduled !== 0);
  const inService = heard.length === 0 && isUnknown ? undefined : heard.length;
  return [
    book.read(
      'busesOnTime',
      {
        value: onTime,
        present: share(judged.length, heard.length) ?? 0,
        sources,
        deviation: onTime !== undefined && onTime < LOW_ON_TIME && 'below',
        low: LOW_ON_TIME,
      },
      nowMs,
    ),
    book.read(
      'headwayAdherence',
      {
        value: kept,
        present: share(known.length, headways.length) ?? 0,
        sources,
        deviation: kept !== undefined && kept < LOW_HEADWAYS && 'below',
        low: LOW_HEADWAYS,
      },
      nowMs,
    ),
    book.read(
      'vehiclesInService',
      {
        value: inService,
        present: share(heard.length, recent.length) ?? 0,
        sources,
        typical: scheduled,
        deviation:
          inService !== undefined && scheduled !== undefined && inService < FEW_VEHICLES_SHARE * scheduled && 'below',
      },
      nowMs,
    ),
  ];
}
