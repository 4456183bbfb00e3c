import fc from 'fast-check';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';

const incidentId = fc.constantFrom('I-1', 'I-2', 'I-3');
const unitId = fc.constantFrom('E-1', 'E-2', 'E-3');
const atMs = fc.integer({ min: 0, max: 100_000_000 });
const text = fc.constantFrom('One', 'Two');
const id = fc.constantFrom('x', 'y');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const kind = <K extends string>(name: K) => fc.constant(name);
const milestone = fc.constantFrom('T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7');
const start = {
  type: fc.constantFrom('crash', 'powerOutage'),
  priority: fc.constantFrom(1, 2),
  title: text,
  place: fc.constant('P'),
  alarmIds: fc.subarray(['a', 'b']),
} as const;
const channel = fc.constantFrom('email', 'webhook', 'hand');
const offer = fc.constantFrom('ws-a.1:1', 'ws-a.1:2', 'ws-a.1:3', 'ws-b.1:1', 'ws-b.1:2');
const attempt = fc.integer({ min: 1, max: 3 });

/** Any event about one of three incidents, whether it makes sense or not. */
export const anyIncidentEvent: fc.Arbitrary<RecordEvent> = (
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: kind('incident.opened'), incidentId, ...start }) },
    fc.record({ kind: kind('incident.acknowledged'), incidentId }),
    fc.record({
      kind: kind('incident.edited'),
      incidentId,
      title: maybe(text),
      priority: maybe(fc.constantFrom(1, 2)),
      place: maybe(text),
    }),
    fc.record({ kind: kind('incident.noted'), incidentId, text }),
    fc.record({
      kind: kind('incident.milestone'),
      incidentId,
      milestone,
      atMs,
      source: fc.constantFrom('operator', 'unit E-1'),
    }),
    fc.record({ kind: kind('incident.milestoneWithdrawn'), incidentId, milestone, reason: text }),
    fc.record({ kind: kind('incident.resolved'), incidentId, outcome: text }),
    fc.record({ kind: kind('incident.reopened'), incidentId, reason: text }),
    fc.record({ kind: kind('incident.reviewed'), incidentId, wentWell: text, toImprove: text }),
    fc.record({ kind: kind('incident.assigned'), incidentId, assignee: fc.constantFrom('Ann', 'Ben') }),
    fc.record({ kind: kind('incident.handoverOffered'), incidentId, to: fc.constantFrom('Ann', 'Ben') }),
    fc.record({
      kind: kind('incident.handoverAnswered'),
      incidentId,
      offer,
      to: fc.constantFrom('Ann', 'Ben'),
      isAccepted: fc.boolean(),
    }),
    fc.record({ kind: kind('incident.handoverWithdrawn'), incidentId, offer }),
    fc.record({
      kind: kind('incident.unitOrdered'),
      incidentId,
      unitId,
      order: fc.constantFrom('go', 'standDown'),
      fromId: maybe(incidentId),
    }),
    fc.record({
      kind: kind('incident.unitReported'),
      incidentId,
      unitId,
      status: fc.constantFrom('available', 'dispatched', 'accepted', 'enRoute', 'onScene', 'returning', 'offDuty'),
      atMs,
    }),
    fc.record({ kind: kind('incident.linked'), incidentId, alarmId: id }),
    fc.record({ kind: kind('incident.unlinked'), incidentId, alarmId: id }),
    fc.record({ kind: kind('incident.madeSecondary'), incidentId, primaryId: incidentId }),
    fc.record({ kind: kind('incident.madeIndependent'), incidentId }),
    fc.record({ kind: kind('incident.merged'), incidentId, intoId: incidentId, reason: text }),
    fc.record({ kind: kind('incident.unmerged'), incidentId, reason: text }),
    fc.record({
      kind: kind('incident.split'),
      incidentId,
      newId: incidentId,
      ...start,
      engagements: fc.constantFrom([], [{ unitId: 'E-1', state: 'onScene' as const, atMs: 5 }]),
    }),
    fc.record({ kind: kind('incident.checked'), incidentId, itemId: id, text, isDone: fc.boolean() }),
    fc.record({
      kind: kind('incident.contactCalled'),
      incidentId,
      contactId: id,
      name: text,
      outcome: fc.constantFrom('reached', 'message', 'noAnswer'),
    }),
    fc.record({
      kind: kind('incident.notificationAsked'),
      incidentId,
      notificationId: id,
      name: text,
      channel,
      subject: text,
      text,
    }),
    fc.record({ kind: kind('incident.notificationBegun'), incidentId, notificationId: id, attempt }),
    fc.record({ kind: kind('incident.notificationSent'), incidentId, notificationId: id, attempt, answer: text }),
    fc.record({
      kind: kind('incident.notificationFailed'),
      incidentId,
      notificationId: id,
      attempt,
      reason: text,
      retryAtMs: maybe(atMs),
      isUncertain: fc.boolean(),
    }),
    fc.record({ kind: kind('incident.notificationDone'), incidentId, notificationId: id }),
    fc.record({ kind: kind('incident.roadClosed'), incidentId, linkId: id, name: text, untilMs: maybe(atMs) }),
    fc.record({ kind: kind('incident.roadOpened'), incidentId, linkId: id, name: text }),
    fc.record({
      kind: kind('incident.diversionSet'),
      incidentId,
      replaces: maybe(id),
      text,
      linkIds: fc.subarray(['x', 'y']),
    }),
    fc.record({ kind: kind('incident.diversionEnded'), incidentId, diversionId: id }),
    fc.record({
      kind: kind('incident.alertSet'),
      incidentId,
      replaces: maybe(id),
      text,
      routeIds: fc.subarray(['4', '5']),
    }),
    fc.record({ kind: kind('incident.alertEnded'), incidentId, alertId: id }),
    fc.record({ kind: kind('incident.outageStated'), incidentId, customers: fc.nat(2), source: text }),
    fc.record({
      kind: kind('incident.attached'),
      incidentId,
      hash: id,
      name: text,
      mediaType: fc.constant('image/png'),
      bytes: fc.nat(),
    }),
    fc.record({ kind: kind('incident.attachmentWithdrawn'), incidentId, hash: id, reason: text }),
    fc.record({
      kind: kind('incident.publicMessageSet'),
      incidentId,
      text,
      state: fc.constantFrom('draft', 'released', 'withdrawn'),
    }),
    fc.record({ kind: kind('system.noted'), text }),
  ) as fc.Arbitrary<RecordEvent>
).map((event) => JSON.parse(JSON.stringify(event)) as RecordEvent);
