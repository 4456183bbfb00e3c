import { parseAlarmId } from '../../../shared/alarms/alarmIdentity.ts';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';

type Linked = { request: ServiceRequest; isLinked: boolean };

/** The requests that were made a part of the incident, and those of the reports that it was opened for. */
export function requestsOf(
  { id, alarmIds, subject }: Pick<Incident, 'id' | 'alarmIds' | 'subject'>,
  requests: Iterable<ServiceRequest>,
): Linked[] {
  const subjects = [subject, ...alarmIds.map((each) => parseAlarmId(each)?.subject)];
  // Alarms name the report of a citizen by the number of the request, and that of another system by its own id.
  const isReported = ({ number, reportId = number }: ServiceRequest): boolean =>
    subjects.some((each) => each?.kind === 'report' && each.id === reportId);
  return [...requests].flatMap((request) => {
    const isLinked = request.incidentId === id;
    return isLinked || (request.incidentId === undefined && isReported(request)) ? [{ request, isLinked }] : [];
  });
}
