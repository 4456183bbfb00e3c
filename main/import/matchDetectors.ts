import type { Detector, Link } from '../../shared/county/county.ts';
import type { RoadNetwork, Spot } from '../engine/routing/RoadNetwork.ts';
import { positionOf, readColumns } from './readColumns.ts';
import type { NamedRow } from './readColumns.ts';

/** A detector on its link, with the distance between them and what makes the match doubtful. */
export type Match = { detector: Detector; offM: number; doubts: string[] };
export type Matched = { matches: Match[]; leftOut: string[] };

/** Farther than this from all roads a detector is on none of them. */
const FARTHEST_M = 100;
/** Farther than this from its link a match is doubtful: detectors are drawn beside the road, seldom beyond it. */
const DOUBTFUL_M = 25;
/** Another road that is farther by less than this could be meant as well. */
const CLOSE_CALL_M = 8;
/** A road whose direction differs by more than this is another one, and by more than half of it a doubtful one. */
const LARGEST_TURN_DEG = 60;
/** A degree of difference counts as much as so many metres of distance. */
const M_PER_DEG = 0.5;
const USUAL_PERIOD_S = 60;

const columns = {
  id: ['id', 'detectorid', 'detector', 'stationid', 'station', 'sensorid', 'device', 'deviceid'],
  lon: ['lon', 'lng', 'long', 'longitude', 'x'],
  lat: ['lat', 'latitude', 'y'],
  heading: ['heading', 'headingdeg', 'bearing', 'bearingdeg', 'direction', 'dir', 'azimuth'],
  lanes: ['lanes', 'lanecount', 'numlanes'],
  periodS: ['periods', 'period', 'periodseconds', 'interval', 'intervals'],
  name: ['name', 'description', 'location', 'title'],
  road: ['road', 'roadname', 'route', 'street', 'freeway'],
} as const;
type Column = keyof typeof columns;

const compass: Readonly<Record<string, number>> = { n: 0, ne: 45, e: 90, se: 135, s: 180, sw: 225, w: 270, nw: 315 };
const words: Readonly<Record<string, string>> = { north: 'n', east: 'e', south: 's', west: 'w' };

/** A heading in degrees or as a point of the compass: 270, W, WB, westbound; undefined where it says nothing. */
export function headingOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const degrees = Number(text);
  if (Number.isFinite(degrees)) return ((degrees % 360) + 360) % 360;
  const word = text
    .toLowerCase()
    .replace(/[\s-]*(bound|bd)$/, '')
    .replaceAll(/north|east|south|west/g, (name) => words[name] ?? '')
    .replaceAll(/[\s-]/g, '');
  return compass[word] ?? (/^[nesw]b$/.test(word) ? compass[word.slice(0, 1)] : undefined);
}

const turnBetween = (a: number, b: number): number => Math.abs(((a - b + 540) % 360) - 180);

type Candidate = { spot: Spot; link: Link; turnDeg: number; score: number };

function candidates(
  network: RoadNetwork,
  [lon, lat]: [number, number],
  heading: number | undefined,
  road: string | undefined,
): Candidate[] {
  return network
    .within({ lon, lat }, FARTHEST_M)
    .flatMap((spot): Candidate[] => {
      const link = network.links[spot.linkIndex];
      const bearing = network.bearingAt(spot.linkIndex, spot.share);
      if (link === undefined || bearing === undefined) return [];
      const turnDeg = heading === undefined ? 0 : turnBetween(bearing, heading);
      const isNamed = road !== undefined && link.name.toLowerCase() === road.toLowerCase();
      const score = spot.offM + turnDeg * M_PER_DEG - (isNamed ? FARTHEST_M : 0);
      return turnDeg > LARGEST_TURN_DEG ? [] : [{ spot, link, turnDeg, score }];
    })
    .sort((a, b) => a.score - b.score || a.spot.linkIndex - b.spot.linkIndex);
}

/** Whether one link follows the other: a detector where they meet may be on either. */
const isContinued = (a: Link, b: Link): boolean => a.toNode === b.fromNode || b.toNode === a.fromNode;

function doubtsOf([best, ...others]: readonly Candidate[], heading: number | undefined, lanes: number): string[] {
  if (best === undefined) return [];
  const { link, spot, turnDeg } = best;
  const rival = others.find((other) => other.score - best.score < CLOSE_CALL_M && !isContinued(other.link, link));
  const isBothWays = others.some((other) => other.link.fromNode === link.toNode && other.link.toNode === link.fromNode);
  return [
    ...(spot.offM > DOUBTFUL_M ? [`${Math.round(spot.offM)} m from the road`] : []),
    ...(heading === undefined && isBothWays ? ['no heading, so it may be the other direction'] : []),
    ...(turnDeg > LARGEST_TURN_DEG / 2 ? [`its heading differs by ${Math.round(turnDeg)}°`] : []),
    ...(rival !== undefined && (heading !== undefined || rival.link.fromNode !== link.toNode)
      ? [`${rival.link.name === '' ? rival.link.id : rival.link.name} is as near`]
      : []),
    ...(lanes > link.lanes ? [`it measures ${lanes} lanes of ${link.lanes}`] : []),
  ];
}

const whole = (text: string | undefined): number | undefined => {
  const number = Number(text);
  return text !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
};

function matchRow({ line, cells }: NamedRow<Column>, network: RoadNetwork): Match | string {
  const [id, position] = [cells.id, positionOf(cells)];
  if (id === undefined) return `line ${line} has no id`;
  if (position === undefined) return `${id} (line ${line}) has no position in degrees`;
  const heading = headingOf(cells.heading);
  const found = candidates(network, position, heading, cells.road);
  const [best] = found;
  if (best === undefined) {
    const [nearest] = network.spotsNear({ lon: position[0], lat: position[1] });
    const isNear = nearest !== undefined && nearest.offM <= FARTHEST_M;
    return isNear
      ? `${id} (line ${line}) has the heading ${cells.heading ?? ''}, and no road there leads that way`
      : `${id} (line ${line}) is ${nearest === undefined ? 'more than 20 km' : `${Math.round(nearest.offM)} m`} from the nearest road`;
  }
  const lanes = whole(cells.lanes) ?? best.link.lanes;
  const periodS = Number(cells.periodS ?? USUAL_PERIOD_S);
  const doubts = doubtsOf(found, heading, lanes);
  if (cells.heading !== undefined && heading === undefined)
    doubts.push(`its heading "${cells.heading}" is not understood`);
  return {
    detector: {
      id,
      linkId: best.link.id,
      lon: position[0],
      lat: position[1],
      lanes,
      periodS: periodS > 0 ? periodS : USUAL_PERIOD_S,
      name: cells.name ?? best.link.name,
    },
    offM: best.spot.offM,
    doubts,
  };
}

/**
 * Finds the link of each detector of a CSV file by its position, heading and road, as far as it has them. Throws a
 * StartError where the file cannot be read.
 */
export function matchDetectors(path: string, network: RoadNetwork): Matched {
  const matched: Matched = { matches: [], leftOut: [] };
  const seen = new Set<string>();
  for (const row of readColumns(path, columns, ['id', 'lon', 'lat'])) {
    const match = matchRow(row, network);
    if (typeof match === 'string') matched.leftOut.push(match);
    else if (seen.has(match.detector.id))
      matched.leftOut.push(`${match.detector.id} (line ${row.line}) is there twice`);
    else matched.matches.push(match);
    if (typeof match !== 'string') seen.add(match.detector.id);
  }
  return matched;
}
