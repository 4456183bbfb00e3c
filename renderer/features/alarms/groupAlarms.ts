import type { Alarm, AlarmDomain, AlarmPriority } from '../../../shared/alarms/alarm.ts';
import { isHidden } from '../../../shared/alarms/alarmStates.ts';

/** Alarms of one rule at one place: usually one event, seen by several devices. */
export type AlarmGroup = {
  /** Stays the same while members come and go. */
  key: string;
  priority: AlarmPriority;
  /** The member that stands for the group: the one to deal with first. */
  lead: Alarm;
  /** In the order of `compareAlarms`. */
  members: Alarm[];
};

/** A row of the list: a lone alarm, or the head of a group. */
type AlarmTree = { operational: AlarmGroup[]; maintenance: AlarmGroup[] };

const stateRank = { active: 0, returned: 1, acknowledged: 2, suppressed: 3, shelved: 4, outOfService: 5, cleared: 6 } as const satisfies Record<Alarm['state'], number>;

/** Most urgent first: priority, then what waits for an acknowledgement, then the newest. The id decides last, so that rows never swap at random. */
export function compareAlarms(a: Alarm, b: Alarm): number {
  return a.priority - b.priority || stateRank[a.state] - stateRank[b.state] || b.raisedAtMs - a.raisedAtMs || a.id.localeCompare(b.id);
}

export const isWaiting = (alarm: Alarm): boolean => alarm.acknowledgedAtMs === undefined && alarm.state !== 'cleared' && !isHidden(alarm);

/** Maintenance is kept apart: a sick sensor must never push an operational alarm off the screen. */
export function groupAlarms(alarms: Iterable<Alarm>, domain: AlarmDomain | 'all', isGrouped: boolean): AlarmTree {
  const shown = [...alarms].filter((alarm) => alarm.state !== 'cleared' && !isHidden(alarm)).sort(compareAlarms);
  const operational = shown.filter((alarm) => alarm.domain !== 'maintenance' && (domain === 'all' || alarm.domain === domain));
  const maintenance = shown.filter((alarm) => alarm.domain === 'maintenance');
  return { operational: grouped(operational, isGrouped), maintenance: grouped(maintenance, isGrouped) };
}

/** The lowest priority is one row a rule, wherever it is: many small things must not push a large one off the screen. */
const groupKey = ({ rule, place, priority }: Alarm): string => (priority === 4 ? `group:${rule}` : `group:${rule}|${place}`);

function grouped(sorted: Alarm[], isGrouped: boolean): AlarmGroup[] {
  const groups = new Map<string, AlarmGroup>();
  for (const alarm of sorted) {
    const key = isGrouped ? groupKey(alarm) : `group:${alarm.id}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { key, priority: alarm.priority, lead: alarm, members: [alarm] });
    else group.members.push(alarm);
  }
  return [...groups.values()];
}

/** Alarms by domain, for the filter; those that are over do not count. */
export function countByDomain(alarms: Iterable<Alarm>): Partial<Record<AlarmDomain, number>> {
  const counts: Partial<Record<AlarmDomain, number>> = {};
  for (const alarm of alarms) if (alarm.state !== 'cleared' && !isHidden(alarm)) counts[alarm.domain] = (counts[alarm.domain] ?? 0) + 1;
  return counts;
}

/** Where the alarms of a row are: nothing where the title of the first tells it already. */
export function placeLine(alarms: readonly Alarm[], { title, place }: Alarm): string {
  const places = new Set(alarms.map((alarm) => alarm.place)).size;
  if (places > 1) return `${places} places`;
  return title.includes(place.replace(/^Zone /, '')) ? '' : place;
}
