import { foldIncident } from '../../../shared/folds/incidents/foldIncidents.ts';
import type { Incident, Milestone } from '../../../shared/incidents/incident.ts';
import { measureName, serviceClocks } from '../../../shared/incidents/serviceLevels.ts';
import type { ServiceClock } from '../../../shared/incidents/serviceLevels.ts';
import { kinOf, viewIncident } from '../../../shared/folds/incidents/viewIncidents.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { ReportClock, ReportIncident } from '../../../shared/shifts/shiftReport.ts';

const roadTypes = new Set<Incident['type']>(['crash', 'stalledVehicle', 'debris', 'congestion']);
const reportStates = {
  waiting: 'running',
  running: 'running',
  warning: 'running',
  missed: 'missed',
  met: 'met',
  late: 'late',
  unmeasured: 'unmeasured',
} as const satisfies Record<ServiceClock['state'], ReportClock['state']>;

/** Incidents as they stood after these entries; what was merged into another is part of that one. */
export function incidentsAfter(entries: readonly LogEntry[]): Incident[] {
  const byId = Map.groupBy(
    entries.filter(({ event }) => 'incidentId' in event),
    ({ event }) => ('incidentId' in event ? event.incidentId : ''),
  );
  // A split opens another incident by an entry of the first.
  for (const entry of entries) {
    if (entry.event.kind === 'incident.split')
      byId.set(entry.event.newId, [...(byId.get(entry.event.newId) ?? []), entry]);
  }
  const incidents = new Map<string, Incident>();
  for (const [id, own] of byId) {
    const incident = foldIncident(id, own);
    if (incident !== undefined) incidents.set(id, incident);
  }
  const kin = kinOf(incidents);
  return [...incidents.keys()]
    .filter((id) => !kin.rootOf.has(id))
    .flatMap((id) => viewIncident(id, incidents, kin) ?? [])
    .sort((a, b) => a.openedAtMs - b.openedAtMs || (a.id < b.id ? -1 : 1));
}

const between = ({ milestones }: Incident, from: Milestone, to: Milestone): number | undefined => {
  const [start, end] = [milestones[from]?.atMs, milestones[to]?.atMs];
  return start === undefined || end === undefined ? undefined : Math.max(0, end - start);
};

/** An incident with its times as a report of a shift has it. */
export function reportIncident(incident: Incident, fromMs: number, toMs: number): ReportIncident {
  const {
    id,
    type,
    priority,
    status,
    title,
    place,
    lon,
    lat,
    assignee,
    openedAtMs,
    resolvedAtMs,
    outcome,
    milestones,
  } = incident;
  const measured = {
    responseMs: between(incident, 'T2', 'T4'),
    roadwayClearanceMs: between(incident, 'T1', 'T5'),
    incidentClearanceMs: between(incident, 'T1', 'T6'),
  };
  return {
    id,
    type,
    priority,
    status,
    title,
    place,
    ...(lon !== undefined && { lon }),
    ...(lat !== undefined && { lat }),
    ...(assignee !== undefined && { assignee }),
    ...(resolvedAtMs !== undefined && { resolvedAtMs }),
    ...(outcome !== undefined && { outcome }),
    openedAtMs,
    isCarriedOver: openedAtMs < fromMs,
    milestones: Object.fromEntries(Object.entries(milestones).map(([milestone, { atMs }]) => [milestone, atMs])),
    ...(Object.fromEntries(Object.entries(measured).filter(([, ms]) => ms !== undefined)) as Partial<
      Record<keyof typeof measured, number>
    >),
    clocks: serviceClocks(incident, toMs).map(({ measure, state, targetMs, elapsedMs }) => ({
      measure,
      label: measureName(measure, roadTypes.has(type)),
      state: reportStates[state],
      targetMs,
      ...(elapsedMs !== undefined && { elapsedMs }),
    })),
  };
}
