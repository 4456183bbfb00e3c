import type { RequestOutput } from '../../../shared/contract/contract.ts';
import type { DeviceFlags, Sample, Value } from '../../../shared/base/values.ts';
import type { Registry } from '../registry/Registry.ts';

type Row = RequestOutput<'unplaced.list'>['devices'][number];

const MOST_DEVICES = 20_000;

/**
 * Devices that send values but are not in the county's registers: they are shown, so that somebody can give them a
 * place.
 */
export class UnplacedDevices {
  readonly #registry: Registry;
  readonly #rows = new Map<string, Row>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Takes the values of one message. */
  note(values: readonly Value[], feed: string): void {
    let placed: string | undefined;
    for (const value of values) {
      // The values of a message mostly belong to one device.
      if (
        (value.kind !== 'sample' && value.kind !== 'flags') ||
        value.deviceNumber !== undefined ||
        value.deviceId === placed
      )
        continue;
      if (this.#registry.device(value.deviceId) === undefined) this.#noteOne(value, feed);
      else placed = value.deviceId;
    }
  }

  #noteOne(value: Sample | DeviceFlags, feed: string): void {
    const known = this.#rows.get(value.deviceId);
    if (known === undefined && this.#rows.size >= MOST_DEVICES) return;
    const row = known ?? { id: value.deviceId, feed, media: '', lastAtMs: value.atMs, values: 0 };
    this.#rows.set(value.deviceId, row);
    row.lastAtMs = Math.max(row.lastAtMs, value.atMs);
    row.values++;
    if (value.kind === 'flags' && value.media !== undefined) row.media = value.media;
  }

  /** The newest first. */
  list(): Row[] {
    return [...this.#rows.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
  }
}
