/** What is usual at this hour; see DailyBaseline. */
type Usual = { typical: number; spread: number; high: number };

/** Standard deviations above the usual. */
const HIGH_Z = 6;
const OVER_Z = 3;
/** A minute's reading is noisier than the quarter-hour means that the spread comes from. */
const LEAST_SPREAD_SHARE = 0.05;
const LEAST_SPREAD_M3H = 0.5;
/** Less than this is a hose, not a main; and a quarter more than usual happens on hot days. */
const LEAST_EXCESS_M3H = 3;
const LEAST_EXCESS_SHARE = 0.25;
const ABOVE_ALL_DAYS = 1.1;
/** A main that bursts takes the pressure with it. */
const FALLEN_SHARE = 0.96;

export type InflowVerdict = { z: number; excessM3h: number; isHigh: boolean; /** Back to where an alarm may end. */ isOver: boolean };

/** How far the inflow of a water zone (m³/h) is above what is usual: by robust z-score, by an absolute amount, and above all remembered days. */
export function judgeInflow(inflowM3h: number, usual: Usual): InflowVerdict {
  const excessM3h = inflowM3h - usual.typical;
  const z = excessM3h / Math.max(usual.spread, LEAST_SPREAD_SHARE * Math.abs(usual.typical), LEAST_SPREAD_M3H);
  const least = Math.max(LEAST_EXCESS_M3H, LEAST_EXCESS_SHARE * usual.typical);
  return { z, excessM3h, isHigh: z > HIGH_Z && excessM3h > least && inflowM3h > ABOVE_ALL_DAYS * usual.high, isOver: z < OVER_Z || excessM3h < least / 2 };
}

/** Whether the pressure is clearly below what it was before or usually is; undefined references are not compared. */
export function hasPressureFallen(pressureKpa: number, beforeKpa: number | undefined, usualKpa: number | undefined): boolean {
  return [beforeKpa, usualKpa].some((reference) => reference !== undefined && pressureKpa < FALLEN_SHARE * reference);
}
