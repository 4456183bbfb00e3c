import { HOUR_MS } from '../../../shared/base/durations.ts';
import type { StreamMessage } from '../../../shared/contract/contract.ts';
import { alarmLoad, periodLoad, WINDOW_MS } from '../../../shared/alarms/alarmLoad.ts';
import type { PeriodLoad, Raised } from '../../../shared/alarms/alarmLoad.ts';
import type { Position } from '../../../shared/alarms/positions.ts';
import type { ActiveAlarms } from './ActiveAlarms.ts';
import type { RaisedLog } from './RaisedLog.ts';

/** A day and two more hours, so that an alarm flood that was under way when the day began is recognised. */
const SEEN_MS = 26 * HOUR_MS;
const LEAD_MS = 2 * HOUR_MS;

type LoadSources = { book: ActiveAlarms; raised: RaisedLog; positions: readonly Position[] };

/** The load of each operating position, now and in the past. */
export class AlarmLoads {
  readonly #sources: LoadSources;

  constructor(sources: LoadSources) {
    this.#sources = sources;
  }

  now(nowMs: number): StreamMessage<'alarmLoad'> {
    const { book, raised, positions } = this.#sources;
    const calls = this.#byPosition(raised.between(nowMs - SEEN_MS, nowMs + 1));
    const alarms = Map.groupBy(book.all(), ({ position }) => position);
    return {
      loads: positions.map(({ id }) =>
        alarmLoad({
          positionId: id,
          raised: calls.get(id) ?? [],
          alarms: alarms.get(id) ?? [],
          sinceMs: raised.sinceMs,
          nowMs,
        }),
      ),
    };
  }

  /** How often the busiest position was called in the last 10 minutes, and in the last hour. */
  busiest(nowMs: number): { last10Min: number; lastHour: number } {
    const calls = [...this.#byPosition(this.#sources.raised.between(nowMs - HOUR_MS, nowMs + 1)).values()];
    const most = (counts: number[]): number => Math.max(0, ...counts);
    return {
      last10Min: most(calls.map((of) => of.filter(({ atMs }) => atMs > nowMs - WINDOW_MS).length)),
      lastHour: most(calls.map((of) => of.length)),
    };
  }

  /** The load of each position in the period [fromMs, toMs), by the id of the position. */
  between(fromMs: number, toMs: number): Map<string, PeriodLoad> {
    const { raised, positions } = this.#sources;
    const calls = this.#byPosition(raised.between(fromMs - LEAD_MS, toMs));
    return new Map(
      positions.map(({ id }) => [id, periodLoad(calls.get(id) ?? [], { fromMs, toMs, sinceMs: raised.sinceMs })]),
    );
  }

  /** Entries that were written before there were operating positions count for the first position. */
  #byPosition(raised: readonly Raised[]): Map<string, Raised[]> {
    return Map.groupBy(raised, ({ position }) => position ?? this.#sources.positions[0]?.id ?? '');
  }
}
