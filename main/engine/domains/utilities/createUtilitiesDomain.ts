import type { County } from '../../../../shared/county/county.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import { createLocalTime } from '../../../../shared/base/localTime.ts';
import { zoneStates } from '../../../../shared/live/frame.ts';
import type { RegisteredDevice } from '../../registry/Registry.ts';
import { ownScope } from '../../store/samples/rollups.ts';
import type { Condition } from '../kit/Condition.ts';
import type { Domain, FrameSource } from '../kit/Domain.ts';
import { FigureHistory } from '../kit/FigureHistory.ts';
import { changedFrame } from '../kit/ChangedRows.ts';
import { electricityConditions, findOutages } from './electricityConditions.ts';
import type { Outage } from './electricityConditions.ts';
import { forecastOf } from './forecastOf.ts';
import { meterConditions } from './meterConditions.ts';
import { meterWork } from './meterWork.ts';
import { standingFacts } from './standingFacts.ts';
import { describeMeters } from './describeMeters.ts';
import { learns } from './learns.ts';
import { utilitiesHits } from './utilitiesHits.ts';
import { utilitiesDetail } from './utilitiesDetail.ts';
import { utilitiesFigures } from './utilitiesFigures.ts';
import { UtilitiesState } from './UtilitiesState.ts';
import { waterConditions } from './waterConditions.ts';
import { zoneWork } from './zoneFindings.ts';
import type { ZoneState } from './ZoneState.ts';

/**
 * How many meters are checked for silence per judgement: all of a county are checked in less than a minute, and no
 * judgement takes noticeably long.
 */
const AGED_AT_ONCE = 1000;

function zoneStateOf(
  state: UtilitiesState,
  zone: ZoneState,
  outages: readonly Outage[],
  nowMs: number,
): (typeof zoneStates)[number] {
  if (outages.some((outage) => outage.zone === zone && outage.isWhole)) return 'outage';
  if (zone.value === undefined) return 'noData';
  if (!state.isFresh(zone, nowMs)) return 'stale';
  if (zone.trouble === undefined) return 'normal';
  return zone.trouble.kind === 'loadLost' ? 'low' : 'high';
}

const metersFrame =
  ({ table }: UtilitiesState): FrameSource =>
  (cursor, nowMs) =>
    changedFrame('meters', table.changes, cursor, nowMs, (columns, at, row) => {
      columns.rate[at] = table.rate[row] ?? Number.NaN;
      columns.seenAtMs[at] = table.seenAtMs[row] ?? Number.NaN;
      columns.state[at] = table.stateOf(row);
    });

const zonesFrame =
  (state: UtilitiesState, outages: () => readonly Outage[]): FrameSource =>
  (cursor, nowMs) =>
    changedFrame('zones', state.changedZones, cursor, nowMs, (columns, at, row) => {
      const zone = state.zones[row];
      if (zone === undefined) return;
      const timely = state.table.heardIn(row) - state.table.countOf(row, 'stale');
      columns.value[at] = zone.value?.value ?? Number.NaN;
      columns.typical[at] = state.usualOf(zone, nowMs)?.typical ?? Number.NaN;
      columns.present[at] = zone.meterRows.length === 0 ? Number.NaN : timely / zone.meterRows.length;
      columns.seenAtMs[at] = zone.value?.atMs ?? Number.NaN;
      columns.state[at] = zoneStates.indexOf(zoneStateOf(state, zone, outages(), nowMs));
    });

/** A meter's samples are added to the sums of its zone or feeder; a zone has sums of its own. */
function scopeOfMeter(deviceId: string, device: RegisteredDevice | undefined): string | undefined {
  if (device?.kind === 'zone') return ownScope(deviceId);
  return device?.kind === 'meter' && device.zoneId !== undefined ? `zone:${device.zoneId}` : undefined;
}

const alarmDomains: Domain['alarmDomains'] = [
  { id: 'electricity', label: 'Electricity', icon: 'zap', incidentType: 'powerOutage' },
  { id: 'water', label: 'Water', icon: 'droplet', incidentType: 'waterMain' },
];

const conditionsOf = (
  state: UtilitiesState,
  outages: readonly Outage[],
  units: DisplayUnits,
  nowMs: number,
): Condition[] => [
  ...electricityConditions(state, outages, nowMs),
  ...waterConditions(state, nowMs, units),
  ...meterConditions(state, nowMs),
];

/**
 * The utilities domain, water and electricity: it finds outages, bursts, leaks and work for maintenance in the values
 * of meters and zones.
 */
export function createUtilitiesDomain(county: County): Domain {
  const state = new UtilitiesState(county);
  const meters = describeMeters(county);
  const time = createLocalTime(county.profile.timeZone);
  const book = new FigureHistory();
  const units = county.profile.displayUnits;
  const shown = state.zones.map((): (typeof zoneStates)[number] => 'noData');
  let outages: Outage[] = [];
  let startedMs = Number.NaN;
  let agedTo = 0;
  let judgedMs = Number.NaN;

  const age = (nowMs: number): void => {
    // The first message of an accelerated county's clock may set the time back.
    if (!(startedMs <= nowMs)) startedMs = nowMs;
    state.table.age(agedTo, agedTo + AGED_AT_ONCE, startedMs, nowMs);
    agedTo = agedTo + AGED_AT_ONCE >= county.meters.length ? 0 : agedTo + AGED_AT_ONCE;
    if (agedTo === 0) state.status.age(nowMs);
  };
  const noteStates = (nowMs: number): void => {
    for (const zone of state.zones) {
      const now = zoneStateOf(state, zone, outages, nowMs);
      if (now !== shown[zone.index]) state.changedZones.touch(zone.index);
      shown[zone.index] = now;
    }
  };
  return {
    id: 'utilities',
    alarmDomains,
    apply(value, nowMs) {
      if (value.kind === 'sample') state.apply(value, nowMs);
      else if (value.kind === 'flags') state.applyFlags(value, nowMs);
    },
    learn(value, nowMs) {
      if (value.kind === 'sample') state.apply(value, nowMs, true);
    },
    review: (values) => state.reads.review(values),
    seedReview: (value) => state.reads.seed(value),
    judge(nowMs) {
      judgedMs = nowMs;
      age(nowMs);
      state.settle(nowMs);
      outages = findOutages(state, nowMs);
      state.courses.update(outages, nowMs);
      noteStates(nowMs);
      return conditionsOf(state, outages, units, nowMs);
    },
    frames: { meters: metersFrame(state), zones: zonesFrame(state, () => outages) },
    figures: (nowMs) => utilitiesFigures(state, book, outages, nowMs),
    detail: (subject, nowMs) => utilitiesDetail(state, subject, nowMs, units),
    forecast: (deviceId, _quantity, nowMs) => forecastOf(state, time, deviceId, nowMs),
    indexedHits: () => utilitiesHits(county),
    workItems: () => [...zoneWork(state, units), ...meterWork(state, units, judgedMs)],
    learns,
    standing: standingFacts(state),
    sumsOf: scopeOfMeter,
    requests: { 'county.meters': () => meters },
  };
}
