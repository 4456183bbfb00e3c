import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/base/durations.ts';
import type { DeviceFlags, Sample, Value } from '../../../shared/base/values.ts';
import type { Registry } from '../registry/Registry.ts';

type Row = RequestOutput<'unplaced.list'>['devices'][number];

/**
 * The most names per feed that are in none of the county's registers: more than any county's radio overhears, and few
 * enough that names which somebody invents cost little.
 */
export const MOST_UNPLACED = 5000;
/** A name that was silent for this long gives its place to another one. */
const SILENT_MS = HOUR_MS;
const SWEEP_EVERY_MS = MINUTE_MS;

/** The names of one feed that are in no register, and when each was last heard (by the engine's clock). */
type Names = { heardAtMs: Map<string, number>; sweptMs: number };

/**
 * Devices, vehicles and routes that send values but are not in the county's registers. Devices are shown, so that
 * somebody can give them a place. Their number is bounded per feed, because anybody can invent names: values of further
 * ones are refused, and those of registered devices never are.
 */
export class UnplacedDevices {
  readonly #registry: Registry;
  readonly #byFeed = new Map<string, Names>();
  readonly #rows = new Map<string, Row>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** The number of devices. */
  get size(): number {
    return this.#rows.size;
  }

  /** The values of one message without those that are refused. Hot: called for every message. */
  admit(values: readonly Value[], feed: string, nowMs: number): readonly Value[] {
    let placed: string | undefined;
    let refused: Set<Value> | undefined;
    for (const value of values) {
      // The values of a message mostly belong to one device.
      if ('deviceId' in value && (value.deviceNumber !== undefined || value.deviceId === placed)) continue;
      if (this.#isPlaced(value)) {
        if ('deviceId' in value) placed = value.deviceId;
      } else if (!this.#admitOne(value, feed, nowMs)) (refused ??= new Set()).add(value);
    }
    const found = refused;
    return found === undefined ? values : values.filter((value) => !found.has(value));
  }

  /** The newest first. */
  list(): Row[] {
    return [...this.#rows.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
  }

  /** Whether the value is of something registered, or of a kind of which no state is kept without bound. */
  #isPlaced(value: Value): boolean {
    if (value.kind === 'sample' || value.kind === 'flags') return this.#registry.device(value.deviceId) !== undefined;
    return value.kind !== 'vehicle';
  }

  #admitOne(value: Value, feed: string, nowMs: number): boolean {
    const names = this.#byFeed.get(feed) ?? { heardAtMs: new Map<string, number>(), sweptMs: nowMs };
    this.#byFeed.set(feed, names);
    if (value.kind === 'vehicle') {
      const { vehicleId, routeId } = value;
      const isRouteKnown = routeId === undefined || this.#registry.timetable?.routes.has(routeId) === true;
      return this.#hear(names, vehicleId, nowMs) && (isRouteKnown || this.#hear(names, `route ${routeId}`, nowMs));
    }
    if (value.kind !== 'sample' && value.kind !== 'flags') return true;
    if (!this.#hear(names, value.deviceId, nowMs)) return false;
    this.#note(value, feed);
    return true;
  }

  /** Returns whether the name has a place, or gets one. */
  #hear(names: Names, name: string, nowMs: number): boolean {
    const { heardAtMs } = names;
    if (!heardAtMs.has(name) && heardAtMs.size >= MOST_UNPLACED) this.#sweep(names, nowMs);
    if (!heardAtMs.has(name) && heardAtMs.size >= MOST_UNPLACED) return false;
    heardAtMs.set(name, nowMs);
    return true;
  }

  #sweep(names: Names, nowMs: number): void {
    if (Math.abs(nowMs - names.sweptMs) < SWEEP_EVERY_MS) return;
    names.sweptMs = nowMs;
    for (const [name, heardAtMs] of names.heardAtMs) {
      if (Math.abs(nowMs - heardAtMs) < SILENT_MS) continue;
      names.heardAtMs.delete(name);
      this.#rows.delete(name);
    }
  }

  #note(value: Sample | DeviceFlags, feed: string): void {
    const known = this.#rows.get(value.deviceId);
    const row = known ?? { id: value.deviceId, feed, media: '', lastAtMs: value.atMs, values: 0 };
    if (known === undefined) this.#rows.set(value.deviceId, row);
    row.lastAtMs = Math.max(row.lastAtMs, value.atMs);
    row.values++;
    if (value.kind === 'flags' && value.media !== undefined) row.media = value.media;
  }
}
