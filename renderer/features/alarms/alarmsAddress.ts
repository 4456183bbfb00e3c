import { alarmPrioritySchema } from '../../../shared/alarms/alarm.ts';
import type { Addressed, Query } from '../../ui/addressQuery.ts';
import type { Store } from '../../ui/store.ts';
import { alarmViews, noFilter } from './alarmViews.ts';
import type { AlarmFilter, AlarmView } from './alarmViews.ts';

export const groupingIds = ['flood', 'always', 'never'] as const;
export type Grouping = (typeof groupingIds)[number];
/** What the page of alarms shows: a list, the work, the bills or the load, through a filter. */
export type AlarmsShown = {
  list: AlarmView | 'work' | 'bills' | 'history' | 'load';
  filter: AlarmFilter;
  grouping: Grouping;
};

export const shownAtFirst: AlarmsShown = { list: 'current', filter: noFilter, grouping: 'flood' };

const keys = ['list', 'priority', 'domain', 'state', 'position', 'group'] as const;

const partsOf = (text: string | undefined): string[] => (text ?? '').split(',').filter((part) => part !== '');
const known = <T extends string>(all: readonly T[], text: string | undefined, otherwise: T): T =>
  all.find((each) => each === text) ?? otherwise;
const unless = (usual: string, text: string): string => (text === usual ? '' : text);

/** Never fails: an entry that is unknown is as if it were absent. */
export function parseShown({ list, priority, domain, state, position = 'all', group }: Query): AlarmsShown {
  const priorities = partsOf(priority).flatMap((part) => {
    const { success, data } = alarmPrioritySchema.safeParse(Number(part));
    return success ? [data] : [];
  });
  const filter: AlarmFilter = {
    priorities: new Set(priorities),
    domains: new Set(partsOf(domain)),
    state: known(['all', 'unacknowledged', 'acknowledged'], state, 'all'),
    position,
  };
  return {
    list: known([...alarmViews, 'work', 'bills', 'history', 'load'], list, 'current'),
    // The filter that lets everything through is one object, by which the page knows it.
    filter: JSON.stringify(filterTexts(filter)) === JSON.stringify(filterTexts(noFilter)) ? noFilter : filter,
    grouping: known(groupingIds, group, 'flood'),
  };
}

const filterTexts = ({ priorities, domains, state, position }: AlarmFilter): Query => ({
  priority: [...priorities].sort().join(','),
  domain: [...domains].sort().join(','),
  state: unless('all', state),
  position: unless('all', position),
});

/** The list, the filter and the grouping, in the address of the page of alarms. */
export const addressedAlarms = (shown: Store<AlarmsShown>): Addressed => ({
  page: 'alarms',
  keys,
  write: () => {
    const { list, filter, grouping } = shown.get();
    return { list: unless('current', list), ...filterTexts(filter), group: unless('flood', grouping) };
  },
  read: (query) => shown.set(parseShown(query)),
  subscribe: shown.subscribe,
});
