import type { Figure } from '../../../../shared/contract/contract.ts';
import { CONGESTED_RATIO, delayRate } from '../../../../shared/traffic/delayRate.ts';
import type { FigureHistory } from '../kit/FigureHistory.ts';
import type { LinkState } from './LinkState.ts';
import type { TrafficState } from './TrafficState.ts';

/** A link counts as watched now when a believable value of it is younger than this. */
const FRESH_MS = 300_000;

type Sums = { delay: number; watchedM: number; freshM: number; laneM: number; congestedLaneM: number };

function add(sums: Sums, { link, speedMps, flowVph, speedRatio, seenAtMs }: LinkState, nowMs: number): Sums {
  const isKnown = nowMs - seenAtMs <= FRESH_MS && (Number.isFinite(speedMps) || Number.isFinite(flowVph));
  const laneM = isKnown ? link.lengthM * link.lanes : 0;
  const delay =
    isKnown && Number.isFinite(speedMps) && Number.isFinite(flowVph)
      ? delayRate(flowVph, link.lengthM, speedMps, link.freeFlowMps)
      : 0;
  return {
    delay: sums.delay + delay,
    watchedM: sums.watchedM + link.lengthM,
    freshM: sums.freshM + (isKnown ? link.lengthM : 0),
    laneM: sums.laneM + laneM,
    congestedLaneM: sums.congestedLaneM + (speedRatio < CONGESTED_RATIO ? laneM : 0),
  };
}

/** Delay, congestion and faulty detectors, as defined in shared/figures.ts. */
export function trafficFigures(
  state: TrafficState,
  book: FigureHistory,
  faults: number,
  hasQueue: boolean,
  nowMs: number,
): Figure[] {
  const sums = [...state.links.values()].reduce((total, link) => add(total, link, nowMs), {
    delay: 0,
    watchedM: 0,
    freshM: 0,
    laneM: 0,
    congestedLaneM: 0,
  });
  const present = sums.watchedM === 0 ? 0 : sums.freshM / sums.watchedM;
  const detectors = [...state.detectors.values()].filter((detector) => detector !== undefined);
  const heard = detectors.filter(({ seenAtMs }) => !Number.isNaN(seenAtMs)).length;
  const sources = state.sources.at(nowMs);
  return [
    book.read(
      'trafficDelay',
      { value: present === 0 ? undefined : sums.delay, present, sources, deviation: hasQueue && 'above' },
      nowMs,
    ),
    book.read(
      'networkCongested',
      { value: sums.laneM === 0 ? undefined : sums.congestedLaneM / sums.laneM, present, sources },
      nowMs,
    ),
    book.read(
      'detectorFaults',
      {
        value: heard === 0 ? undefined : faults,
        present: detectors.length === 0 ? 0 : heard / detectors.length,
        sources,
      },
      nowMs,
    ),
  ];
}
