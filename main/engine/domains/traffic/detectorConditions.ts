import { causeGroupOfFeed } from '../../../../shared/alarms/causeGroup.ts';
import { describeDuration } from '../../../../shared/base/display.ts';
import type { FeedId } from '../../ingest/feeds/feedList.ts';
import type { Condition } from '../kit/Condition.ts';
import type { DetectorFault, DetectorState } from './DetectorState.ts';
import { feedOfDetector } from './feedOfDetector.ts';
import type { TrafficState } from './TrafficState.ts';

/** This many silent detectors at once are one failure of the communication line, not of many detectors. */
const MANY_SILENT = 10;
const MANY_SHARE = 0.2;
/** Dead-band of both limits. */
const STILL_SILENT = 8;
const STILL_SHARE = 0.15;
/** After the start a detector has this long to send its first value. */
const STARTUP_GRACE_MS = 600_000;

const feedOf = ({ id }: DetectorState): FeedId => feedOfDetector(id);

const causes: Record<DetectorFault, string> = {
  silent: 'No message for three publication periods: power, line or controller.',
  chatter: 'More than 38 hits in 30 s on a lane: the detector chatters.',
  lockedOn: 'Covered without a break for two minutes while nothing passes and no queue is near: locked on.',
  noHits: 'Not one vehicle in four hours by day.',
  implausible: 'A value that cannot be, or two that exclude each other.',
  contradiction: 'Flow and occupancy contradict each other: vehicles would be shorter than any are.',
  frozen: 'The same numbers period after period.',
  ownError: 'Its values are marked as suspect.',
};

function condition(detector: DetectorState, fault: DetectorFault, state: TrafficState, nowMs: number): Condition {
  const place = state.roads.placeName(detector.linkIndex);
  const middle = state.roads.middle(detector.linkIndex);
  const since = Number.isNaN(detector.seenAtMs)
    ? 'never'
    : `${describeDuration((nowMs - detector.seenAtMs) / 1000)} ago`;
  return {
    rule: 'maintenance.detector',
    domain: 'maintenance',
    priority: 4,
    subject: { kind: 'detector', id: detector.id },
    title: fault === 'silent' ? `Detector ${detector.id} is silent` : `Detector ${detector.id} is implausible`,
    place,
    ...(middle !== undefined && { lon: middle[0], lat: middle[1] }),
    cause:
      detector.quality === 'suspect' && detector.reason !== undefined && fault === 'ownError'
        ? `${causes[fault]} ${detector.reason}`
        : causes[fault],
    consequence: 'Its road is not watched; its values are not used.',
    action: 'Have the detector checked.',
    evidence: [{ label: 'Last message', text: fault === 'silent' ? since : 'arriving' }],
    // A detector that recovers by itself needs no maintenance.
    onDelayMs: 300_000,
    offDelayMs: 120_000,
    isLatching: false,
    ...(fault === 'silent' && { causeGroup: causeGroupOfFeed(feedOf(detector)) }),
  };
}

function manySilent(feed: FeedId, silent: number, all: number): Condition {
  return {
    rule: 'maintenance.detectorsSilent',
    domain: 'maintenance',
    priority: 3,
    subject: { kind: 'feed', id: feed },
    title: `${silent} of ${all} traffic detectors silent`,
    place: 'County',
    cause: 'So many at once point to the network or the field system, not to single detectors.',
    consequence: 'Queues and crashes on these roads are not seen.',
    action: 'Check the field network and the traffic system.',
    evidence: [{ label: 'Silent', text: `${silent} of ${all}` }],
    onDelayMs: 30_000,
    offDelayMs: 60_000,
    isLatching: false,
  };
}

export type FaultyDetector = { detector: DetectorState; fault: DetectorFault };

/** Detectors that cannot be believed now. `startedMs`: when the engine began to judge. */
export function faultyDetectors(state: TrafficState, startedMs: number, nowMs: number): FaultyDetector[] {
  const isDay = state.isDay(nowMs);
  const faulty: FaultyDetector[] = [];
  for (const detector of state.detectors.values()) {
    if (detector === undefined) continue;
    const isUnheard = !(detector.seenAtMs >= startedMs - detector.staleAfterMs);
    if (isUnheard && nowMs - startedMs < STARTUP_GRACE_MS) continue;
    const fault = Number.isNaN(detector.seenAtMs) ? 'silent' : detector.fault(nowMs, isDay);
    if (fault !== undefined) faulty.push({ detector, fault });
  }
  return faulty;
}

/**
 * One maintenance item per detector, and a single one for all detectors of a feed when many of them are silent
 * together. A feed that has not sent anything yet is not judged.
 */
export function detectorConditions(state: TrafficState, faulty: readonly FaultyDetector[], nowMs: number): Condition[] {
  const all = [...state.detectors.values()].filter((detector) => detector !== undefined);
  return [...new Set(all.map(feedOf))].flatMap((feed) =>
    conditionsOfFeed(
      feed,
      all.filter((detector) => feedOf(detector) === feed),
      faulty.filter(({ detector }) => feedOf(detector) === feed),
      state,
      nowMs,
    ),
  );
}

function conditionsOfFeed(
  feed: FeedId,
  all: readonly DetectorState[],
  faulty: readonly FaultyDetector[],
  state: TrafficState,
  nowMs: number,
): Condition[] {
  if (all.every(({ seenAtMs }) => Number.isNaN(seenAtMs))) return [];
  const silent = faulty.filter(({ fault }) => fault === 'silent').length;
  const isCommon = silent >= MANY_SILENT && silent >= MANY_SHARE * all.length;
  const single = faulty
    .filter(({ fault }) => !isCommon || fault !== 'silent')
    .map(({ detector, fault }) => condition(detector, fault, state, nowMs));
  if (isCommon) return [...single, manySilent(feed, silent, all.length)];
  const isNear = silent >= STILL_SILENT && silent >= STILL_SHARE * all.length;
  return isNear ? [...single, { ...manySilent(feed, silent, all.length), isInDeadband: true }] : single;
}
