import type { Subject } from '../../../../shared/alarms/alarm.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import {
  describeCount,
  describeDuration,
  describeQuantity,
  describeSpeed,
  formatDistance,
} from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { qualityCode } from '../../../../shared/base/quality.ts';
import type { Quality } from '../../../../shared/base/quality.ts';
import type { DetectorState } from './DetectorState.ts';
import type { LinkState } from './LinkState.ts';
import type { SegmentState } from './SegmentState.ts';
import type { TrafficState } from './TrafficState.ts';

type Fact = Detail['facts'][number];

const fact = (label: string, text: string, reading?: { atMs: number; quality: Quality }, note?: string): Fact => ({
  label,
  text,
  ...(reading !== undefined &&
    Number.isFinite(reading.atMs) && { quality: qualityCode[reading.quality], atMs: reading.atMs }),
  ...(note !== undefined && { note }),
});

/** The quality to show: the reported quality of the value, or that it is too old. */
export function shownQuality(detector: DetectorState, nowMs: number): Quality {
  if (Number.isNaN(detector.seenAtMs)) return 'missing';
  const fault = detector.fault(nowMs, false);
  if (fault === 'silent') return 'stale';
  return fault === undefined ? detector.quality : 'suspect';
}

function series(detector: DetectorState): Detail['series'] {
  return [
    { deviceId: detector.id, quantity: 'speedMps', label: `Speed, ${detector.id}`, asRate: false, hasForecast: true },
    { deviceId: detector.id, quantity: 'flowVph', label: `Flow, ${detector.id}`, asRate: false, hasForecast: true },
    { deviceId: detector.id, quantity: 'occupancyRatio', label: `Occupancy, ${detector.id}`, asRate: false },
  ];
}

function detectorDetail(state: TrafficState, detector: DetectorState, nowMs: number, units: DisplayUnits): Detail {
  const { speed, flow, occupancy } = detector;
  const quality = shownQuality(detector, nowMs);
  const middle = state.roads.middle(detector.linkIndex);
  const link = state.roads.links[detector.linkIndex];
  return {
    subject: { kind: 'detector', id: detector.id },
    title: `Detector ${detector.id}`,
    subtitle: state.roads.placeName(detector.linkIndex),
    ...(middle !== undefined && { lon: middle[0], lat: middle[1] }),
    facts: [
      ...(speed === undefined
        ? []
        : [
            fact(
              'Speed',
              describeSpeed(speed.value, units),
              { atMs: speed.atMs, quality },
              flow?.value === 0 ? 'held: no vehicle passed' : undefined,
            ),
          ]),
      ...(flow === undefined ? [] : [fact('Flow', `${describeCount(flow.value)} veh/h`, { atMs: flow.atMs, quality })]),
      ...(occupancy === undefined
        ? []
        : [fact('Occupancy', describeQuantity(occupancy.value, '1', 3, units), { atMs: occupancy.atMs, quality })]),
      fact(
        'State',
        quality === 'good' || quality === 'estimated'
          ? 'working'
          : `${quality}${detector.reason === undefined ? '' : `: ${detector.reason}`}`,
      ),
      fact('Lanes', String(detector.lanes)),
    ],
    series: series(detector),
    related:
      link === undefined
        ? []
        : [{ subject: { kind: 'link', id: link.id }, label: state.roads.roadName(detector.linkIndex) }],
  };
}

/** The speed with the source that decided; where nothing is measured now, what is assumed, and why. */
function speedFact(link: LinkState, usualMps: number | undefined, nowMs: number, units: DisplayUnits): Fact {
  const assumed = link.assumed(usualMps, nowMs);
  if (assumed === undefined) return fact('Speed', 'unknown', { atMs: link.seenAtMs, quality: 'missing' });
  const { atMs } = link.measured;
  const isMeasured = !Number.isNaN(link.speedMps);
  const age = Number.isNaN(atMs) ? 'never measured' : `last measured ${describeDuration((nowMs - atMs) / 1000)} ago`;
  const why = isMeasured ? `from ${assumed.source}` : `not measured now, ${age}: assumed from ${assumed.source}`;
  return fact(
    'Speed',
    describeSpeed(assumed.speedMps, units),
    isMeasured ? { atMs: link.seenAtMs, quality: 'good' } : { atMs, quality: 'stale' },
    `${why}, confidence ${Math.round(100 * assumed.confidence)} %`,
  );
}

const heldFact = ({ id, seenAtMs }: SegmentState): Fact =>
  fact('Travel time', `${id}: held by its source`, { atMs: seenAtMs, quality: 'stale' }, 'no vehicle was measured');

function linkDetail(state: TrafficState, index: number, nowMs: number, units: DisplayUnits): Detail | undefined {
  const link = state.roads.links[index];
  if (link === undefined) return undefined;
  const watched = state.links.get(index);
  const usual = state.usualSpeed.usual(index, nowMs);
  const middle = state.roads.middle(index);
  const reading =
    watched === undefined
      ? undefined
      : {
          atMs: watched.seenAtMs,
          quality: Number.isFinite(watched.speedMps) ? ('good' as const) : ('missing' as const),
        };
  return {
    subject: { kind: 'link', id: link.id },
    title: state.roads.roadName(index),
    subtitle: `${link.roadClass}, ${link.lanes} ${link.lanes === 1 ? 'lane' : 'lanes'}, ${formatDistance(link.lengthM, units)}`,
    ...(middle !== undefined && { lon: middle[0], lat: middle[1] }),
    facts: [
      ...(watched === undefined
        ? [fact('Speed', 'not measured: no detector and no travel times on this link')]
        : [
            speedFact(watched, usual?.typical, nowMs, units),
            ...watched.segments.filter(({ isHeld }) => isHeld).map(heldFact),
            fact(
              'Flow',
              Number.isFinite(watched.flowVph) ? `${describeCount(watched.flowVph)} veh/h` : 'unknown',
              reading,
            ),
            fact(
              'Usual at this hour',
              usual === undefined ? 'not known yet' : describeSpeed(usual.typical, units),
              undefined,
              usual === undefined ? 'needs two days' : `${usual.days} days`,
            ),
          ]),
      fact('Free flow', describeSpeed(link.freeFlowMps, units)),
      fact('Capacity', `${describeCount(link.capacityVph)} veh/h`),
    ],
    series: [
      ...(watched?.detectors ?? []).flatMap(series),
      ...(watched?.segments ?? []).map(({ id }) => ({
        deviceId: id,
        quantity: 'travelS' as const,
        label: `Travel time, ${id}`,
        asRate: false,
      })),
    ],
    related: (watched?.detectors ?? []).map(({ id }) => ({
      subject: { kind: 'detector', id },
      label: `Detector ${id}`,
    })),
  };
}

/** The details page of a link or a detector. */
export function trafficDetail(
  state: TrafficState,
  linkIndex: ReadonlyMap<string, number>,
  subject: Subject,
  nowMs: number,
  units: DisplayUnits,
): Detail | undefined {
  if (subject.kind === 'detector') {
    const detector = state.detectors.get(subject.id);
    return detector === undefined ? undefined : detectorDetail(state, detector, nowMs, units);
  }
  const index = subject.kind === 'link' ? linkIndex.get(subject.id) : undefined;
  return index === undefined ? undefined : linkDetail(state, index, nowMs, units);
}
