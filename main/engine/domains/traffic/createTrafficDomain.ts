import type { County } from '../../../../shared/county/county.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import type { Domain, FrameSource, LearningPlan } from '../kit/Domain.ts';
import { FigureHistory } from '../kit/FigureHistory.ts';
import type { Registry } from '../../registry/Registry.ts';
import { changedFrame } from '../kit/ChangedRows.ts';
import { detectorConditions, faultyDetectors } from './detectorConditions.ts';
import type { Detector } from './incidents/Detector.ts';
import { QueueTracker } from './QueueTracker.ts';
import type { Queue } from './QueueTracker.ts';
import { queueCondition } from './queueCondition.ts';
import { shownQuality, trafficDetail } from './trafficDetail.ts';
import { describeNetwork } from './describeNetwork.ts';
import { trafficHits } from './trafficHits.ts';
import { trafficFigures } from './trafficFigures.ts';
import { TrafficState } from './TrafficState.ts';

const linksFrame =
  (state: TrafficState): FrameSource =>
  (cursor, nowMs) =>
    changedFrame(
      'links',
      state.changedLinks,
      cursor,
      nowMs,
      (columns, at, row) => {
        const link = state.links.get(row);
        columns.speedRatio[at] = link?.speedRatio ?? Number.NaN;
        columns.flowVph[at] = link?.flowVph ?? Number.NaN;
        columns.seenAtMs[at] = link?.seenAtMs ?? Number.NaN;
        columns.quality[at] = Number.isFinite(link?.speedMps) ? qualityCode.good : qualityCode.missing;
        columns.anomaly[at] = link?.isSlow === true ? 1 : 0;
      },
      (row) => state.links.has(row),
    );

const detectorsFrame =
  (state: TrafficState, county: County): FrameSource =>
  (cursor, nowMs) =>
    changedFrame('detectors', state.changedDetectors, cursor, nowMs, (columns, at, row) => {
      const detector = state.detectors.get(county.detectors[row]?.id ?? '');
      columns.speedMps[at] = detector?.speed?.value ?? Number.NaN;
      columns.flowVph[at] = detector?.flow?.value ?? Number.NaN;
      columns.occupancyRatio[at] = detector?.occupancy?.value ?? Number.NaN;
      columns.seenAtMs[at] = detector?.seenAtMs ?? Number.NaN;
      columns.quality[at] = detector === undefined ? qualityCode.missing : qualityCode[shownQuality(detector, nowMs)];
    });

const applied: ReadonlySet<Quantity> = new Set(['speedMps', 'flowVph', 'occupancyRatio', 'travelS', 'vehicleCount']);

/** The usual day is learned for speeds and flows; a county of the past judges by speeds alone. */
const learns: readonly LearningPlan[] = [
  { wants: (quantity) => quantity === 'speedMps' || quantity === 'travelS', days: 7, stepMs: 900_000, isForPast: true },
  {
    wants: (quantity) => quantity === 'flowVph' || quantity === 'occupancyRatio',
    days: 7,
    stepMs: 900_000,
    isForPast: false,
  },
];

/**
 * The traffic domain: the values of detectors give the state of links, slow links become queues, and faulty detectors
 * become work for maintenance. `createDetector`: another method of incident detection, for comparison.
 */
export function createTrafficDomain(county: County, registry: Registry, createDetector?: () => Detector): Domain {
  const state = new TrafficState(county, registry, createDetector);
  const network = describeNetwork(county);
  const linkIndex = new Map(county.links.map(({ id }, index) => [id, index]));
  const book = new FigureHistory();
  const units = county.profile.displayUnits;
  let queues = new QueueTracker(state.next);
  let chain = state.next;
  let present: Queue[] = [];
  let startedMs = Number.NaN;
  let faults = 0;

  const findQueues = (): Queue[] => {
    // A station that reports for the first time may lengthen the chain of watched links.
    if (chain !== state.next) queues = new QueueTracker((chain = state.next));
    const isSlow = (index: number): boolean =>
      state.links.get(index)?.isSlow === true || state.incidents.verdict(index).isIncident;
    const slow = [...state.links.keys()].filter(isSlow);
    return queues.update(slow, {
      isSlow,
      isKnown: (index) => Number.isFinite(state.links.get(index)?.speedMps),
      lengthM: (index) => state.links.get(index)?.link.lengthM ?? 0,
    });
  };
  return {
    id: 'traffic',
    alarmDomains: [{ id: 'traffic', label: 'Traffic', icon: 'car', incidentType: 'congestion' }],
    apply(value, nowMs) {
      if (value.kind !== 'sample') return;
      if (applied.has(value.quantity)) state.apply(value, nowMs);
    },
    judge(nowMs) {
      // The first message of an accelerated county's clock may set the time back.
      if (!(startedMs <= nowMs)) startedMs = nowMs;
      state.settle(nowMs);
      present = findQueues();
      const faulty = faultyDetectors(state, startedMs, nowMs);
      faults = faulty.length;
      return [
        ...present.flatMap((queue) => queueCondition(state, queue, nowMs, units)),
        ...detectorConditions(state, faulty, nowMs),
      ];
    },
    frames: { links: linksFrame(state), detectors: detectorsFrame(state, county) },
    figures: (nowMs) => trafficFigures(state, book, faults, present.length > 0, nowMs),
    detail: (subject, nowMs) => trafficDetail(state, linkIndex, subject, nowMs, units),
    forecast: (deviceId, quantity, nowMs) => {
      const index = state.detectors.get(deviceId)?.linkIndex;
      if (index === undefined || (quantity !== 'speedMps' && quantity !== 'flowVph')) return undefined;
      return state.forecasts.nextHour(index, quantity, nowMs);
    },
    indexedHits: () => trafficHits(county),
    learns,
    sumsOf: (_deviceId, device) =>
      device?.kind === 'detector' && device.linkId !== undefined ? `link:${device.linkId}` : undefined,
    requests: { 'county.network': () => network },
    offers: {
      linkSpeedMps: (index) => state.links.get(index)?.speedMps ?? Number.NaN,
      linkFlowVph: (index) => state.links.get(index)?.flowVph ?? Number.NaN,
    },
  };
}
