/** What one source says of the speed on a link, and how far it can be trusted, 0 to 1. */
export type Estimate = { speedMps: number; confidence: number; source: string };

/** How much a measurement of this age still counts, 1 to 0.5; 0 when it is older than `holdMs` or there is none. */
export const freshShare = (ageMs: number, holdMs: number): number =>
  ageMs <= holdMs ? 1 - (0.5 * Math.max(0, ageMs)) / holdMs : 0;

/**
 * One speed of several estimates, each weighted by its confidence. Sources that agree to be right are independent: the
 * result is wrong only where all are. `source` is the one that weighs most. Undefined without any.
 */
export function fuseSpeeds(estimates: readonly Estimate[]): Estimate | undefined {
  const first = estimates.reduce<Estimate | undefined>(
    (most, each) => (most === undefined || each.confidence > most.confidence ? each : most),
    undefined,
  );
  if (first === undefined || first.confidence === 0) return undefined;
  const weight = estimates.reduce((sum, { confidence }) => sum + confidence, 0);
  return {
    speedMps: estimates.reduce((sum, { speedMps, confidence }) => sum + confidence * speedMps, 0) / weight,
    confidence: 1 - estimates.reduce((doubt, { confidence }) => doubt * (1 - confidence), 1),
    source: first.source,
  };
}

/** The last measurement loses its weight against what is usual within this time. */
const DECAY_MS = 1_200_000;
const OLD_CONFIDENCE = 0.4;
/** The usual speed alone says this much of the present one. */
const USUAL_CONFIDENCE = 0.2;

/**
 * The speed to assume where nothing is measured any more: it decays from the last measurement to what is usual.
 * `measuredMps` is NaN where nothing was ever measured.
 */
export function decayedSpeed(measuredMps: number, ageMs: number, usualMps: number): Estimate {
  const left = Number.isNaN(measuredMps) ? 0 : Math.exp(-ageMs / DECAY_MS);
  return {
    speedMps: left === 0 ? usualMps : usualMps + left * (measuredMps - usualMps),
    confidence: USUAL_CONFIDENCE + (OLD_CONFIDENCE - USUAL_CONFIDENCE) * left,
    source: 'the usual day',
  };
}
