import { median } from '../../../../../shared/base/statistics/robust.ts';
import type { DailyBaseline } from '../../kit/DailyBaseline.ts';
import type { NextWatched } from '../../kit/RoadMap.ts';
import type { LinkState } from '../LinkState.ts';
import { nothingFound } from './Detector.ts';
import type { Detector, Station, Verdict } from './Detector.ts';

/** What all roads have in common is computed once in this time, from this many roads at least. */
const COMMON_MS = 30_000;
const FEWEST_ROADS = 5;

type Sources = {
  links: ReadonlyMap<number, LinkState>;
  usualSpeed: DailyBaseline;
  usualFlow: DailyBaseline;
  next: () => ReadonlyMap<number, NextWatched>;
  create: () => Detector;
};

/** A verdict, and since when it holds. */
export type Held = Verdict & { sinceMs: number };

/** Looks for incidents on all links with detectors: one detector of the given method for each. */
export class IncidentWatch {
  readonly #sources: Sources;
  readonly #detectors = new Map<number, Detector>();
  readonly #verdicts = new Map<number, Held>();
  #common = { atMs: Number.NEGATIVE_INFINITY, ratio: 1 };

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Judges a period of a link that has just ended. Hot: called for each period of a detector. */
  take(link: LinkState, atMs: number, periodS: number): void {
    const detector = this.#detectors.get(link.index) ?? this.#sources.create();
    this.#detectors.set(link.index, detector);
    const next = this.#sources.next().get(link.index);
    const downstream = next && this.#sources.links.get(next.linkIndex);
    const verdict = detector.judge({
      atMs,
      periodS,
      here: this.#station(link, atMs),
      downstream: downstream && this.#station(downstream, atMs),
      commonRatio: this.#commonRatio(atMs),
    });
    if (!verdict.isIncident) this.#verdicts.delete(link.index);
    else this.#verdicts.set(link.index, { ...verdict, sinceMs: this.#verdicts.get(link.index)?.sinceMs ?? atMs });
  }

  /** The incident just downstream of a link, where one was found and data still arrive. */
  verdict(index: number): Held {
    const held = this.#verdicts.get(index);
    const isKnown = Number.isFinite(this.#sources.links.get(index)?.speedMps);
    return held !== undefined && isKnown ? held : { ...nothingFound, sinceMs: Number.NaN };
  }

  #station({ index, link, speedMps, flowVph, occupancyRatio, detectors }: LinkState, atMs: number): Station {
    return {
      speedMps,
      flowVph,
      occupancyRatio,
      usual: this.#sources.usualSpeed.usual(index, atMs),
      usualFlowVph: this.#sources.usualFlow.usual(index, atMs)?.typical,
      freeFlowMps: link.freeFlowMps,
      detectors: detectors.map(({ id }) => id),
    };
  }

  #commonRatio(atMs: number): number {
    if (atMs - this.#common.atMs < COMMON_MS && atMs >= this.#common.atMs) return this.#common.ratio;
    const ratios = [...this.#sources.links.values()].flatMap(({ index, speedMps }) => {
      const typical = this.#sources.usualSpeed.usual(index, atMs)?.typical;
      return typical === undefined || Number.isNaN(speedMps) ? [] : [speedMps / typical];
    });
    this.#common = { atMs, ratio: ratios.length < FEWEST_ROADS ? 1 : Math.min(1, median(ratios)) };
    return this.#common.ratio;
  }
}
