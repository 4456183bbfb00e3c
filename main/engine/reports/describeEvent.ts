import type { RecordEvent } from '../../../shared/record/recordEvent.ts';

/**
 * The text of an event in the activity log, or undefined where the event is not notable by itself. Events of an
 * incident are left out, because the incident's own log has their text already.
 */
export function describeEvent(event: RecordEvent): string | undefined {
  switch (event.kind) {
    case 'shift.opened':
      return `Shift ${event.shiftId} opened`;
    case 'shift.closed':
      return `Shift ${event.shiftId} closed`;
    case 'shift.takenOver':
      return `Shift ${event.shiftId} taken over`;
    case 'alarm.acknowledged':
      return event.priority !== undefined && event.priority <= 2 ? `Alarm acknowledged: ${event.title}` : undefined;
    case 'alarm.shelved':
      return `Alarm shelved: ${event.title}. ${event.reason}`;
    case 'alarm.unshelved':
      return `Alarm no longer shelved: ${event.title}`;
    case 'alarm.takenOutOfService':
      return `Alarm taken out of service: ${event.title}. ${event.reason}`;
    case 'alarm.returnedToService':
      return `Alarm back in service: ${event.title}`;
    case 'position.taken':
      return `Position ${event.positionId} taken`;
    case 'position.released':
      return `Position ${event.positionId} released`;
    case 'account.created':
      return `Account of ${event.name} made (${event.role})`;
    case 'account.revoked':
      return `Account ${event.accountId} revoked`;
    case 'account.locked':
      return `Account ${event.accountId} locked after failed attempts`;
    case 'workstation.joined':
      return `Workstation ${event.workstation.name} joined`;
    case 'workstation.renamed':
      return `Workstation ${event.workstationId} renamed to ${event.name}`;
    case 'workstation.revoked':
      return `Workstation ${event.workstationId} revoked: ${event.reason}`;
    case 'system.noted':
      return event.text;
    default:
      return undefined;
  }
}
