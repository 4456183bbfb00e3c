import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeDuration, formatDistance } from '../shared/base/display.ts';
import type { County } from '../shared/county/county.ts';
import { loadCounty } from './engine/registry/loadCounty.ts';
import { RoadNetwork } from './engine/routing/RoadNetwork.ts';
import { Router } from './engine/routing/Router.ts';
import type { Route, Terms } from './engine/routing/Router.ts';
import { freeFlowTimes } from './engine/routing/TravelTimes.ts';
import type { Rights } from './engine/routing/TurnGraph.ts';
import { joinNegatives } from './joinNegatives.ts';
import { StartError } from './StartError.ts';

const WRONG_USE = 2;
const wrong = (sentence: string): StartError => new StartError(`${sentence} See --help.`, WRONG_USE);

type Position = { lon: number; lat: number };
/** A way that somebody asks for: over the roads of a county as they are when empty. */
export type RouteTask = {
  task: 'route';
  dir: string;
  from: Position;
  to: Position;
  isShortest: boolean;
  isJson: boolean;
  hasAlternatives: boolean;
  rights: Rights;
};

const flags = {
  county: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  shortest: { type: 'boolean' },
  alternatives: { type: 'boolean' },
  rights: { type: 'string', default: 'car' },
  json: { type: 'boolean' },
} as const;

const allRights: readonly Rights[] = ['car', 'bus', 'response'];

function positionOf(name: string, text: string | undefined): Position {
  const [lon, lat, ...rest] = (text ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const isPlace = lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  if (!isPlace || rest.length > 0)
    throw wrong(`--${name} ${text ?? ''} is not LON,LAT: longitude and latitude in degrees, as 1.52,42.51.`);
  return { lon, lat };
}

/** Reads the arguments of `npm run county -- route`. Throws a StartError that names what is wrong. */
export function readRouteTask(args: readonly string[]): RouteTask {
  let values;
  try {
    ({ values } = parseArgs({ args: joinNegatives(args), options: flags, strict: true }));
  } catch (error) {
    throw wrong(error instanceof Error ? `${error.message.split('. ')[0] ?? ''}.` : String(error));
  }
  const { county, from, to, shortest = false, json = false, alternatives = false, rights } = values;
  if (county === undefined) throw wrong('A route needs --county DIR.');
  const known = allRights.find((each) => each === rights);
  if (known === undefined) throw wrong(`--rights is one of ${allRights.join(', ')}, not ${rights}.`);
  return {
    task: 'route',
    dir: resolve(county),
    from: positionOf('from', from),
    to: positionOf('to', to),
    isShortest: shortest,
    isJson: json,
    hasAlternatives: alternatives,
    rights: known,
  };
}

/** The names of the roads in the order in which they are driven. */
function roadsOf(route: Route, links: County['links']): string[] {
  const names = route.links.map((link) => links[link]?.name ?? '').filter((name) => name !== '');
  return names.filter((name, at) => name !== names[at - 1]);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** What is printed of a way as JSON. */
function figuresOf(route: Route, links: County['links']): object {
  const { seconds, metres, earliestS, latestS, from, to } = route;
  return {
    seconds: rounded(seconds),
    metres: rounded(metres),
    earliestSeconds: rounded(earliestS),
    latestSeconds: rounded(latestS),
    metresToRoad: rounded(from.offM),
    metresFromRoad: rounded(to.offM),
    links: route.links.map((link) => links[link]?.id ?? ''),
    roads: roadsOf(route, links),
  };
}

/** Prints a way over empty roads, and others if they are asked for; resolves false where there is none. */
export async function findRoute(task: RouteTask, nowMs: number, say: (line: string) => void): Promise<boolean> {
  const { links, turns, profile } = await loadCounty(task.dir, nowMs);
  const router = new Router(new RoadNetwork(links, turns));
  const terms: Terms = {
    rights: task.rights,
    times: freeFlowTimes(links),
    atMs: nowMs,
    measure: task.isShortest ? 'length' : 'time',
  };
  const best = router.route(task.from, task.to, terms);
  if ('refusal' in best) {
    say(task.isJson ? JSON.stringify(best) : best.refusal);
    return false;
  }
  const others = task.hasAlternatives ? router.alternatives(task.from, task.to, terms).slice(1) : [];
  if (task.isJson)
    say(
      JSON.stringify({
        ...figuresOf(best, links),
        ...(task.hasAlternatives && { alternatives: others.map((route) => figuresOf(route, links)) }),
      }),
    );
  else
    for (const route of [best, ...others])
      say(
        `${describeDuration(route.seconds)}, ${formatDistance(route.metres, profile.displayUnits)}: ${roadsOf(route, links).join(', ')}`,
      );
  return true;
}
