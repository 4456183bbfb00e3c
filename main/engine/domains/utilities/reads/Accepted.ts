import { HOUR_MS } from '../../../../../shared/base/durations.ts';

/** A read of a register, kWh or m³. */
export type Read = { value: number; atMs: number };

const KEPT = 8;
/** A register that jitters falls by one step. */
const JITTER_STEPS = 1.5;
/** Half of the last digit of any register. */
const LEAST_TOLERANCE = 0.0005;
const MOST_DECIMALS = 4;
/** The usual use follows the last day. */
const USUAL_HOURS = 24;

/** The last digit that a number is written with: 0.1 for 215.6. */
function lastDigit(value: number): number {
  for (let digits = 0; digits < MOST_DECIMALS; digits++) {
    const scaled = value * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return 10 ** -digits;
  }
  return 10 ** -MOST_DECIMALS;
}

/** The newest accepted reads of a register, and what they teach of it. */
export class Accepted {
  #times: number[] = [];
  #values: number[] = [];
  readonly #resolution: number | undefined;
  /** The smallest difference of two reads so far. */
  #smallest = Number.POSITIVE_INFINITY;
  #finest = 1;
  #high = Number.NEGATIVE_INFINITY;
  #usualPerHour = Number.NaN;
  /** Where it has rolled over. */
  rolledAt: number | undefined;

  constructor(resolution: number | undefined) {
    this.#resolution = resolution;
  }

  get last(): Read | undefined {
    return this.#at(this.#times.length - 1);
  }

  get before(): Read | undefined {
    return this.#at(this.#times.length - 2);
  }

  get high(): number {
    return this.#high;
  }

  /** What the register counts by: as it was given, or the smallest difference, or the last digit that was seen. */
  get step(): number {
    return this.#resolution ?? Math.min(this.#smallest, this.#finest);
  }

  get tolerance(): number {
    return Math.max(JITTER_STEPS * this.step, LEAST_TOLERANCE);
  }

  /** 0 while nothing is known. */
  get usualPerHour(): number {
    return Number.isNaN(this.#usualPerHour) ? 0 : this.#usualPerHour;
  }

  seed(value: number, atMs: number): void {
    const newest = this.#times.at(-1) ?? Number.NEGATIVE_INFINITY;
    if (atMs > newest) this.add(value, atMs);
    else if (atMs < (this.#times[0] ?? 0)) this.insert(value, atMs);
  }

  /** Learns the last digit from a read that is to be judged. */
  observe(value: number): void {
    this.#finest = Math.min(this.#finest, lastDigit(value));
  }

  add(value: number, atMs: number): void {
    const { last } = this;
    this.observe(value);
    if (last !== undefined) {
      const used = Math.abs(value - last.value);
      if (used > 1e-9) this.#smallest = Math.min(this.#smallest, Number(used.toPrecision(6)));
      const hours = (atMs - last.atMs) / HOUR_MS;
      const usual = this.#usualPerHour;
      const perHour = used / hours;
      this.#usualPerHour = Number.isNaN(usual) ? perHour : usual + (perHour - usual) * (hours / (hours + USUAL_HOURS));
    }
    this.#high = Math.max(this.#high, value);
    this.#times.push(atMs);
    this.#values.push(value);
    if (this.#times.length > KEPT) {
      this.#times.shift();
      this.#values.shift();
    }
  }

  /** Takes the newest read back. */
  drop(): void {
    this.#times.pop();
    this.#values.pop();
    this.#high = Math.max(Number.NEGATIVE_INFINITY, ...this.#values);
  }

  /** Another register begins with these reads; `isSame`: it is the old one, and only its reads fell. */
  restart(isSame: boolean, reads: readonly Read[]): void {
    const usual = this.#usualPerHour;
    this.#times = [];
    this.#values = [];
    this.#high = Number.NEGATIVE_INFINITY;
    if (!isSame) this.rolledAt = undefined;
    for (const { value, atMs } of reads) this.add(value, atMs);
    this.#usualPerHour = usual;
  }

  /** Takes a late read, which has its neighbours among those that are kept. */
  insert(value: number, atMs: number): void {
    const at = this.#times.findIndex((time) => time >= atMs);
    const isCorrection = this.#times[at] === atMs;
    this.#times.splice(at, isCorrection ? 1 : 0, atMs);
    this.#values.splice(at, isCorrection ? 1 : 0, value);
    if (this.#times.length > KEPT) {
      this.#times.shift();
      this.#values.shift();
    }
  }

  /** The kept reads next to a time, and the one of this very time. */
  around(atMs: number): { low: Read | undefined; high: Read | undefined; same: Read | undefined } {
    let at = this.#times.length;
    while (at > 0 && (this.#times[at - 1] ?? 0) >= atMs) at--;
    const isSame = this.#times[at] === atMs;
    return { low: this.#at(at - 1), same: isSame ? this.#at(at) : undefined, high: this.#at(isSame ? at + 1 : at) };
  }

  #at(index: number): Read | undefined {
    const [atMs, value] = [this.#times[index], this.#values[index]];
    return atMs === undefined || value === undefined ? undefined : { atMs, value };
  }
}
