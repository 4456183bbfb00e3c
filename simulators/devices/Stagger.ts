import { hash } from '../random/hash.ts';

/**
 * Devices that report once per period, spread over its seconds, so that the devices due in a second are looked up, not
 * searched.
 */
export class Stagger {
  readonly periodS: number;
  readonly #slots: number[][];

  constructor(devices: readonly number[], periodS: number, seed: number) {
    this.periodS = periodS;
    this.#slots = Array.from({ length: periodS }, () => []);
    for (const device of devices) this.#slots[hash(seed, device, periodS) % periodS]?.push(device);
  }

  dueAt(atMs: number): readonly number[] {
    return this.#slots[Math.floor(atMs / 1000) % this.periodS] ?? [];
  }
}
