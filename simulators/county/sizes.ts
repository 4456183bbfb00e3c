/**
 * The sizes of everything in the county. Scale 1 is a county of 50,000 people; lengths grow with the square root of the
 * scale, so that towns keep their density.
 */
export type Sizes = {
  population: number;
  electricityMeters: number;
  waterMeters: number;
  detectors: number;
  units: number;
  dmas: number;
  feeders: number;
  /** Half the county's extent east–west and north–south. */
  halfWidthM: number;
  halfHeightM: number;
  seatRadiusM: number;
  townRadiiM: number[];
  quarterRadiiM: number[];
  villages: number;
  /** Factor on the number of buses: headways are divided by it. */
  service: number;
  hasLake: boolean;
};

export function sizesOf(scale: number): Sizes {
  const length = Math.sqrt(scale);
  // A small county still needs space between its towns.
  const extent = Math.max(0.42, length);
  const towns = Math.max(1, Math.min(12, Math.round(5 * Math.max(0.2, length))));
  return {
    population: Math.round(50_000 * scale),
    electricityMeters: Math.round(22_000 * scale),
    waterMeters: Math.round(20_000 * scale),
    detectors: Math.max(24, Math.round(400 * scale)),
    units: Math.max(7, Math.round(18 * length)),
    dmas: Math.max(3, Math.round(14 * length)),
    feeders: Math.max(3, Math.round(16 * length)),
    halfWidthM: 19_000 * extent,
    halfHeightM: 14_500 * extent,
    seatRadiusM: 2050 * Math.max(0.3, length),
    townRadiiM: Array.from(
      { length: towns },
      (_, i) => (1000 - ((i * 97) % 330)) * Math.max(0.45, Math.min(1.4, length)),
    ),
    quarterRadiiM: scale < 0.4 ? [] : [620, 560, 480].map((radius) => radius * Math.min(1.6, length)),
    villages: Math.max(2, Math.round(9 * length)),
    service: Math.min(3, Math.max(0.25, length)),
    hasLake: scale >= 0.02,
  };
}
