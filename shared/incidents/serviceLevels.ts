import { MINUTE_MS } from '../base/durations.ts';
import type { AlarmPriority } from '../alarms/alarm.ts';
import type { ServiceLevel } from './playbook.ts';
import type { IncidentType, Milestone } from './incident.ts';

/**
 * The times that are measured against the service level, after FHWA Traffic Incident Management (ops.fhwa.dot.gov/tim)
 * and NCHRP: verification T2-T1, response T4-T2, roadway clearance T5-T1, incident clearance T6-T1. All are
 * milliseconds between milestones that somebody gave; none is made up.
 */
export const serviceMeasures = {
  verification: { from: 'T1', to: 'T2' },
  response: { from: 'T2', to: 'T4' },
  roadwayClearance: { from: 'T1', to: 'T5' },
  incidentClearance: { from: 'T1', to: 'T6' },
} as const satisfies Record<string, { from: Milestone; to: Milestone }>;
/** One of the times that are measured against the service level. */
export type ServiceMeasure = keyof typeof serviceMeasures;

/** A clock warns when this share of its time is over. */
export const WARN_SHARE = 0.75;

/**
 * The state of a service level's clock. `waiting`: its first milestone is missing so far. `running`, `warning`,
 * `missed`: not ended, by how much of the time is over; what is missed stays missed when the incident is resolved.
 * `met`, `late`: ended in time or not. `unmeasured`: the end is there and the beginning is not, or the incident was
 * resolved within the time and nobody gave the end.
 */
export type ServiceState = 'waiting' | 'running' | 'warning' | 'missed' | 'met' | 'late' | 'unmeasured';

/** One measured time of an incident beside its target. Durations are ms, times UTC ms. */
export type ServiceClock = {
  measure: ServiceMeasure;
  state: ServiceState;
  targetMs: number;
  /** From its start to its end, or to now while it runs, or to the end of the work. */
  elapsedMs?: number;
  warnAtMs?: number;
  dueAtMs?: number;
};

type Measured = {
  priority: AlarmPriority;
  milestones: { readonly [M in Milestone]?: { atMs: number } | undefined };
  resolvedAtMs?: number | undefined;
  playbook?: { serviceLevel: ServiceLevel } | undefined;
};

/**
 * The clocks of an incident against the service level of its class (its type's playbook and its priority), in the order
 * of the work.
 */
export function serviceClocks(incident: Measured, nowMs: number): ServiceClock[] {
  return (Object.keys(serviceMeasures) as ServiceMeasure[]).flatMap((measure) => {
    const targetMin = incident.playbook?.serviceLevel[measure]?.[incident.priority - 1];
    return targetMin === undefined ? [] : [clockOf(incident, measure, targetMin * MINUTE_MS, nowMs)];
  });
}

function clockOf(
  { milestones, resolvedAtMs }: Measured,
  measure: ServiceMeasure,
  targetMs: number,
  nowMs: number,
): ServiceClock {
  const { from, to } = serviceMeasures[measure];
  const startMs = milestones[from]?.atMs;
  const endMs = milestones[to]?.atMs;
  const isOver = endMs !== undefined || resolvedAtMs !== undefined;
  if (startMs === undefined) return { measure, state: isOver ? 'unmeasured' : 'waiting', targetMs };
  const elapsedMs =
    endMs === undefined
      ? (resolvedAtMs ?? nowMs) - startMs
      : // Units that were sent before anybody verified may arrive before that, too.
        Math.max(0, endMs - startMs);
  if (endMs === undefined && isOver && elapsedMs <= targetMs) return { measure, state: 'unmeasured', targetMs };
  const warnAtMs = startMs + WARN_SHARE * targetMs;
  return {
    measure,
    state: stateOf(elapsedMs, targetMs, endMs !== undefined),
    targetMs,
    elapsedMs,
    warnAtMs,
    dueAtMs: startMs + targetMs,
  };
}

function stateOf(elapsedMs: number, targetMs: number, isEnded: boolean): ServiceState {
  if (isEnded) return elapsedMs <= targetMs ? 'met' : 'late';
  if (elapsedMs > targetMs) return 'missed';
  return elapsedMs >= WARN_SHARE * targetMs ? 'warning' : 'running';
}

const urgencies: Record<ServiceState, number> = {
  missed: 0,
  warning: 1,
  running: 2,
  waiting: 3,
  late: 4,
  met: 5,
  unmeasured: 6,
};

/**
 * The most urgent clock: the one in the worst state, and of equals the one that is due first; undefined where no
 * service level is given.
 */
export function mostUrgentClock(clocks: readonly ServiceClock[]): ServiceClock | undefined {
  return clocks.toSorted(
    (a, b) => urgencies[a.state] - urgencies[b.state] || (a.dueAtMs ?? Infinity) - (b.dueAtMs ?? Infinity),
  )[0];
}

/** Whether incidents of this type are over when a road is cleared, and not when a service is restored. */
export const isOnRoad = (type: IncidentType): boolean =>
  type === 'crash' || type === 'stalledVehicle' || type === 'debris' || type === 'congestion';

/** A measure in words, for the screen and reports; where no road is concerned, a service is restored instead. */
export function measureName(measure: ServiceMeasure, isRoad: boolean): string {
  switch (measure) {
    case 'verification':
      return 'Verification';
    case 'response':
      return 'Response';
    case 'roadwayClearance':
      return isRoad ? 'Roadway clearance' : 'Service restored';
    case 'incidentClearance':
      return 'Incident clearance';
  }
}
