import type { Aspect, Finding } from '../../../../shared/base/anomaly/AnomalyDetector.ts';
import { describeQuantity } from '../../../../shared/base/display.ts';
import type { DisplayUnits } from '../../../../shared/base/display.ts';
import type { WorkItem } from '../../../../shared/contract/historyRequests.ts';
import type { UtilitiesState } from './UtilitiesState.ts';
import { whereIs } from './whereIs.ts';
import type { ZoneState } from './ZoneState.ts';

/**
 * A finding of a lower score is not shown. In a year of quarters of an hour of the simulated county one usual stretch
 * reaches this score, and none of the benchmark `nab` does, of whose labelled anomalies about half do.
 */
const LEAST_SCORE = 0.6;

const aspectWords = {
  level: 'outside of its usual range',
  step: 'has jumped as it never does',
  shortMean: 'has moved away from its usual range',
  longMean: 'has been away from its usual range for hours',
  activity: 'varies in an unusual way',
  longActivity: 'has varied in an unusual way for hours',
  timeOfDay: 'unusual for the time of day',
  timeOfDayMean: 'unusual for the time of day for hours',
} as const satisfies Record<Aspect, string>;

/** What is unusual about a zone or feeder, in words. */
export type ZoneFinding = { finding: Finding; text: string };

/**
 * What is unusual now about the inflow, load or pressure of a zone; the more unusual where there are two. A zone in
 * trouble has an alarm already, so there is none: one event is one item.
 */
export function zoneFinding(state: UtilitiesState, zone: ZoneState, units: DisplayUnits): ZoneFinding | undefined {
  if (zone.trouble !== undefined || zone.isOut) return undefined;
  const isWater = zone.zone.kind === 'dma';
  const own = state.watch.finding(zone.index, LEAST_SCORE);
  const pressure = isWater ? state.watch.finding(state.zones.length + zone.index, LEAST_SCORE) : undefined;
  const isPressure = pressure !== undefined && !((own?.score ?? 0) >= pressure.score);
  const finding = isPressure ? pressure : own;
  if (finding === undefined) return undefined;
  const [label, unit, digits] = isPressure
    ? (['Pressure', 'kPa', 0] as const)
    : isWater
      ? (['Inflow', 'm³/h', 2] as const)
      : (['Load', 'kW', 0] as const);
  const show = (value: number): string => describeQuantity(value, unit, digits, units);
  const band = `${show(finding.low)} to ${show(finding.high)}`;
  return {
    finding,
    text: `${label} ${aspectWords[finding.aspect]}: ${show(finding.value)}, expected ${show(finding.expected)} (${band}); score ${finding.score.toFixed(2)}`,
  };
}

/** One item for each zone or feeder whose values are unusual and which has no alarm, the most unusual first. */
export function zoneWork(state: UtilitiesState, units: DisplayUnits): WorkItem[] {
  return state.zones
    .flatMap((zone) => {
      const found = zoneFinding(state, zone, units);
      return found === undefined ? [] : [{ zone, ...found }];
    })
    .sort((a, b) => b.finding.score - a.finding.score)
    .map(({ zone, finding, text }) => {
      const { name, at } = whereIs(zone);
      return {
        subject: at.subject,
        title: name,
        place: name,
        ...(at.lon !== undefined && { lon: at.lon }),
        ...(at.lat !== undefined && { lat: at.lat }),
        sinceMs: finding.sinceMs,
        reason: text,
        task: 'Look at its chart, and ask whether works or switching explain it.',
      };
    });
}
