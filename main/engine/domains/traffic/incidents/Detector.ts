import type { Usual } from '../../kit/DailyBaseline.ts';

/** What one watched link measured in its newest period; NaN where nothing was measured. */
export type Station = {
  speedMps: number;
  flowVph: number;
  occupancyRatio: number;
  usual: Usual | undefined;
  usualFlowVph: number | undefined;
  freeFlowMps: number;
  /** Its detectors, for the evidence. */
  detectors: readonly string[];
};

/** One period of a watched link beside the next one downstream. */
export type Period = {
  atMs: number;
  periodS: number;
  here: Station;
  downstream: Station | undefined;
  /**
   * How fast the whole county drives now, as a share of what is usual, at most 1: rain and snow slow down all roads
   * alike, and a crash does not.
   */
  commonRatio: number;
};

/** Whether traffic was blocked just downstream of a link. */
export type Verdict = {
  isIncident: boolean;
  /** 0 to 1. */
  certainty: number;
  /** What speaks for it, in words. */
  evidence: readonly string[];
};

/** A method of incident detection for one link: periods in the order of time in, verdicts with evidence out. */
export type Detector = { judge: (period: Period) => Verdict };

/** The verdict where nothing speaks for an incident. */
export const nothingFound: Verdict = { isIncident: false, certainty: 0, evidence: [] };
