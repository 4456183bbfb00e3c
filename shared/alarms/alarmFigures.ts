/**
 * What the figures of alarm load mean, each defined once, and the target of ISA-18.2 and EEMUA 191 where they publish
 * one. All are of one operating position and never averaged over several; maintenance items, and alarms while they are
 * shelved, suppressed or out of service, call for nobody and do not count.
 */
type AlarmFigureInfo = {
  label: string;
  unit: string;
  digits: number;
  /** At most. */ target?: number;
  definition: string;
};

/** The figures of alarm load, by the field of `AlarmLoad` that each of them describes. */
export const alarmFigures = {
  last10Min: {
    label: 'Last 10 minutes',
    unit: '',
    digits: 0,
    target: 1,
    definition:
      'Times that an alarm of the position called for the operator in the 10 minutes up to now; one that comes back counts again. About 1 is acceptable, 2 is the most that can be managed.',
  },
  lastHour: {
    label: 'Last hour',
    unit: '',
    digits: 0,
    target: 6,
    definition: 'The same in the 60 minutes up to now. About 6 is acceptable, 12 is the most that can be managed.',
  },
  lastDay: {
    label: 'Last 24 hours',
    unit: '',
    digits: 0,
    target: 150,
    definition: 'The same in the 24 hours up to now. About 150 is acceptable, 300 is the most that can be managed.',
  },
  flood: {
    label: 'Flood',
    unit: '',
    digits: 0,
    definition:
      'Begins with the call that makes more than 10 within 10 minutes, and ends when fewer than 5 are left within the last 10.',
  },
  floodShare: {
    label: 'Time in flood',
    unit: '1',
    digits: 2,
    target: 0.01,
    definition:
      'Share of the windows of 10 minutes, counted from the full hour and empty ones included, that a flood reached into; of those of the last 24 hours of which anything is known.',
  },
  busyWindows: {
    label: 'Windows above 10',
    unit: '1',
    digits: 2,
    target: 0.01,
    definition: 'Share of the same windows with more than 10 calls.',
  },
  maxIn10Min: {
    label: 'Most in 10 minutes',
    unit: '',
    digits: 0,
    target: 10,
    definition: 'The most calls within any 10 minutes of the last 24 hours, wherever they begin.',
  },
  standing: {
    label: 'Standing',
    unit: '',
    digits: 0,
    definition: 'Alarms whose condition holds now, acknowledged or not.',
  },
  stale: { label: 'Stale', unit: '', digits: 0, target: 5, definition: 'Standing for more than 24 hours.' },
  shelved: {
    label: 'Shelved',
    unit: '',
    digits: 0,
    definition: 'Shelved by an operator now, whether their condition holds or not.',
  },
  chattering: {
    label: 'Chattering',
    unit: '',
    digits: 0,
    target: 0,
    definition:
      'Alarms in the list that became active three times within 60 s in the last hour, or whose last stay was shorter than 30 s (fleeting).',
  },
  topSources: {
    label: 'Top ten sources',
    unit: '1',
    digits: 2,
    target: 0.05,
    definition:
      'The ten rules and subjects with the most calls in the last 24 hours; the target is for the share of all of them together.',
  },
  split: {
    label: 'Priorities',
    unit: '1',
    digits: 2,
    definition:
      'Share of the calls of the last 24 hours by priority. About 80 % low (4), 15 % medium (3), 5 % high (2) and fewer than 1 % critical (1) are aimed at.',
  },
} as const satisfies Record<string, AlarmFigureInfo>;
