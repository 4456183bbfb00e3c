import { add, distance, type Point, polar, subtract } from '../geometry/plane.ts';
import { areaOf, blob, contains, crossesRing, type Ring } from '../geometry/polygon.ts';
import { nearestPoint, type Polyline, ribbon } from '../geometry/polyline.ts';
import type { Random } from '../random/Random.ts';
import { nameWaters } from './nameWaters.ts';
import type { Sizes } from './sizes.ts';

export type Water = { kind: 'water' | 'river'; name: string; ring: Ring };
export type Terrain = {
  boundary: Ring;
  /** The river's middle line, upstream first. */
  river: Polyline;
  waters: Water[];
  woods: Ring[];
  lake: { center: Point; radius: number } | undefined;
};

/** Returns whether the way from a to b touches water. */
export function crossesWater(terrain: Terrain, a: Point, b: Point): boolean {
  return terrain.waters.some(({ ring }) => contains(ring, a) || contains(ring, b) || crossesRing(ring, a, b));
}

export function makeTerrain(sizes: Sizes, random: Random): Terrain {
  const names = nameWaters(random.fork(9));
  const boundary = rectangle(sizes.halfWidthM, sizes.halfHeightM);
  const river = makeRiver(sizes, random.fork(1));
  const waters: Water[] = [{ kind: 'river', name: names.river, ring: ribbon(river, (share) => 34 + 22 * share) }];
  const lake = sizes.hasLake ? placeLake(sizes, river, random.fork(2)) : undefined;
  if (lake !== undefined) {
    waters.push({
      kind: 'water',
      name: names.lake,
      ring: blob(lake.center, lake.radius, random.fork(3), 0.16, 1.5, random.between(0, Math.PI)),
    });
    waters.push(makeCreek(lake.center, river, names.creek, random.fork(4)));
  }
  for (let i = 0; i < 7 * Math.min(2, sizes.halfWidthM / 19_000); i++) {
    const center = randomPlace(sizes, random);
    const isFree = distance(center, [0, 0]) > sizes.seatRadiusM * 1.9 && nearestPoint(river, center).metres > 700;
    if (isFree)
      waters.push({
        kind: 'water',
        name: names.pond(i),
        ring: blob(center, random.between(120, 330), random, 0.2, random.between(1, 2)),
      });
  }
  return { boundary, river, waters, woods: makeWoods(sizes, river, random.fork(5)), lake };
}

const rectangle = (w: number, h: number): Ring => [
  [-w, -h],
  [w, -h],
  [w, h],
  [-w, h],
  [-w, -h],
];

const randomPlace = (sizes: Sizes, random: Random): Point => [
  random.between(-0.92, 0.92) * sizes.halfWidthM,
  random.between(-0.9, 0.9) * sizes.halfHeightM,
];

/**
 * A meandering river through the county, past the seat's centre. Its heading swings as a sine of the distance
 * travelled, the sine-generated curve of Langbein and Leopold (1966), with wavelength and swing varying slowly.
 */
function makeRiver(sizes: Sizes, random: Random): Polyline {
  const step = 90;
  const line: Point[] = [[0, 0]];
  const course = random.between(-0.75, -0.35);
  let phase = random.between(0, 6);
  const steps = Math.ceil((sizes.halfWidthM * 5.2) / step);
  for (let i = 0; i < steps; i++) {
    const slow = Math.sin(i / 61) + Math.sin(i / 37 + 1.3);
    phase += (2 * Math.PI * step) / (2300 + 520 * slow);
    const heading = course + (0.86 + 0.2 * Math.sin(i / 83)) * Math.sin(phase) + 0.16 * slow;
    line.push(add(line.at(-1) ?? [0, 0], polar(heading, step)));
  }
  const middle = line[Math.floor(line.length / 2)] ?? [0, 0];
  const centred = line.map((point) => subtract(point, middle));
  // Downtown lies on the north bank, a few blocks from the water.
  const nearest = nearestPoint(centred, [0, -1]);
  const shift: Point = [0, -sizes.seatRadiusM * 0.24 - nearest.point[1]];
  return clipToCounty(
    centred.map((point) => add(point, [shift[0] - nearest.point[0], shift[1]])),
    sizes,
  );
}

/** The longest run of points within the county and a little beyond. */
function clipToCounty(line: Polyline, sizes: Sizes): Point[] {
  const isIn = ([x, y]: Point): boolean => Math.abs(x) < sizes.halfWidthM + 60 && Math.abs(y) < sizes.halfHeightM + 60;
  const { index } = nearestPoint(line, [0, 0]);
  let [from, to] = [index, index];
  while (from > 0 && isIn(line[from - 1] ?? [1e9, 0])) from--;
  while (to + 1 < line.length && isIn(line[to + 1] ?? [1e9, 0])) to++;
  return line.slice(from, to + 1);
}

function placeLake(sizes: Sizes, river: Polyline, random: Random): { center: Point; radius: number } {
  const radius = 1250 * Math.min(1.6, Math.max(0.35, sizes.halfWidthM / 19_000));
  for (let i = 0; i < 200; i++) {
    const center = polar(random.between(0.25, 1.25), random.between(0.52, 0.75) * sizes.halfWidthM);
    if (
      Math.abs(center[1]) < sizes.halfHeightM - radius * 1.8 &&
      nearestPoint(river, center).metres > radius * 1.5 &&
      distance(center, [0, 0]) > sizes.seatRadiusM + radius * 1.8
    ) {
      return { center, radius };
    }
  }
  return { center: [0.6 * sizes.halfWidthM, 0.6 * sizes.halfHeightM], radius };
}

function makeCreek(from: Point, river: Polyline, name: string, random: Random): Water {
  const mouth = nearestPoint(
    river.filter(([x]) => x > from[0] * 0.55),
    from,
  ).point;
  const count = Math.max(8, Math.round(distance(from, mouth) / 160));
  let swing = 0;
  const line = Array.from({ length: count + 1 }, (_, i): Point => {
    const t = i / count;
    swing += random.between(-60, 60);
    const calm = Math.sin(Math.PI * t);
    return [
      from[0] + (mouth[0] - from[0]) * t + calm * (swing + 220 * Math.sin(i / 2.3)) * 0.7,
      from[1] + (mouth[1] - from[1]) * t + calm * 150 * Math.sin(i / 1.7),
    ];
  });
  return { kind: 'river', name, ring: ribbon(line, (share) => 6 + 6 * share) };
}

/** Woods stand along the river and in loose groups; farmland is the ground. */
function makeWoods(sizes: Sizes, river: Polyline, random: Random): Ring[] {
  const woods: Ring[] = [];
  const free = (point: Point): boolean => distance(point, [0, 0]) > sizes.seatRadiusM * 1.35;
  for (let i = 6; i < river.length; i += random.integer(7, 15)) {
    const [x, y] = river[i] ?? [0, 0];
    const center: Point = [x + random.between(-420, 420), y + random.between(-420, 420)];
    if (free(center))
      woods.push(
        blob(center, random.between(170, 460), random, 0.22, random.between(1, 2.4), random.between(0, Math.PI)),
      );
  }
  for (let group = 0; group < 30 * (sizes.halfWidthM / 19_000); group++) {
    const heart = randomPlace(sizes, random);
    for (let i = 0; i < random.integer(1, 5); i++) {
      const center = add(heart, polar(random.between(0, 6.28), random.between(0, 1500)));
      const inside = Math.abs(center[0]) < sizes.halfWidthM - 500 && Math.abs(center[1]) < sizes.halfHeightM - 500;
      if (inside && free(center))
        woods.push(
          blob(center, random.between(150, 620), random, 0.24, random.between(1, 2.2), random.between(0, Math.PI)),
        );
    }
  }
  return woods.filter((ring) => areaOf(ring) > 20_000);
}
