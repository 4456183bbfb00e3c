import type { Figure } from '../../../../shared/contract/contract.ts';
import { figures } from '../../../../shared/figures.ts';
import type { FigureId } from '../../../../shared/figures.ts';
import type { FigureSource } from './SourceTimes.ts';

/** Sparklines show two hours in steps of two minutes. */
const STEP_MS = 120_000;
const STEPS = 60;

type Reading = {
  value: number | undefined;
  present: number;
  sources: readonly FigureSource[];
  /** Absent while the figure is normal. */
  deviation?: Figure['deviation'] | false;
  typical?: number | undefined;
  low?: number;
  high?: number;
};
type Spark = { step: number; values: (number | null)[] };

/** Adds to figures their definition and their recent values. */
export class FigureHistory {
  readonly #sparks = new Map<FigureId, Spark>();

  /** An undefined or non-finite value means that there is no data from which to compute the figure. */
  read(id: FigureId, reading: Reading, nowMs: number): Figure {
    const { label, unit, digits } = figures[id];
    const value = reading.value !== undefined && Number.isFinite(reading.value) ? reading.value : null;
    const { typical, low, high } = reading;
    return {
      id,
      label,
      unit,
      digits,
      value,
      ...(typical !== undefined && Number.isFinite(typical) && { typical }),
      ...(low !== undefined && { low }),
      ...(high !== undefined && { high }),
      present: Number.isFinite(reading.present) ? Math.min(1, Math.max(0, reading.present)) : 0,
      sources: [...reading.sources],
      isAbnormal: Boolean(reading.deviation),
      ...(reading.deviation && { deviation: reading.deviation }),
      spark: this.#spark(id, value, nowMs),
    };
  }

  #spark(id: FigureId, value: number | null, nowMs: number): (number | null)[] {
    const step = Math.floor(nowMs / STEP_MS);
    const spark = this.#sparks.get(id) ?? { step, values: [] };
    this.#sparks.set(id, spark);
    const missed = step - spark.step;
    if (missed < 0 || missed > STEPS) spark.values = [];
    else for (let i = 0; i < missed; i++) spark.values.push(i === missed - 1 ? value : null);
    if (spark.values.length === 0) spark.values.push(value);
    spark.step = step;
    spark.values[spark.values.length - 1] = value;
    spark.values = spark.values.slice(-STEPS);
    return [...spark.values];
  }
}
