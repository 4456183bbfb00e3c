/**
 * A stamp of a hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014): UTC epoch milliseconds, and a
 * counter that orders stamps of the same time. A stamp is never earlier than one that its author had seen, and stays
 * close to the wall clock.
 */
export type Stamp = { atMs: number; tick: number };

/**
 * A stamp further ahead of the clock than this moves no other clock: one workstation with a wrong clock must not move
 * all others. Milliseconds.
 */
const MOST_AHEAD_MS = 60_000;

/** Whether a stamp lies so far ahead of the clock that the clock of its author must be wrong. */
export const isAhead = (stamp: Stamp, nowMs: number): boolean => stamp.atMs > nowMs + MOST_AHEAD_MS;

/** The stamp of the next event here: later than every stamp given before, even where the wall clock goes back. */
export function nextStamp(last: Stamp, nowMs: number): Stamp {
  const atMs = Math.round(nowMs);
  return atMs > last.atMs ? { atMs, tick: 0 } : { atMs: last.atMs, tick: last.tick + 1 };
}

/** The clock after an event from another workstation: the later of both, unless the stamp is too far ahead. */
export function afterReceiving(last: Stamp, received: Stamp, nowMs: number): Stamp {
  const isLater = received.atMs > last.atMs || (received.atMs === last.atMs && received.tick > last.tick);
  return isLater && !isAhead(received, nowMs) ? { atMs: received.atMs, tick: received.tick } : last;
}
