import type { StatusMeaning } from './statusWords.ts';

type Counter = {
  about: string;
  /** What a rise means; undefined where it means nothing by itself. */
  rises: StatusMeaning | undefined;
  /** The largest number that it can have; after that it begins again at 0. */
  most: number;
};

/**
 * Counters since manufacture and memories of past weeks. What they stand at says nothing of the present; a rise between
 * two messages is an event. A feed passes them on as `<name>#<number>` among the status words.
 */
export const statusCounters = {
  'scm.tamperPhy': { about: 'SCM: tampering with the meter, counted in two bits', rises: 'tamper', most: 3 },
  'scm.tamperEnc': { about: 'SCM: tampering with the encoder, counted in two bits', rises: 'tamper', most: 3 },
  'scmPlus.tamperHigh': { about: 'SCM+: the upper byte of `Tamper`', rises: 'tamper', most: 255 },
  'scmPlus.tamperLow': { about: 'SCM+: the lower byte of `Tamper`', rises: 'tamper', most: 255 },
  'idm.tamperPhy': { about: 'IDM: the first of the `TamperCounters`', rises: 'tamper', most: 255 },
  'idm.tamperEnc': { about: 'IDM: the second of the `TamperCounters`', rises: 'tamper', most: 255 },
  'idm.outages': { about: 'IDM: how many of the last 47 intervals had an outage', rises: undefined, most: 48 },
  'r900.backFlow': {
    about: 'R900: backflow in the past 35 days, 0 none, 1 low, 2 high',
    rises: 'reverseFlow',
    most: 3,
  },
  'r900.leak': { about: 'R900: days with a leak in the past 35 days', rises: undefined, most: 63 },
  'r900.noUse': { about: 'R900: days without use in the past 35 days', rises: undefined, most: 63 },
  phases: {
    about: 'which phases have voltage, as a sum of 1, 2 and 4; a phase that had some and has none is `phaseLost`',
    rises: undefined,
    most: 7,
  },
} as const satisfies Record<string, Counter>;

/** The name of a counter or memory. */
export type StatusCounter = keyof typeof statusCounters;

/** A counter's present number as a status word. */
export const counterWord = (name: StatusCounter, count: number): string => `${name}#${count}`;

const isCounter = (name: string): name is StatusCounter => Object.hasOwn(statusCounters, name);

/** The counter and number of such a word; undefined for every other word. */
export function readCounter(word: string): { name: StatusCounter; count: number } | undefined {
  const mark = word.lastIndexOf('#');
  const name = word.slice(0, mark);
  const count = Number(word.slice(mark + 1));
  return mark > 0 && isCounter(name) && Number.isSafeInteger(count) ? { name, count } : undefined;
}

/**
 * Whether a counter has risen. One that starts again after its largest number has risen; one that falls was reset or
 * belongs to another meter by now, which says nothing.
 */
export const hasRisen = (name: StatusCounter, before: number, after: number): boolean =>
  after > before || (before === statusCounters[name].most && after === 0);
