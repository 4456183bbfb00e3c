import type { Clock, CountyMs, MonotonicMs, WallMs } from '../../../shared/base/clock.ts';
import { clockMessageSchema } from '../../../shared/wire/topics.ts';

/** The clock of this machine. */
export const wallMs = (): WallMs => Date.now();
/** The clock that measures how long something takes. */
export const monotonicMs = (): MonotonicMs => performance.now();

/** Jumps of the county's clock that are smaller than this are network jitter. */
const TOLERANCE_MS = 250;
/**
 * A larger step is another course of time. Smaller ones are followed at once: a notice names them, and nothing old is
 * deleted for a day after one.
 */
const MOST_STEP_MS = 2 * 86_400_000;
/** Messages that are to prove another course agree with each other up to this delay. */
const DELAY_MS = 5000;
/** Another course is followed once so many messages in a row agree on it … */
const PROOFS = 3;
/** … that came over at least this time. */
const PROOF_MS = 1500;
const MOST_BYTES = 1000;
/** No county's time lies before or after this; in the far future dates cannot even be written. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

/** A course of time: when it was what time, and how fast it goes. */
type Course = { countyMs: number; monotonicMs: number; speed: number };
type Candidate = Course & { sinceMs: number; proofs: number };

const at = ({ countyMs, monotonicMs, speed }: Course, nowMs: number): number =>
  countyMs + (nowMs - monotonicMs) * speed;

const agree = (course: Course, next: Course, withinMs: number): boolean =>
  course.speed === next.speed && Math.abs(at(course, next.monotonicMs) - next.countyMs) < withinMs;

/**
 * The wall's time, or in accelerated runs the county's: the newest message of the clock topic, carried on at its speed
 * by the monotonic clock. Before the first message it is the wall's time. Anybody at the broker can send a message with
 * another time or speed, so another speed or a step of days is followed only when several messages in a row agree on
 * it.
 */
export class EngineClock implements Clock {
  readonly #follows: boolean;
  readonly #monotonicMs: () => MonotonicMs;
  #course: Course | undefined;
  #candidate: Candidate | undefined;

  constructor(source: 'wall' | 'broker', sinceStartMs: () => MonotonicMs = monotonicMs) {
    this.#follows = source === 'broker';
    this.#monotonicMs = sinceStartMs;
  }

  get speed(): number {
    return this.#course?.speed ?? 1;
  }

  /** Which clock the time comes from at present. */
  get source(): 'wall' | 'county' {
    return this.#course === undefined ? 'wall' : 'county';
  }

  nowMs(): CountyMs {
    // The time is rounded to whole milliseconds, as on the wire: a unit that receives a fraction refuses its order.
    return this.#course === undefined ? Date.now() : Math.round(at(this.#course, this.#monotonicMs()));
  }

  /** Takes a message of the clock topic. Returns a sentence where it is not followed; time goes on then as it did. */
  receive(payload: Uint8Array): string | undefined {
    if (!this.#follows) return undefined;
    const message = parse(payload);
    if (message === undefined) return 'not a time from 2000 to 2099 with a speed up to 10,000';
    const next: Course = { countyMs: message.at, monotonicMs: this.#monotonicMs(), speed: message.speed };
    const course = this.#course;
    if (course !== undefined && !agree(course, next, MOST_STEP_MS)) return this.#consider(course, next);
    this.#candidate = undefined;
    const isJitter = course !== undefined && agree(course, next, TOLERANCE_MS * next.speed);
    if (!isJitter) this.#course = next;
    return undefined;
  }

  #consider(course: Course, next: Course): string | undefined {
    const before = this.#candidate;
    const isProof = before !== undefined && agree(before, next, DELAY_MS * before.speed);
    this.#candidate = isProof
      ? { ...next, sinceMs: before.sinceMs, proofs: before.proofs + 1 }
      : { ...next, sinceMs: next.monotonicMs, proofs: 1 };
    const { proofs, sinceMs } = this.#candidate;
    if (proofs < PROOFS || next.monotonicMs - sinceMs < PROOF_MS)
      return `${describe(next.countyMs, next.speed)} is not the course of ${describe(at(course, next.monotonicMs), course.speed)}; it is followed when ${String(PROOFS)} messages in a row say so`;
    this.#course = next;
    this.#candidate = undefined;
    return undefined;
  }
}

const describe = (countyMs: number, speed: number): string =>
  `${new Date(countyMs).toISOString()} at speed ${String(speed)}`;

function parse(payload: Uint8Array): { at: number; speed: number } | undefined {
  if (payload.length > MOST_BYTES) return undefined;
  try {
    const message = clockMessageSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
    return message.at >= EARLIEST_MS && message.at < LATEST_MS ? message : undefined;
  } catch {
    return undefined;
  }
}
