/**
 * Milliseconds that one clock gave. What another clock gave is refused where it is wanted, because a county that is
 * accelerated has another time than the machine it runs on. A plain number (a constant, a sum, the time of a test)
 * counts as any of them: the optional property is never there, and the method only keeps the compiler from refusing
 * plain numbers, which share no property with a type of optional ones.
 */
type MsOf<Source extends string> = number & { readonly clock?: Source; toFixed(digits?: number): string };

/** The time of this machine, UTC epoch milliseconds: sessions, accounts, certificates, files. */
export type WallMs = MsOf<'wall'>;
/** The time of the county, UTC epoch milliseconds: the machine's, or in accelerated runs the simulated county's. */
export type CountyMs = MsOf<'county'>;
/** Milliseconds since some moment, which no setting of a clock changes: pauses, limits, how long something took. */
export type MonotonicMs = MsOf<'monotonic'>;

/** The clock of the county. */
export type Clock = { nowMs: () => CountyMs };

/** Event times further ahead of the clock than this are suspect and never count as current. Milliseconds. */
export const FUTURE_TOLERANCE_MS = 5 * 60_000;
