import type { Clock } from '../../../shared/base/clock.ts';
import { clockMessageSchema } from '../../../shared/wire/topics.ts';

/** Jumps of the county's clock that are smaller than this are network jitter. */
const TOLERANCE_MS = 250;

/**
 * The wall's time, or in accelerated runs the county's: the newest message of the clock topic, carried on at its speed
 * by the monotonic clock. Before the first message it is the wall's time.
 */
export class EngineClock implements Clock {
  readonly #follows: boolean;
  #anchor: { countyMs: number; monotonicMs: number; speed: number } | undefined;

  constructor(source: 'wall' | 'broker') {
    this.#follows = source === 'broker';
  }

  get speed(): number {
    return this.#anchor?.speed ?? 1;
  }

  /** Which clock the time comes from at present. */
  get source(): 'wall' | 'county' {
    return this.#anchor === undefined ? 'wall' : 'county';
  }

  nowMs(): number {
    const anchor = this.#anchor;
    if (anchor === undefined) return Date.now();
    // The time is rounded to whole milliseconds, as on the wire: a unit that receives a fraction refuses its order.
    return Math.round(anchor.countyMs + (performance.now() - anchor.monotonicMs) * anchor.speed);
  }

  /** Takes a message of the clock topic; a malformed one is ignored, as time must go on. */
  receive(payload: Uint8Array): void {
    if (!this.#follows) return;
    const message = parse(payload);
    if (message === undefined) return;
    const isSmallStep =
      this.#anchor !== undefined &&
      this.#anchor.speed === message.speed &&
      Math.abs(message.at - this.nowMs()) < TOLERANCE_MS * message.speed;
    if (isSmallStep) return;
    this.#anchor = { countyMs: message.at, monotonicMs: performance.now(), speed: message.speed };
  }
}

function parse(payload: Uint8Array): { at: number; speed: number } | undefined {
  try {
    return clockMessageSchema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data;
  } catch {
    return undefined;
  }
}
