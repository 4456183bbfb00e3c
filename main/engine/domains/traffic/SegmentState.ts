import type { Sample } from '../../../../shared/base/values.ts';
import type { Estimate } from './fuseSpeeds.ts';
import { freshShare } from './fuseSpeeds.ts';

/** No vehicle on a county's road is faster (252 km/h). */
const FASTEST_MPS = 70;
/** A travel time is a mean over the segment, so that it says a little less of each of its links than a detector. */
const MOST_CONFIDENCE = 0.8;
/** With this many vehicles a travel time has half of its confidence; sources that do not count have as much. */
const HALF_VEHICLES = 2;
const LEAST_HOLD_MS = 300_000;
/** A travel time is taken for present for two of its periods. */
const HOLD_PERIODS = 2;

type Place = { id: string; links: readonly number[]; lengthM: number; periodS: number };

/** The newest travel time between two points of a road. */
export class SegmentState {
  readonly id: string;
  /** Its links by their places in the county's list, upstream first. */
  readonly links: readonly number[];
  readonly #lengthM: number;
  readonly #holdMs: number;
  #count = { value: Number.NaN, atMs: Number.NaN };
  /** The newest travel time that vehicles have measured. */
  speedMps = Number.NaN;
  vehicles = Number.NaN;
  measuredAtMs = Number.NaN;
  /** The newest message, also where it only repeats the travel time of before. */
  seenAtMs = Number.NaN;

  constructor({ id, links, lengthM, periodS }: Place) {
    this.id = id;
    this.links = links;
    this.#lengthM = lengthM;
    this.#holdMs = Math.max(LEAST_HOLD_MS, HOLD_PERIODS * periodS * 1000);
  }

  get isHeld(): boolean {
    return this.seenAtMs > this.measuredAtMs;
  }

  /** The speed of a travel time; undefined where no vehicle has measured it, or none can drive so fast. */
  speedOf({ quantity, value, quality }: Sample): number | undefined {
    if (quantity !== 'travelS' || quality !== 'good' || !(value > 0)) return undefined;
    const speedMps = this.#lengthM / value;
    return speedMps <= FASTEST_MPS ? speedMps : undefined;
  }

  /** Takes a value of now. Returns whether it is a new measurement. */
  take(sample: Sample): boolean {
    if (!(sample.atMs < this.seenAtMs)) this.seenAtMs = sample.atMs;
    if (sample.quantity === 'vehicleCount') this.#count = sample;
    const speedMps = this.speedOf(sample);
    if (speedMps === undefined || sample.atMs <= this.measuredAtMs) return false;
    this.speedMps = speedMps;
    this.measuredAtMs = sample.atMs;
    this.vehicles = this.#count.atMs === sample.atMs ? this.#count.value : Number.NaN;
    return true;
  }

  /** What it says of the speed on its links; undefined when its last measurement is too old. */
  estimate(nowMs: number): Estimate | undefined {
    const fresh = freshShare(nowMs - this.measuredAtMs, this.#holdMs);
    if (fresh === 0) return undefined;
    const vehicles = Number.isNaN(this.vehicles) ? HALF_VEHICLES : this.vehicles;
    const confidence = (MOST_CONFIDENCE * fresh * vehicles) / (vehicles + HALF_VEHICLES);
    return { speedMps: this.speedMps, confidence, source: `travel times ${this.id}` };
  }
}
