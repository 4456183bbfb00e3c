import type { Link } from '../../../shared/county/county.ts';
import type { Diversion } from '../../../shared/dispatch/diversion.ts';
import type { RoadNetwork, Spot } from '../routing/RoadNetwork.ts';
import type { Route, Router, Terms } from '../routing/Router.ts';

type Sources = {
  network: RoadNetwork;
  router: Router;
  terms: Terms;
  /** Vehicles per hour on a link, or NaN where nothing is measured. */
  flowVph: (linkIndex: number) => number;
  /** What a road is called, with its direction. */
  roadName: (linkIndex: number) => string;
};
/** Closed links of one direction that follow each other. */
type Stretch = readonly number[];

/** Beacon's own assumption where no detector measures: what a road carries by day, as a share of its capacity. */
const ASSUMED_LOAD = 0.4;

const isBack = (a: Link, b: Link): boolean => a.fromNode === b.toNode && a.toNode === b.fromNode;

/** The closed links as stretches, each from the first link to the last. */
function stretchesOf(links: readonly Link[], closed: readonly number[]): Stretch[] {
  const next = (index: number): number | undefined =>
    closed.find((other) => {
      const [link, after] = [links[index], links[other]];
      return link !== undefined && after?.fromNode === link.toNode && !isBack(link, after);
    });
  const followers = new Set(closed.map(next));
  return closed
    .filter((index) => !followers.has(index))
    .map((first) => {
      const stretch = [first];
      for (let index = next(first); index !== undefined && !stretch.includes(index); index = next(index))
        stretch.push(index);
      return stretch;
    });
}

/** Open links at one end of a stretch, those of the same road if there are any. */
function openAt({ network, terms }: Sources, end: number, isEntry: boolean): Spot[] {
  const closedLink = network.links[end];
  if (closedLink === undefined) return [];
  const meeting = [...network.links.entries()].filter(([index, link]) => {
    const meets = isEntry ? link.toNode === closedLink.fromNode : link.fromNode === closedLink.toNode;
    return meets && !isBack(link, closedLink) && terms.closed?.has(index) !== true;
  });
  const same = meeting.filter(([, link]) => link.name !== '' && link.name === closedLink.name);
  return (same.length > 0 ? same : meeting).map(([linkIndex]) => ({ linkIndex, share: isEntry ? 1 : 0, offM: 0 }));
}

/** The names of roads in the order in which they are driven, without repetitions. */
function namesOf(links: readonly number[], network: RoadNetwork): string[] {
  const names = links.map((link) => network.links[link]?.name ?? '').filter((name) => name !== '');
  return names.filter((name, at) => name !== names[at - 1]);
}

/** The roads that fill, and how full they become where they are narrowest. */
function fillsOf(links: readonly number[], from: number, sources: Sources): Diversion['fills'] {
  const { network, flowVph, roadName } = sources;
  const flowOn = (index: number): { vph: number; isMeasured: boolean } => {
    const measured = flowVph(index);
    const assumed = ASSUMED_LOAD * (network.links[index]?.capacityVph ?? 0);
    return Number.isFinite(measured) ? { vph: measured, isMeasured: true } : { vph: assumed, isMeasured: false };
  };
  const diverted = flowOn(from);
  const byRoad = new Map<string, Diversion['fills'][number]>();
  for (const index of links) {
    const road = roadName(index);
    const own = flowOn(index);
    const load = (own.vph + diverted.vph) / (network.links[index]?.capacityVph ?? 1);
    const known = byRoad.get(road);
    if (known === undefined || load > known.load)
      byRoad.set(road, { road, addedVph: diverted.vph, load, isMeasured: own.isMeasured && diverted.isMeasured });
  }
  return [...byRoad.values()].sort((a, b) => b.load - a.load);
}

function diversionOf(stretch: Stretch, route: Route, sources: Sources): Diversion {
  const { network, terms, roadName } = sources;
  const through = route.links.slice(1, -1);
  const sum = (of: (index: number) => number): number => stretch.reduce((total, index) => total + of(index), 0);
  const names = namesOf(through, network);
  return {
    closed: roadName(stretch[0] ?? -1),
    text: names.length === 0 ? 'roads without a name' : names.join(', '),
    linkIds: through.flatMap((index) => network.links[index]?.id ?? []),
    extraM: route.metres - sum((index) => network.links[index]?.lengthM ?? 0),
    extraS: route.seconds - sum((index) => terms.times.secondsOn(index, terms.atMs)),
    fills: fillsOf(through, route.from.linkIndex, sources),
  };
}

/** The fastest ways round closed links for traffic that would drive through, and in words where there is none. */
export function proposeDiversions(
  closed: readonly number[],
  sources: Sources,
): { diversions: Diversion[]; refusals: string[] } {
  const { network, router, terms, roadName } = sources;
  const found: { diversions: Diversion[]; refusals: string[] } = { diversions: [], refusals: [] };
  for (const stretch of stretchesOf(network.links, closed)) {
    const name = roadName(stretch[0] ?? -1);
    const starts = openAt(sources, stretch[0] ?? -1, true);
    const ends = openAt(sources, stretch.at(-1) ?? -1, false);
    if (starts.length === 0 || ends.length === 0) {
      found.refusals.push(`Nothing drives through ${name}: it ends where it is closed.`);
      continue;
    }
    const route = router.between(starts, ends, terms);
    if (route === undefined) found.refusals.push(`No open road leads round ${name}.`);
    else found.diversions.push(diversionOf(stretch, route, sources));
  }
  return found;
}
