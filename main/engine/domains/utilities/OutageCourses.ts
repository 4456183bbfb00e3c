import type { ZoneState } from './ZoneState.ts';

const MINUTE_MS = 60_000;

/** The course of a feeder's outage, and of its last one after that has ended. */
export type OutageCourse = {
  sinceMs: number;
  endMs?: number | undefined;
  /** How many are out now, and how many were out at most. */
  customers: number;
  most: number;
  /** The sum over all customers of how long they were out, up to `atMs`. */
  customerMs: number;
  atMs: number;
};

type Part = { zone: ZoneState; customers: number; sinceMs: number };

/** How many customers of which feeder are out since when, and for how many customer minutes. */
export class OutageCourses {
  readonly #byZone = new Map<string, OutageCourse>();

  of({ zone }: ZoneState): OutageCourse | undefined {
    return this.#byZone.get(zone.id);
  }

  update(outages: readonly Part[], nowMs: number): void {
    const standing = new Set<string>();
    for (const { zone, customers, sinceMs } of outages) {
      standing.add(zone.zone.id);
      const known = this.#byZone.get(zone.zone.id);
      const course =
        known !== undefined && known.endMs === undefined
          ? known
          : { sinceMs, customers, most: 0, customerMs: 0, atMs: Math.min(sinceMs, nowMs) };
      advance(course, nowMs);
      course.customers = customers;
      course.most = Math.max(course.most, customers);
      this.#byZone.set(zone.zone.id, course);
    }
    for (const [id, course] of this.#byZone) {
      if (standing.has(id) || course.endMs !== undefined) continue;
      advance(course, nowMs);
      course.customers = 0;
      course.endMs = nowMs;
    }
  }

  save(): [string, OutageCourse][] {
    return [...this.#byZone];
  }

  restore(saved: readonly [string, OutageCourse][]): void {
    for (const [id, course] of saved) this.#byZone.set(id, { ...course });
  }
}

/** Adds what has passed since. */
function advance(course: OutageCourse, nowMs: number): void {
  const passedMs = nowMs - course.atMs;
  if (passedMs <= 0) return;
  course.customerMs += course.customers * passedMs;
  course.atMs = nowMs;
}

/** Whole minutes, which is what reliability is counted in. */
export const customerMinutes = ({ customerMs }: OutageCourse): number => Math.floor(customerMs / MINUTE_MS);
