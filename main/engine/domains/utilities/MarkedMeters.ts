import type { MeterMark, MeterTable } from './MeterTable.ts';
import type { ZoneState } from './ZoneState.ts';

const MOST_NAMED = 5;

/**
 * Names marked meters for people; remembers the answer until a mark in the zone changes, as it is asked for every
 * second.
 */
export class MarkedMeters {
  readonly #table: MeterTable;
  readonly #known = new Map<string, { version: number; names: string }>();

  constructor(table: MeterTable) {
    this.#table = table;
  }

  /** Up to five meters of the zone that have the mark, by address where there is one. */
  names(zone: ZoneState, mark: MeterMark): string {
    const version = this.#table.versionOf(zone.index);
    const key = `${zone.index} ${mark}`;
    const known = this.#known.get(key);
    if (known?.version === version) return known.names;
    const names = this.#find(zone, mark);
    this.#known.set(key, { version, names });
    return names;
  }

  #find(zone: ZoneState, mark: MeterMark): string {
    const names: string[] = [];
    for (const row of zone.meterRows) {
      if (!this.#table.has(row, mark)) continue;
      if (names.length === MOST_NAMED) return `${names.join('; ')}; …`;
      names.push(this.#table.meters[row]?.address ?? this.#table.meters[row]?.id ?? '');
    }
    return names.join('; ');
  }
}
