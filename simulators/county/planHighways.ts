import { add, crossing, direction, distance, lerp, type Point, rightOf, scale, subtract } from '../geometry/plane.ts';
import { hermite, type Polyline, resample } from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';
import type { Gateway, Town } from './layStreets.ts';
import type { Place } from './places.ts';
import type { RoadClass } from './RoadBuilder.ts';
import type { Sizes } from './sizes.ts';
import type { Terrain } from './terrain.ts';
import type { Way } from './weaveWays.ts';

/**
 * Plans the roads between the places. State routes connect the seat and the towns that are neighbours, through a
 * village where one lies on the way; county roads connect the villages and quarters to their neighbours; a few routes
 * continue to the county line. Two places are neighbours in the Gabriel graph: no third place lies in the circle whose
 * diameter is the line between them.
 */
export function planHighways(
  places: readonly Place[],
  towns: readonly Town[],
  terrain: Terrain,
  sizes: Sizes,
  random: Random,
): Way[] {
  const numbers = random.shuffled([13, 19, 22, 27, 33, 42, 56, 60, 68, 74, 83, 91, 95]);
  const ways: Way[] = [];
  const used = new Map<number, number>();
  const joined = new Set<string>();
  const join = (i: number, j: number, name: string, roadClass: RoadClass): void => {
    const gates = bestGates(towns[i]?.gateways ?? [], towns[j]?.gateways ?? [], used);
    if (gates === undefined || joined.has(pairKey(i, j))) return;
    const path = highwayPath(gates[0], gates[1], terrain, random);
    if (
      places.some(
        (place, k) => k !== i && k !== j && path.some((point) => distance(point, place.center) < place.radius * 0.95),
      )
    )
      return;
    joined.add(pairKey(i, j));
    ways.push({
      name,
      roadClass,
      path,
      pins: [
        { atM: 0, node: gates[0].node },
        { atM: lengthOfPath(path), node: gates[1].node },
      ],
    });
    for (const gate of gates) used.set(gate.node, (used.get(gate.node) ?? 0) + 1);
  };
  const isMajor = (place: Place): boolean => place.kind === 'seat' || place.kind === 'town';
  neighbours(places, isMajor).forEach(([i, j], order) => {
    const name = `State Route ${numbers[order % numbers.length] ?? 9}`;
    const via = placeBetween(places, i, j);
    for (const [from, to] of via === undefined
      ? ([[i, j]] as const)
      : ([
          [i, via],
          [via, j],
        ] as const))
      join(from, to, name, 'arterial');
  });
  for (const [i, j] of neighbours(places, () => true)) {
    const isUrban = [places[i], places[j]].every((place) => place !== undefined && place.kind !== 'village');
    join(i, j, `County Road ${10 + ((i * 7 + j * 3) % 40)}`, isUrban ? 'arterial' : 'collector');
  }
  const isClear = (path: Polyline, from: Gateway): boolean =>
    places.every(
      (place) =>
        distance(place.center, from.point) < place.radius * 1.6 ||
        path.every((point) => distance(point, place.center) > place.radius),
    );
  return [...ways, ...exits(towns, used, sizes, ways.length, numbers, isClear)];
}

const pairKey = (i: number, j: number): string => `${Math.min(i, j)},${Math.max(i, j)}`;

/** A place so near the straight line that the road goes through it. */
function placeBetween(places: readonly Place[], i: number, j: number): number | undefined {
  const [a, b] = [places[i]?.center ?? [0, 0], places[j]?.center ?? [0, 0]] as [Point, Point];
  const detour = (k: number): number =>
    distance(a, places[k]?.center ?? a) + distance(places[k]?.center ?? a, b) - distance(a, b);
  const candidates = places.flatMap(({ kind }, k) =>
    k !== i && k !== j && detour(k) < (kind === 'quarter' ? 0.2 : 0.07) * distance(a, b) ? [k] : [],
  );
  return candidates.toSorted((k, l) => detour(k) - detour(l))[0];
}

const lengthOfPath = (path: Polyline): number =>
  path.reduce((sum, point, i) => sum + (i === 0 ? 0 : distance(path[i - 1] ?? point, point)), 0);

function neighbours(places: readonly Place[], counts: (place: Place) => boolean): [number, number][] {
  const found: [number, number][] = [];
  const among = places.flatMap((place, index) => (counts(place) ? [{ index, center: place.center }] : []));
  for (const a of among) {
    for (const b of among) {
      if (b.index <= a.index) continue;
      const [middle, radius] = [lerp(a.center, b.center, 0.5), distance(a.center, b.center) / 2];
      if (among.every((third) => third === a || third === b || distance(third.center, middle) > radius * 0.98))
        found.push([a.index, b.index]);
    }
  }
  return found;
}

/**
 * The pair of gateways that gives the shortest and straightest road; a gateway that already has a road is less
 * attractive.
 */
function bestGates(
  from: readonly Gateway[],
  to: readonly Gateway[],
  used: ReadonlyMap<number, number>,
): [Gateway, Gateway] | undefined {
  let best: { gates: [Gateway, Gateway]; cost: number } | undefined;
  for (const a of from) {
    for (const b of to) {
      const heading = direction(a.point, b.point);
      const turn =
        2 -
        (a.outward[0] * heading[0] + a.outward[1] * heading[1]) +
        (b.outward[0] * heading[0] + b.outward[1] * heading[1]);
      const cost =
        distance(a.point, b.point) * (1 + 0.5 * turn) + 500 * ((used.get(a.node) ?? 0) + (used.get(b.node) ?? 0));
      if (best === undefined || cost < best.cost) best = { gates: [a, b], cost };
    }
  }
  return best?.gates;
}

function highwayPath(from: Gateway, to: Gateway, terrain: Terrain, random: Random): Polyline {
  const via = aroundLake(from.point, to.point, terrain);
  const steps = Math.max(10, Math.round(distance(from.point, to.point) / 160));
  const curve =
    via === undefined
      ? hermite(from.point, from.outward, to.point, to.outward, steps)
      : [
          ...hermite(from.point, from.outward, via.point, scale(via.heading, -1), steps / 2).slice(0, -1),
          ...hermite(via.point, via.heading, to.point, to.outward, steps / 2),
        ];
  const [height, waves] = [random.between(0.006, 0.02) * distance(from.point, to.point), random.integer(2, 4)];
  const side = rightOf(direction(from.point, to.point));
  const bent = curve.map((point, i): Point => {
    const share = i / (curve.length - 1);
    return add(point, scale(side, height * Math.sin(Math.PI * share) * Math.sin(waves * Math.PI * share)));
  });
  return resample(bent, 160);
}

function aroundLake(a: Point, b: Point, { lake }: Terrain): { point: Point; heading: Point } | undefined {
  if (lake === undefined) return undefined;
  const heading = direction(a, b);
  const clear = lake.radius * 1.5;
  const side = rightOf(heading);
  const hit = crossing(a, b, add(lake.center, scale(side, -clear)), add(lake.center, scale(side, clear)));
  if (hit === undefined) return undefined;
  const offset = subtract(lerp(a, b, hit.along), lake.center);
  const sense = offset[0] * side[0] + offset[1] * side[1] >= 0 ? 1 : -1;
  return { point: add(lake.center, scale(side, sense * clear * 1.08)), heading };
}

/**
 * Highways to the neighbouring counties on each side: the seat's main street continues as one north and south, and so
 * do those of the towns that are nearest.
 */
function exits(
  towns: readonly Town[],
  used: Map<number, number>,
  sizes: Sizes,
  count: number,
  numbers: readonly number[],
  isClear: (path: Polyline, from: Gateway) => boolean,
): Way[] {
  const ways: Way[] = [];
  const sides: Point[] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  const reach = (gate: Gateway, side: Point): number =>
    side[0] !== 0 ? sizes.halfWidthM - side[0] * gate.point[0] : sizes.halfHeightM - side[1] * gate.point[1];
  for (const side of sides) {
    const isOutward = (gate: Gateway): boolean =>
      !used.has(gate.node) && gate.outward[0] * side[0] + gate.outward[1] * side[1] > 0.75;
    // To the east and west the freeway leads out of the seat.
    const fromSeat = side[0] === 0 ? (towns[0]?.gateways ?? []).filter(isOutward).slice(0, 1) : [];
    const others = towns
      .slice(1)
      .flatMap((town) => town.gateways)
      .filter(isOutward)
      .toSorted((a, b) => reach(a, side) - reach(b, side))
      .slice(0, 2);
    for (const gate of [...fromSeat, ...others]) {
      const far = add(gate.point, scale(side, reach(gate, side)));
      const path = resample(hermite(gate.point, gate.outward, far, scale(side, -1), 30), 160);
      if (!isClear(path, gate)) continue;
      used.set(gate.node, 1);
      ways.push({
        name: `State Route ${numbers[(count + ways.length) % numbers.length] ?? 7}`,
        roadClass: 'arterial',
        path,
        pins: [{ atM: 0, node: gate.node }],
      });
    }
  }
  return ways;
}
