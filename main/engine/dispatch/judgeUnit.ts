import type { UnitShift } from '../../../shared/county/county.ts';
import { formatShift, isOnShift, minutesIntoShift } from '../../../shared/county/shift.ts';
import {
  handicapsS,
  longDutyMin,
  lostS,
  mostOvertimeMin,
  restAfterJobMin,
  staleS,
  turnoutS,
} from '../../../shared/dispatch/rules.ts';
import { describeDuration } from '../../../shared/base/display.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { Engagement } from '../../../shared/incidents/incident.ts';
import type { UnitStatus } from '../../../shared/base/values.ts';
import type { IncidentNow, Situation, UnitNow } from './situation.ts';

/** Whether a unit could go, leaving aside where it is: what counts against it, in words and in seconds. */
export type Readiness =
  | { canGo: false; reason: string }
  | {
      canGo: true;
      isFree: boolean;
      turnoutS: number;
      handicapS: number;
      reasons: string[];
      against: string[];
      divertFrom?: IncidentNow;
    };

const DAY_MIN = 1440;
/** A unit that is slower than a person walks counts as standing. */
const STANDING_MPS = 1.5;
const doing: Partial<Record<Engagement['state'], string>> = {
  ordered: 'ordered to',
  accepted: 'about to go to',
  enRoute: 'on its way to',
  onScene: 'at',
};
const busyWords: Partial<Record<UnitStatus, string>> = {
  dispatched: 'has an order',
  accepted: 'has accepted an order',
  enRoute: 'is on its way',
  onScene: 'is on scene',
};

/** The incident that a unit is ordered to, on its way to or at, where there is one. */
export function jobOf(
  { incidents }: Pick<Situation, 'incidents'>,
  unitId: string,
): { incident: IncidentNow; engagement: Engagement } | undefined {
  for (const incident of incidents) {
    const engagement = incident.engagements.find((each) => each.unitId === unitId && isEngaged(each));
    if (engagement !== undefined) return { incident, engagement };
  }
  return undefined;
}

const minutesText = (minutes: number): string => describeDuration(minutes * 60);
const incidentText = ({ id, priority }: IncidentNow): string => `${id} (priority ${priority})`;

const minutesAfter = ({ toMin }: UnitShift, localMinute: number): number => (localMinute - toMin + DAY_MIN) % DAY_MIN;
const shiftEnded = (shift: UnitShift, localMinute: number): string =>
  `its shift ended ${minutesText(minutesAfter(shift, localMinute))} ago`;

/** Why a unit cannot be asked at all, whatever the incident. */
function absence(
  { nowMs, localMinute }: Situation,
  { unit, status, seenAtMs, saysIncidentId, unansweredIncidentId }: UnitNow,
  isEngagedHere: boolean,
): string | undefined {
  if (unansweredIncidentId !== undefined) return `has not accepted its order to ${unansweredIncidentId}`;
  if (seenAtMs === undefined) return 'not heard yet';
  if (nowMs - seenAtMs > lostS * 1000) return `not heard for ${describeDuration((nowMs - seenAtMs) / 1000)}`;
  const { shift } = unit;
  if (status === 'offDuty')
    return shift !== undefined && !isOnShift(shift, localMinute)
      ? `off duty, its shift is ${formatShift(shift)}`
      : 'off duty';
  const busy = busyWords[status];
  if (busy !== undefined && !isEngagedHere)
    return `${busy}${saysIncidentId === undefined ? '' : ` for ${saysIncidentId}`}, which was not given here`;
  if (shift === undefined || isOnShift(shift, localMinute)) return undefined;
  return minutesAfter(shift, localMinute) > mostOvertimeMin ? shiftEnded(shift, localMinute) : undefined;
}

type Weight = { handicapS: number; reasons: string[]; against: string[] };

/** Weighs the hours on duty and the time since the last job. */
function weighRest({ nowMs, localMinute }: Situation, { unit: { shift }, leftLastAtMs }: UnitNow): Weight {
  const weight: Weight = { handicapS: 0, reasons: [], against: [] };
  if (shift !== undefined) {
    const onDutyMin = minutesIntoShift(shift, localMinute);
    if (!isOnShift(shift, localMinute)) {
      weight.handicapS += handicapsS.overtime;
      weight.against.push(shiftEnded(shift, localMinute));
    } else if (onDutyMin > longDutyMin) {
      weight.handicapS += handicapsS.longDuty;
      weight.against.push(`${minutesText(onDutyMin)} on duty`);
    } else weight.reasons.push(`${minutesText(onDutyMin)} on duty`);
  }
  if (leftLastAtMs === undefined) return weight;
  const sinceMin = Math.max(0, nowMs - leftLastAtMs) / 60_000;
  if (sinceMin < restAfterJobMin) {
    weight.handicapS += handicapsS.unrested;
    weight.against.push(`left its last incident only ${minutesText(sinceMin)} ago`);
  } else if (sinceMin < DAY_MIN) weight.reasons.push(`${minutesText(sinceMin)} since its last incident`);
  return weight;
}

/** What a unit's state says about sending it to an incident. */
export function judgeUnit(situation: Situation, incident: IncidentNow, now: UnitNow): Readiness {
  const job = jobOf(situation, now.unit.id);
  const absent = absence(situation, now, job !== undefined);
  if (absent !== undefined) return { canGo: false, reason: absent };
  const weight = weighRest(situation, now);
  const ageS = (situation.nowMs - (now.seenAtMs ?? 0)) / 1000;
  if (ageS > staleS) {
    weight.handicapS += handicapsS.stale;
    weight.against.push(`its position is ${describeDuration(ageS)} old`);
  }
  const isRolling = (now.place.speedMps ?? 0) > STANDING_MPS || now.status === 'returning';
  const ready = { canGo: true as const, turnoutS: isRolling ? turnoutS.rolling : turnoutS.standing };
  if (job === undefined) return { ...ready, ...weight, isFree: true, reasons: ['free', ...weight.reasons] };
  if (job.incident.priority <= incident.priority)
    return { canGo: false, reason: `${doing[job.engagement.state] ?? 'at'} ${incidentText(job.incident)}` };
  const isOnScene = job.engagement.state === 'onScene';
  return {
    ...ready,
    isFree: false,
    turnoutS: turnoutS.rolling,
    handicapS: weight.handicapS + (isOnScene ? handicapsS.divertedOnScene : handicapsS.divertedOnWay),
    reasons: weight.reasons,
    against: [`is ${doing[job.engagement.state] ?? 'at'} ${incidentText(job.incident)}`, ...weight.against],
    divertFrom: job.incident,
  };
}
