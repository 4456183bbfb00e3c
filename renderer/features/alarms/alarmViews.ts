import type { Alarm, AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { AlarmDomain } from '../../../shared/alarms/alarmDomains.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';

/**
 * The lists of alarms; an alarm is in exactly one of them. There is a list for alarms that call for the operator, one
 * for faulty sensors (they must never push an operational alarm off the screen), and three for alarms that do not call
 * because a person or the design says so.
 */
export const alarmViews = ['current', 'maintenance', 'shelved', 'suppressed', 'outOfService'] as const;
export type AlarmView = (typeof alarmViews)[number];

/** Undefined for an alarm that is over. */
export function viewOf({ state, domain }: Pick<Alarm, 'state' | 'domain'>): AlarmView | undefined {
  if (state === 'cleared') return undefined;
  if (state === 'shelved' || state === 'suppressed' || state === 'outOfService') return state;
  return domain === 'maintenance' ? 'maintenance' : 'current';
}

export type AlarmFilter = {
  /** The domains to show; an empty set means all of them. */
  domains: ReadonlySet<AlarmDomain>;
  priorities: ReadonlySet<AlarmPriority>;
  state: 'all' | 'unacknowledged' | 'acknowledged';
  /** The id of a position, or `mine` for those that the person at this screen answers for. */
  position: string;
};

export const noFilter: AlarmFilter = { domains: new Set(), priorities: new Set(), state: 'all', position: 'all' };

export const isFiltering = ({ domains, priorities, state, position }: AlarmFilter): boolean =>
  domains.size > 0 || priorities.size > 0 || state !== 'all' || position !== 'all';

/** Whether the filter lets an alarm pass. */
export function passes(
  alarm: Alarm,
  { domains, priorities, state, position }: AlarmFilter,
  minePositions: ReadonlySet<string>,
): boolean {
  if (domains.size > 0 && !domains.has(alarm.domain)) return false;
  if (priorities.size > 0 && !priorities.has(alarm.priority)) return false;
  if (state !== 'all' && isUnacknowledged(alarm) !== (state === 'unacknowledged')) return false;
  if (position === 'all') return true;
  return position === 'mine' ? minePositions.has(alarm.position) : alarm.position === position;
}

type Sorted = {
  /** Alarms of the view that pass, in no order. */
  alarms: Alarm[];
  /** How many alarms each view has before the filter is applied. */
  counts: Record<AlarmView, number>;
  /** How many alarms of priority 1 and 2 in the view are hidden by the filter. */
  urgentHidden: number;
};

/** Picks the alarms of one view, and counts those of the others. */
export function pickAlarms(
  alarms: Iterable<Alarm>,
  view: AlarmView,
  filter: AlarmFilter,
  minePositions: ReadonlySet<string>,
): Sorted {
  const picked: Sorted = {
    alarms: [],
    counts: { current: 0, maintenance: 0, shelved: 0, suppressed: 0, outOfService: 0 },
    urgentHidden: 0,
  };
  for (const alarm of alarms) {
    const of = viewOf(alarm);
    if (of === undefined) continue;
    picked.counts[of]++;
    if (of !== view) continue;
    if (passes(alarm, filter, minePositions)) picked.alarms.push(alarm);
    else if (alarm.priority <= 2) picked.urgentHidden++;
  }
  return picked;
}

/** Alarms by domain, for the filter; those that are over or hidden do not count. */
export function countByDomain(alarms: Iterable<Alarm>): Partial<Record<AlarmDomain, number>> {
  const counts: Partial<Record<AlarmDomain, number>> = {};
  for (const alarm of alarms) {
    const view = viewOf(alarm);
    if (view === 'current' || view === 'maintenance') counts[alarm.domain] = (counts[alarm.domain] ?? 0) + 1;
  }
  return counts;
}
