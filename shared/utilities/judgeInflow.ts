/** The usual inflow at this hour, m³/h; see `DailyBaseline`. */
type Usual = { typical: number; spread: number; high: number };

/**
 * Limits of the z-score (standard deviations above the usual): an inflow above the first is high, and below the second
 * it may be over.
 */
const HIGH_Z = 6;
const OVER_Z = 3;
/**
 * The least spread that is assumed, because a minute's reading is noisier than the quarter-hour means that the spread
 * comes from.
 */
const LEAST_SPREAD_SHARE = 0.05;
const LEAST_SPREAD_M3H = 0.5;
/**
 * The least excess that counts: less than this is a hose, not a main, and a quarter more than usual happens on hot
 * days.
 */
const LEAST_EXCESS_M3H = 3;
const LEAST_EXCESS_SHARE = 0.25;
const ABOVE_ALL_DAYS = 1.1;
/** A main that bursts takes the pressure down with it, by at least this share. */
const FALLEN = 0.04;
/** A fall this deep is evidence of its own: beside it a smaller rise of the inflow is enough. */
const FALLEN_DEEP = 0.08;
const DEEP_Z = 4;
const DEEP_EXCESS_SHARE = 0.1;

/**
 * The verdict on the inflow of a water zone: robust z-score, excess over the usual in m³/h, and what follows from
 * them.
 */
export type InflowVerdict = {
  z: number;
  excessM3h: number;
  isHigh: boolean;
  /** High, with the pressure gone down: water leaves the network at one place. */
  isBurst: boolean;
  /** The inflow is back to where an alarm may end. */
  isOver: boolean;
};

/**
 * How far the inflow of a water zone (m³/h) is above what is usual: by robust z-score, by an absolute amount, and above
 * all remembered days. `pressureFall`: share by which the pressure is below its references, 0 where it is not known.
 */
export function judgeInflow(inflowM3h: number, usual: Usual, pressureFall: number): InflowVerdict {
  const excessM3h = inflowM3h - usual.typical;
  const z = excessM3h / Math.max(usual.spread, LEAST_SPREAD_SHARE * Math.abs(usual.typical), LEAST_SPREAD_M3H);
  const least = Math.max(LEAST_EXCESS_M3H, LEAST_EXCESS_SHARE * usual.typical);
  const isHigh = z > HIGH_Z && excessM3h > least && inflowM3h > ABOVE_ALL_DAYS * usual.high;
  const isDeep =
    pressureFall >= FALLEN_DEEP &&
    z > DEEP_Z &&
    excessM3h > Math.max(LEAST_EXCESS_M3H, DEEP_EXCESS_SHARE * usual.typical) &&
    inflowM3h > usual.high;
  return {
    z,
    excessM3h,
    isHigh,
    isBurst: isDeep || (isHigh && pressureFall >= FALLEN),
    isOver: z < OVER_Z || excessM3h < least / 2,
  };
}

/**
 * The share by which a pressure is below its references: the smallest such share, so that neither a daily low nor a
 * changed set point counts as a fall. Undefined ones are not compared.
 */
export function pressureFall(pressureKpa: number | undefined, ...referencesKpa: (number | undefined)[]): number {
  const falls = referencesKpa.flatMap((reference) =>
    reference === undefined || pressureKpa === undefined || reference <= 0 ? [] : [1 - pressureKpa / reference],
  );
  return falls.length === 0 ? 0 : Math.max(0, Math.min(...falls));
}
