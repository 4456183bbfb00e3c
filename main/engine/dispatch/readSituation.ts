import { isUnanswered } from '../../../shared/dispatch/isUnanswered.ts';
import { usualNeeds } from '../../../shared/incidents/need.ts';
import { isEngaged } from '../../../shared/incidents/engagement.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { PresentUnit } from '../domains/kit/Offers.ts';
import type { IncidentNow, UnitNow } from './situation.ts';

/** An incident as dispatch sees it. Units that do not answer are not counted on. */
export function incidentNow(incident: Incident, nowMs: number): IncidentNow {
  const { id, priority, type, openedAtMs, lon, lat, subject, playbook, engagements = [] } = incident;
  const resources = playbook?.resources ?? [];
  return {
    id,
    priority,
    openedAtMs,
    needs: resources.length > 0 ? resources : usualNeeds(type, priority),
    engagements: engagements.filter((engagement) => isEngaged(engagement) && !isUnanswered(engagement, nowMs)),
    ...(lon !== undefined &&
      lat !== undefined && { place: { lon, lat, linkId: subject?.kind === 'link' ? subject.id : undefined } }),
  };
}

/** Whether an incident is being worked on: it is neither resolved nor merged into another. */
export const isOpen = ({ status, mergedInto }: Pick<Incident, 'status' | 'mergedInto'>): boolean =>
  status !== 'resolved' && mergedInto === undefined;

/** Ids of links that are closed now, whole and not only in some lanes. */
export const closedLinks = (incidents: readonly Incident[], nowMs: number): Set<string> =>
  new Set(
    incidents
      .filter(isOpen)
      .flatMap(({ closures = [] }) =>
        closures
          .filter(({ lanes, untilMs }) => lanes === undefined && (untilMs ?? Infinity) > nowMs)
          .map(({ linkId }) => linkId),
      ),
  );

/** A unit as dispatch sees it: what it says of itself, and what the incidents know of it. */
export function unitNow(
  { unit, lon, lat, report }: PresentUnit,
  incidents: readonly Incident[],
  nowMs: number,
): UnitNow {
  let leftLastAtMs: number | undefined;
  let unansweredIncidentId: string | undefined;
  for (const incident of incidents) {
    const { id, engagements = [] } = incident;
    const engagement = engagements.find(({ unitId }) => unitId === unit.id);
    if (engagement === undefined) continue;
    if (engagement.state === 'left') leftLastAtMs = Math.max(leftLastAtMs ?? 0, engagement.atMs);
    if (isOpen(incident) && isUnanswered(engagement, nowMs)) unansweredIncidentId = id;
  }
  return {
    unit,
    status: report?.status ?? 'offDuty',
    place: {
      lon,
      lat,
      headingDeg: (report?.speedMps ?? 0) > 1 ? report?.headingDeg : undefined,
      speedMps: report?.speedMps,
    },
    seenAtMs: report?.atMs,
    saysIncidentId: report?.incidentId,
    leftLastAtMs,
    unansweredIncidentId,
  };
}
