import type { County } from '../../../../shared/county/county.ts';
import type { MeterSupply } from './MeterSupply.ts';
import type { MeterTable } from './MeterTable.ts';

/** The last gasps of one event arrive within this time; meters that fell silent on different days are single ones. */
const GASP_WINDOW_MS = 900_000;
/**
 * Messages get lost in an outage, so a share of the meters stands for the whole transformer: three and a quarter of
 * them, or two where these are half of them.
 */
const FEWEST_GASPS = 3;
const LEAST_SHARE = 0.25;
const PAIR_SHARE = 0.5;

export type TransformersOut = {
  transformers: string[];
  customers: number;
  gasps: number;
  /** When the first of these gasps was. */ sinceMs: number;
  /** When the last of these gasps was. */ lastMs: number;
  /** How many transformers the feeder has. */ of: number;
};

type Transformer = { id: string; meters: number; out: Set<number> };

/** Finds the transformers whose meters lost their supply together. */
export class TransformerOutages {
  readonly #supply: MeterSupply;
  readonly #ofRow: (Transformer | undefined)[];
  readonly #byZone = new Map<number, Map<string, Transformer>>();

  constructor(county: County, table: MeterTable, supply: MeterSupply) {
    this.#supply = supply;
    this.#ofRow = county.meters.map(({ transformerId }, row) => {
      const zone = table.zoneOf[row] ?? -1;
      const transformer = transformerId === undefined ? undefined : this.#transformer(transformerId, zone);
      if (transformer !== undefined) transformer.meters++;
      return transformer;
    });
    table.onVoltageMark((row, isOut) => {
      if (isOut) this.#ofRow[row]?.out.add(row);
      else this.#ofRow[row]?.out.delete(row);
    });
  }

  /** Transformers of a feeder that are out as a whole; undefined where none is. */
  out(zone: number): TransformersOut | undefined {
    const all = [...(this.#byZone.get(zone)?.values() ?? [])];
    const found = all.flatMap((transformer) => {
      const times = this.#together(transformer);
      return times === undefined ? [] : [{ transformer, times }];
    });
    if (found.length === 0) return undefined;
    const times = found.flatMap((each) => each.times);
    return {
      transformers: found.map(({ transformer }) => transformer.id),
      customers: found.reduce((sum, { transformer }) => sum + transformer.meters, 0),
      gasps: times.length,
      sinceMs: Math.min(...times),
      lastMs: Math.max(...times),
      of: all.length,
    };
  }

  /** The times of the most gasps within one window, where they are enough for the transformer to be out. */
  #together({ meters, out }: Transformer): number[] | undefined {
    if (out.size < 2) return undefined;
    const times = [...out].map((row) => this.#supply.gaspAtMs(row)).sort((a, b) => a - b);
    let best: number[] = [];
    for (const [first, fromMs] of times.entries()) {
      const window = times.slice(first).filter((atMs) => atMs - fromMs <= GASP_WINDOW_MS);
      if (window.length > best.length) best = window;
    }
    const isOut =
      (best.length >= FEWEST_GASPS && best.length >= LEAST_SHARE * meters) ||
      (best.length >= 2 && best.length >= PAIR_SHARE * meters);
    return isOut ? best : undefined;
  }

  #transformer(id: string, zone: number): Transformer {
    const ofZone = this.#byZone.get(zone) ?? new Map<string, Transformer>();
    this.#byZone.set(zone, ofZone);
    const known = ofZone.get(id) ?? { id, meters: 0, out: new Set<number>() };
    ofZone.set(id, known);
    return known;
  }
}
