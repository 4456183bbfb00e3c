import type { StopTime } from '../../../../shared/county/county.ts';
import { gtfsSeconds } from '../serviceTime.ts';
import type { GtfsFaults } from './GtfsFaults.ts';
import type { GtfsFiles } from './readFiles.ts';
import { readTable } from './readTable.ts';
import type { GtfsRow } from './readTable.ts';

const FILE = 'stop_times.txt';

type RawStop = {
  stopId: string;
  sequence: number;
  arrivalS: number | undefined;
  departureS: number | undefined;
  isTimepoint: boolean;
  /** In the unit of the feed. */
  distanceM: number | undefined;
};

const optionalNumber = (text: string | undefined): number | undefined =>
  text === undefined || text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text);

function rawStop({ cells, line }: GtfsRow, faults: GtfsFaults): RawStop {
  const timeOf = (column: string): number | undefined => {
    const text = cells[column] ?? '';
    const seconds = gtfsSeconds(text);
    if (text !== '' && seconds === undefined) faults.note(FILE, `${column} is not a time.`, line);
    return seconds;
  };
  const [arrivalS, departureS] = [timeOf('arrival_time'), timeOf('departure_time')];
  return {
    stopId: cells['stop_id'] ?? '',
    sequence: Number(cells['stop_sequence']),
    arrivalS: arrivalS ?? departureS,
    departureS: departureS ?? arrivalS,
    isTimepoint: cells['timepoint'] !== '0' && (arrivalS ?? departureS) !== undefined,
    distanceM: optionalNumber(cells['shape_dist_traveled']),
  };
}

/** Removes times that go back along the trip: the stop's time is then filled in like one that is not given. */
function forwardOnly(stops: readonly RawStop[], onBack: () => void): RawStop[] {
  let latestS = Number.NEGATIVE_INFINITY;
  return stops.map((stop) => {
    const { arrivalS, departureS } = stop;
    if (arrivalS === undefined || departureS === undefined) return stop;
    if (arrivalS < latestS || departureS < arrivalS) {
      onBack();
      return { ...stop, arrivalS: undefined, departureS: undefined, isTimepoint: false };
    }
    latestS = departureS;
    return stop;
  });
}

const timedStop = ({ distanceM, ...stop }: RawStop, arrivalS: number, departureS: number): StopTime => ({
  ...stop,
  arrivalS,
  departureS,
  ...(distanceM !== undefined && { distanceM }),
});

/**
 * Fills in the times of stops that have none, between two stops that have them: in proportion to the distance where it
 * is given, otherwise to the number of stops.
 */
function withTimes(stops: readonly RawStop[]): StopTime[] {
  const timed = stops.flatMap(({ arrivalS, departureS }, index) =>
    arrivalS === undefined || departureS === undefined ? [] : [{ index, arrivalS, departureS }],
  );
  return stops.flatMap((stop, index) => {
    if (stop.arrivalS !== undefined && stop.departureS !== undefined)
      return [timedStop(stop, stop.arrivalS, stop.departureS)];
    const before = timed.findLast((each) => each.index <= index);
    const after = timed.find((each) => each.index >= index);
    if (before === undefined || after === undefined) return [];
    const [from, to] = [stops[before.index]?.distanceM, stops[after.index]?.distanceM];
    const byDistance =
      from !== undefined && to !== undefined && to > from && stop.distanceM !== undefined
        ? Math.min(1, Math.max(0, (stop.distanceM - from) / (to - from)))
        : undefined;
    const share = before === after ? 0 : (byDistance ?? (index - before.index) / (after.index - before.index));
    const between = Math.round(before.departureS + share * (after.arrivalS - before.departureS));
    return [timedStop(stop, between, between)];
  });
}

/**
 * The stops of each trip in their order, by trip id; distances are in the feed's unit. Rows that cannot be used are
 * noted, and the rest of the trip is read.
 */
export function readStopTimes(
  files: GtfsFiles,
  faults: GtfsFaults,
  hasStop: (id: string) => boolean,
): Map<string, StopTime[]> {
  const byTrip = new Map<string, RawStop[]>();
  for (const row of readTable(files, FILE, faults, ['trip_id', 'stop_sequence'], true)) {
    const { line, cells } = row;
    const tripId = cells['trip_id'] ?? '';
    if ((cells['stop_id'] ?? '') === '') {
      // Rows of flexible service have areas instead of stops.
      if (!cells['location_id'] && !cells['location_group_id']) faults.note(FILE, 'A row has no stop_id.', line);
      continue;
    }
    if (!Number.isFinite(Number(cells['stop_sequence']))) faults.note(FILE, 'stop_sequence is not a number.', line);
    else if (!hasStop(cells['stop_id'] ?? '')) faults.note(FILE, 'stop_id is not in stops.txt.', line);
    else {
      const list = byTrip.get(tripId) ?? [];
      byTrip.set(tripId, list);
      list.push(rawStop(row, faults));
    }
  }
  const onBack = (): void => {
    faults.note(FILE, 'The times of a trip go back; the time of the stop was filled in from its neighbours.');
  };
  return new Map(
    [...byTrip].map(([tripId, list]) => [
      tripId,
      withTimes(
        forwardOnly(
          list.sort((a, b) => a.sequence - b.sequence),
          onBack,
        ),
      ),
    ]),
  );
}
