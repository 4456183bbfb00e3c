import type { AlarmPriority } from '../../../../shared/alarms/alarm.ts';

/** One tone: when it begins, how long it is (s), its frequency (Hz) and its loudness 0..1. */
type Tone = { atS: number; forS: number; hz: number; gain: number };

/** A sequence of tones of equal length, one after another. */
const run = (hz: readonly number[], forS: number, gapS: number, gain: number): Tone[] =>
  hz.map((each, index) => ({ atS: index * (forS + gapS), forS, hz: each, gain }));

/**
 * One short sound per priority. Number of tones, direction and pace distinguish them, and not loudness alone: three and
 * three tones fast and high, a rising pair twice, one soft falling pair, one low tone. The more urgent, the louder.
 */
export const earcons: Readonly<Record<AlarmPriority, readonly Tone[]>> = {
  1: [
    ...run([988, 988, 1319], 0.11, 0.05, 0.5),
    ...run([988, 988, 1319], 0.11, 0.05, 0.5).map((tone) => ({ ...tone, atS: tone.atS + 0.62 })),
  ],
  2: [
    ...run([659, 880], 0.16, 0.05, 0.35),
    ...run([659, 880], 0.16, 0.05, 0.35).map((tone) => ({ ...tone, atS: tone.atS + 0.6 })),
  ],
  3: run([587, 440], 0.16, 0.04, 0.2),
  4: run([330], 0.14, 0, 0.12),
};
