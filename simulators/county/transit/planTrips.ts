import type { Line } from './planLines.ts';
import type { Pattern } from './planPatterns.ts';

export type ServiceId = 'WK' | 'SA' | 'SU';
export type PlannedTrip = { id: string; serviceId: ServiceId; pattern: Pattern; startS: number; blockId: string };

const HOUR_S = 3600;
const LAYOVER_S = 4 * 60;
const LONGEST_WAIT_S = 35 * 60;
const services: readonly { id: ServiceId; stretch: number }[] = [
  { id: 'WK', stretch: 1 },
  { id: 'SA', stretch: 1.25 },
  { id: 'SU', stretch: 1.5 },
];
/** Windows of the service day, each with the factor by which its headway is longer than in the peak. */
const windows = [
  { fromH: 4.75, toH: 6.25, stretch: 1.4 },
  { fromH: 6.25, toH: 9, stretch: 1 },
  { fromH: 9, toH: 15, stretch: 1.25 },
  { fromH: 15, toH: 18.5, stretch: 1 },
  { fromH: 18.5, toH: 21.5, stretch: 1.5 },
  { fromH: 21.5, toH: 24.5, stretch: 1.7 },
] as const;
/** Night-owl lines run at this headway until the morning service begins; times of a service day may exceed 24 h. */
const OWL = { fromH: 24.5, toH: 28.6, headwayMin: 30 };

/**
 * All trips of the timetable, each with the block (the day's work of one bus) that runs it. Headways are divided by
 * `service`.
 */
export function planTrips(patterns: readonly Pattern[], service: number): PlannedTrip[] {
  let vehicles = 0;
  return services.flatMap(({ id, stretch }) => {
    const lines = [...new Set(patterns.map(({ line }) => line))];
    return lines.flatMap((line) => {
      const own = patterns.filter((pattern) => pattern.line === line);
      const trips = own.flatMap((pattern) =>
        startsOf(line, stretch, service, pattern.directionId).map((startS) => ({ pattern, startS })),
      );
      return assignBlocks(trips, id, () => `B${String(++vehicles).padStart(4, '0')}`);
    });
  });
}

/**
 * The starts are whole minutes, so that line, direction and HH:mm identify a trip. The return direction starts half a
 * headway later.
 */
function startsOf(line: Line, stretch: number, service: number, directionId: 0 | 1): number[] {
  const starts: number[] = [];
  const headway = (window: number): number =>
    Math.max(6, Math.round(((line.headwayMin * stretch) / service) * window)) * 60;
  let at = windows[0].fromH * HOUR_S + (directionId === 0 ? 0 : Math.round(headway(1.4) / 120) * 60);
  for (const window of windows) {
    for (; at < window.toH * HOUR_S; at += headway(window.stretch)) starts.push(at);
  }
  if (!line.isOwl) return starts;
  for (at = Math.max(at, OWL.fromH * HOUR_S); at < OWL.toH * HOUR_S; at += OWL.headwayMin * 60) starts.push(at);
  return starts;
}

/**
 * A greedy assignment: each trip is run by the bus that arrived last at its first stop, or by a new one; a bus that is
 * not needed for a while goes home.
 */
function assignBlocks(
  trips: readonly { pattern: Pattern; startS: number }[],
  serviceId: ServiceId,
  newBlock: () => string,
): PlannedTrip[] {
  const waiting: { blockId: string; directionId: 0 | 1; freeS: number }[] = [];
  return trips
    .toSorted((a, b) => a.startS - b.startS)
    .map(({ pattern, startS }) => {
      const ready = waiting.findLastIndex(
        (bus) => bus.directionId === pattern.directionId && bus.freeS <= startS && startS - bus.freeS < LONGEST_WAIT_S,
      );
      const [bus] = ready < 0 ? [] : waiting.splice(ready, 1);
      const blockId = bus?.blockId ?? newBlock();
      const endS = startS + (pattern.stops.at(-1)?.runS ?? 0);
      waiting.push({ blockId, directionId: pattern.directionId === 0 ? 1 : 0, freeS: endS + LAYOVER_S });
      waiting.sort((a, b) => a.freeS - b.freeS);
      const minutes = Math.round(startS / 60);
      const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
      return {
        id: `${pattern.line.id}-${serviceId}-${pattern.directionId}-${clock}`,
        serviceId,
        pattern,
        startS,
        blockId,
      };
    });
}
