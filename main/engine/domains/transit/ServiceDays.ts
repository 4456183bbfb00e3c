import { serviceDaysAround, serviceTimeMs } from '../../registry/serviceTime.ts';
import type { ServiceDay } from '../../registry/serviceTime.ts';

const MINUTE_MS = 60_000;
/** Feeds may name any day; few are asked for again. */
const MOST_DAYS = 100;

/** The service days of a time zone. Every vehicle and trip update asks for the same few, and a calendar is slow. */
export class ServiceDays {
  readonly #timeZone: string;
  readonly #starts = new Map<ServiceDay, number | undefined>();
  #around: { minute: number; days: readonly ServiceDay[] } = { minute: Number.NaN, days: [] };

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** Yesterday, today and tomorrow. Days begin at a whole minute in all time zones. */
  around(nowMs: number): readonly ServiceDay[] {
    const minute = Math.floor(nowMs / MINUTE_MS);
    if (minute !== this.#around.minute) this.#around = { minute, days: serviceDaysAround(nowMs, this.#timeZone) };
    return this.#around.days;
  }

  /** Second 0 of a service day, UTC ms; undefined where it is no date, as "20251399". */
  startMs(day: ServiceDay): number | undefined {
    if (!this.#starts.has(day)) {
      if (this.#starts.size >= MOST_DAYS) this.#starts.clear();
      this.#starts.set(day, startOf(day, this.#timeZone));
    }
    return this.#starts.get(day);
  }
}

function startOf(day: ServiceDay, timeZone: string): number | undefined {
  try {
    return serviceTimeMs(day, 0, timeZone);
  } catch {
    return undefined;
  }
}
