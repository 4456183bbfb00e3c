import type { BusFleet, BusMoment } from './BusFleet.ts';
import { type HfpEvent, hfpMessage } from './hfpMessage.ts';
import type { Message } from './message.ts';

/** The radios of the buses: they send a position every period, and an event at each arrival and departure. */
export class BusStation {
  readonly #fleet: BusFleet;
  readonly #periodS: number;
  readonly #last = new Map<number, { moment: BusMoment; geohash: string }>();

  constructor(fleet: BusFleet, periodS: number) {
    this.#fleet = fleet;
    this.#periodS = periodS;
  }

  report(atMs: number): Message[] {
    if (Math.floor(atMs / 1000) % this.#periodS !== 0) return [];
    const moments = this.#fleet.momentsAt(atMs);
    return moments.flatMap((moment) => {
      const before = this.#last.get(moment.vehicle);
      const events: HfpEvent[] = ['vp', ...stopEvent(before?.moment, moment)];
      const sent = events.map((event) => hfpMessage(moment, event, atMs, before?.geohash));
      this.#last.set(moment.vehicle, { moment, geohash: sent[0]?.geohash ?? '' });
      return sent.map(({ message }) => message);
    });
  }
}

function stopEvent(before: BusMoment | undefined, now: BusMoment): HfpEvent[] {
  if (before === undefined || before.trip !== now.trip || before.isAtStop === now.isAtStop) return [];
  return now.isAtStop ? ['arr'] : ['dep'];
}
