import { makeCounty, makeMeters, makeZone } from '../../support/makeCounty.ts';
import { writeCounty } from '../../support/writeCounty.ts';

const METERS_A_FEEDER = 2000;
const OUTLINE: [number, number][] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];

/** Writes a county of electricity meters alone, on feeders of 2,000; returns the meters' ids. */
export async function meterCounty(dir: string, count: number): Promise<string[]> {
  const feeders = Array.from(
    { length: Math.ceil(count / METERS_A_FEEDER) },
    (_, place) => `F${String(place + 1).padStart(2, '0')}`,
  );
  const meters = feeders.flatMap((id, place) =>
    makeMeters(Math.min(METERS_A_FEEDER, count - place * METERS_A_FEEDER), 'electricity', id),
  );
  const { county } = makeCounty({
    zones: feeders.map((id) => ({ ...makeZone(id, 'feeder', METERS_A_FEEDER), outline: OUTLINE })),
  });
  // The meters are added only here, because `makeCounty` would index all of these millions for nothing.
  await writeCounty(dir, { ...county, meters });
  return meters.map(({ id }) => id);
}
