import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUrgent } from './alarmOrder.ts';

type LoneRow = {
  kind: 'alarm';
  /** The alarm's id. */ key: string;
  alarm: Alarm;
  /** The key of the group of which the alarm is a member, if any. */ group?: string;
};
type GroupRow = {
  kind: 'group';
  key: string;
  /** The member to deal with first. */ lead: Alarm;
  /** In the order of the list. */ members: readonly Alarm[];
  isExpanded: boolean;
};
/** A line of the list: an alarm, or the header of a group. */
export type AlarmRow = LoneRow | GroupRow;

const groupKey = ({ causeGroup }: Alarm): string => `group:${causeGroup}`;

/**
 * Makes the lines of a list whose alarms are in order. Alarms of one cause for which `isGrouped` returns true share one
 * line, at the place of the most urgent one. Alarms of priority 1 and 2 are never grouped, so that a folded group
 * cannot hide one.
 */
export function alarmRows(
  ordered: readonly Alarm[],
  isGrouped: (alarm: Alarm) => boolean,
  expanded: ReadonlySet<string>,
): AlarmRow[] {
  const groups = new Map<string, Alarm[]>();
  for (const alarm of ordered) {
    if (isUrgent(alarm) || !isGrouped(alarm)) continue;
    const members = groups.get(groupKey(alarm));
    if (members === undefined) groups.set(groupKey(alarm), [alarm]);
    else members.push(alarm);
  }
  const rows: AlarmRow[] = [];
  for (const alarm of ordered) {
    const key = groupKey(alarm);
    const members = isUrgent(alarm) || !isGrouped(alarm) ? undefined : groups.get(key);
    if (members === undefined || members.length === 1) rows.push({ kind: 'alarm', key: alarm.id, alarm });
    else if (members[0] === alarm) pushGroup(rows, key, alarm, members, expanded.has(key));
  }
  return rows;
}

function pushGroup(rows: AlarmRow[], key: string, lead: Alarm, members: readonly Alarm[], isExpanded: boolean): void {
  rows.push({ kind: 'group', key, lead, members, isExpanded });
  if (isExpanded) for (const alarm of members) rows.push({ kind: 'alarm', key: alarm.id, alarm, group: key });
}

/** The alarm that a row shows: itself, or the first of the group. */
export const leadOf = (row: AlarmRow): Alarm => (row.kind === 'group' ? row.lead : row.alarm);

/** The alarms that a row stands for. */
export const alarmsOf = (row: AlarmRow): readonly Alarm[] => (row.kind === 'group' ? row.members : [row.alarm]);

/** Says where the alarms of a row are; empty where the title of the first alarm already says it. */
export function placeLine(alarms: readonly Alarm[], { title, place }: Alarm): string {
  const places = new Set(alarms.map((alarm) => alarm.place)).size;
  if (places > 1) return `${places} places`;
  return title.includes(place.replace(/^Zone /, '')) ? '' : place;
}
