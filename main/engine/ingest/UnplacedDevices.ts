import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/base/durations.ts';
import type { DeviceFlags, Sample, UnitReport, Value } from '../../../shared/base/values.ts';
import type { RegisteredDevice, Registry } from '../registry/Registry.ts';

type Row = RequestOutput<'unplaced.list'>['devices'][number];

/**
 * The most names per feed that are in none of the county's registers: more than any county's radio overhears, and few
 * enough that names which somebody invents cost little.
 */
export const MOST_UNPLACED = 5000;
/** A name that was silent for this long gives its place to another one. */
const SILENT_MS = HOUR_MS;
const SWEEP_EVERY_MS = MINUTE_MS;

/** Whether a registered device is shown: not looked up yet, shown, or listed here. */
const [UNKNOWN, SHOWN, LISTED] = [0, 1, 2];

/** Why a registered device has no place on the screen; undefined where it has one. */
function whyNotShown(
  { id, kind, lon, commodity, zoneId, linkId }: RegisteredDevice,
  registry: Registry,
): string | undefined {
  if (registry.meter(id) ?? registry.detector(id) ?? registry.zone(id)) return undefined;
  if (kind === 'station')
    return linkId === undefined ? 'no road link is known for it: see linkId in feeds.json' : undefined;
  if (kind !== 'other') return undefined;
  const missing = [
    ...(lon === undefined ? ['place'] : []),
    ...(commodity === undefined ? ['commodity'] : []),
    ...(zoneId === undefined ? ['zone'] : []),
  ];
  return missing.length === 0
    ? 'its zone in feeds.json is not one of its commodity'
    : `feeds.json gives it no ${missing.join(', no ')}`;
}

/** The names of one feed that are in no register, and when each was last heard (by the engine's clock). */
type Names = { heardAtMs: Map<string, number>; sweptMs: number };

/**
 * Devices, units, vehicles and routes that send values but are not in the county's registers, and registered devices
 * that the registers give no place on the screen. Devices and units are listed with the reason, so that somebody can
 * give them a place. The number of unregistered ones is bounded per feed, because anybody can invent names: values of
 * further ones are refused, and those of registered devices never are.
 */
export class UnplacedDevices {
  readonly #registry: Registry;
  readonly #byFeed = new Map<string, Names>();
  readonly #rows = new Map<string, Row>();
  readonly #shown: Uint8Array;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#shown = new Uint8Array(registry.size);
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
      if (
        'deviceId' in value &&
        (value.deviceId === placed || (value.deviceNumber !== undefined && this.#shown[value.deviceNumber] === SHOWN))
      )
        continue;
      if (this.#isPlaced(value, feed)) {
        if ('deviceId' in value && !this.#rows.has(value.deviceId)) placed = value.deviceId;
      } else if (!this.#admitOne(value, feed, nowMs)) (refused ??= new Set()).add(value);
    }
    const found = refused;
    return found === undefined ? values : values.filter((value) => !found.has(value));
  }

  /** The newest first. */
  list(): Row[] {
    return [...this.#rows.values()].sort((a, b) => b.lastAtMs - a.lastAtMs);
  }

  /**
   * Whether the value is of something registered, or of a kind of which no state is kept without bound. A registered
   * device without a place is listed.
   */
  #isPlaced(value: Value, feed: string): boolean {
    if (value.kind === 'unit') return this.#registry.unit(value.unitId) !== undefined;
    if (value.kind !== 'sample' && value.kind !== 'flags') return value.kind !== 'vehicle';
    const device = this.#registry.device(value.deviceId);
    if (device === undefined) return false;
    if (this.#shown[device.number] === UNKNOWN)
      this.#shown[device.number] = whyNotShown(device, this.#registry) === undefined ? SHOWN : LISTED;
    if (this.#shown[device.number] === LISTED)
      this.#note(value.deviceId, value, feed, whyNotShown(device, this.#registry) ?? '');
    return true;
  }

  #admitOne(value: Value, feed: string, nowMs: number): boolean {
    const names = this.#byFeed.get(feed) ?? { heardAtMs: new Map<string, number>(), sweptMs: nowMs };
    this.#byFeed.set(feed, names);
    if (value.kind === 'vehicle') {
      const { vehicleId, routeId } = value;
      const isRouteKnown = routeId === undefined || this.#registry.timetable?.routes.has(routeId) === true;
      return this.#hear(names, vehicleId, nowMs) && (isRouteKnown || this.#hear(names, `route ${routeId}`, nowMs));
    }
    if (value.kind === 'unit') {
      if (!this.#hear(names, value.unitId, nowMs)) return false;
      this.#note(value.unitId, value, feed, 'units.csv does not name it');
      return true;
    }
    if (value.kind !== 'sample' && value.kind !== 'flags') return true;
    if (!this.#hear(names, value.deviceId, nowMs)) return false;
    this.#note(value.deviceId, value, feed, "none of the county's files names it");
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

  #note(id: string, value: Sample | DeviceFlags | UnitReport, feed: string, reason: string): void {
    const known = this.#rows.get(id);
    const row = known ?? { id, feed, media: '', reason, lastAtMs: value.atMs, values: 0 };
    if (known === undefined) this.#rows.set(id, row);
    row.lastAtMs = Math.max(row.lastAtMs, value.atMs);
    row.values++;
    if (value.kind === 'flags' && value.media !== undefined) row.media = value.media;
  }
}
