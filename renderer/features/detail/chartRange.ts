import type { RequestOutput } from '../../../shared/contract/contract.ts';

/** A span of time on a chart, UTC ms. */
export type HistoryRange = { fromMs: number; toMs: number };

/** Less than this share of a chart may be empty before the first value; it is then left as it is. */
const MOST_EMPTY = 0.1;
const SHORTEST_MS = 600_000;

/** The range of a chart, shortened to the history that is there where it begins later. */
export function fittedRange(
  range: HistoryRange,
  { atMs, value }: Pick<RequestOutput<'series.query'>, 'atMs' | 'value'>,
): HistoryRange {
  const first = atMs[value.findIndex((each) => each !== null)];
  const { fromMs, toMs } = range;
  if (first === undefined || first - fromMs <= MOST_EMPTY * (toMs - fromMs)) return range;
  return { fromMs: Math.max(fromMs, Math.min(first, toMs - SHORTEST_MS)), toMs };
}

/** The half of a range around its middle. */
export const zoomedIn = ({ fromMs, toMs }: HistoryRange): HistoryRange => {
  const quarter = (toMs - fromMs) / 4;
  return { fromMs: fromMs + quarter, toMs: toMs - quarter };
};
