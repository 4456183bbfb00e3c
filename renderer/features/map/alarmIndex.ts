import type { Alarm, AlarmPriority, Subject } from '../../../shared/alarms/alarm.ts';

/** The most urgent open alarm of each subject, and the alarms that have a place on the map. */
export type AlarmIndex = {
  placed: readonly Alarm[];
  priorityOf: (kind: Subject['kind'], id: string) => AlarmPriority | undefined;
};

export const isOpen = (alarm: Alarm): boolean => alarm.state === 'active' || alarm.state === 'acknowledged';

/**
 * Indexes the alarms, least urgent first, so that the most urgent is drawn on top. Maintenance alarms colour nothing,
 * because they are not trouble in the county.
 */
export function indexAlarms(alarms: ReadonlyMap<string, Alarm>): AlarmIndex {
  const urgent = new Map<string, AlarmPriority>();
  const open = [...alarms.values()].filter(
    (alarm) => isOpen(alarm) && alarm.domain !== 'maintenance' && alarm.domain !== 'system',
  );
  for (const alarm of open) {
    const key = `${alarm.subject.kind}:${alarm.subject.id}`;
    urgent.set(key, Math.min(alarm.priority, urgent.get(key) ?? 4) as AlarmPriority);
  }
  return {
    placed: open
      .filter((alarm) => alarm.lon !== undefined && alarm.lat !== undefined)
      .sort((a, b) => b.priority - a.priority || a.raisedAtMs - b.raisedAtMs),
    priorityOf: (kind, id) => urgent.get(`${kind}:${id}`),
  };
}
