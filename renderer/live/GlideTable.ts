import { distanceM } from '../../shared/base/geometry/distanceM.ts';
import { ahead, bearingDeg, turn } from './geo.ts';

/** A glide takes as long as the time between the last two fixes, within these limits. */
const SHORTEST_GLIDE_MS = 200;
const LONGEST_GLIDE_MS = 6_000;
/** How long a row moves on along its heading after its last fix. */
const RUN_ON_MS = 2_000;
const TURN_MS = 500;
/** A longer distance than this between two fixes is a jump, not a drive. */
const JUMP_M = 1_500;
/** A shorter distance than this is the receiver's noise, from which no direction follows. */
const NOISE_M = 4;

const START_ROWS = 64;

export type Fix = { lon: number; lat: number; headingDeg: number; speedMps: number; seenAtMs: number };

/**
 * Interpolates positions between fixes. Each row glides from where it is drawn to its newest fix, so that it never
 * appears to jump. It is therefore drawn about one reporting interval behind, and moves on for 2 s when the next fix is
 * late. `nowMs` is the screen's monotonic time.
 */
export class GlideTable {
  /** Where rows are drawn after `draw`: longitude and latitude of row i at 2i and 2i + 1. */
  drawn = new Float64Array(2 * START_ROWS);
  /** Degrees clockwise from north after `draw`; NaN where nothing is known. */
  drawnHeadingDeg = new Float32Array(START_ROWS).fill(NaN);
  #from = new Float64Array(2 * START_ROWS);
  #to = new Float64Array(2 * START_ROWS);
  #fromHeading = new Float32Array(START_ROWS).fill(NaN);
  #toHeading = new Float32Array(START_ROWS).fill(NaN);
  #speed = new Float32Array(START_ROWS);
  #seenAt = new Float64Array(START_ROWS).fill(NaN);
  #startedAt = new Float64Array(START_ROWS);
  #lasts = new Float64Array(START_ROWS);

  get capacity(): number {
    return this.#lasts.length;
  }

  /** Takes a fix; a fix with the same time as the last one changes nothing. */
  observe(row: number, fix: Fix, nowMs: number, clockSpeed: number): void {
    if (row >= this.capacity) this.#grow(row + 1);
    const isFirst = Number.isNaN(this.#seenAt[row] ?? NaN);
    if (!isFirst && this.#seenAt[row] === fix.seenAtMs) return;
    this.#drawRow(row, nowMs, clockSpeed);
    const [lon, lat] = [this.drawn[2 * row] ?? NaN, this.drawn[2 * row + 1] ?? NaN];
    const isJump = isFirst || !(distanceM(lon, lat, fix.lon, fix.lat) < JUMP_M);
    this.#from.set(isJump ? [fix.lon, fix.lat] : [lon, lat], 2 * row);
    this.#aim(row, fix, isJump);
    this.#lasts[row] = isJump
      ? 0
      : Math.min(LONGEST_GLIDE_MS, Math.max(SHORTEST_GLIDE_MS, nowMs - (this.#startedAt[row] ?? nowMs)));
    this.#startedAt[row] = nowMs;
    this.#seenAt[row] = fix.seenAtMs;
  }

  forget(row: number): void {
    this.#seenAt[row] = NaN;
    this.#toHeading[row] = NaN;
    this.drawnHeadingDeg[row] = NaN;
  }

  /** Brings `drawn` to `nowMs` for the given rows; returns how many of them are on the move. */
  draw(rows: ArrayLike<number>, nowMs: number, clockSpeed: number): number {
    let moving = 0;
    for (let i = 0; i < rows.length; i++) moving += this.#drawRow(rows[i] ?? 0, nowMs, clockSpeed) ? 1 : 0;
    return moving;
  }

  /**
   * Sets the heading to the reported one, or else to that of the movement since the last fix, or else leaves it as it
   * was.
   */
  #aim(row: number, fix: Fix, isJump: boolean): void {
    const [lon, lat] = [this.#to[2 * row] ?? NaN, this.#to[2 * row + 1] ?? NaN];
    const before = this.#toHeading[row] ?? NaN;
    const moved = !isJump && distanceM(lon, lat, fix.lon, fix.lat) > NOISE_M;
    const heading = Number.isFinite(fix.headingDeg)
      ? fix.headingDeg
      : moved
        ? bearingDeg(lon, lat, fix.lon, fix.lat)
        : before;
    const drawn = this.drawnHeadingDeg[row] ?? NaN;
    this.#fromHeading[row] = isJump || Number.isNaN(drawn) ? heading : drawn;
    this.#toHeading[row] = heading;
    this.#speed[row] = Number.isFinite(fix.speedMps) ? fix.speedMps : 0;
    this.#to.set([fix.lon, fix.lat], 2 * row);
  }

  #drawRow(row: number, nowMs: number, clockSpeed: number): boolean {
    const elapsed = nowMs - (this.#startedAt[row] ?? 0);
    const lasts = this.#lasts[row] ?? 0;
    const x = 2 * row;
    const [lon, lat] = [this.#to[x] ?? NaN, this.#to[x + 1] ?? NaN];
    const heading = this.#toHeading[row] ?? NaN;
    this.drawnHeadingDeg[row] = turn(this.#fromHeading[row] ?? NaN, heading, Math.min(1, elapsed / TURN_MS));
    if (elapsed < lasts) {
      const share = elapsed / lasts;
      const [fromLon, fromLat] = [this.#from[x] ?? NaN, this.#from[x + 1] ?? NaN];
      this.drawn[x] = fromLon + (lon - fromLon) * share;
      this.drawn[x + 1] = fromLat + (lat - fromLat) * share;
      return fromLon !== lon || fromLat !== lat;
    }
    const speed = this.#speed[row] ?? 0;
    const runsOn = speed > 0 && Number.isFinite(heading);
    const runOnM = runsOn ? (speed * clockSpeed * Math.min(RUN_ON_MS, elapsed - lasts)) / 1000 : 0;
    this.drawn.set(runsOn ? ahead(lon, lat, heading, runOnM) : [lon, lat], x);
    return (runsOn && elapsed - lasts < RUN_ON_MS) || elapsed < TURN_MS;
  }

  #grow(least: number): void {
    const rows = Math.max(least, 2 * this.capacity);
    const wider = <A extends Float64Array | Float32Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.drawn = wider(this.drawn, new Float64Array(2 * rows));
    this.#from = wider(this.#from, new Float64Array(2 * rows));
    this.#to = wider(this.#to, new Float64Array(2 * rows));
    this.drawnHeadingDeg = wider(this.drawnHeadingDeg, new Float32Array(rows).fill(NaN));
    this.#fromHeading = wider(this.#fromHeading, new Float32Array(rows).fill(NaN));
    this.#toHeading = wider(this.#toHeading, new Float32Array(rows).fill(NaN));
    this.#speed = wider(this.#speed, new Float32Array(rows));
    this.#seenAt = wider(this.#seenAt, new Float64Array(rows).fill(NaN));
    this.#startedAt = wider(this.#startedAt, new Float64Array(rows));
    this.#lasts = wider(this.#lasts, new Float64Array(rows));
  }
}
