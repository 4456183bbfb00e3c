import type { Link } from '../../../../shared/county/county.ts';
import { compassOf } from '../../../../shared/traffic/compass.ts';

/**
 * The next watched link downstream on the same road, with the distance and the links between the end of one and the end
 * of the other.
 */
export type NextWatched = { linkIndex: number; distanceM: number; between: number[] };

/** Detectors further apart than this say nothing about the road between them. */
const FARTHEST_M = { freeway: 5000, ramp: 1000, arterial: 2500, collector: 1500, local: 800 } as const satisfies Record<
  Link['roadClass'],
  number
>;
/** How many links further on a crossing is searched for. */
const MOST_AHEAD = 8;
const CLASS_RANK = { freeway: 3, arterial: 4, collector: 2, local: 1, ramp: 0 } as const satisfies Record<
  Link['roadClass'],
  number
>;
/** In "I-94 W" and "Main Street North" the name contains the direction already. */
const HAS_DIRECTION = /\s(N|E|S|W|NB|EB|SB|WB|north|east|south|west)(bound)?$/i;

/** How the links connect: which link comes next on a road, and what places are called. */
export class RoadMap {
  readonly links: readonly Link[];
  readonly #from = new Map<string, number[]>();
  readonly #at = new Map<string, number[]>();

  constructor(links: readonly Link[]) {
    this.links = links;
    const add = (map: Map<string, number[]>, node: string, index: number): void => {
      const known = map.get(node);
      if (known === undefined) map.set(node, [index]);
      else known.push(index);
    };
    links.forEach((link, index) => {
      add(this.#from, link.fromNode, index);
      add(this.#at, link.fromNode, index);
      add(this.#at, link.toNode, index);
    });
  }

  /** For every watched link the watched link that follows it, where one is near enough. */
  chainWatched(watched: ReadonlySet<number>): Map<number, NextWatched> {
    const chain = new Map<number, NextWatched>();
    for (const index of watched) {
      const next = this.#follow(index, watched);
      if (next !== undefined) chain.set(index, next);
    }
    return chain;
  }

  /** "I-94 W". */
  roadName(index: number): string {
    const link = this.links[index];
    if (link === undefined) return 'unknown road';
    const name = link.name === '' ? `unnamed ${link.roadClass}` : link.name;
    return HAS_DIRECTION.test(name) ? name : `${name} ${compassOf(link.path)}`;
  }

  /** "I-94 W at Mill Rd", or "I-94 W before exit to State Route 13" where the crossing is further on. */
  placeName(index: number): string {
    const road = this.roadName(index);
    let current: number | undefined = index;
    for (let ahead = 0; ahead <= MOST_AHEAD && current !== undefined; ahead++) {
      const link: Link | undefined = this.links[current];
      const cross =
        link === undefined
          ? undefined
          : (this.#crossing(link, link.toNode) ?? (ahead === 0 ? this.#crossing(link, link.fromNode) : undefined));
      if (cross !== undefined) return `${road} ${ahead === 0 ? 'at' : 'before'} ${cross}`;
      current = this.#continuation(current);
    }
    return road;
  }

  /** [lon, lat] in the middle of the link. */
  middle(index: number): [number, number] | undefined {
    const path = this.links[index]?.path;
    return path?.[Math.floor(path.length / 2)];
  }

  /** The most important road with another name at a node of the link. */
  #crossing(link: Link, node: string): string | undefined {
    const others = (this.#at.get(node) ?? [])
      .flatMap((index) => this.links[index] ?? [])
      .filter(({ name }) => name !== '' && name !== link.name);
    const name = others.sort((a, b) => CLASS_RANK[b.roadClass] - CLASS_RANK[a.roadClass])[0]?.name;
    // In "I-94 W exit to Mill Rd" the road was named already.
    return name?.startsWith(`${link.name} `) === true ? name.slice(link.name.length + 1) : name;
  }

  #follow(start: number, watched: ReadonlySet<number>): NextWatched | undefined {
    const between: number[] = [];
    const seen = new Set([start]);
    let distanceM = 0;
    let current = start;
    for (;;) {
      const next = this.#continuation(current);
      const link = next === undefined ? undefined : this.links[next];
      if (next === undefined || link === undefined || seen.has(next)) return undefined;
      distanceM += link.lengthM;
      if (distanceM > FARTHEST_M[link.roadClass]) return undefined;
      if (watched.has(next)) return { linkIndex: next, distanceM, between };
      seen.add(next);
      between.push(next);
      current = next;
    }
  }

  /** The one link that continues with the same name and class and does not turn back. */
  #continuation(index: number): number | undefined {
    const link = this.links[index];
    if (link === undefined || link.name === '') return undefined;
    return (this.#from.get(link.toNode) ?? []).find((candidate) => {
      const other = this.links[candidate];
      return (
        other !== undefined &&
        other.name === link.name &&
        other.roadClass === link.roadClass &&
        other.toNode !== link.fromNode
      );
    });
  }
}
