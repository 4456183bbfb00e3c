import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { DeviceFlags, Sample } from '../../../../shared/base/values.ts';

const MOST_STRANGERS = 20_000;

type Stranger = { readings: Map<Quantity, Sample>; flags: DeviceFlags | undefined; atMs: number };

/**
 * Devices that are in no list of meters (radio meters that were overheard, or that have no place yet): their newest
 * values are kept and shown, and never judged.
 */
export class UnknownMeters {
  readonly #all = new Map<string, Stranger>();

  take(sample: Sample): void {
    const stranger = this.#of(sample.deviceId);
    const held = stranger.readings.get(sample.quantity);
    if (held !== undefined && held.atMs > sample.atMs) return;
    stranger.readings.set(sample.quantity, sample);
    stranger.atMs = Math.max(stranger.atMs, sample.atMs);
  }

  takeFlags(flags: DeviceFlags): void {
    const stranger = this.#of(flags.deviceId);
    if (stranger.flags !== undefined && stranger.flags.atMs > flags.atMs) return;
    stranger.flags = flags;
    stranger.atMs = Math.max(stranger.atMs, flags.atMs);
  }

  get(id: string): Stranger | undefined {
    return this.#all.get(id);
  }

  #of(id: string): Stranger {
    const known = this.#all.get(id);
    if (known !== undefined) return known;
    // The one that was found first gives way: its feed has more than enough of them, so most are no more heard.
    const [first] = this.#all.keys();
    if (this.#all.size >= MOST_STRANGERS && first !== undefined) this.#all.delete(first);
    const made: Stranger = { readings: new Map(), flags: undefined, atMs: Number.NEGATIVE_INFINITY };
    this.#all.set(id, made);
    return made;
  }
}
