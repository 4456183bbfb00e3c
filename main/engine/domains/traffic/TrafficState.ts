import type { County, Segment } from '../../../../shared/county/county.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import { createLocalTime } from '../../../../shared/base/localTime.ts';
import type { LocalTime } from '../../../../shared/base/localTime.ts';
import { isUsable } from '../../../../shared/base/quality.ts';
import type { Sample } from '../../../../shared/base/values.ts';
import { DailyBaseline } from '../kit/DailyBaseline.ts';
import type { Registry } from '../../registry/Registry.ts';
import { ChangedRows } from '../kit/ChangedRows.ts';
import { feedWithId } from '../../ingest/feeds/feedList.ts';
import { SourceTimes } from '../kit/SourceTimes.ts';
import { DetectorState } from './DetectorState.ts';
import { feedOfDetector } from './feedOfDetector.ts';
import type { Detector } from './incidents/Detector.ts';
import { FusedDetector } from './incidents/FusedDetector.ts';
import { IncidentWatch } from './incidents/IncidentWatch.ts';
import { LinkForecasts } from './LinkForecasts.ts';
import { LinkState } from './LinkState.ts';
import { SegmentState } from './SegmentState.ts';
import { RoadMap } from '../kit/RoadMap.ts';
import type { NextWatched } from '../kit/RoadMap.ts';

/** Values older than this are used only to learn what is usual. */
const PRESENT_MS = 600_000;
/** The assumed period of stations that are not in the county's list: they publish about once per minute. */
const STATION_PERIOD_S = 60;
const SEGMENT_PERIOD_S = 300;
const AGING_TURNS = 5;
const DAY_FROM_S = 6 * 3600;
const DAY_TO_S = 22 * 3600;

/**
 * The state of the roads as measured by their detectors: takes values, keeps the state of detectors and links, and
 * learns what is usual.
 */
export class TrafficState {
  readonly roads: RoadMap;
  readonly detectors = new Map<string, DetectorState | undefined>();
  readonly segments = new Map<string, SegmentState>();
  readonly links = new Map<number, LinkState>();
  readonly usualSpeed: DailyBaseline;
  readonly usualFlow: DailyBaseline;
  readonly forecasts: LinkForecasts;
  readonly incidents: IncidentWatch;
  readonly changedLinks: ChangedRows;
  readonly changedDetectors: ChangedRows;
  readonly sources = new SourceTimes();
  next: ReadonlyMap<number, NextWatched> = new Map();
  #previous = new Map<number, number[]>();
  #turn = 0;
  readonly #registry: Registry;
  readonly #linkIndex: Map<string, number>;
  readonly #time: LocalTime;
  readonly #open = new Set<DetectorState>();

  /** `createDetector`: the method of incident detection. */
  constructor(county: County, registry: Registry, createDetector: () => Detector = () => new FusedDetector()) {
    this.roads = new RoadMap(county.links);
    this.#registry = registry;
    this.#linkIndex = new Map(county.links.map(({ id }, index) => [id, index]));
    this.#time = createLocalTime(county.profile.timeZone);
    this.usualSpeed = new DailyBaseline(this.#time);
    this.usualFlow = new DailyBaseline(this.#time);
    this.forecasts = new LinkForecasts({
      usualSpeed: this.usualSpeed,
      usualFlow: this.usualFlow,
      neighboursOf: (index) => [...(this.#previous.get(index) ?? []), this.next.get(index)?.linkIndex ?? index],
    });
    this.incidents = new IncidentWatch({
      links: this.links,
      usualSpeed: this.usualSpeed,
      usualFlow: this.usualFlow,
      next: () => this.next,
      create: createDetector,
    });
    this.changedLinks = new ChangedRows(0);
    this.changedDetectors = new ChangedRows(county.detectors.length);
    county.detectors.forEach(({ id, linkId, lanes, periodS }, row) => this.#add(id, linkId, row, lanes, periodS));
    for (const segment of county.segments ?? []) this.#addSegment(segment);
    if (this.segments.size > 0) this.sources.add(feedWithId('beacon-segments'));
    this.#chain();
  }

  isDay(nowMs: number): boolean {
    const seconds = this.#time.secondOfDay(nowMs);
    return seconds >= DAY_FROM_S && seconds < DAY_TO_S;
  }

  apply(sample: Sample, nowMs: number): void {
    const segment = this.segments.get(sample.deviceId);
    if (segment !== undefined) return this.#applyTravelTime(segment, sample, nowMs);
    const detector = this.#detector(sample.deviceId);
    if (detector === undefined || sample.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
    this.sources.note(detector.source, sample.atMs, nowMs);
    const isPast = nowMs - sample.atMs > PRESENT_MS || sample.atMs < detector.seenAtMs;
    if (isPast && isUsable(sample.quality)) this.#teach(detector.linkIndex, sample);
    if (sample.atMs < detector.seenAtMs) return;
    if (sample.atMs > detector.seenAtMs && detector.isOpen) this.#close(detector, nowMs);
    this.#take(detector, sample);
    if (isPast) return;
    detector.isOpen = true;
    this.#open.add(detector);
  }

  #applyTravelTime(segment: SegmentState, sample: Sample, nowMs: number): void {
    if (sample.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
    this.sources.note(this.sources.add(feedWithId('beacon-segments')), sample.atMs, nowMs);
    const speedMps = segment.speedOf(sample);
    // A link with detectors learns what is usual from these alone: speeds at a point are not those of a stretch.
    if (speedMps !== undefined)
      for (const index of segment.links)
        if (this.links.get(index)?.detectors.length === 0) this.usualSpeed.teach(index, speedMps, sample.atMs);
    if (nowMs - sample.atMs > PRESENT_MS) return;
    const isMeasured = segment.take(sample);
    if (sample.quantity !== 'travelS') return;
    const vehicles = Number.isNaN(segment.vehicles) ? Number.POSITIVE_INFINITY : segment.vehicles;
    for (const index of segment.links) {
      const link = this.links.get(index);
      if (link === undefined) continue;
      link.refresh(Math.max(nowMs, sample.atMs), this.isDay(nowMs));
      this.changedLinks.touch(index);
      if (!isMeasured) continue;
      this.forecasts.note(link, sample.atMs);
      link.judge(this.usualSpeed.usual(index, sample.atMs), vehicles, sample.atMs);
    }
  }

  #teach(index: number, { quantity, value, atMs }: Sample): void {
    if (quantity === 'speedMps') this.usualSpeed.teach(index, value, atMs);
    else if (quantity === 'flowVph') this.usualFlow.teach(index, value, atMs);
  }

  /** Closes the periods that arrived since the last call, and ages detectors and links. */
  settle(nowMs: number): void {
    for (const detector of this.#open) this.#close(detector, nowMs);
    this.#open.clear();
    const isDay = this.isDay(nowMs);
    for (const detector of this.detectors.values())
      if (detector !== undefined && detector.row >= 0 && detector.hasAged(nowMs))
        this.changedDetectors.touch(detector.row);
    for (const link of this.#due()) {
      const { speedMps, flowVph, isSlow } = link;
      link.refresh(nowMs, isDay);
      if (!Object.is(speedMps, link.speedMps) || !Object.is(flowVph, link.flowVph) || isSlow !== link.isSlow)
        this.changedLinks.touch(link.index);
    }
  }

  /** Links age slowly, so each call refreshes only a fifth of them. */
  *#due(): Iterable<LinkState> {
    this.#turn = (this.#turn + 1) % AGING_TURNS;
    for (const link of this.links.values()) if (link.index % AGING_TURNS === this.#turn) yield link;
  }

  #close(detector: DetectorState, nowMs: number): void {
    const link = this.links.get(detector.linkIndex);
    if (link === undefined || !detector.isOpen) return;
    const speedMps = detector.closePeriod(this.#isQueueNear(link));
    if (detector.row >= 0) this.changedDetectors.touch(detector.row);
    if (speedMps !== undefined) this.usualSpeed.teach(link.index, speedMps, detector.seenAtMs);
    link.refresh(Math.max(nowMs, detector.seenAtMs), this.isDay(nowMs));
    this.changedLinks.touch(link.index);
    this.usualFlow.teach(link.index, link.flowVph, detector.seenAtMs);
    this.forecasts.note(link, detector.seenAtMs);
    this.incidents.take(link, detector.seenAtMs, detector.periodS);
    if (speedMps === undefined || Number.isNaN(link.speedMps)) return;
    const vehicles = Number.isFinite(link.flowVph)
      ? (link.flowVph * detector.staleAfterMs) / 3 / 3_600_000
      : Number.POSITIVE_INFINITY;
    link.judge(this.usualSpeed.usual(link.index, detector.seenAtMs), vehicles, detector.seenAtMs);
  }

  #isQueueNear(link: LinkState): boolean {
    const next = this.next.get(link.index)?.linkIndex;
    const isNextSlow = next !== undefined && this.links.get(next)?.isSlow === true;
    return (
      link.isSlow ||
      isNextSlow ||
      (this.#previous.get(link.index) ?? []).some((index) => this.links.get(index)?.isSlow === true)
    );
  }

  #take(detector: DetectorState, { quantity, value, atMs, quality, reason }: Sample): void {
    const reading = { value, atMs };
    const isNewPeriod = atMs !== detector.seenAtMs;
    if (quantity === 'speedMps') detector.speed = reading;
    else if (quantity === 'flowVph') detector.flow = reading;
    else if (quantity === 'occupancyRatio') detector.occupancy = reading;
    detector.seenAtMs = atMs;
    // One bad value makes the whole period bad.
    if (isNewPeriod || !isUsable(quality)) {
      detector.quality = quality;
      detector.reason = reason;
    }
    if (detector.row >= 0) this.changedDetectors.touch(detector.row);
  }

  #detector(id: string): DetectorState | undefined {
    const known = this.detectors.get(id);
    if (known !== undefined || this.detectors.has(id)) return known;
    const linkId = this.#registry.device(id)?.linkId;
    if (linkId === undefined) return undefined;
    this.#add(id, linkId, -1, 1, STATION_PERIOD_S);
    this.#chain();
    return this.detectors.get(id);
  }

  #addSegment({ id, links, lengthM, periodS = SEGMENT_PERIOD_S }: Segment): void {
    const indexes = links.flatMap((link) => this.#linkIndex.get(link) ?? []);
    const ownM = indexes.reduce((sum, index) => sum + (this.roads.links[index]?.lengthM ?? 0), 0);
    const segment = new SegmentState({ id, links: indexes, lengthM: lengthM ?? ownM, periodS });
    this.segments.set(id, segment);
    for (const index of indexes) this.#linkAt(index)?.segments.push(segment);
  }

  /** The state of a link; made where it is not watched yet. */
  #linkAt(index: number): LinkState | undefined {
    const link = this.roads.links[index];
    const state = this.links.get(index) ?? (link && new LinkState(index, link));
    if (state !== undefined) this.links.set(index, state);
    return state;
  }

  #add(id: string, linkId: string, row: number, lanes: number, periodS: number): void {
    const index = this.#linkIndex.get(linkId);
    const link = index === undefined ? undefined : this.roads.links[index];
    if (index === undefined || link === undefined) {
      this.detectors.set(id, undefined);
      return;
    }
    const source = this.sources.add(feedWithId(feedOfDetector(id)));
    const detector = new DetectorState({
      id,
      row,
      linkIndex: index,
      lanes: row < 0 ? link.lanes : lanes,
      periodS,
      source,
    });
    this.#linkAt(index)?.detectors.push(detector);
    this.detectors.set(id, detector);
    this.changedLinks.touch(index);
  }

  #chain(): void {
    this.next = this.roads.chainWatched(new Set(this.links.keys()));
    this.#previous = new Map();
    for (const [from, { linkIndex }] of this.next)
      this.#previous.set(linkIndex, [...(this.#previous.get(linkIndex) ?? []), from]);
  }
}
