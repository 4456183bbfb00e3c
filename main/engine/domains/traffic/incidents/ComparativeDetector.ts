import { nothingFound } from './Detector.ts';
import type { Detector, Period, Verdict } from './Detector.ts';

/** Occupancy here above that downstream, as a difference and as a share of the former, that an incident makes. */
const LEAST_DIFFERENCE = 0.08;
const LEAST_SHARE = 0.5;
/** Above this occupancy downstream, traffic is dense there, too, and the cause lies further on. */
const MOST_DOWNSTREAM = 0.25;
/** Such a rise of the occupancy downstream within two periods is a compression wave, which is no incident. */
const WAVE_RISE = 0.6;
const WAVE_MS = 300_000;
const PERIODS = 2;

/**
 * The comparative method of the California #8 family (Payne and Tignor, 1978): an incident between two detectors makes
 * the one upstream dense and the one downstream empty. It is tested for persistence, and suspended for five minutes
 * after a compression wave was seen downstream. It needs no history.
 */
export class ComparativeDetector implements Detector {
  readonly #downstream: number[] = [];
  #wavedAtMs = Number.NEGATIVE_INFINITY;
  #periods = 0;

  judge({ atMs, here, downstream }: Period): Verdict {
    const [up, down] = [here.occupancyRatio, downstream?.occupancyRatio ?? Number.NaN];
    if (Number.isNaN(up + down)) return nothingFound;
    this.#noteWave(down, atMs);
    const isContrast = up - down >= LEAST_DIFFERENCE && (up - down) / up >= LEAST_SHARE && down <= MOST_DOWNSTREAM;
    this.#periods = isContrast && atMs - this.#wavedAtMs > WAVE_MS ? this.#periods + 1 : 0;
    if (this.#periods === 0) return nothingFound;
    const text = `occupancy ${percent(up)} at ${here.detectors.join(', ')} and ${percent(down)} at ${downstream?.detectors.join(', ') ?? ''}`;
    const isIncident = this.#periods >= PERIODS;
    return { isIncident, certainty: isIncident ? 0.6 : 0.3, evidence: [text] };
  }

  #noteWave(down: number, atMs: number): void {
    const before = this.#downstream[0];
    if (before !== undefined && (down - before) / Math.max(down, 0.05) >= WAVE_RISE) this.#wavedAtMs = atMs;
    this.#downstream.push(down);
    if (this.#downstream.length > 2) this.#downstream.shift();
  }
}

const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`;
