import { expect, it } from 'vitest';
import { addressedAlarms, parseShown, shownAtFirst } from '../../../../../renderer/features/alarms/alarmsAddress.ts';
import type { AlarmsShown } from '../../../../../renderer/features/alarms/alarmsAddress.ts';
import { noFilter } from '../../../../../renderer/features/alarms/alarmViews.ts';
import { createStore } from '../../../../../renderer/ui/store.ts';

const written = (shown: AlarmsShown): Readonly<Record<string, string>> => addressedAlarms(createStore(shown)).write();

it('says nothing of what is shown at first', () => {
  expect(Object.values(written(shownAtFirst)).join('')).toBe('');
  expect(parseShown({}).filter).toBe(noFilter);
});

it('comes back from its address', () => {
  const shown: AlarmsShown = {
    list: 'shelved',
    filter: { priorities: new Set([2, 1]), domains: new Set(['water']), state: 'unacknowledged', position: 'mine' },
    grouping: 'never',
  };
  expect(parseShown(written(shown))).toEqual(shown);
});

it('ignores what it does not know', () => {
  expect(parseShown({ list: 'nonsense', priority: '9,x', state: 'loud', group: 'maybe' })).toEqual(shownAtFirst);
});
