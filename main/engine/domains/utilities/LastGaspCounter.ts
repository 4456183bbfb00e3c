import type { County } from '../../../../shared/county/county.ts';
import type { MeterTable } from './MeterTable.ts';

/**
 * Several last gasps behind one transformer mean that its fuse has blown, not that single customers have lost power.
 */
const FEWEST_GASPS = 3;
const PAIR_SHARE = 0.5;

export type TransformersOut = {
  transformers: string[];
  customers: number;
  gasps: number;
  /** How many transformers the feeder has. */ of: number;
};

type Transformer = { id: string; zone: number; meters: number; out: number };

/**
 * Counts last gasps by transformer. Messages get lost in an outage, so the share that arrives stands for the whole
 * transformer.
 */
export class LastGaspCounter {
  readonly #all: Transformer[] = [];
  readonly #ofRow: Int32Array;
  readonly #byZone = new Map<number, Transformer[]>();

  constructor(county: County, table: MeterTable) {
    const places = new Map<string, number>();
    this.#ofRow = Int32Array.from(county.meters, ({ transformerId, zoneId }, row) => {
      if (transformerId === undefined) return -1;
      const key = `${zoneId}/${transformerId}`;
      const place = places.get(key) ?? this.#add(transformerId, table.zoneOf[row] ?? -1);
      places.set(key, place);
      const transformer = this.#all[place];
      if (transformer !== undefined) transformer.meters++;
      return place;
    });
    table.onVoltageMark((row, isOut) => {
      const transformer = this.#all[this.#ofRow[row] ?? -1];
      if (transformer !== undefined) transformer.out += isOut ? 1 : -1;
    });
  }

  /** Transformers of a feeder that are out as a whole; undefined where none is. */
  out(zone: number): TransformersOut | undefined {
    const all = this.#byZone.get(zone) ?? [];
    const out = all.filter(
      ({ meters, out: gasps }) => gasps >= FEWEST_GASPS || (gasps >= 2 && gasps >= PAIR_SHARE * meters),
    );
    if (out.length === 0) return undefined;
    return {
      transformers: out.map(({ id }) => id),
      customers: out.reduce((sum, { meters }) => sum + meters, 0),
      gasps: out.reduce((sum, { out: gasps }) => sum + gasps, 0),
      of: all.length,
    };
  }

  #add(id: string, zone: number): number {
    const transformer = { id, zone, meters: 0, out: 0 };
    this.#all.push(transformer);
    const known = this.#byZone.get(zone);
    if (known === undefined) this.#byZone.set(zone, [transformer]);
    else known.push(transformer);
    return this.#all.length - 1;
  }
}
