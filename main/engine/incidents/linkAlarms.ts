import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { IncidentCommands } from './IncidentCommands.ts';

/**
 * Whether, of two incidents that name the same alarm, the first one owns it: an open incident comes before a resolved
 * one, and otherwise the one that was opened last comes first.
 */
function outranks(a: Incident, b: Incident): boolean {
  const isOver = a.status === 'resolved';
  if (isOver !== (b.status === 'resolved')) return !isOver;
  return a.openedAtMs === b.openedAtMs ? a.id > b.id : a.openedAtMs > b.openedAtMs;
}

/**
 * Makes each alarm belong to the incident that people see it in, from the start and after every change. An incident
 * that was merged has no alarms: the view of the one that it was merged into names them, and undoing the merger gives
 * them back. The result depends on the incidents alone, not on the order in which they changed, so that all
 * workstations show the same.
 */
export function linkAlarms(
  incidents: Pick<IncidentCommands, 'all' | 'get' | 'onChange'>,
  alarms: Pick<ActiveAlarms, 'assign'>,
  nowMs: () => CountyMs,
): void {
  /** By incident, the alarms that it names; and by alarm, the incidents that name it. */
  const namedIn = new Map<string, readonly string[]>();
  const namedBy = new Map<string, readonly string[]>();

  /** Notes what the incident names now, and returns the alarms that this may concern. */
  const note = ({ id, alarmIds, mergedInto }: Incident): readonly string[] => {
    const before = namedIn.get(id) ?? [];
    const now = mergedInto === undefined ? alarmIds : [];
    for (const alarmId of before) namedBy.set(alarmId, namedBy.get(alarmId)?.filter((each) => each !== id) ?? []);
    for (const alarmId of now) namedBy.set(alarmId, [...(namedBy.get(alarmId) ?? []), id]);
    namedIn.set(id, now);
    return [...before, ...now];
  };

  const ownerOf = (alarmId: string): Incident | undefined => {
    let owner: Incident | undefined;
    for (const id of namedBy.get(alarmId) ?? []) {
      const incident = incidents.get(id);
      if (incident !== undefined && (owner === undefined || outranks(incident, owner))) owner = incident;
    }
    return owner;
  };

  const assign = (changed: Iterable<Incident>, letsGo: (incidentId: string) => boolean): void => {
    const concerned = new Set<string>();
    for (const incident of changed) for (const alarmId of note(incident)) concerned.add(alarmId);
    const owners = new Map<string, string>();
    for (const alarmId of concerned) {
      const owner = ownerOf(alarmId);
      if (owner === undefined) namedBy.delete(alarmId);
      else owners.set(alarmId, owner.id);
    }
    alarms.assign(owners, letsGo, nowMs());
  };

  // What the alarms remember of the last run may be out of date in every incident.
  assign(incidents.all(), () => true);
  incidents.onChange((changed) => {
    const ids = new Set(changed.map(({ id }) => id));
    assign(changed, (id) => ids.has(id));
  });
}
