const MINUTE_MS = 60_000;

/** The durations in minutes for which the sound can be off; it always comes back by itself. */
export const muteMinutes = [5, 15, 30] as const;

/**
 * The end of a stored mute (engine time, ms); undefined if there is none, if it is over, or if it is longer than any
 * duration that can be chosen.
 */
export function storedMute(text: string | null, nowMs: number): number | undefined {
  const untilMs = text === null || text === '' ? Number.NaN : Number(text);
  return untilMs > nowMs && untilMs <= nowMs + Math.max(...muteMinutes) * MINUTE_MS ? untilMs : undefined;
}

export const muteEnd = (minutes: (typeof muteMinutes)[number], nowMs: number): number => nowMs + minutes * MINUTE_MS;
