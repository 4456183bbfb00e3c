import type { Log } from '../base/engine.ts';

const AT_MOST_EVERY_MS = 30_000;

/**
 * Logs slow calls of the store, many of them as one line: the first history brings dozens, and their number says more
 * than each of them would.
 */
export function slowCallLog(log: Log): (call: string, ms: number) => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let untold = 0;
  let slowestMs = 0;
  return (call, ms) => {
    untold++;
    slowestMs = Math.max(slowestMs, ms);
    const nowMs = performance.now();
    if (nowMs - toldAtMs < AT_MOST_EVERY_MS) return;
    log('info', `Slow calls of the store: ${untold}, the slowest ${Math.round(slowestMs)} ms, the last ${call}.`);
    toldAtMs = nowMs;
    untold = 0;
    slowestMs = 0;
  };
}
