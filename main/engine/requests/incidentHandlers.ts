import { parseAlarmId } from '../../../shared/alarms/alarmIdentity.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';
import type { RequestName } from '../../../shared/contract/contract.ts';
import { plainCommands } from '../../../shared/incidents/commands/incidentCommands.ts';
import type { PlainCommand } from '../../../shared/incidents/commands/incidentCommands.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { Replication } from '../sync/Replication.ts';
import type { Incidents } from '../incidents/createIncidents.ts';
import type { IncidentCommands } from '../incidents/IncidentCommands.ts';
import type { Handlers } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';

type IncidentSources = {
  incidents: Incidents;
  sharedLog: { replication: Pick<Replication, 'fetchFile' | 'state'> };
  alarms: ActiveAlarms;
  nowMs: () => CountyMs;
  /** Sends out what changed, without waiting for the next tick. */ changed: () => void;
};
/** Sends out what a command changed before it is answered. */
type Shown = <T>(work: Promise<T>) => Promise<T>;
type IncidentRequest = Extract<
  RequestName,
  `incident.${string}` | `attachment.${string}` | `playbook.${string}` | `notification.${string}`
>;

/** Commands that become one event each need no handler of their own: their declarations say what they do. */
function plainHandlers(commands: IncidentCommands, shown: Shown): Pick<Handlers, PlainCommand> {
  const handler = <N extends PlainCommand>(name: N): [N, Handlers[N]] => [
    name,
    ((input, person) => shown(commands.run(person, name, input))) as Handlers[N],
  ];
  return Object.fromEntries(plainCommands.map((name) => handler(name))) as Pick<Handlers, PlainCommand>;
}

/**
 * Refuses ids that name no alarm. An alarm that ended while somebody was typing is still one: its id says when it was
 * raised.
 */
function checkAlarms(alarmIds: readonly string[], alarms: Pick<ActiveAlarms, 'get'>, nowMs: () => CountyMs): void {
  const unknown = alarmIds.find((alarmId) => {
    if (alarms.get(alarmId) !== undefined) return false;
    const raisedAtMs = parseAlarmId(alarmId)?.raisedAtMs;
    return raisedAtMs === undefined || Math.abs(nowMs() - raisedAtMs) > DAY_MS;
  });
  if (unknown !== undefined) throw new RequestError('refused', `There is no alarm ${unknown}.`);
}

function notificationHandlers(
  { notificationSettings, testNotification }: Incidents,
  replication: Pick<Replication, 'state'>,
): Pick<Handlers, 'notification.adapters' | 'notification.test'> {
  return {
    'notification.adapters': () => {
      const { settings, fault } = notificationSettings;
      const sender = replication.state().workstations.find(({ isLeader }) => isLeader)?.name;
      return {
        hasEmail: settings.smtp !== undefined,
        webhooks: Object.keys(settings.webhooks),
        ...(fault !== undefined && { fault }),
        ...(sender !== undefined && { sender }),
      };
    },
    'notification.test': (test) => {
      const own = replication.state().workstations.find(({ state }) => state === 'self')?.name;
      return testNotification(test, own ?? '');
    },
  };
}

/** Answers the requests about incidents, and about their alarms, attachments, playbooks and notification settings. */
export function incidentHandlers({
  incidents,
  sharedLog,
  alarms,
  changed,
  nowMs,
}: IncidentSources): Pick<Handlers, IncidentRequest> {
  const { incidentCommands, attachments, playbooks } = incidents;
  // A command may change which alarms belong to which incident; that is on the screens before the answer.
  const shown: Shown = async (work) => {
    const answer = await work;
    changed();
    return answer;
  };
  return {
    ...plainHandlers(incidentCommands, shown),
    'incident.get': ({ incidentId }) => {
      const incident = incidentCommands.get(incidentId);
      if (incident === undefined) throw new RequestError('notFound', `There is no incident ${incidentId}.`);
      return { incident };
    },
    'incident.linkAlarm': (input, person) => {
      if (incidentCommands.get(input.incidentId) !== undefined) checkAlarms([input.alarmId], alarms, nowMs);
      return shown(incidentCommands.run(person, 'incident.linkAlarm', input));
    },
    'incident.closeRoads': (input, person) => shown(incidentCommands.closeRoads(person, input)),
    'incident.open': async (input, person) => {
      checkAlarms(input.alarmIds, alarms, nowMs);
      const known = input.alarmIds.flatMap((id) => alarms.get(id) ?? []);
      const awareAtMs = known.length === 0 ? undefined : Math.min(...known.map(({ raisedAtMs }) => raisedAtMs));
      return { incidentId: await shown(incidentCommands.open(person, input, awareAtMs)) };
    },
    'incident.orderUnit': (input, person) => shown(incidentCommands.orderUnit(person, input)),
    'incident.decide': (input, person) => shown(incidentCommands.decide(person, input)),
    'incident.split': async (input, person) => ({ incidentId: await shown(incidentCommands.split(person, input)) }),
    'incident.attach': async (input, person) => ({
      hash: await incidentCommands.attach(person, input, () => attachments.keep(person.id, input.uploadId)),
    }),
    'attachment.put': ({ uploadId, offset, data }, person) => ({
      bytes: attachments.put(person.id, uploadId, offset, data),
    }),
    'attachment.read': async ({ hash, offset }) => {
      if (!(await attachments.shelf.has(hash))) await sharedLog.replication.fetchFile(hash);
      return attachments.read(hash, offset);
    },
    'playbook.list': () => ({ playbooks: playbooks.list(), strays: [...playbooks.strays()] }),
    'playbook.save': async ({ type, text }, person) => ({ faults: await incidents.savePlaybook(person, type, text) }),
    ...notificationHandlers(incidents, sharedLog.replication),
  };
}
