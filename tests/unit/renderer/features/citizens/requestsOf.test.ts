import { expect, it } from 'vitest';
import { requestsOf } from '../../../../../renderer/features/citizens/requestsOf.ts';
import { alarmId } from '../../../../../shared/alarms/alarmIdentity.ts';
import type { ServiceRequest } from '../../../../../shared/citizens/serviceRequest.ts';
import { foldServiceRequest } from '../../../../../shared/folds/foldServiceRequest.ts';
import type { RequestEntry } from '../../../../../shared/folds/foldServiceRequest.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';

/** A request as the log has it; `reportId` only where it was made of a report of another system. */
const request = (number: string, reportId?: string): ServiceRequest[] => {
  const event: RequestEntry['event'] = {
    kind: 'serviceRequest.received',
    number,
    serviceCode: 'flooding',
    text: 'Water on the road',
    language: 'en',
    channel: reportId === undefined ? 'web' : 'mqtt',
    ...(reportId !== undefined && { reportId }),
  };
  const author = { id: 'beacon', name: 'Beacon', role: 'dispatcher' } as const;
  const entry = { sequence: 's', seq: 1, atMs: 0, tick: 0, author, seen: {}, event, hash: '', signature: '' };
  return [foldServiceRequest([entry]) ?? []].flat();
};
const incident = (reportId: string): Pick<Incident, 'id' | 'alarmIds'> => ({
  id: 'I-1',
  alarmIds: [alarmId({ rule: 'citizen.report', subject: { kind: 'report', id: reportId }, raisedAtMs: 1 })],
});
const [byPortal, byMqtt] = ['4K7QM-2F9XH', '5K7QM-2F9XH'];
const all = [...request(byPortal), ...request(byMqtt, 'R-1')];

it('finds the request of an alarm by its number, and by the report of another system that it was made of', () => {
  const found = (reportId: string): string[] =>
    requestsOf(incident(reportId), all).map(({ request: { number } }) => number);
  expect([found(byPortal), found('R-1'), found(byMqtt)]).toEqual([[byPortal], [byMqtt], []]);
});

it('shows a request that was linked, and not one that belongs to another incident', () => {
  const linked = all.map((each) => ({ ...each, incidentId: each.number === byPortal ? 'I-1' : 'I-2' }));
  expect(requestsOf(incident('R-1'), linked).map((each) => [each.request.number, each.isLinked])).toEqual([
    [byPortal, true],
  ]);
});
