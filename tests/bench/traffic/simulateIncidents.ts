import type { Link } from '../../../shared/county/county.ts';
import type { TrafficEffect, TrafficModel } from '../../../simulators/world/TrafficModel.ts';
import type { World } from '../../../simulators/world/World.ts';

/** A crash that blocks a share of the lanes of a link. */
export type Crash = {
  link: number;
  fromMs: number;
  clearedMs: number;
  /** Share of the capacity that is left. */
  openShare: number;
  /** Where on the link, in metres after its middle, where its detector is. */
  placeM: number;
  /** The links that its queue can fill; an alarm on one of these or on its own link is about it. */
  queue: ReadonlySet<number>;
  effect: (link: number, atMs: number) => TrafficEffect | undefined;
};

const LONGEST_M = 6000;
/** The speed in a queue over free flow, when all lanes are blocked and when one of many is. */
const CRAWL = { closed: 0.1, open: 0.35 } as const;
/** When the lanes are open again, the front of the queue moves back at the 15 km/h that is observed everywhere. */
const RECOVERY_MPS = 4.4;
const SLOWEST_MPS = 1.2;

type Reach = { link: number; middleM: number };

/** Links of the same road before or after a link, with the distance of their middles. */
function along({ links }: World, site: number, isUpstream: boolean): Reach[] {
  const first = links[site] as Link;
  const found: Reach[] = [];
  let [at, metres] = [first, first.lengthM / 2];
  while (metres < LONGEST_M) {
    const index = links.findIndex(
      (link) =>
        link.name === at.name &&
        link.roadClass === at.roadClass &&
        (isUpstream
          ? link.toNode === at.fromNode && link.fromNode !== at.toNode
          : link.fromNode === at.toNode && link.toNode !== at.fromNode),
    );
    const next = links[index];
    if (next === undefined || index === site || found.some(({ link }) => link === index)) break;
    found.push({ link: index, middleM: metres + next.lengthM / 2 });
    metres += next.lengthM;
    at = next;
  }
  return found;
}

/**
 * A crash by the kinematic wave of Lighthill and Whitham (1955): its queue grows upstream from nothing by the difference
 * of the flows over that of the densities, and downstream as many vehicles pass as the open lanes carry. Undefined where
 * the open lanes carry the demand: then nothing is to be seen.
 */
export function planCrash(
  world: World,
  model: TrafficModel,
  crash: Pick<Crash, 'link' | 'fromMs' | 'clearedMs' | 'openShare' | 'placeM'>,
): Crash | undefined {
  const { link: site, fromMs, clearedMs, openShare, placeM } = crash;
  const { capacityVph, freeFlowMps } = world.links[site] as Link;
  const inVph = model.demandVph(site, fromMs);
  const outVph = openShare * capacityVph;
  if (outVph >= 0.95 * inVph) return undefined;
  const crawlShare = CRAWL.closed + (CRAWL.open - CRAWL.closed) * openShare;
  const crawlMps = Math.max(SLOWEST_MPS, freeFlowMps * crawlShare);
  // Where nothing passes, vehicles stand at 7 m each per lane; as in the model, they then crawl at its slowest speed.
  const density = Math.max(outVph / 3600 / crawlMps, 0.08);
  const waveMps = Math.min(6, (inVph - outVph) / 3600 / Math.max(0.01, density - inVph / 3600 / freeFlowMps));
  const here = { link: site, middleM: 0 };
  const place = (reach: readonly Reach[], metres: number): Map<number, number> =>
    new Map(reach.map(({ link, middleM }) => [link, middleM + metres]));
  const upstream = place([...(placeM >= 0 ? [here] : []), ...along(world, site, true)], placeM);
  const downstream = place([...(placeM < 0 ? [here] : []), ...along(world, site, false)], -placeM);
  const flowFactor = Math.max(0.02, outVph / inVph);
  const effect = (link: number, atMs: number): TrafficEffect | undefined => {
    if (atMs < fromMs) return undefined;
    const before = upstream.get(link);
    if (before !== undefined) {
      const tailM = (waveMps * (Math.min(atMs, clearedMs) - fromMs)) / 1000;
      const headM = atMs < clearedMs ? -1 : (RECOVERY_MPS * (atMs - clearedMs)) / 1000;
      return before < Math.min(LONGEST_M, tailM) && before > headM
        ? { speedFactor: crawlShare, flowFactor }
        : undefined;
    }
    const after = downstream.get(link);
    const arrivesMs = after === undefined ? 0 : (1000 * after) / freeFlowMps;
    return after !== undefined && atMs > fromMs + arrivesMs && atMs < clearedMs + arrivesMs
      ? { speedFactor: 1, flowFactor }
      : undefined;
  };
  return { ...crash, queue: new Set(upstream.keys()), effect };
}
