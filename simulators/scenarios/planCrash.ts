import type { Link } from '../../shared/county/county.ts';
import type { TrafficEffect } from '../world/TrafficModel.ts';
import { distance, type Point } from '../geometry/plane.ts';
import { MINUTE_MS } from '../world/LocalTime.ts';
import type { Plan, Scenario, Stage } from './Scenario.ts';

/** The queue's speed over free flow, and its first and greatest length. */
const CRAWL_SHARE = 0.15;
const FIRST_QUEUE_M = 500;
const LONGEST_QUEUE_M = 5200;
/**
 * How fast the front of the jam moves back when the lanes are open again: the backward wave of about 15 km/h that is
 * observed everywhere.
 */
const RECOVERY_MPS = 4.4;

type Upstream = { link: number; middleM: number };

/**
 * A crash on the freeway, or on a main road where there is none, closes all lanes but one: a queue grows upstream,
 * drivers in the other direction slow down to look, and the queue dissolves when the road is cleared.
 */
export const planCrash: Plan = (stage, fromMs) => {
  const { world, random } = stage;
  const site = chooseSite(stage);
  if (site === undefined) return [];
  const link = world.links[site] as Link;
  const clearedMs = fromMs + random.between(22, 28) * MINUTE_MS;
  const upstream = upstreamOf(stage, site);
  const queue = growth(stage, site, fromMs);
  const tailM = (atMs: number): number =>
    Math.min(LONGEST_QUEUE_M, FIRST_QUEUE_M + (queue.mps * (atMs - fromMs)) / 1000);
  const headM = (atMs: number): number => (atMs < clearedMs ? -1000 : (RECOVERY_MPS * (atMs - clearedMs)) / 1000);
  const distances = new Map(upstream.map((step) => [step.link, step.middleM]));
  const across = new Set(oppositeOf(stage, site));
  const traffic = (linkIndex: number, atMs: number): TrafficEffect | undefined => {
    if (atMs < fromMs) return undefined;
    const metres = distances.get(linkIndex);
    if (metres !== undefined && metres < tailM(atMs) && metres > headM(atMs))
      return { speedFactor: CRAWL_SHARE, flowFactor: queue.flowFactor };
    return atMs < clearedMs && across.has(linkIndex) ? { speedFactor: 0.7, flowFactor: 0.97 } : undefined;
  };
  const [lon, lat] = middleOf(link);
  const toMs = clearedMs + (LONGEST_QUEUE_M / RECOVERY_MPS) * 1000;
  const scenario: Scenario = {
    fromMs,
    toMs,
    traffic,
    truth: {
      scenario: 'crash',
      kind: 'crash',
      subjectKind: 'link',
      subjectIds: [link.id],
      lon,
      lat,
      fromMs,
      toMs: clearedMs,
    },
    reports: [
      {
        atMs: fromMs + 38_000,
        category: 'crash',
        text: `Two cars and a truck, ${link.name}, left lane blocked. Someone is out of the car.`,
        lon,
        lat,
      },
      {
        atMs: fromMs + 95_000,
        category: 'traffic',
        text: `Standing still on ${link.name}, it came out of nowhere.`,
        ...offsetFrom(world.links[upstream[2]?.link ?? site] ?? link),
      },
    ],
  };
  return [scenario];
};

/** Where crashes happen: on freeways, and on main roads in a county that has no freeway with detectors. */
const CRASH_CLASSES: readonly Link['roadClass'][] = ['freeway', 'arterial'];

/** A link of a main road near the seat that has a detector, and whose queue reaches other detectors. */
function chooseSite(stage: Stage): number | undefined {
  for (const roadClass of CRASH_CLASSES) {
    const site = siteOf(stage, roadClass);
    if (site !== undefined) return site;
  }
  return undefined;
}

function siteOf(stage: Stage, roadClass: Link['roadClass']): number | undefined {
  const { world, random } = stage;
  const watched = new Set(world.detectorLink);
  const sites = [...watched].filter(
    (link) =>
      world.links[link]?.roadClass === roadClass &&
      upstreamOf(stage, link).filter((step) => step.middleM < 2600 && watched.has(step.link)).length >= 3,
  );
  const near = sites.filter((link) => Math.hypot(...planeOf(stage, link)) < 9000);
  return near.length > 0 ? random.pick(near) : sites.length > 0 ? random.pick(sites) : undefined;
}

/**
 * The links that a queue from the middle of the site would fill, the site first, with the distance of their middles.
 */
function upstreamOf({ world }: Stage, site: number): Upstream[] {
  const roadClass = world.links[site]?.roadClass;
  const into = (node: string, name: string, notFrom: string): number =>
    world.links.findIndex(
      (link) => link.toNode === node && link.name === name && link.roadClass === roadClass && link.fromNode !== notFrom,
    );
  const found: Upstream[] = [{ link: site, middleM: 0 }];
  let metres = (world.links[site]?.lengthM ?? 0) / 2;
  for (let at = world.links[site]; at !== undefined && metres < LONGEST_QUEUE_M;) {
    const index = into(at.fromNode, at.name, at.toNode);
    const before = world.links[index];
    if (before === undefined || found.some(({ link }) => link === index)) break;
    found.push({ link: index, middleM: metres + before.lengthM / 2 });
    metres += before.lengthM;
    at = before;
  }
  return found;
}

/**
 * The shock wave of Lighthill and Whitham (1955): the speed of the queue's tail is the difference of the flows divided
 * by the difference of the densities, here kept within what is observed on freeways.
 */
function growth({ world, traffic }: Stage, site: number, atMs: number): { mps: number; flowFactor: number } {
  const link = world.links[site] as Link;
  const inVph = traffic.demandVph(site, atMs);
  const outVph = Math.min(0.3 * link.capacityVph, 0.55 * inVph);
  const crawl = link.freeFlowMps * CRAWL_SHARE;
  const wave = (inVph - outVph) / 3600 / (outVph / 3600 / crawl - inVph / 3600 / link.freeFlowMps);
  return {
    mps: Number.isFinite(wave) && wave > 0 ? Math.min(3, Math.max(0.8, wave)) : 1.2,
    flowFactor: outVph / Math.max(1, inVph),
  };
}

function oppositeOf(stage: Stage, site: number): number[] {
  const here = planeOf(stage, site);
  const at = stage.world.links[site];
  if (at?.roadClass !== 'freeway')
    return stage.world.links.flatMap((link, i) =>
      link.fromNode === at?.toNode && link.toNode === at.fromNode ? [i] : [],
    );
  return stage.world.links.flatMap((link, i) =>
    link.roadClass === 'freeway' && link.name !== at.name && distance(planeOf(stage, i), here) < 700 ? [i] : [],
  );
}

const planeOf = ({ world }: Stage, link: number): Point => world.plane.toPlane(middleOf(world.links[link] as Link));
const middleOf = (link: Link): [number, number] => link.path[Math.floor(link.path.length / 2)] ?? [0, 0];
const offsetFrom = (link: Link): { lon: number; lat: number } => ({ lon: middleOf(link)[0], lat: middleOf(link)[1] });
